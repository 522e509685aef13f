"""The questions of the entries teach the classifier what a legal question looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.training_data import EntryQuestions

ENTRY = """---
id: {topic}/one
question: {question}
variants: [{variants}]
topic: {topic}
---

正文。
"""


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    """Two entries: one about wages, one about legal aid itself."""
    wages = ENTRY.format(
        topic="labour", question="老板拖欠工资怎么办？", variants="老板不给钱, 讨薪"
    )
    aid = ENTRY.format(topic="legal_aid", question="怎么申请法律援助？", variants="办援助")
    (tmp_path / "wages.md").write_text(wages, "utf-8")
    (tmp_path / "aid.md").write_text(aid, "utf-8")
    return tmp_path


def test_questions_and_variants_are_examples_of_their_intent(entries: Path) -> None:
    intents = {"legal_aid/one": "apply_legal_aid"}
    data = EntryQuestions(entries=str(entries), intents=intents).get_nlu_data()
    assert {message.get("text"): message.get("intent") for message in data.intent_examples} == {
        "老板拖欠工资怎么办？": "ask_law",
        "老板不给钱": "ask_law",
        "讨薪": "ask_law",
        "怎么申请法律援助？": "apply_legal_aid",
        "办援助": "apply_legal_aid",
    }


def test_every_entry_with_an_intent_of_its_own_exists() -> None:
    root = Path(__file__).parents[2]
    config = yaml.safe_load((root / "config.yml").read_text("utf-8"))
    (own,) = [importer["intents"] for importer in config["importers"] if "intents" in importer]
    content = root / "knowledge" / "content" / "entries"
    assert [entry for entry in own if not (content / f"{entry}.md").is_file()] == []


def test_without_entries_there_are_no_examples(tmp_path: Path) -> None:
    assert EntryQuestions(entries=str(tmp_path)).get_nlu_data().intent_examples == []


def test_the_importer_of_the_configuration_exists() -> None:
    config = yaml.safe_load((Path(__file__).parents[2] / "config.yml").read_text("utf-8"))
    names = [importer["name"] for importer in config["importers"]]
    assert names == ["RasaFileImporter", f"{EntryQuestions.__module__}.EntryQuestions"]
