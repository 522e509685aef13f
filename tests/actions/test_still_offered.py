"""A number still means the choice that it meant, through a joke, an insult or thanks."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
TITLES = [WAGES["title"], NO_CONTRACT["title"]]
BETWEEN = [
    ("action_insult", "你真笨", "insult"),
    ("action_thanks", "谢谢啊", "thanks"),
    ("action_are_you_human", "你是机器人吧", "are_you_human"),
    (ASK, "哈哈哈讲个笑话", "out_of_scope"),
]


@pytest.mark.parametrize(("action", "text", "intent"), BETWEEN)
async def test_choices_stand_first_again(
    citizen: Citizen, api: InternalApi, action: str, text: str, intent: str
) -> None:
    api.finds("ask_back", {**WAGES, "score": 0.3}, NO_CONTRACT)
    await citizen.runs(ASK, "老板的事", "ask_law")
    api.finds("not_sure")
    await citizen.runs(action, text, intent)
    assert citizen.options[:2] == TITLES
    api.finds("answer", WAGES, NO_CONTRACT)
    await citizen.runs(ASK, "第二个", "ask_law")
    assert citizen.slots["last_entry"] == NO_CONTRACT["docid"]


async def test_related_questions_stay_open_too(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs("action_related_questions", "相关问题", "related_questions")
    await citizen.runs("action_insult", "你真笨", "insult")
    assert citizen.options[0] == NO_CONTRACT["title"]
    assert citizen.slots["offered"] == [NO_CONTRACT["title"]]


async def test_thanks_bring_back_no_buttons_of_a_card(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs("action_thanks", "谢谢", "thanks")
    assert citizen.options == []


async def test_an_angry_word_is_not_met_with_a_failure_that_was_none(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_insult", "还在排队 不等了", "insult")
    assert "没帮上" not in citizen.told
