"""Whether a question leans on what was asked before it, told from its words, and what is kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge import strict_yaml
from knowledge.errors import ContentError
from knowledge.normalise import plain

FILE = "follow_ups.yml"
KEPT_TURNS = 3  # the question that opened the matter, and the last two that leaned on it
LONGEST_TURN = 80  # characters kept of each
Words = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]


class Weights(BaseModel):
    """How much what was asked before counts in ranking entries, in units of logarithms.

    A question is its `stands` characters of matter away from leaning on nothing; even a long one
    leans by `least`. All else is for a question that leans wholly: `softens` is the share by which
    its own words lose their say; `together` is the weight of the question read together with
    those before it; `shown`, `related` and `topic` are what the entry shown last, those it names as
    related and those of its topic gain.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    stands: Annotated[int, Field(ge=1)]
    least: Share
    softens: Share
    together: float
    shown: float
    related: float
    topic: float


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: Weights
    points_back: Words
    facets: Words
    hollow: Words
    turns_away: Words
    acknowledges: Words


@dataclass(frozen=True)
class Cues:
    """The words of `follow_ups.yml`, made ready for looking."""

    weights: Weights
    without_matter: re.Pattern[str]
    turns_away: re.Pattern[str]
    acknowledges: re.Pattern[str]

    @classmethod
    def load(cls, content: Path) -> "Cues":
        """Read `follow_ups.yml`.

        Raises:
            ContentError: a key is missing or unknown, or a list is empty.
        """
        path = content / FILE
        try:
            file = _File.model_validate(strict_yaml.read(path))
        except ValidationError as error:
            raise ContentError(f"{path}: {error}") from error
        without_matter = [*file.points_back, *file.facets, *file.hollow]
        return cls(file.weights, *map(_any, (without_matter, file.turns_away, file.acknowledges)))

    def leaning(self, question: str) -> float:
        """How much a question leans on what was asked before it: 0 stands alone, 1 leans wholly.

        What counts is how many characters are left without the words that point back, ask what
        can be asked of any matter, or have none of their own.
        """
        text = plain(question)
        if self.turns_away.search(text):
            return 0.0
        own = len(_letters(self.without_matter.sub(" ", text)))
        return max(1 - own / self.weights.stands, self.weights.least)

    def stands(self, question: str) -> bool:
        """Whether a question has so much matter of its own that its own answer is good enough."""
        return self.leaning(question) <= self.weights.least

    def is_acknowledgement(self, text: str) -> bool:
        """Whether a text asks nothing: thanks, "I see" and the like."""
        return not _letters(self.acknowledges.sub(" ", plain(text)))


def turns(context: str) -> str:
    """What was asked before, on one line as it is searched."""
    return " ".join(context.splitlines())


def kept(context: str, question: str) -> str:
    """What to remember after a question that leaned on a context: one turn a line, bounded."""
    first, *others = [*context.splitlines(), " ".join(question.split())]
    lines = [first, *others[-(KEPT_TURNS - 1) :]]
    return "\n".join(line[:LONGEST_TURN] for line in lines)


def opened(question: str) -> str:
    """What to remember after a question that opened a matter."""
    return " ".join(question.split())[:LONGEST_TURN]


def _any(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
