"""The first and the last component of the pipeline: what was meant is classified, what was typed
is kept.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.spelling import as_meant

TYPED = "typed"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Reads the text of every message as it is meant."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        """Build the component; it has no settings and learns nothing."""
        return cls()

    @staticmethod
    def required_packages() -> list[str]:
        """Return what must be installed."""
        return ["opencc", "pypinyin", "jieba"]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples as the messages are read."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages as they are meant, keeping what was typed."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(TYPED, text)
                message.set(TEXT, as_meant(text))
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AsTyped(GraphComponent):
    """Gives each message its own words back: actions search them and say them to the citizen."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AsTyped:
        """Build the component; it has no settings and learns nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Undo what the first component did to the text."""
        for message in messages:
            if typed := message.get(TYPED):
                message.set(TEXT, typed)
        return messages
