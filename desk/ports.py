"""What the desk is given at wiring and what comes back from it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Suggestion:
    """Something from the knowledge base that could go into a reply.

    Attributes:
        docid: the entry's or the article's id.
        title: what it is called.
        text: the words to insert.
        citations: the articles it rests on, as they are written.
    """

    docid: str
    title: str
    text: str
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Clock:
    """A time limit that runs after an application: what, until when, and where it is written."""

    name: str
    last_day: date
    reference: str
