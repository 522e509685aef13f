"""The words are complete, and every word that can be tapped is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from actions.known_facts import FACT_IDS
from actions.wording import FOLDER, WordingError, grouped, listed, options, say

ROOT = Path(__file__).parents[2]
# What each option must be understood as.
INTENT_OF = {
    "more_detail": "more_detail",
    "show_article": "show_article",
    "related_questions": "related_questions",
    "apply_legal_aid": "apply_legal_aid",
    "steps": "apply_legal_aid",
    "check_eligibility": "check_eligibility",
    "required_documents": "required_documents",
    "find_office": "find_office",
    "deadlines": "deadlines",
    "talk_to_lawyer": "talk_to_lawyer",
    "dont_know": "dont_know",
    "correct": "correct",
    "restart": "start_over",
    "stop": "stop",
    "resume": "resume",
    "confirm": "affirm",
    "decline": "deny",
    "what_can_you_do": "what_can_you_do",
    "status": "application_status",
    "lesson": "lesson",
}
HOTLINES = {"110", "119", "120", "122", "12309", "12315", "12333", "12338", "12345", "12348"}
HOTLINES |= {"12355", "12356", "12368"}


def examples() -> dict[str, str]:
    """Return every training example with its intent."""
    found = {}
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in intent["examples"].splitlines():
                found[line.removeprefix("- ").strip()] = intent["intent"]
    return found


def domain() -> dict[str, list[object]]:
    """Return the domain's slots, actions and intents."""
    parts = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "domain").glob("*.yml")]
    return {
        key: [item for part in parts for item in part.get(key, [])]
        for key in ("slots", "actions", "intents", "responses")
    }


def test_every_option_is_an_example_of_its_intent() -> None:
    known = examples()
    words = yaml.safe_load((FOLDER / "options.yml").read_text("utf-8"))
    assert set(words) == set(INTENT_OF)
    assert {key: known.get(text) for key, text in words.items()} == INTENT_OF


def test_every_fact_has_a_slot_an_asking_action_and_a_name() -> None:
    known = domain()
    for fact_id in FACT_IDS:
        assert fact_id in known["slots"]
        assert f"action_ask_eligibility_form_{fact_id}" in known["actions"]
        assert say("fact_names", fact_id)
        assert fact_id in grouped("interview", "names")


def test_no_slot_or_action_asks_about_a_fact_that_is_gone() -> None:
    asked = [
        str(name).removeprefix("action_ask_eligibility_form_")
        for name in domain()["actions"]
        if str(name).startswith("action_ask_eligibility_form_")
    ]
    assert sorted(asked) == sorted([*FACT_IDS, "reviewed"])


def test_no_example_belongs_to_two_intents() -> None:
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in intent["examples"].splitlines():
                text = line.removeprefix("- ").strip()
                assert text not in seen, f"{text}: {seen[text]} and {intent['intent']}"
                seen[text] = intent["intent"]


def test_every_intent_has_enough_examples() -> None:
    counts: dict[str, int] = {}
    for intent in examples().values():
        counts[intent] = counts.get(intent, 0) + 1
    assert min(counts.values()) >= 25
    assert counts["ask_law"] >= 250


def test_the_evaluation_is_never_trained_on() -> None:
    held_out = yaml.safe_load((ROOT / "tests/nlu/evaluation.yml").read_text("utf-8"))["nlu"]
    texts = [
        line.removeprefix("- ").strip()
        for intent in held_out
        for line in intent["examples"].splitlines()
    ]
    assert len(texts) >= 200
    assert set(texts) & set(examples()) == set()


def test_only_listed_numbers_are_given() -> None:
    said = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.yml"))
    numbers = set(re.findall(r"(?<![\d-])1\d{2,4}(?![\d-])", said))
    assert numbers <= HOTLINES


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_text_is_used(path: Path) -> None:
    code = "".join(source.read_text("utf-8") for source in (ROOT / "actions").rglob("*.py"))
    if path.stem in ("options", "fact_names", "small_talk"):
        return
    keys = yaml.safe_load(path.read_text("utf-8"))
    assert [key for key in keys if not re.search(f"[\"']{key}[\"']", code)] == []


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(WordingError):
        say("options", "no_such_option")
    with pytest.raises(WordingError):
        listed("options", "more_detail")
    with pytest.raises(WordingError):
        say("answer_question", "basis")
    assert options("resume") == ["继续"]
