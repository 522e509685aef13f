"""Fixtures for the knowledge room: an invented law, three small entries, and the real texts."""

from pathlib import Path

import pytest

from knowledge.entries import Entry, load_all
from knowledge.settings import Settings
from knowledge.statutes import Statutes

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
