"""Every article that the actions name holds what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from actions.wording import FOLDER

PROOFS = yaml.safe_load((Path(__file__).parent / "proofs.yml").read_text("utf-8"))
ARTICLE = r"第[一二三四五六七八九十百千零]+条(?:第[一二三四五六七八九十]款)?"
NUMERALS = "一二三四五六七八九十"


def cited(text: str) -> set[str]:
    """Return every article that a text names; one after 、 is of the law before it."""
    found = set()
    for law, articles in re.findall(rf"《([^》{{}}]+)》({ARTICLE}(?:、{ARTICLE})*)", text):
        found |= {f"《{law}》{article}" for article in articles.split("、")}
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_article_that_is_named_has_a_proof(path: Path) -> None:
    assert cited(path.read_text("utf-8")) == set(PROOFS.get(path.stem, {}))


@pytest.mark.statutes
@pytest.mark.parametrize(
    ("reference", "proof"),
    [pair for named in PROOFS.values() for pair in named.items()],
    ids=lambda value: value[:12],
)
def test_the_article_holds_its_proof(
    reference: str, proof: str, articles: dict[tuple[str, str], str]
) -> None:
    law, article, paragraph = re.fullmatch(r"《(.+)》(第[^条]+条)(?:第(.)款)?", reference).groups()  # type: ignore[union-attr]
    text = articles[law, article]
    if paragraph:
        text = text.split("\n")[NUMERALS.index(paragraph)]
    assert proof in text
