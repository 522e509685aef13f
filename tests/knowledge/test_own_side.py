"""Each side of a matter is found by its own words, and not with what the other side must do."""

from pathlib import Path

import pytest

from knowledge import strict_yaml
from knowledge.search import Searcher
from knowledge.settings import Settings

CASES = strict_yaml.read(Path(__file__).parent / "own_side.yml")


@pytest.fixture(scope="module")
def real_searcher(real_statutes_path: Path) -> Searcher:
    """The product's own searcher over the imported statutes."""
    settings = Settings().model_copy(update={"statutes_path": real_statutes_path})
    return Searcher.load(settings, lambda line: None)


@pytest.mark.statutes
@pytest.mark.parametrize("case", CASES, ids=[case["ask"] for case in CASES])
def test_who_asks_gets_the_entry_of_the_own_side(
    case: dict[str, str], real_searcher: Searcher
) -> None:
    entry = real_searcher.entries[case["entry"]]
    assert case["not"] in real_searcher.entries
    assert case["ask"] not in entry.meta.variants
    found = [hit.docid for hit in real_searcher.search(case["ask"]).of_kind("entry")]
    assert found[0] == case["entry"]
