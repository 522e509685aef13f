"""Danger held through the messages after it: who was in danger is not offered a menu of wages.

Told danger counts for some hours, or until the citizen says that it is over. What is said
meanwhile, where nothing is answered, is data (``data/crisis.yml``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.data_files import FOLDER, Data, read
from gateway.safety import as_read, danger_in
from gateway.tables import Message

PATH = FOLDER / "crisis.yml"


class Staying(Data):
    """What stays with a person; `when` is a regular expression, empty where it fits anything."""

    say: str
    when: str = ""


class Kind(Data):
    """What is said while a kind of danger is held: before an answer, and instead of one."""

    front: str
    stay: tuple[Staying, ...]


class Words(Data):
    """The whole file; the file says what each part means."""

    hours: float
    over: str
    not_over: str
    longest_over: int
    is_over: str
    kinds: dict[str, Kind]


@dataclass(frozen=True)
class Crisis:
    """A danger that is held.

    Attributes:
        kind: which of the kinds of danger.
        said: what the citizen has been told since, newest first.
    """

    kind: str
    said: Sequence[str]

    @property
    def front(self) -> str:
        """The numbers in one line, before an answer."""
        return words().kinds[self.kind].front

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
    """Returns the danger that is held when a message comes, which may itself tell it is over."""
    return None if is_over(message.text) else await _held_before(session, message)


async def was_in_danger(session: AsyncSession, message: Message) -> bool:
    """Returns whether danger was held until a message came."""
    return await _held_before(session, message) is not None


async def _held_before(session: AsyncSession, message: Message) -> Crisis | None:
    since = message.created_at - timedelta(hours=words().hours)
    before = await record.lately(session, message, since)
    for each in before:
        if each.direction == "out":
            continue
        danger = danger_in(each.text)
        if danger:
            return Crisis(danger.kind, [told.text for told in before if told.direction == "out"])
        if is_over(each.text):
            return None
    return None


def is_over(text: str) -> bool:
    """Returns whether a message tells that nobody is in danger any more."""
    text = as_read(text)
    over = re.search(words().over, text) and not re.search(words().not_over, text)
    return bool(over) and danger_in(text) is None


def only_tells_that_it_is_over(text: str) -> bool:
    """Returns whether a message tells that it is over, and hardly anything else."""
    return is_over(text) and len(as_read(text)) <= words().longest_over


@cache
def words() -> Words:
    """Returns what is said.

    Raises:
        BadData: the file is missing, not YAML, or not as it must be.
    """
    return read(PATH, Words)
