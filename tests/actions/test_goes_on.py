"""Half sentences that sound like something else go on with the matter that was told."""

from __future__ import annotations

import pytest

from actions.asking import is_overwhelmed
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

TOLD = {"context": "老板欠我工资"}


@pytest.mark.parametrize(
    ("action", "text", "confidence"),
    [
        ("deny", "他不同意", 0.69),
        ("deny", "没有合同", 0.55),
        ("deny", "签不签", 0.66),
        ("affirm", "有证", 0.32),
        ("what_can_you_do", "我该干啥", 0.72),
    ],
)
async def test_what_only_sounds_like_small_talk_is_looked_up(
    citizen: Citizen, api: InternalApi, action: str, text: str, confidence: float
) -> None:
    citizen.slots |= TOLD
    api.finds("answer", WAGES)
    await citizen.runs(f"action_{action}", text, action, confidence)
    assert [search["q"] for search in api.searches] == [text]


@pytest.mark.parametrize(
    ("action", "text", "confidence"),
    [
        ("deny", "没有", 0.89),
        ("deny", "不用了", 0.9),
        ("affirm", "好", 0.7),
        ("what_can_you_do", "你能干什么", 0.72),
    ],
)
async def test_a_plain_yes_or_no_is_not_looked_up(
    citizen: Citizen, api: InternalApi, action: str, text: str, confidence: float
) -> None:
    citizen.slots |= TOLD
    await citizen.runs(f"action_{action}", text, action, confidence)
    assert citizen.told
    assert api.searches == []


async def test_half_a_sentence_with_nothing_told_before_is_small_talk(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_deny", "他不同意", "deny", 0.69)
    assert api.searches == []


@pytest.mark.parametrize(("text", "looked_up"), [("说我不合格", True), ("不知道", False)])
async def test_only_who_knows_nothing_to_say_is_told_what_can_be_asked(
    citizen: Citizen, api: InternalApi, text: str, looked_up: bool
) -> None:
    citizen.slots |= TOLD
    api.finds("answer", WAGES)
    await citizen.runs("action_what_can_you_do", text, "dont_know", 0.85)
    assert bool(api.searches) is looked_up


@pytest.mark.parametrize(
    ("text", "searched"),
    [("不对 是工资", "工资"), ("我一个月6500 干了3年", "我一个月6500 干了3年")],
)
async def test_a_correction_outside_the_interview_is_looked_up(
    citizen: Citizen, api: InternalApi, text: str, searched: str
) -> None:
    api.finds("answer", WAGES)
    citizen.slots["context"] = "工伤"
    await citizen.runs("action_correct_answer", text, "correct", 0.55)
    assert [search["q"] for search in api.searches] == [searched]
    assert ("context" in api.searches[0]) is (searched == text)


async def test_a_number_with_nothing_to_pick_is_told_so(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_answer_question", "1", "out_of_scope", 0.86)
    assert "没有可选的编号" in citizen.told
    assert api.searches == []


async def test_asking_for_a_quiz_too_early_keeps_the_choices(citizen: Citizen) -> None:
    citizen.slots["offered"] = ["老板拖欠工资怎么办？", "没签合同怎么办？"]
    await citizen.runs("action_lesson", "考考我", "lesson")
    assert citizen.options == citizen.slots["offered"] != []


def test_an_aching_head_is_not_being_overwhelmed() -> None:
    assert not is_overwhelmed("我头疼吃啥药")
    assert is_overwhelmed("看着头疼")


@pytest.mark.parametrize("text", ["援助中心不给我办", "说我收入超了"])
async def test_a_refusal_is_heard_in_a_citizens_own_words(citizen: Citizen, text: str) -> None:
    await citizen.runs("action_after_application", text, "after_application")
    assert citizen.slots["setback_event"] == "refused"
