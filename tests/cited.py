"""Shared by the rooms whose sentences name articles: which are named, and what each must hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ARTICLE = r"第[一二三四五六七八九十百千零]+条(?:第[一二三四五六七八九十]款)?"
NUMERALS = "一二三四五六七八九十"

Proofs = dict[str, dict[str, str]]


def proofs_beside(test: str) -> Proofs:
    """Return, by data file and article, the phrase that the article must hold.

    Args:
        test: the path of a test; its proofs are in `proofs.yml` beside it.
    """
    found: Proofs = yaml.safe_load(Path(test).with_name("proofs.yml").read_text("utf-8"))
    return found


def each_proof(proofs: Proofs) -> list[Any]:
    """Return every article with its phrase, for `pytest.mark.parametrize`."""
    return [pair for named in proofs.values() for pair in named.items()]


def named_in(text: str) -> set[str]:
    """Return every article that a text names; one after 、 is of the law before it.

    Raises:
        ValueError: an article is named without its law.
    """
    found = set()
    for law, articles in re.findall(
        rf"《((?:[^《》{{}}]|《[^》]*》)+)》({ARTICLE}(?:、{ARTICLE})*)", text
    ):
        found |= {f"《{law}》{article}" for article in articles.split("、")}
    bare = re.findall(rf"(?<![》、条款法典}}]){ARTICLE}", text)
    if bare:
        raise ValueError(f"of which law? {bare}")
    return found


def holds(articles: dict[tuple[str, str], str], reference: str, proof: str) -> bool:
    """Return whether the article of a reference, or its paragraph, holds a phrase."""
    law, article, paragraph = re.fullmatch(r"《(.+)》(第[^条]+条)(?:第(.)款)?", reference).groups()  # type: ignore[union-attr]
    inner = str.maketrans("〈〉", "《》")  # the name of a law within that of another
    text = articles[law.translate(inner), article]
    if paragraph:
        text = text.split("\n")[NUMERALS.index(paragraph)]
    return proof in text
