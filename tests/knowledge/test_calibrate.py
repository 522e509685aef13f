"""Measuring entry search with variants left out."""

from knowledge.calibrate import calibrate
from knowledge.entries import Entry
from knowledge.ranking import Bands
from knowledge.settings import Settings


def test_held_out_variants_and_off_topic_lines_are_measured(
    entries: list[Entry], fixture_settings: Settings
) -> None:
    found = calibrate(entries, fixture_settings.content_dir, fixture_settings.embedding_model, 0)
    assert found.variants == 6
    assert found.first <= found.in_three <= found.in_five <= 1
    assert found.answered + found.asked_back + found.not_sure == 1
    assert found.off_topic_answered == 0


def test_a_band_needs_its_score_and_an_answer_a_clear_lead() -> None:
    bands = Bands(answer=0.4, ask_back=0.3, clear_by=0.05)
    assert bands.of([0.5, 0.4]) == "answer"
    assert bands.of([0.5, 0.48]) == "ask_back"
    assert bands.of([0.5]) == "answer"
    assert bands.of([0.35, 0.1]) == "ask_back"
    assert bands.of([0.29]) == "not_sure"
    assert bands.of([]) == "not_sure"
