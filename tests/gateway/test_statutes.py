"""Every article that the gateway names holds what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.data_files import FOLDER
from tests.cited import each_proof, holds, named_in, proofs_beside

PROOFS = proofs_beside(__file__)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_article_that_is_named_has_a_proof(path: Path) -> None:
    assert named_in(path.read_text("utf-8")) == set(PROOFS.get(path.stem, {}))


@pytest.mark.statutes
@pytest.mark.parametrize(("reference", "proof"), each_proof(PROOFS), ids=lambda value: value[:12])
def test_the_article_holds_its_proof(
    reference: str, proof: str, articles: dict[tuple[str, str], str]
) -> None:
    assert holds(articles, reference, proof)


def test_an_article_without_its_law_is_not_overlooked() -> None:
    assert named_in("《甲法》第一条、第二条第一款") == {"《甲法》第一条", "《甲法》第二条第一款"}
    with pytest.raises(ValueError, match="第三条"):
        named_in("《甲法》第一条，还有第三条")
