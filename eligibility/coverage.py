"""The table of articles and cases: in how many cases an article must be told, in how many not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.cases import Case, read
from eligibility.numerals import read_numeral
from eligibility.sentences import all_sentences

PATH = Path(__file__).parents[1] / "docs" / "eligibility-coverage.md"
HEAD = Path(__file__).parent / "coverage.yml"
REFERENCES = ("reasons", "notes", "grounds")
PREFIXES = {
    "documents": "document_",
    "offices": "office_",
    "deadlines": "deadline_",
    "steps": "remedy_",
}
ACT = "《法律援助法"
_NUMERAL = re.compile("[零一二三四五六七八九十百千]+(?=[条款）])")


def counts(cases: Iterable[Case]) -> tuple[Counter[str], Counter[str]]:
    """Return for each reference how many cases expect it, and how many expect it not to occur."""
    positive: Counter[str] = Counter()
    negative: Counter[str] = Counter()
    for case in cases:
        positive.update(set(_references(case.expect, "")))
        negative.update(set(_references(case.expect, "not_")))
    return positive, negative


def _references(expect: dict[str, Any], sign: str) -> Iterator[str]:
    for key in REFERENCES:
        yield from expect.get(f"{sign}{key}", ())
    for key, prefix in PREFIXES.items():
        for item in expect.get(f"{sign}{key}", ()):
            sentence = all_sentences().get(f"{prefix}{item}")
            if sentence is not None and sentence.reference:
                yield sentence.reference
    if not sign:
        for item in expect.get("last_days", ()):
            yield all_sentences()[f"remedy_{item}"].reference or ""


def table() -> str:
    """Return docs/eligibility-coverage.md as it must be for the cases at hand."""
    words = strict_yaml.load(HEAD)
    cases = list(read())
    positive, negative = counts(cases)
    states = Counter(case.expect.get("state", "none") for case in cases)
    told = words["between"].join(f"{name} {states[key]}" for key, name in words["states"].items())
    rows = [
        f"| {reference} | {positive[reference]} | {negative[reference]} |"
        for reference in sorted({*positive, *negative} - {""}, key=_place)
    ]
    about = [f"| {articles} | {why} |" for articles, why in words["not_screened"].items()]
    return "\n".join(
        [
            words["title"].format(count=len(cases), states=told),
            *rows,
            "",
            words["not_screened_title"],
            *about,
            "",
        ]
    )


def _place(reference: str) -> tuple[bool, str, list[float]]:
    """Return what sorts the Act first, then by law, article, paragraph and item."""
    law, _, place = reference.partition("》")
    numbers = [read_numeral(numeral) or 0 for numeral in _NUMERAL.findall(place)]
    return (law != ACT, law, numbers)
