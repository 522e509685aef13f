"""A lawyer gets everything that was told; the citizen learns what happens next."""

from __future__ import annotations

from datetime import date

import pytest

from actions.clock import today
from eligibility.radar import Start
from tests.actions.conftest import SENDER, Citizen
from tests.fakes.internal_api import WAGES, InternalApi


async def test_the_lawyer_gets_question_topic_facts_and_screening(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"last_question": "老板欠我工资", "last_topic": "labour"}
    citizen.slots |= {"matter": "labour_pay", "has_lawyer": False, "stage": "unknown"}
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    (case,) = api.cases
    assert (case["conversation"], case["question"], case["topic"]) == (
        SENDER,
        "老板欠我工资",
        "labour",
    )
    assert {"label": "什么事", "value": "讨要工资", "section": "matter"} in case["facts"]
    assert {"label": "办到哪一步", "value": "本人不清楚", "section": "timeline"} in case["facts"]
    assert case["eligibility"]["state"] in ("yes", "no", "unknown")
    assert case["urgency"] == "normal"


@pytest.mark.parametrize(
    "said",
    [
        "能给请律师不，你帮我看看",
        "能派个律师吗",
        "我这情况可以免费请律师吗",
        "给不给安排律师不",
        "老板欠钱，能不能给派律师不",
    ],
)
async def test_who_asks_whether_a_lawyer_is_sent_is_put_into_no_queue(
    citizen: Citizen, api: InternalApi, said: str
) -> None:
    await citizen.runs("action_request_handoff", said, "talk_to_lawyer")
    assert list(api.cases) == []
    assert "看看我能不能申请" in citizen.options
    assert "找律师" in citizen.options


@pytest.mark.parametrize(
    "said", ["找律师", "给我找个律师行不", "我要找个真律师说", "帮我转律师行吗"]
)
async def test_who_asks_for_one_gets_one(citizen: Citizen, api: InternalApi, said: str) -> None:
    await citizen.runs("action_request_handoff", said, "talk_to_lawyer")
    assert len(list(api.cases)) == 1


async def test_the_place_in_the_queue_and_the_hotline_are_told(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert "第 1 位" in citizen.told
    assert "12348" in citizen.told
    assert "留电话等回电" in citizen.options


async def test_a_migrant_worker_owed_wages_is_served_first_and_where_they_live_is_told(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "labour_pay", "groups": "migrant_worker"}
    citizen.slots |= {"region": "chifeng"}
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert api.cases[0]["groups"] == ["migrant_wages"]
    assert api.cases[0]["region"] == "chifeng"


async def test_a_migrant_worker_with_another_matter_is_in_no_group_of_wages(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "support_payments", "groups": "migrant_worker"}
    citizen.slots |= {"region": "unknown"}
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert (api.cases[0]["groups"], api.cases[0]["region"]) == ([], None)


async def test_the_last_day_that_the_radar_counted_goes_to_the_queue(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"deadline_period": "aid_decision"}
    citizen.slots |= {"deadline_day": Start(today()).to_dict()}
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    [fact] = [one for one in api.cases[0]["facts"] if one.get("last_day")]
    assert (fact["label"], fact["section"]) == ("最后一天", "date")
    assert date.fromisoformat(fact["last_day"]) >= today()


async def test_a_request_that_tells_a_story_is_the_question(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots["last_question"] = "离婚"
    said = "我要找律师看看这份赔偿协议能不能签"
    await citizen.runs("action_request_handoff", said, "talk_to_lawyer")
    assert api.cases[0]["question"] == said


async def test_nothing_told_means_no_screening(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert api.cases[0]["eligibility"] is None
    assert api.cases[0]["facts"] == []


async def test_a_period_about_to_end_makes_the_case_urgent(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "labour_pay", "urgent": "deadline"}
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert api.cases[0]["urgency"] == "deadline"


async def test_without_the_desk_nobody_is_left_waiting(citizen: Citizen, no_api: None) -> None:
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert "没能" in citizen.told
    assert "12348" in citizen.told


async def test_danger_gives_the_numbers_first_and_an_urgent_case(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "他拿刀要砍我", "danger")
    assert "110" in citizen.told
    assert api.cases[0]["urgency"] == "danger"


async def test_danger_gives_the_numbers_even_without_the_desk(
    citizen: Citizen, no_api: None
) -> None:
    await citizen.runs("action_safety", "他拿刀要砍我", "danger")
    assert "110" in citizen.told


async def test_the_status_of_a_case_is_told(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    await citizen.runs("action_application_status", "查进度", "application_status")
    assert "第 1 位" in citizen.told
    api.status = "open"
    await citizen.runs("action_application_status", "查进度", "application_status")
    assert "已经有律师接手" in citizen.told


async def test_without_a_case_the_institution_is_named(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_application_status", "我的申请批了吗", "application_status")
    assert "请问收下申请的机构" in citizen.told


async def test_a_legal_question_taken_for_one_about_progress_is_searched(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    said = "我到我妈家了，现在没事了，能申请人身安全保护令吗"
    await citizen.runs("action_application_status", said, "application_status")
    assert "先要凭据" in citizen.told


async def test_without_the_desk_the_status_is_not_guessed(citizen: Citizen, no_api: None) -> None:
    await citizen.runs("action_application_status", "查进度", "application_status")
    assert "12348" in citizen.told


async def test_the_entries_that_were_shown_go_to_the_lawyer(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.before = [
        {"event": "slot", "name": "last_entry", "value": entry}
        for entry in ("labour/unpaid-wages", "labour/no-contract", "labour/unpaid-wages")
    ]
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    [fact] = [one for one in api.cases[0]["facts"] if one.get("section") == "entry"]
    assert fact["value"] == "labour/unpaid-wages\nlabour/no-contract"


@pytest.mark.parametrize(
    "text",
    [
        "回复找律师有用吗",
        "找律师管用不",
        "找律师要钱吗",
        "转律师收费不",
        "找律师以后呢",
        "回复找律师会有人理吗",
        "打找律师是真的假的",
    ],
)
async def test_who_asks_what_a_lawyer_is_good_for_is_told_and_not_queued(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_request_handoff", text, "talk_to_lawyer")
    assert api.cases == []
    assert "要转" in citizen.told
    assert "找律师" in citizen.options


@pytest.mark.parametrize(
    "text", ["找律师", "给我转个律师", "让律师给我回个电话", "律师在吗 找律师"]
)
async def test_who_asks_for_a_lawyer_is_queued(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_request_handoff", text, "talk_to_lawyer")
    assert len(api.cases) == 1
