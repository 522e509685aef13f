"""Danger before everything else: phrases and replies are data (``data/safety.yml``).

The rule is simple so that it can be read and corrected by people who know danger, not code: a
message is cut into clauses, what it denies (「没打没抢」) is taken out; a clause with one of a
kind's phrases, and none of its exceptions, is a sign of that kind; what is plain danger counts
whatever stands beside it. Hints are weaker: they count
only in a message that asks nothing of law and tells of nothing past. The first kind in the file
that shows a sign gives the reply.

Where no rule finds a sign, the second net (``danger_net.py``) may still hear danger: then the
numbers are said before the answer where it is sure, in one line behind it where it is not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from opencc import OpenCC

from gateway.danger_net import sounds_like_danger
from gateway.data_files import FOLDER, Data, read
from gateway.errors import BadData

PATH = FOLDER / "safety.yml"

REMEMBERED = 10_000  # judgements
LAST = 3  # replies; the numbers in one of them need no line behind the next
_CLAUSE_ENDS = re.compile(r"[,，.。!！?？;；:：、\n…—~]+")
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufe0f\ufeff\u00ad*＊·\"“”‘’'_-]+")
_NAME = re.compile(r"<(\w+)>")


class Instead(Data):
    """What a kind of danger is in some messages, which need other words.

    Attributes:
        kind: its name, for logs and metrics.
        when: a regular expression; a message with it is of this kind.
        unless: the same; a message with it is not, all the same.
        reply: as of any kind.
        signs: sentences that must be recognised as this kind (tests).
    """

    kind: str
    when: str
    unless: str = ""
    reply: str
    signs: tuple[str, ...]


class Kind(Data):
    """One kind of danger.

    Attributes:
        kind: its name, for logs and metrics.
        phrases: regular expressions; one in a clause is a sign.
        plain: the same, over all of the message that is not past or of law; nothing that stands
            beside it takes such a sign away.
        lasting: the same, over all of the message, its past too: what began then and is bad now.
        hints: the same as phrases, in a message without anything calm or past.
        unless: regular expressions; one in the same clause takes the sign away.
        unless_anywhere: the same, anywhere in the message.
        reply: numbers first, then what to do now, then how to reach a person.
        signs: sentences that must be recognised (tests).
        no_signs: sentences that must not be (tests).
        instead: what it is where the message tells of other people or another need; the first
            that fits.
    """

    kind: str
    phrases: tuple[str, ...]
    plain: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    reply: str
    signs: tuple[str, ...]
    no_signs: tuple[str, ...]
    instead: tuple[Instead, ...] = ()


class Perhaps(Data):
    """What the second net has said.

    Attributes:
        say: the numbers, before the answer, where it is sure.
        line: the numbers, behind the answer, where it is not.
        unless_said: a regular expression; a reply with it gives the numbers itself.
        midway: what the score must be above in the middle of a conversation, where hardly anybody
            is in danger; at its beginning, 0.
        quiet: a regular expression; the net is not asked about a message with it.
        held_from: the score above which it is sure, and the danger is held (`gateway.crisis`).
    """

    say: str
    line: str
    unless_said: str
    midway: float
    quiet: str
    held_from: float


class Rules(Data):
    """The whole file; the file says what each part means."""

    words: dict[str, str]
    spelling: dict[str, str]
    stories: str
    negated: tuple[str, ...]
    denials: tuple[str, ...]
    never: tuple[str, ...]
    not_denied: str
    past_or_law: str
    calm: str
    perhaps: Perhaps
    kinds: tuple[Kind, ...]


Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Danger:
    """A recognised danger and what to say at once."""

    kind: str
    reply: str


@dataclass(frozen=True)
class _Signs:
    """The compiled patterns of one kind.

    Each by itself: as one pattern of hundreds of alternatives they take nine times as long, as
    nothing tells any more with which characters a match may begin.
    """

    phrases: Patterns
    plain: Patterns
    lasting: Patterns
    hints: Patterns
    unless: Patterns
    unless_anywhere: Patterns


def danger_in(text: str) -> Danger | None:
    """Returns the first kind of danger that a message shows by the rules, or None.

    A message is judged several times in its turn and again in those after it: the last judgements
    are remembered, by a digest, so that nothing of what somebody said is kept.
    """
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if digest not in _judged:
        if len(_judged) >= REMEMBERED:
            _judged.clear()
        _judged[digest] = _judge(text)
    return _judged[digest]


_judged: dict[bytes, Danger | None] = {}


def _judge(text: str) -> Danger | None:
    clauses = [_patterns("negated").sub("", clause) for clause in _clauses(text)]
    whole = _joined(clauses)
    if _pattern("stories").search(whole):
        return None
    present = [clause for clause in clauses if not _pattern("past_or_law").search(clause)]
    calm = len(present) < len(clauses) or _pattern("calm").search(whole) is not None
    for kind in kinds():
        if _shows(_signs(kind.kind), present, whole, calm):
            shown = _fitting(kind, whole)
            return Danger(shown.kind, shown.reply.strip())
    return None


def perhaps_danger(text: str, *, midway: bool = False) -> bool:
    """Returns whether a message tells of danger for all the second net hears, rules apart.

    Args:
        text: the message.
        midway: it is not the first of its conversation.
    """
    return _is_heard(text, rules().perhaps.midway if midway else 0.0)


def surely_sounds_like_danger(text: str) -> bool:
    """Returns whether the second net is so sure that the danger is held, rules apart.

    It is not of what is denied or over in the same message.
    """
    return _is_heard(text, rules().perhaps.held_from) and not denied(text)


def _is_heard(text: str, above: float) -> bool:
    """Returns whether the net hears danger above a score, unless a message is `quiet`."""
    read = as_read(text)
    quiet = _compiled_one(rules().perhaps.quiet).search(read) is not None
    return not quiet and sounds_like_danger(read, above)


def denied(text: str) -> bool:
    """Returns whether a message says that there is no danger, or that it is over, among else."""
    read = as_read(text)
    if not (_patterns("denials").search(read) or _patterns("never").search(read)):
        return False
    # 「没被打」 is a denial all through: what it is made of does not speak against it.
    return _pattern("not_denied").search(_patterns("never").sub("", read)) is None


def says_there_never_was_any(text: str) -> bool:
    """Returns whether a message says that it never told of danger: what was heard was wrong."""
    return denied(text) and _patterns("never").search(as_read(text)) is not None


def with_numbers(text: str, reply: str, told: Sequence[str]) -> str | None:
    """Returns the reply to a message with the numbers around it, where they may be needed.

    They stand before it where the net is sure, else in one line behind it. None where they are not
    needed: nothing sounds like danger or it is denied, a rule has found one (its own reply says
    whom to call), or the reply, or one just before it, names the numbers.

    Args:
        text: the message.
        reply: what is said to it.
        told: the replies before, newest first.
    """
    perhaps = rules().perhaps
    named = re.compile(perhaps.unless_said)
    if named.search(reply) or danger_in(text):
        return None
    if not perhaps_danger(text, midway=bool(told)):
        return None
    if surely_sounds_like_danger(text) and not any(perhaps.say.strip() in each for each in told):
        return f"{perhaps.say.strip()}\n\n{reply}"
    if any(perhaps.line in each or named.search(each) for each in told[:LAST]):
        return None
    sure = _is_heard(text, perhaps.held_from)
    return None if denied(text) and not sure else f"{reply}\n\n{perhaps.line}"


def as_meant(text: str) -> str:
    """Returns a message as it is read, without what it denies."""
    return _joined([_patterns("negated").sub("", clause) for clause in _clauses(text)])


def as_read(text: str) -> str:
    """Returns a message as rules and net read it: simplified, without blanks and slips."""
    return _joined(_clauses(text))


def _clauses(text: str) -> list[str]:
    folded = _simplified().convert(unicodedata.normalize("NFKC", text).lower())
    return [_as_typed(clause) for clause in _CLAUSE_ENDS.split(folded)]


def _joined(clauses: list[str]) -> str:
    return ",".join(clause for clause in clauses if clause)


def _shows(signs: _Signs, clauses: list[str], whole: str, calm: bool) -> bool:
    if _finds(signs.plain, _joined(clauses)) or _finds(signs.lasting, whole):
        return True
    if _finds(signs.unless_anywhere, whole):
        return False
    if not calm and _finds(signs.hints, whole) and not _finds(signs.unless, whole):
        return True
    return any(
        _finds(signs.phrases, clause) and not _finds(signs.unless, clause) for clause in clauses
    )


def _finds(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _fitting(kind: Kind, whole: str) -> Kind | Instead:
    """Returns a kind, or what it is instead in a message."""
    for other in kind.instead:
        if not _compiled_one(other.when).search(whole):
            continue
        if not other.unless or not _compiled_one(other.unless).search(whole):
            return other
    return kind


def _as_typed(clause: str) -> str:
    """Returns a clause without blanks, its slips of the keyboard read as they are meant."""
    clause = _IGNORED.sub("", clause)
    for pattern, meant in _spelling():
        clause = pattern.sub(meant, clause)
    return clause


def kinds() -> tuple[Kind, ...]:
    """Returns the kinds of danger, in the order in which they count.

    Raises:
        BadData: the file is missing, not YAML, or a kind is not as it must be.
    """
    return rules().kinds


def every_reply() -> dict[str, str]:
    """Returns by kind what is said, also of the kinds that others are instead."""
    shown: list[Kind | Instead] = []
    for kind in kinds():
        shown += [kind, *kind.instead]
    return {each.kind: each.reply for each in shown}


@cache
def rules() -> Rules:
    """Returns the rules.

    Raises:
        BadData: the file is missing, not YAML, or not as it must be.
    """
    return read(PATH, Rules)


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Returns one pattern for several, their <names> filled in; none of none matches nothing."""
    words = rules().words
    try:
        named = [_NAME.sub(lambda match: words[match[1]], pattern) for pattern in patterns]
        return re.compile("|".join(f"(?:{pattern})" for pattern in named) or r"(?!)")
    except (KeyError, re.error) as error:
        raise BadData(f"{PATH}: {error!r} in one of {patterns[:1]}") from error


@cache
def _signs(name: str) -> _Signs:
    kind = next(each for each in kinds() if each.kind == name)
    signs = (
        kind.phrases,
        kind.plain,
        kind.lasting,
        kind.hints,
        kind.unless,
        kind.unless_anywhere,
    )
    return _Signs(*(tuple(_compiled((each,)) for each in some) for some in signs))


@cache
def _compiled_one(pattern: str) -> re.Pattern[str]:
    return _compiled((pattern,))


def pattern(words: str) -> re.Pattern[str]:
    """Returns a regular expression, the <names> of the rules' words filled in.

    Raises:
        BadData: it is none.
    """
    return _compiled_one(words)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _compiled_one(getattr(rules(), name))


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return _compiled(getattr(rules(), name))


@cache
def _spelling() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_compiled((slip,)), meant) for slip, meant in rules().spelling.items())


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
