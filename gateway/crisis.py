"""Danger held through the messages after it: who was in danger is not offered a menu of wages.

Told danger counts for some hours, or until a whole message says that it is over. What the second
net alone hears is held where it is sure, as a danger without a name. What is said meanwhile, where
nothing is answered, is data (``data/crisis.yml``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy.ext.asyncio import AsyncSession

from gateway import said
from gateway.data_files import FOLDER, Data, read
from gateway.safety import as_read, danger_in, surely_sounds_like_danger
from gateway.tables import Message

PATH = FOLDER / "crisis.yml"
UNNAMED = "unnamed"
LONGEST_OVER = 60  # characters; who writes more says more than that it is over


class Staying(Data):
    """What stays with a person; `when` is a regular expression, empty where it fits anything."""

    say: str
    when: str = ""


class Kind(Data):
    """What is said while a kind of danger is held.

    Attributes:
        front: before an answer.
        stay: instead of one.
        over: what tells that it is over, where that takes more than for any other danger.
    """

    front: str
    stay: tuple[Staying, ...]
    over: tuple[str, ...] = ()


class Words(Data):
    """The whole file; the file says what each part means."""

    hours: float
    over: tuple[str, ...]
    around: tuple[str, ...]
    is_over: str
    kinds: dict[str, Kind]


@dataclass(frozen=True)
class Crisis:
    """A danger that is held.

    Attributes:
        kind: which of the kinds of danger.
        said: what the citizen has been told since, newest first.
        begins: whether it is heard only now, so that the numbers come with whatever is said.
    """

    kind: str
    said: Sequence[str]
    begins: bool = False

    @property
    def front(self) -> str:
        """The numbers in one line, before an answer."""
        return words().kinds[self.kind].front

    def is_over(self, text: str) -> bool:
        """Returns whether a message says that nobody is in danger any more, and nothing else."""
        return _says_no_more_than(self.kind if words().kinds[self.kind].over else "", text)

    def calmed(self, text: str) -> str | None:
        """Returns what is said to who tells no more than that it is over; None to all others.

        Who wanted to die and says a mere 「没事」 is not left.
        """
        if self.is_over(text):
            return words().is_over.strip()
        return self.stay(text) if _says_no_more_than("", text) else None

    def stay(self, text: str) -> str:
        """Returns what stays with the person who wrote a text; not what was said last."""
        fitting = [
            each.say
            for each in words().kinds[self.kind].stay
            if not each.when or re.search(each.when, as_read(text))
        ]
        # What was said longest ago comes first, what was never said before all of that.
        return max(fitting, key=lambda say: (self._age(say), -fitting.index(say)))

    def _age(self, say: str) -> int:
        return next((age for age, told in enumerate(self.said) if say in told), len(self.said) + 1)


async def crisis_at(session: AsyncSession, message: Message) -> Crisis | None:
    """Returns the danger that is held when a message comes, which may itself tell it is over.

    A danger that the net alone hears, and surely, is held from this very message on: where nothing
    is answered to it, it is not met by a menu.
    """
    held = await _held_before(session, message)
    if held is None and surely_sounds_like_danger(message.text):
        return Crisis(UNNAMED, (), begins=True)
    return held


async def _held_before(session: AsyncSession, message: Message) -> Crisis | None:
    """Returns the last danger with a name that is not over, else the last without one."""
    since = message.created_at - timedelta(hours=words().hours)
    before = await said.lately(session, message, since)
    told = [each.text for each in before if each.direction == "out"]
    after: list[str] = []
    unnamed = None
    for text in (each.text for each in before if each.direction == "in"):
        danger = danger_in(text)
        if danger or (unnamed is None and surely_sounds_like_danger(text)):
            crisis = Crisis(danger.kind if danger else UNNAMED, told)
            if not any(map(crisis.is_over, after)):
                if danger:
                    return crisis
                unnamed = crisis
        after.append(text)
    return unnamed


def _says_no_more_than(kind: str, text: str) -> bool:
    """Returns whether a message is made of words of its being over, and of what may stand around.

    Args:
        kind: whose words; those of any danger if empty.
        text: the message.
    """
    text = as_read(text)
    if len(text) > LONGEST_OVER:
        return False
    steps = list(_over(kind).finditer(text))
    return any(step["over"] for step in steps) and sum(len(step[0]) for step in steps) == len(text)


@cache
def _over(kind: str) -> re.Pattern[str]:
    over = words().kinds[kind].over if kind else words().over
    return re.compile(f"(?P<over>{'|'.join(over)})|(?:{'|'.join(words().around)})")


@cache
def words() -> Words:
    """Returns what is said.

    Raises:
        BadData: the file is missing, not YAML, or not as it must be.
    """
    return read(PATH, Words)
