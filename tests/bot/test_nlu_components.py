"""The components of our own change what the classifier sees and says, and nothing else."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.long_texts import LongTexts
from bot.nlu.normaliser import Normaliser

STORY = "我在工地上干了三个月，老板说没钱，一直拖着不给我，我也不知道该找谁"


def judged(text: str, intent: str, confidence: float) -> str:
    """Return the intent of a text after the component has seen it."""
    message = Message({TEXT: text, INTENT: {"name": intent, "confidence": confidence}})
    LongTexts(longer_than=20, sure=0.8).process([message])
    return str(message.get(INTENT)["name"])


@pytest.mark.parametrize(
    ("text", "confidence", "left"),
    [(STORY, 0.5, "ask_law"), (STORY, 0.9, "private_data"), ("查查他家住哪", 0.5, "private_data")],
)
def test_a_long_text_is_a_question_unless_another_intent_is_sure(
    text: str, confidence: float, left: str
) -> None:
    assert judged(text, "private_data", confidence) == left


def test_a_message_without_an_intent_stays_without() -> None:
    message = Message({TEXT: STORY})
    LongTexts(longer_than=20, sure=0.8).process([message])
    assert message.get(INTENT) is None


def test_the_classifier_reads_what_was_meant() -> None:
    message = Message({TEXT: "我要申請法率援助👍"})
    assert [one.get(TEXT) for one in Normaliser().process([message])] == ["我要申请法律援助"]
