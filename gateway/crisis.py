"""Danger held through the messages after it: who was in danger is not offered a menu of wages.

Told danger counts for some hours, or until a message denies it or says that it is over. While it is
held a question is answered as always; only where nothing would be answered do words stay with the
person (``data/crisis.yml``). What the second net alone hears, and surely, is held for one message
more, as a danger without a name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from gateway.data_files import FOLDER, Data, read
from gateway.means import Means, means_in
from gateway.safety import (
    Danger,
    as_meant,
    as_read,
    danger_in,
    denied,
    every_reply,
    pattern,
    surely_sounds_like_danger,
)
from gateway.said import Past
from gateway.tables import Message

PATH = FOLDER / "crisis.yml"
UNNAMED = "unnamed"
LONGEST_OVER = 60  # characters; who writes more says more than that it is over
FRONTS = 1  # how often the numbers stand before an answer, per danger
STAYS = 2  # how many times in a row words that stay are said instead of an answer


class Staying(Data):
    """What stays with a person.

    Attributes:
        say: the words.
        when: a regular expression; empty where they fit anything.
        first: the same; to a message with it they are said at once, before anything is answered.
        after: with `first`, said as well to a message that lets go of the danger: it is asked by
            who is safe now.
        means: they fit only who has named one of these means; empty where any or none.
    """

    say: str
    when: str = ""
    first: str = ""
    after: bool = False
    means: tuple[str, ...] = ()


class Kind(Data):
    """What is said while a kind of danger is held.

    Attributes:
        front: before an answer; empty where nothing is.
        again: the same, shorter, before each answer after the first; empty where nothing is.
        stay: instead of one.
        alone: a life hangs on what is said: nothing else is answered, no place in a queue is told.
        ended: what is said to who tells that it is over; the same as for any danger if empty.
        over: what tells that it is over, where that takes more than for any other danger.
        offer: what is said when enough stays have been said in a row, where nobody who has no
            answer shall be left to the bot's own words.
        elsewhere: a regular expression of what is another matter, or no danger of this kind; one
            lets go of it.
        asked: the same; a message with it is left to the bot, whatever it makes of it.
    """

    front: str
    again: str = ""
    stay: tuple[Staying, ...]
    alone: bool = False
    ended: str = ""
    over: tuple[str, ...] = ()
    offer: str = ""
    elsewhere: str = ""
    asked: str = ""


class Turned(Data):
    """Who does it to whom: a message that makes a danger another one.

    Attributes:
        to: the kind that it is.
        when: a regular expression over the message without what it denies.
        unless: the same; a message with it turns nothing.
        held: what must be held before it; none if empty.
        tells: the same, over a clause; one with it tells of the turn and is not asked of the bot.
    """

    to: str
    when: str
    unless: str = ""
    held: tuple[str, ...] = ()
    tells: str = ""


class Sided(Data):
    """A side that stays told: what is heard later is no other danger.

    Attributes:
        kind: the kind whose side it is.
        hears_no: kinds that a message does not tell of while it is held.
        hears_as: kinds that are this one still: the stepfather at the door is no stranger there.
        says: the kind whose card is said to those; its own if empty.
        unless: a regular expression over the message without what it denies; one with it does.
    """

    kind: str
    says: str = ""
    hears_no: tuple[str, ...] = ()
    hears_as: tuple[str, ...] = ()
    unless: str


class Words(Data):
    """The whole file; the file says what each part means."""

    hours: float
    over: tuple[str, ...]
    around: tuple[str, ...]
    goes_on: str
    is_over: str
    turned: tuple[Turned, ...]
    sided: tuple[Sided, ...]
    means: tuple[Means, ...]
    kinds: dict[str, Kind]


@dataclass(frozen=True)
class Crisis:
    """A danger that is held.

    Attributes:
        kind: which of the kinds of danger.
        said: what the citizen has been told since, newest first.
        age: how many messages ago it was heard.
        means: what the person has named to die by, and not denied since; empty if nothing.
    """

    kind: str
    said: Sequence[str] = ()
    age: int = 0
    means: str = ""

    @property
    def front(self) -> str:
        """The numbers in one line, before an answer; shorter when they have been said enough."""
        front = self._words.front
        enough = sum(front in told for told in self.said) >= FRONTS
        return self._words.again if enough else front

    @property
    def alone(self) -> bool:
        """Whether a life hangs on it, so that nothing else is said."""
        return self._words.alone

    @property
    def worn(self) -> bool:
        """Whether words that stay have been said so often in a row that a person is due.

        What is said at once to what comes nearer does not count: it is asked for each time.
        """
        newest = self.said[:STAYS]
        stays = [each.say for each in self._words.stay if not each.first]
        return len(newest) == STAYS and all(any(say in told for say in stays) for told in newest)

    def keeps_the_word(self, text: str) -> bool:
        """Returns whether a text is met here, and not by the bot, where it has no answer."""
        asked = self._words.asked
        if asked and pattern(asked).search(as_read(text)):
            return False
        return not self.worn or bool(self._words.offer)

    def is_over(self, text: str) -> bool:
        """Returns whether a message says that nobody is in danger any more, and nothing else."""
        return _says_no_more_than(self.kind if self._words.over else "", text)

    def lets_go(self, text: str) -> bool:
        """Returns whether a message ends it, also beside a question.

        A word is not enough for who wanted to die.
        """
        if self._words.over:
            return self.is_over(text)
        elsewhere = self._words.elsewhere
        if elsewhere and re.search(elsewhere, as_read(text)):
            return True
        return denied(text) or self.is_over(text) or _says_so_beside(text)

    def calmed(self, text: str) -> str | None:
        """Returns what is said to who tells no more than that it is over; None to all others.

        Who wanted to die and says a mere 「没事」 is not left.
        """
        if self.is_over(text):
            return (self._words.ended or words().is_over).strip()
        return self.stay(text) if _says_no_more_than("", text) else None

    def stay(self, text: str) -> str:
        """Returns what stays with the person who wrote a text; not what was said last."""
        if self.worn and self._words.offer:
            return self._words.offer
        fitting = [
            each.say
            for each in self._fitting
            if not each.when or pattern(each.when).search(as_read(text))
        ]
        # What was said longest ago comes first, what was never said before all of that.
        return max(fitting, key=lambda say: (self._age(say), -fitting.index(say)))

    def at_once(self, text: str, *, served: bool = False) -> str | None:
        """Returns what is said before any answer, where a message says that it comes nearer.

        Of several for the same need, what was said longest ago. Where a life hangs on it
        something is said to any message, unless the person is `served` by somebody.
        """
        if self.is_over(text):
            return None
        meant = as_meant(text)
        pressing = [each for each in self._fitting if each.first]
        need = next((each.first for each in pressing if pattern(each.first).search(meant)), None)
        if need is None and self.alone and not served:
            return self.stay(text)
        fitting = [each.say for each in pressing if each.first == need]
        return max(fitting, key=self._age, default=None)

    def asks_after(self, text: str) -> bool:
        """Returns whether a message asks what is said at once also when it is over."""
        meant = as_meant(text)
        return any(each.after and pattern(each.first).search(meant) for each in self._fitting)

    def asked_beside(self, text: str) -> str:
        """Returns a message without what tells that it has turned; all of it if nothing is left."""
        tells = next((each.tells for each in words().turned if each.to == self.kind), "")
        if not tells or self.age:
            return text
        left = [each for each in re.split(r"[\s,，。;；!！]+", text) if each]
        left = [each for each in left if not pattern(tells).search(as_read(each))]
        return " ".join(left) or text

    @property
    def _fitting(self) -> list[Staying]:
        stay = self._words.stay
        return [each for each in stay if not each.means or self.means in each.means]

    @property
    def _words(self) -> Kind:
        return words().kinds[self.kind]

    def _age(self, say: str) -> int:
        return next((age for age, told in enumerate(self.said) if say in told), len(self.said) + 1)


def crisis_at(message: Message, past: Past) -> Crisis | None:
    """Returns the danger that is held when a message comes, and that it does not end beside else.

    A danger that the net alone hears, and surely, is held from this very message on: where nothing
    is answered to it, it is not met by a menu.
    """
    since = message.created_at - timedelta(hours=words().hours)
    held: list[Crisis] = []
    told: list[str] = []
    for each in reversed(past.since(since)):
        if each.direction == "in":
            held = _after(held, each.text)
            told = [*told, each.text] if held else []
        else:
            held = [replace(one, said=(each.text, *one.said)) for one in held]
    before = _gravest(held)
    speaks = before and (danger_heard(message.text, before) or before.calmed(message.text))
    if before and (speaks or before.asks_after(message.text)):
        now: Crisis | None = replace(before, age=before.age + 1)
    else:
        now = _gravest(_after(held, message.text))
    return replace(now, means=means_in([*told, message.text], words().means)) if now else None


def heard_danger(message: Message, past: Past) -> bool:
    """Returns whether danger was heard lately before a message, held or let go since."""
    since = message.created_at - timedelta(hours=words().hours)
    return any(each.direction == "in" and danger_in(each.text) for each in past.since(since))


def _after(held: list[Crisis], text: str) -> list[Crisis]:
    """Returns what is held after a message; what was heard last comes last."""
    over = any(one.is_over(text) for one in held)
    turned = None if over else turned_in(text, [one.kind for one in held])
    to = turned.to if turned else None
    left = [
        replace(one, age=one.age + 1) for one in held if one.kind == to or not one.lets_go(text)
    ]
    left = [one for one in left if one.kind != UNNAMED or one.age == 1]
    danger = danger_heard(text, _gravest(held))
    if danger:
        return [*left, Crisis(danger.kind)] if danger.kind in words().kinds else left
    if turned:
        now = next((one for one in left if one.kind == to), Crisis(turned.to))
        return [*(one for one in left if one.kind not in (to, *turned.held)), now]
    if over:
        return left
    if not left and surely_sounds_like_danger(text):
        return [Crisis(UNNAMED)]
    return left


def danger_heard(text: str, held: Crisis | None) -> Danger | None:
    """Returns the danger that a message shows by the rules, for who is on the side that is held.

    Of who hit somebody, 「脸肿了 她去验伤了」 tells of the other one; of a child in danger at home,
    「他在敲门」 tells of the same man.
    """
    danger = danger_in(text)
    side = next((each for each in words().sided if held and each.kind == held.kind), None)
    if danger is None or side is None or re.search(side.unless, as_meant(text)):
        return danger
    if danger.kind in side.hears_as:
        return Danger(side.kind, every_reply()[side.says or side.kind].strip())
    return None if danger.kind in side.hears_no else danger


def is_said_alone(danger: Danger) -> bool:
    """Returns whether a life hangs on what is said, so that no place in a queue is told beside."""
    kind = words().kinds.get(danger.kind)
    return kind is not None and kind.alone


def _gravest(held: Sequence[Crisis]) -> Crisis | None:
    """Returns the last danger with a name, else the one without."""
    return next((one for one in reversed(held) if one.kind != UNNAMED), held[-1] if held else None)


def turned_in(text: str, held: Sequence[str]) -> Turned | None:
    """Returns what a message turns the danger into, where it says who does it to whom.

    Args:
        text: the message.
        held: the kinds that are held before it.
    """
    meant = as_meant(text)
    for each in words().turned:
        counts = not each.held or set(each.held) & set(held)
        if counts and pattern(each.when).search(meant):
            return None if each.unless and pattern(each.unless).search(meant) else each
    return None


def _says_so_beside(text: str) -> bool:
    """Returns whether one clause of a message says that it is over, and nothing that it goes on."""
    if re.search(words().goes_on, as_read(text)):
        return False
    clauses = [clause for clause in re.split(r"[\s,，。;；!！?？]+", text) if clause]
    return any(_says_no_more_than("", one) for one in clauses)


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
