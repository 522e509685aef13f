"""A case as others hand it in and as they see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Urgency = Literal["normal", "deadline", "danger"]

# Lower is sooner.
RANK: dict[str, int] = {"danger": 0, "deadline": 1, "normal": 2}

OPEN = ("waiting", "claimed")
CLOSED = ("resolved", "withdrawn")

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Fact(BaseModel):
    """Something the assistant has gathered, in the words the citizen saw."""

    model_config = ConfigDict(extra="forbid")

    label: Word
    value: Paragraph


class Point(BaseModel):
    """A sentence of the screening, with the article it rests on."""

    text: Paragraph
    reference: str | None = None


class Eligibility(BaseModel):
    """A screening for legal aid. It advises; the institution decides (Legal Aid Act, Art. 43).

    What else the screening says is not shown at the desk and is left out.
    """

    state: Literal["yes", "no", "unknown"]
    reasons: list[Point] = []
    documents: list[Point] = []
    deadlines: list[Point] = []


class NewCase(BaseModel):
    """A request for a person.

    `reason` is what the lawyer reads next to the urgency: a sentence, or a code of words.yml.
    `topic` is a topic id.
    """

    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    question: Paragraph
    topic: Annotated[str, StringConstraints(max_length=64)] | None = None
    reason: Paragraph
    urgency: Urgency = "normal"
    facts: list[Fact] = []
    eligibility: Eligibility | None = None


@dataclass(frozen=True)
class CaseView:
    """What the citizen's side may know. `position` counts from 1; None when not waiting."""

    id: int
    status: str
    position: int | None
    opened_at: datetime


@dataclass(frozen=True)
class CaseSheet:
    """A case as the lawyer reads it."""

    id: int
    conversation: str
    status: str
    urgency: str
    reason: str
    question: str
    topic: str | None
    facts: list[dict[str, str]]
    eligibility: dict[str, Any] | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    lawyer_id: int | None
    lawyer_name: str | None
