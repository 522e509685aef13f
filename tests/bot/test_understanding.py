"""The trained bot understands what it was never trained on, and every word it offers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from rasa.core.agent import Agent

from actions.boundaries import is_refused
from tests.nlu.measure import MODEL, Figures, held_out

ROOT = Path(__file__).parents[2]
# These all lead to a search of the knowledge base (data/rules/answer_question.yml).
SEARCHED = {"ask_law", "nlu_fallback", "out_of_scope", "inform"}

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(not MODEL.is_file(), reason=f"no trained model at {MODEL}: make train"),
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def agent() -> Agent:
    """The trained bot."""
    return Agent.load(str(MODEL))


async def understood(agent: Agent, text: str) -> str:
    """Return the intent of a text."""
    return (await how_understood(agent, text))[0]


async def how_understood(agent: Agent, text: str) -> tuple[str, float]:
    """Return the intent of a text, and how sure the bot is."""
    parsed: dict[str, Any] = await agent.parse_message(text)
    return str(parsed["intent"]["name"]), float(parsed["intent"]["confidence"])


def outcome(intent: str) -> str:
    """Return what an intent leads to."""
    return "search" if intent in SEARCHED else intent


async def test_what_is_held_out_reaches_the_floors(agent: Agent) -> None:
    floors = yaml.safe_load((ROOT / "tests/nlu/floors.yml").read_text("utf-8"))
    results = [(label, await understood(agent, text)) for text, label in held_out()]
    right = [outcome(label) == outcome(intent) for label, intent in results]
    legal = [intent in SEARCHED for label, intent in results if label == "ask_law"]
    assert sum(right) / len(right) >= floors["right_outcome"]
    figures = Figures([(label, intent, "") for label, intent in results])
    assert figures.macro_f1 >= floors["macro_f1"], figures.f1
    assert sum(legal) / len(legal) >= floors["legal_questions_searched"]


async def test_what_must_be_refused_is_understood(agent: Agent) -> None:
    floors = yaml.safe_load((ROOT / "tests/nlu/floors.yml").read_text("utf-8"))
    results = [(label, await understood(agent, text)) for text, label in held_out("boundaries")]
    right = [outcome(label) == outcome(intent) for label, intent in results]
    assert sum(right) / len(right) >= floors["boundaries_understood"]


async def test_no_real_question_is_refused(agent: Agent) -> None:
    refused = []
    for text, label in held_out("boundaries"):
        intent, confidence = await how_understood(agent, text)
        searched = {*SEARCHED, "danger"}  # a doubtful danger is answered beside its numbers
        if label == "ask_law" and intent not in searched and is_refused(intent, confidence, text):
            refused.append((text, intent, confidence))
    assert refused == []


async def test_every_option_is_understood_as_what_it_offers(agent: Agent) -> None:
    examples = {}
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in intent["examples"].splitlines():
                examples[line.removeprefix("- ").strip()] = intent["intent"]
    words = yaml.safe_load((ROOT / "actions/words/options.yml").read_text("utf-8")).values()
    assert {text: await understood(agent, text) for text in words} == {
        text: examples[text] for text in words
    }


async def test_the_title_of_an_entry_leads_back_to_a_search(agent: Agent) -> None:
    """Titles are offered when the bot asks back; legal_aid has goals of its own."""
    lost = []
    for path in sorted((ROOT / "knowledge/content/entries").rglob("*.md")):
        entry = yaml.safe_load(path.read_text("utf-8").split("---", 2)[1])
        if entry["topic"] != "legal_aid":
            intent = await understood(agent, entry["question"])
            lost += [] if intent in SEARCHED else [(entry["id"], intent)]
    assert lost == []
