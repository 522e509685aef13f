"""The lawyers' desk: open a case, ask where it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from actions.clients.internal import call
from actions.errors import ServiceUnavailable


@dataclass(frozen=True)
class NewCase:
    """What a lawyer is given; `urgency` is normal, deadline or danger."""

    conversation: str
    question: str
    topic: str | None
    reason: str
    urgency: str
    facts: list[dict[str, str]]
    eligibility: dict[str, Any] | None


async def open_case(case: NewCase) -> int:
    """Open a case, or find the one already open; return its place in the queue, from 1.

    Raises:
        ServiceUnavailable: the desk did not take it.
    """
    answer = await call("POST", "/v1/cases", body=asdict(case))
    position = answer.get("position")
    if not isinstance(position, int):
        raise ServiceUnavailable("POST /v1/cases: no position")
    return position


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
