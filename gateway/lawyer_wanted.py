"""Whether a message asks for a person, in any words: that goes before whatever else it holds.

「我三十二了不是小孩。找律师」, 「给我找个律师行不行」, 「不知道 找律师」. Who asks about lawyers
(「找律师要多少钱」, 「不找律师行不行」) asks a question. The words are in ``data/lawyer.yml``.
"""

import re
from functools import cache

from gateway.data_files import FOLDER, Data, read
from gateway.safety import as_read

PATH = FOLDER / "lawyer.yml"
SHORTEST_STORY = 12  # characters; who he is (「我三十二了不是小孩」) is no matter
LONGEST_REQUEST = 24  # characters of one clause
_ENDS = re.compile(r"[\s,，。.;；!！?？、:：~～]+")


class LawyerWords(Data):
    """What a person is asked for with; regular expressions.

    Attributes:
        before: what may stand before it in its clause.
        asks: the request itself.
        after: what may end the clause.
        running: the request in a clause that says other things before it.
        unless: anywhere in the clause, it is no request.
    """

    before: tuple[str, ...]
    asks: tuple[str, ...]
    after: tuple[str, ...]
    running: tuple[str, ...]
    unless: tuple[str, ...]


def wants_a_lawyer(text: str) -> bool:
    """Returns whether one clause of a message asks for a lawyer or another person."""
    return any(_asks(clause) for clause in _clauses(text))


def story_beside(text: str) -> str:
    """Returns a message that asks for a lawyer where it tells a matter too, else nothing."""
    told = sum(len(clause) for clause in _clauses(text) if not _is_request(clause))
    return text if told >= SHORTEST_STORY else ""


def _clauses(text: str) -> list[str]:
    """Returns the clauses as the rules read them; blanks part them too: 「不知道 找律师」."""
    return [read for part in _ENDS.split(text) if (read := as_read(part))]


def _asks(clause: str) -> bool:
    if _any("unless").search(clause):
        return False
    return _is_request(clause) or _any("running").search(clause) is not None


def _is_request(clause: str) -> bool:
    return len(clause) <= LONGEST_REQUEST and _whole().fullmatch(clause) is not None


@cache
def _whole() -> re.Pattern[str]:
    before, asks, after = (_any(name).pattern for name in ("before", "asks", "after"))
    return re.compile(f"(?:{before})*(?:{asks})(?:{after})*")


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in getattr(_words(), name)))


@cache
def _words() -> LawyerWords:
    """Returns the words.

    Raises:
        BadData: the file is missing, not YAML, or a list is missing or unknown.
    """
    return read(PATH, LawyerWords)
