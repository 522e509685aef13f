"""The lawyers' desk: open a case, ask where it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from actions.clients.internal import call
from actions.errors import ServiceUnavailable


@dataclass(frozen=True)
class NewCase:
    """What a lawyer is given; `urgency` is normal, deadline or danger.

    Each fact has a label and a value, and may have a section and a last_day (ISO).
    """

    conversation: str
    question: str
    topic: str | None
    reason: str
    urgency: str
    facts: list[dict[str, str]]
    eligibility: dict[str, Any] | None
    region: str | None = None
    groups: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """What to tell the citizen; no `notice` when the desk has told them itself."""

    notice: str | None
    options: list[str]


async def open_case(case: NewCase) -> Opened:
    """Open a case, or find the living one; return what to tell the citizen.

    Raises:
        ServiceUnavailable: the desk did not take it.
    """
    answer = await call("POST", "/v1/cases", body=asdict(case))
    if "case" not in answer:
        raise ServiceUnavailable("POST /v1/cases: no case")
    return Opened(answer.get("notice"), list(answer.get("options") or []))


async def cases_of(conversation: str) -> list[dict[str, Any]]:
    """Return the cases of a conversation, with status and position.

    Raises:
        ServiceUnavailable: the desk did not answer.
    """
    answer = await call("GET", "/v1/cases", query={"conversation": conversation})
    cases = answer.get("cases")
    if not isinstance(cases, list):
        raise ServiceUnavailable("GET /v1/cases: no list")
    return cases
