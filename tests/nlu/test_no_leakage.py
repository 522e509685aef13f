"""No line that serves to measure is trained on, however it is typed."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.training_data import EntryQuestions
from tests.nlu.measure import FOLDER, ROOT, alike, digest_of, examples, held_out


def trained() -> set[str]:
    """Return every example that the classifier learns from."""
    files = [example for path in (ROOT / "data/nlu").glob("*.yml") for example in examples(path)]
    entries = EntryQuestions(entries=str(ROOT / "knowledge/content/entries"), variants=10**6)
    messages = entries.get_nlu_data().intent_examples
    return {text for text, _ in files} | {str(message.get("text")) for message in messages}


def test_no_line_of_the_evaluation_is_trained_on() -> None:
    known = {alike(text) for text in trained()}
    assert [text for text, _ in held_out() if alike(text) in known and alike(text)] == []


def test_no_labelled_real_question_is_trained_on() -> None:
    with (FOLDER / "citizens.tsv").open(encoding="utf-8", newline="") as file:
        labelled = {row[0] for row in csv.reader(file, delimiter="\t")}
    assert len(labelled) >= 800
    assert {digest_of(text) for text in trained()} & labelled == set()


def test_no_line_of_the_evaluation_is_there_twice() -> None:
    lines = [alike(text) or text for text, _ in held_out()]
    assert [line for line in lines if lines.count(line) > 1] == []


def test_every_intent_is_measured_with_enough_lines() -> None:
    measured = [intent for _, intent in held_out()]
    assert {intent for intent in measured if measured.count(intent) < 24} == set()
    learnt = {intent for path in (ROOT / "data/nlu").glob("*.yml") for _, intent in examples(path)}
    assert set(measured) - learnt == set()
    assert learnt - set(measured) == set()


def test_the_files_of_the_evaluation_lie_outside_the_training_data() -> None:
    assert Path("data") not in FOLDER.relative_to(ROOT).parents
