"""A writer of papers."""

from __future__ import annotations

import pytest

from aid.documents import Writer


@pytest.fixture(scope="session")
def writer() -> Writer:
    """A writer with the project's own templates."""
    return Writer()
