"""Fixtures for the knowledge room: an invented law, three small entries, and the real texts."""

from pathlib import Path

import pytest

from knowledge import lay_questions
from knowledge.entries import Entry, load_all
from knowledge.search import Searcher
from knowledge.settings import Settings
from knowledge.statutes import Statutes
from knowledge.train import Data, Recipe, train

HERE = Path(__file__).parent
FIXTURE_STATUTES = HERE.parent / "fixtures" / "statutes.jsonl"


@pytest.fixture(scope="session")
def statutes() -> Statutes:
    """The invented 示例法 and its neighbours."""
    return Statutes.load(FIXTURE_STATUTES)


@pytest.fixture(scope="session")
def content() -> Path:
    """A content folder with three entries."""
    return HERE / "content"


@pytest.fixture(scope="session")
def entries(content: Path) -> list[Entry]:
    """The three entries."""
    return load_all(content / "entries")


@pytest.fixture(scope="session")
def real_statutes_path() -> Path:
    """The imported statute file; the test is left out where there is none."""
    path = Settings().statutes_path
    if path is None or not path.exists():
        pytest.skip("needs the statute texts: set STATUTES_PATH to the imported file")
    return path


@pytest.fixture(scope="session")
def real_statutes(real_statutes_path: Path) -> Statutes:
    """The imported statutes."""
    return Statutes.load(real_statutes_path)


@pytest.fixture(scope="session")
def fixture_settings(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Settings:
    """Settings over the fixture content, the invented law and a tiny encoder trained on them."""
    folder = tmp_path_factory.mktemp("models")
    settings = Settings(
        content_dir=content,
        models_dir=folder,
        statutes_path=FIXTURE_STATUTES,
        embedding_model=str(folder / "encoder"),
    )
    articles = Statutes.load(FIXTURE_STATUTES).articles
    bench = HERE / "bench"
    data = Data.read(
        articles,
        load_all(content / "entries"),
        lay_questions.load(content, articles),
        bench / "answered.jsonl",
        [bench / "noisy.jsonl"],
        bench / "lines.txt",
    )
    recipe = Recipe(
        pieces=400,
        dimensions=64,
        steps=40,
        answered_share=4,
        noisy_share=2,
        entry_share=6,
        span_share=4,
        lay_share=4,
    )
    train(data, folder / "encoder", lambda line: None, recipe)
    return settings


@pytest.fixture(scope="session")
def searcher(fixture_settings: Settings) -> Searcher:
    """A searcher over the fixture content."""
    return Searcher.load(fixture_settings, lambda line: None)
