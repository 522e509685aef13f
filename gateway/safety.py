"""Danger before everything else: phrases and replies are data (``data/safety.yml``).

The rule is simple so that it can be read and corrected by people who know danger, not code: a
message is cut into clauses; a clause with one of a kind's phrases, and none of its exceptions,
is a sign of that kind. The first kind in the file that shows a sign gives the reply.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from opencc import OpenCC
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from gateway.errors import BadData

PATH = Path(__file__).parent / "data" / "safety.yml"

_CLAUSE_ENDS = re.compile(r"[,，.。!！?？;；:：、\n…—]+")
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad*＊·]+")


class Kind(BaseModel):
    """One kind of danger.

    Attributes:
        kind: its name, for logs and metrics.
        phrases: regular expressions; one in a clause is a sign.
        unless: regular expressions; one in the same clause takes the sign away.
        unless_anywhere: the same, anywhere in the message (news, stories, study).
        reply: numbers first, then what to do now, then how to reach a person.
        signs: sentences that must be recognised (tests).
        no_signs: sentences that must not be (tests).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    phrases: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()
    unless_anywhere: tuple[re.Pattern[str], ...] = ()
    reply: str
    signs: tuple[str, ...]
    no_signs: tuple[str, ...]

    @field_validator("phrases", "unless", "unless_anywhere", mode="before")
    @classmethod
    def _compile(cls, value: list[str]) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in value or []]

    def shows_in(self, clauses: list[str], whole: str) -> bool:
        """Says whether one of the clauses is a sign of this kind."""
        if any(pattern.search(whole) for pattern in self.unless_anywhere):
            return False
        return any(
            any(pattern.search(clause) for pattern in self.phrases)
            and not any(pattern.search(clause) for pattern in self.unless)
            for clause in clauses
        )


@dataclass(frozen=True)
class Danger:
    """A recognised danger and what to say at once."""

    kind: str
    reply: str


def danger_in(text: str) -> Danger | None:
    """Returns the first kind of danger that a message shows, or None."""
    folded = _simplified().convert(unicodedata.normalize("NFKC", text).lower())
    clauses = [_IGNORED.sub("", clause) for clause in _CLAUSE_ENDS.split(folded)]
    whole = _IGNORED.sub("", folded)
    for kind in kinds():
        if kind.shows_in(clauses, whole):
            return Danger(kind.kind, kind.reply.strip())
    return None


@cache
def kinds() -> tuple[Kind, ...]:
    """Returns the kinds of danger, in the order in which they count.

    Raises:
        BadData: the file is missing, not YAML, or a kind is not as it must be.
    """
    try:
        rows = yaml.safe_load(PATH.read_text("utf-8"))
        return tuple(Kind.model_validate(row) for row in rows)
    except (OSError, TypeError, yaml.YAMLError, ValidationError, re.error) as error:
        raise BadData(f"{PATH}: {error}") from error


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
