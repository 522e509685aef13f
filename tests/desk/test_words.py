"""The desk's words cover every state, and a broken file is an error."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from desk.cases import CLOSED, LIVING, RANK
from desk.words import WORDS, load

HOTLINES = {"110", "12348"}


def test_every_state_has_a_word() -> None:
    assert set(WORDS.urgency) == set(RANK)
    assert set(WORDS.status) == {*LIVING, *CLOSED}
    assert set(WORDS.eligibility) == {"yes", "no", "unknown"}
    assert set(WORDS.author) == set(WORDS.voice) == {"citizen", "bot", "lawyer", "system"}


@pytest.mark.parametrize("change", [{"surplus": {}}, {"errors": None}])
def test_a_missing_or_unknown_section_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    broken = {**WORDS.model_dump(), **change}
    path = tmp_path / "words.yml"
    path.write_text(yaml.safe_dump(broken), encoding="utf-8")
    with pytest.raises(ValidationError):
        load(path)
