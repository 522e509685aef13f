"""A case as others hand it in and as they see it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Urgency = Literal["normal", "deadline", "danger"]
Group = Literal["migrant_wages", "minor", "elderly", "disabled", "military"]
Section = Literal["party", "matter", "timeline", "amount", "date", "paper", "entry", "other"]
Status = Literal["pending", "open", "snoozed", "resolved", "withdrawn", "erased", "held"]

# Lower is sooner.
RANK: dict[str, int] = {"danger": 0, "deadline": 1, "normal": 2}

# pending: in the queue; open: a lawyer has it; snoozed: it comes back at a known time.
LIVING = ("pending", "open", "snoozed")
CLOSED = ("resolved", "withdrawn")
# Who may speak to the citizen while their living case has this status.
OWNER = {"pending": "queued", "open": "lawyer", "snoozed": "bot"}

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,64}$")]


class Fact(BaseModel):
    """Something the assistant has gathered, in the words the citizen saw.

    `section` is where the lawyer looks for it. `last_day` is the last day that the fact leads to,
    for a date from which a period runs.
    """

    model_config = ConfigDict(extra="forbid")

    label: Word
    value: Paragraph
    section: Section = "other"
    last_day: date | None = None


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
    `topic` and `region` are ids of the topics and of the interview's regions, `language` is what
    the citizen wants to be served in (zh, mn), `groups` are the priority groups they belong to.
    """

    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    question: Paragraph
    topic: Annotated[str, StringConstraints(max_length=64)] | None = None
    region: Code | None = None
    language: Literal["zh", "mn"] = "zh"
    groups: list[Group] = []
    reason: Paragraph
    urgency: Urgency = "normal"
    facts: list[Fact] = Field(default=[], max_length=200)
    eligibility: Eligibility | None = None


@dataclass(frozen=True)
class Said:
    """What the desk says to a citizen, with the choices that can be typed as numbers."""

    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseView:
    """What the citizen's side may know. `position` counts from 1; None when not pending."""

    id: int
    status: str
    position: int | None
    opened_at: datetime


@dataclass(frozen=True)
class CaseSheet:
    """A case as the lawyer reads it.

    Each of `facts` has label, value, section, and where they apply last_day (ISO), and `was`, the
    citizen's own value, where a lawyer has corrected it. `why` says in words why the case stands
    where it stands in the queue.
    """

    id: int
    conversation: str
    status: str
    urgency: str
    reason: str
    question: str
    topic: str | None
    region: str | None
    language: str
    groups: tuple[str, ...]
    last_day: date | None
    why: tuple[str, ...]
    facts: list[dict[str, Any]]
    eligibility: dict[str, Any] | None
    opened_at: datetime
    assigned_at: datetime | None
    first_reply_at: datetime | None
    unanswered_at: datetime | None
    read_at: datetime | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    outcome: str | None
    rating: int | None
    previous_id: int | None
    lawyer_id: int | None
    lawyer_name: str | None
