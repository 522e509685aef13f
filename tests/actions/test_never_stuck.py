"""Nobody is lost in the dialogue: other words, choices, a person, and never the same for ever."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from actions.open_choice import picked
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
TITLES = ["老板拖欠工资怎么办？", "没签劳动合同怎么办？"]


async def test_who_is_not_understood_is_asked_openly_and_then_sent_to_a_person(
    citizen: Citizen, api: InternalApi
) -> None:
    told = []
    for text in ("一", "二", "三", "四", "五"):
        await citizen.runs(ASK, text, "nlu_fallback")
        told.append(citizen.told)
    assert "最急的是哪一样" in told[2]
    assert "12348" in told[3]
    assert all(one != other for one, other in pairwise(told))


@pytest.mark.parametrize(
    ("said", "near", "far"),
    [
        ("我娘没了那个房", "遗产|留下的房子", "工资"),
        ("羊进了地他还横", "草场", "离婚"),
        ("我家那口子老不回来，我媳妇", "离婚", "工资"),
    ],
)
async def test_the_examples_given_fit_what_was_said(
    citizen: Citizen, api: InternalApi, said: str, near: str, far: str
) -> None:
    for _ in range(2):
        await citizen.runs(ASK, said, "nlu_fallback")
        said += "啊"
    assert re.search(near, citizen.told)
    assert far not in citizen.told
    assert citizen.options == ["找律师"]


async def test_who_means_none_of_the_choices_hears_examples_of_the_own_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"offered": TITLES, "context": "房东的事"}
    await citizen.runs(ASK, "都不是", "deny")
    assert "押金" in citizen.told
    assert "工资" not in citizen.told


async def test_an_answer_in_between_forgets_the_misses(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs(ASK, "一", "nlu_fallback")
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert not citizen.slots["lost"]


async def test_who_was_asked_back_is_not_asked_the_same_again(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", WAGES, NO_CONTRACT)
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert citizen.options[:2] == TITLES
    await citizen.runs(ASK, "还是他的事", "ask_law")
    assert "先按“老板拖欠工资怎么办？”讲" in citizen.told


@pytest.mark.parametrize(
    ("text", "place"),
    [("第一个", 0), ("第2个", 1), ("选第二个吧", 1), ("最后一个", 1), ("合同", 1), ("工资。", 0)],
)
def test_a_choice_is_picked_by_its_words_or_its_place(text: str, place: int) -> None:
    assert picked(text, TITLES) == TITLES[place]


@pytest.mark.parametrize("text", ["第五个", "怎么办", "老", "离婚"])
def test_words_that_fit_no_choice_or_several_pick_none(text: str) -> None:
    assert picked(text, TITLES) is None


async def test_a_guess_at_a_goal_is_searched_instead(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_find_office", "他电话不接", "find_office", 0.35)
    assert "先要凭据" in citizen.told
    await citizen.runs("action_delete_my_data", "有微信记录", "delete_my_data", 0.6)
    assert "删掉" not in citizen.told


async def test_who_was_offered_what_is_near_is_not_sent_to_other_matters(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", NO_CONTRACT)
    await citizen.runs(ASK, "合同的事", "ask_law")
    api.finds("not_sure")
    for text in ("就是那个事啊", "他老那样", "你倒是说呀"):
        await citizen.runs(ASK, text, "nlu_fallback")
        assert citizen.options[:1] == TITLES[1:]


async def test_a_long_answer_is_not_read_out_twice(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    await citizen.runs("action_greet", "你好", "greet")
    citizen.slots["last_entry"] = None
    await citizen.runs(ASK, "老板就是不给我钱了", "ask_law")
    assert "接着“老板拖欠工资怎么办？”" in citizen.told
    assert "留好欠条" not in citizen.told
    await citizen.runs(ASK, "那老板到底给不给我钱了", "ask_law")
    assert f"最要紧的一句：{WAGES['answer']}" in citizen.told
    assert "仲裁不收费" not in citizen.told


async def test_nobody_is_sent_back_to_what_holds_no_answer(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", WAGES, NO_CONTRACT)
    await citizen.runs(ASK, "钱的事咋整", "ask_law")
    citizen.slots["offered"] = None
    await citizen.runs(ASK, "平台说是我自己刷的", "ask_law")
    assert "这一句我也没找准" in citizen.told
    assert citizen.options[:1] == [WAGES["title"]]
    assert "往上" not in citizen.told


async def test_an_answer_that_would_come_again_comes_as_its_sentence(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs(ASK, "我不会打字 咋说话", "ask_law")
    once = citizen.told
    await citizen.runs(ASK, "我说的是咋按着说话 那个小话筒", "ask_law")
    assert "最要紧的是" in citizen.told
    assert once.split("。")[0] in citizen.told
    assert "往上" not in citizen.told


async def test_a_guess_that_was_read_out_before_is_not_read_out_again(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    api.finds("ask_back", WAGES, NO_CONTRACT)
    await citizen.runs(ASK, "老板的事", "ask_law")
    await citizen.runs(ASK, "还是他的事", "ask_law")
    assert "留好欠条" not in citizen.told


async def test_an_answer_picked_by_its_title_is_shown_whole(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    await citizen.runs("action_greet", "你好", "greet")
    await citizen.runs(ASK, TITLES[0], "ask_law")
    assert "留好欠条" in citizen.told


async def test_what_an_entry_leaves_open_is_not_quoted_as_its_answer(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "detail": ""})
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    for text in ("我堂弟行不行", "我堂妹行不行", "我表姐行不行"):
        await citizen.runs(ASK, text, "ask_law")
        assert citizen.told.count("最要紧的") <= 1
