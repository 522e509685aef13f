"""Training data that is not in data/: the questions of the knowledge entries.

Curators write, for each entry, how people really ask it. The same sentences teach the classifier
what a legal question looks like, so an entry is understood as soon as the bot is trained again.
A few entries say what a goal of the bot also does; theirs are examples of that goal's intent.

Not all ways of asking are taken: there are eight times as many as all other examples together, and
an intent so much larger than the rest would swallow them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

INTENT = "ask_law"
APART = 4  # of so many first ways of asking one is taken: what is added behind changes nothing


class EntryQuestions(TrainingDataImporter):
    """Reads the questions and variants of every entry as examples of `ask_law`."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | None = None,
        entries: str = "knowledge/content/entries",
        variants: int = 6,
        intents: dict[str, str] | None = None,
    ) -> None:
        """Take the folder of the entries, and what is taken of each.

        The first three arguments are what Rasa gives every importer.

        Args:
            entries: the folder.
            variants: how many of an entry's variants are examples, spread over its list.
            intents: by entry id, the intents that are not `ask_law`.
        """
        self._entries = Path(entries)
        self._variants = variants
        self._intents = intents or {}

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """Return one example per question and variant, in the order of the files."""
        intent_of: dict[str, str] = {}
        for path in sorted(self._entries.rglob("*.md")):
            intent_of = {**self._examples(path), **intent_of}
        return TrainingData([Message.build(text, intent) for text, intent in intent_of.items()])

    def _examples(self, path: Path) -> dict[str, str]:
        front_matter = path.read_text(encoding="utf-8").split("---", 2)[1]
        entry: dict[str, Any] = yaml.safe_load(front_matter)
        intent = self._intents.get(entry["id"], INTENT)
        first = entry["variants"][: self._variants * APART]
        step = max(1, len(first) // self._variants)
        variants = first[::step][: self._variants]
        return {str(text).strip(): intent for text in (entry["question"], *variants)}

    def get_domain(self) -> Domain:
        """Return nothing: the domain is in domain/."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return nothing: the rules are in data/."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Return nothing: the tests are in tests/conversations."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Return nothing: the configuration is config.yml."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return nothing: see get_config."""
        return None
