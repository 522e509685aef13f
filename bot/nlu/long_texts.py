"""A long text is a question about law unless the classifier is sure that it is something else.

Nearly all long messages tell of a matter. Intents are many and their examples short, so that chance
words of a story can add up to one of them; whoever wants the bot to do something says so shortly.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.training_data import INTENT as QUESTION


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LongTexts(GraphComponent):
    """Takes a long text for a question where another intent is less sure than `sure`."""

    def __init__(self, longer_than: int, sure: float) -> None:
        """Take the length in characters and the confidence, both from the configuration."""
        self._longer_than = longer_than
        self._sure = sure

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the measured values (docs/evaluation.md)."""
        return {"longer_than": 20, "sure": 0.8}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LongTexts:
        """Build the component from its part of the configuration."""
        return cls(config["longer_than"], config["sure"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Change the intent of the messages that are long and doubtful."""
        for message in messages:
            intent = message.get(INTENT) or {}
            long = len(message.get(TEXT) or "") > self._longer_than
            if long and intent.get(PREDICTED_CONFIDENCE_KEY, 1.0) < self._sure:
                message.set(INTENT, {**intent, INTENT_NAME_KEY: QUESTION}, add_to_output=True)
        return messages
