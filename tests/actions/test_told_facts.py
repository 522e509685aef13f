"""What was told outside the interview is shown, can be taken back, and reaches the lawyer."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import WAGES, InternalApi

STORY = "我在乌兰嘎查给包工头干了三年半，欠我一万二，去年9月走的"
SHOWN = [
    "乌兰嘎查",
    "包工头",
    "干了三年半",
    "一万二（12,000 元）",
    "去年9月（2025年9月1日—2025年9月30日）",
]
ANSWERED = {
    "matter": "labour_pay",
    "for_whom": "self",
    "groups": "migrant_worker",
    "region": "chifeng",
    "has_lawyer": False,
    "stage": "not_started",
}
DAY = 24 * 60 * 60.0


@pytest.fixture
async def told(citizen: Citizen, calendar: Calendar, api: InternalApi) -> Citizen:
    """Someone who told a story and answered the interview up to its review."""
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", STORY, "ask_law")
    await reviews(citizen)
    return citizen


async def reviews(citizen: Citizen) -> None:
    """Answer the last question of the interview, so that the review is asked for."""
    citizen.slots |= ANSWERED
    citizen.before.append({"event": "active_loop", "name": "eligibility_form"})
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    await citizen.answers("都没有", "deny")


async def told_the_lawyer(citizen: Citizen, api: InternalApi) -> dict[str, str]:
    """Hand over; return the facts by their label."""
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    return {fact["label"]: fact["value"] for fact in api.cases[-1]["facts"]}


async def test_the_review_shows_what_was_told_before(told: Citizen) -> None:
    assert "前面说过的" in told.told
    assert {f"说过：{one}" for one in SHOWN} <= set(told.options)
    assert told.options[-1] == "都对"


async def test_nothing_told_is_used_to_judge(told: Citizen) -> None:
    assert {key: told.slots.get(key) for key in ANSWERED} == ANSWERED
    assert told.slots.get("monthly_income_per_person") is None
    assert told.slots["urgent"] == "none"


async def test_what_is_taken_back_is_not_shown_and_not_passed_on(
    told: Citizen, api: InternalApi
) -> None:
    await told.answers("说过：一万二（12,000 元）", "inform")
    assert "不带给律师" in told.told
    assert "说过：一万二（12,000 元）" not in told.options
    await told.answers("都对", "affirm")
    assert told.told.startswith("初步看")
    assert "说到的钱数（本人说的）" not in await told_the_lawyer(told, api)


async def test_a_number_means_a_point_that_was_told(told: Citizen) -> None:
    place = told.options.index("说过：干了三年半") + 1
    await told.answers(str(place), "out_of_scope", 0.4)
    assert told.slots["taken_back"] == ["干了三年半"]


async def test_the_lawyer_is_given_what_was_told_in_its_words(
    told: Citizen, api: InternalApi
) -> None:
    facts = await told_the_lawyer(told, api)
    assert facts["说到的钱数（本人说的）"] == "一万二（12,000 元）"
    assert facts["说到多久（本人说的）"] == "干了三年半"
    assert facts["说到的人（本人说的）"] == "包工头"
    assert facts["说到的地方（本人说的）"] == "乌兰嘎查"
    assert facts["说到的日子（本人说的）"].startswith("去年9月（2025年9月1日")
    sections = {one["label"]: one["section"] for one in api.cases[-1]["facts"]}
    assert sections["说到的钱数（本人说的）"] == "amount"


async def test_short_answers_of_the_interview_are_not_told_twice(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    citizen.before.append({"event": "active_loop", "name": "eligibility_form"})
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "for_whom"
    await citizen.answers("给我妈")
    await reviews(citizen)
    assert not any(option.startswith("说过") for option in citizen.options)


async def test_starting_over_forgets_what_was_told(told: Citizen, api: InternalApi) -> None:
    await told.runs("action_restart_interview", "重新开始", "start_over")
    await reviews(told)
    assert not any(option.startswith("说过") for option in told.options)
    assert not any("本人说的" in label for label in await told_the_lawyer(told, api))


async def test_yesterday_is_the_day_before_it_was_said(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "昨天老板把我赶走了", "ask_law")
    citizen.now += 3 * DAY
    facts = await told_the_lawyer(citizen, api)
    assert facts["说到的日子（本人说的）"] == "昨天（2026年11月14日）"


async def test_words_that_were_offered_are_not_the_citizens_own(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    bot = {"event": "bot", "text": "哪一种？", "data": {"buttons": [{"title": "单位三年不交社保"}]}}
    citizen.before.append(bot)
    await citizen.runs("action_answer_question", "单位三年不交社保", "ask_law")
    await citizen.runs("action_answer_question", "邻居打我", "ask_law")
    await reviews(citizen)
    assert "说过：邻居" in citizen.options
    assert not any("单位" in one or "三年" in one for one in citizen.options)


async def test_who_is_no_side_of_the_matter_is_not_noted(
    citizen: Citizen, api: InternalApi
) -> None:
    said = "我家草场让邻居占了 单位也不管 派出所来了半天也没管"
    await citizen.runs("action_answer_question", said, "ask_law")
    citizen.slots |= {"matter": "land", "for_whom": "self", "region": "xilingol"}
    citizen.slots |= {"groups": "none", "has_lawyer": False, "stage": "not_started"}
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    citizen.slots["hardship_self_assessment"] = True
    await citizen.answers("没有")
    told = [one for one in citizen.options if one.startswith("说过")]
    assert told == ["说过：邻居"]


async def test_what_names_nobody_and_no_length_is_not_noted(
    citizen: Citizen, api: InternalApi
) -> None:
    for said in ("他是爹，娃在他手里", "几天能下来", "我闺女胳膊上青了两块", "我妈家分了两块地"):
        await citizen.runs("action_answer_question", said, "ask_law")
    await reviews(citizen)
    assert [one for one in citizen.options if one.startswith("说过")] == []


async def test_a_bare_name_of_a_side_is_no_point_to_check(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay"}
    for text in ("公司欠我三万二 不给", "老板说没钱", "单位把我辞了", "包工头跑了"):
        said = {"event": "user", "text": text, "parse_data": {"intent": {"name": "ask_law"}}}
        citizen.before.append(said)
    await citizen.runs("action_ask_eligibility_form_reviewed", "看看", "ask_law")
    shown = {one for one in citizen.options if one.startswith("说过")}
    assert shown == {"说过：三万二（32,000 元）", "说过：包工头"}
