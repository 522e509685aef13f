"""The papers that can be drafted, and which of them fit a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eligibility import Facts, Screening, strict_yaml
from eligibility.criminal import relatives_may_apply

PATH = Path(__file__).parent / "papers.yml"
ALWAYS = ("summary", "application", "evidence")


@dataclass(frozen=True)
class Paper:
    """One paper: its id, its title, and when it is for."""

    id: str
    title: str
    about: str


@lru_cache(maxsize=1)
def all_papers() -> dict[str, Paper]:
    """Return every paper by id, in the order in which they are offered."""
    return read(PATH)


def read(path: Path) -> dict[str, Paper]:
    """Read a file of papers.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    found = {}
    for paper_id, value in strict_yaml.load(path).items():
        given = strict_yaml.mapping(path, value, required={"title", "about"})
        found[paper_id] = Paper(paper_id, given["title"], given["about"])
    return found


def wanted(facts: Facts, screening: Screening) -> tuple[str, ...]:
    """Return the ids of the papers this request needs, in the order of the file."""
    needed = {*ALWAYS}
    if any(document.id == "hardship_statement" for document in screening.documents):
        needed.add("hardship")
    own_right = facts.for_whom == "relative" and relatives_may_apply(facts)
    if own_right or facts.for_whom == "child" or facts.represented in ("incapable", "detained"):
        needed.add("representation")
    elif facts.for_whom in ("relative", "other"):
        needed.add("handing_in")
    return tuple(paper_id for paper_id in all_papers() if paper_id in needed)
