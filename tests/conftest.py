"""Shared by the tests of every room: the statute texts."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def articles() -> dict[tuple[str, str], str]:
    """The texts in force of every imported article, by law and article."""
    default = REPOSITORY.parent / "shared" / "laws" / "statutes.jsonl.gz"
    path = Path(os.environ.get("STATUTES_PATH") or default)
    if not path.is_file():
        pytest.skip("no statute texts here; set STATUTES_PATH to check references against them")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {(row["law"], row["article"]): row["text"] for row in rows if not row["superseded"]}
