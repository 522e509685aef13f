"""Leaving the queue in a citizen's own words, and what is asked in the same breath.

「先不等了我先问个事」 leaves; 「不等了 想问房子能要回来不」 leaves and asks. The words are in
``data/leaving.yml``.
"""

import re
from functools import cache

from gateway.data_files import FOLDER, Data, read

PATH = FOLDER / "leaving.yml"


class LeavingWords(Data):
    """What leaving is said with.

    Attributes:
        sure: leaves, whatever follows.
        asking: leaves for the bot; not before one of `people`.
        vague: leaves where nothing else is said.
        around: says nothing by itself, before or between the others.
        after: what may end them.
        people: who is waited for.
    """

    sure: tuple[str, ...]
    asking: tuple[str, ...]
    vague: tuple[str, ...]
    around: tuple[str, ...]
    after: tuple[str, ...]
    people: tuple[str, ...]


def asked_leaving(text: str, *, vague: bool) -> str | None:
    """Returns what is asked beside leaving, "" where nothing is; None where nobody leaves.

    Args:
        text: what a citizen says who waits for a lawyer.
        vague: whether words such as 「不用了」 mean the queue: not where the bot spoke last, since
            they may answer what it asked.
    """
    said, end, step = set(), 0, _step().match(text)
    while step and step.end() > step.start():
        said.add(step.lastgroup)
        if step.lastgroup != "around":
            end = step.end()
        step = _step().match(text, step.end())
    rest = _after().sub("", text[end:], count=1)
    if said & {"sure", "asking"} or (vague and "vague" in said and not rest):
        return rest
    return None


@cache
def _step() -> re.Pattern[str]:
    words = _words()
    kinds = [f"(?P<{kind}>{_either(getattr(words, kind))})" for kind in ("sure", "vague")]
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
