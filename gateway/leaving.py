"""Leaving the queue in a citizen's own words, and what is asked in the same breath.

「先不等了我先问个事」 leaves; 「不等了 想问房子能要回来不」 leaves and asks. The words are in
``data/leaving.yml``.
"""

import re
from functools import cache
from itertools import pairwise

from gateway.data_files import FOLDER, Data, read

PATH = FOLDER / "leaving.yml"


class LeavingWords(Data):
    """What leaving is said with.

    Attributes:
        sure: leaves, whatever follows.
        asking: leaves for the bot; not before one of `people`.
        whole: leaves where nothing else is said.
        vague: the same, where the bot did not speak last.
        around: says nothing by itself, before or between the others.
        after: what may end them.
        people: who is waited for.
        reported: before what somebody else says, or what may come.
    """

    sure: tuple[str, ...]
    asking: tuple[str, ...]
    whole: tuple[str, ...]
    vague: tuple[str, ...]
    around: tuple[str, ...]
    after: tuple[str, ...]
    people: tuple[str, ...]
    reported: tuple[str, ...]


def asked_leaving(text: str, *, vague: bool) -> str | None:
    """Returns what is asked beside leaving, "" where nothing is; None where nobody leaves.

    Args:
        text: what a citizen says who waits for a lawyer.
        vague: whether words such as 「不用了」 mean the queue: not where the bot spoke last, since
            they may answer what it asked.
    """
    left = _left_at_once(text, vague=vague)
    if left is not None:
        return left
    clauses = list(re.finditer(r"[^\W_]+", text))
    for before, clause in pairwise(clauses):
        last = _left_at_once(text[clause.start() :], vague=False) == ""
        if last and not any(word in before[0] for word in _words().reported):
            return ""  # it is said last, after what was told
    return None


def _left_at_once(text: str, *, vague: bool) -> str | None:
    said, end, step = set(), 0, _step().match(text)
    while step and step.end() > step.start():
        said.add(step.lastgroup)
        if step.lastgroup != "around":
            end = step.end()
        step = _step().match(text, step.end())
    rest = _after().sub("", text[end:], count=1)
    alone = "whole" in said or (vague and "vague" in said)
    if said & {"sure", "asking"} or (alone and not rest):
        return rest
    return None


@cache
def _step() -> re.Pattern[str]:
    words = _words()
    kinds = [f"(?P<{kind}>{_either(getattr(words, kind))})" for kind in ("sure", "whole", "vague")]
    kinds.insert(1, f"(?P<asking>{_either(words.asking)}(?!{_either(words.people)}))")
    return re.compile("|".join([*kinds, rf"(?P<around>{_either(words.around)}|[\W_]+)"]))


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\A(?:{_either(_words().after)}|[\W_])+")


def _either(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _words() -> LeavingWords:
    """Returns the words.

    Raises:
        BadData: the file is missing, not YAML, or a list is missing or unknown.
    """
    return read(PATH, LeavingWords)
