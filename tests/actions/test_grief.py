"""Who tells of a death hears a sentence of sympathy, once, and is on the side of who was hit."""

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.grief import condole
from actions.repeating import without_yes_or_no
from actions.wording import say

SYMPATHY = say("grief", "say")


def _after(text: str, *said: str) -> str:
    events = [{"event": "bot", "text": each} for each in said]
    tracker = Tracker("me", {}, {"text": text}, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    dispatcher.utter_message(text="答复。")
    condole(dispatcher, tracker)
    return str(dispatcher.messages[0]["text"])


@pytest.mark.parametrize(
    "text", ["我妈上个月没了,车祸", "我爸去世了 房子咋分", "我哥干活摔死了", "孩子没抢救过来"]
)
def test_who_tells_of_a_death_hears_sympathy_first_and_once(text: str) -> None:
    first = _after(text)
    assert first == f"{SYMPATHY}\n答复。"
    assert _after(text, first) == "答复。"


@pytest.mark.parametrize(
    "text", ["钱没了", "我媳妇带孩子走了", "我妈工作没了", "要是我爸死了房子归谁", "我不想活了"]
)
def test_who_lost_something_else_hears_none(text: str) -> None:
    assert _after(text) == "答复。"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("能。先去法院申请。", "先去法院申请。"),
        ("不能，要先谈。", "要先谈。"),
        ("可以申请的有三种人。", "可以申请的有三种人。"),
        ("能。", "能。"),
    ],
)
def test_a_gist_does_not_say_yes_to_another_question(text: str, left: str) -> None:
    assert without_yes_or_no(text) == left
