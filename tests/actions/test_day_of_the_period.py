"""A day told after a period is known belongs to it; no day is asked for before there is a paper."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen

LEAVING = "离开单位以后要工资（仲裁）"


@pytest.fixture(autouse=True)
def on_a_wednesday(calendar: Calendar) -> Calendar:
    """It is 18 November 2026."""
    return calendar


async def told_about_the_year(citizen: Citizen) -> None:
    """Ask when the year is nearly over, and pick the period."""
    said = "单位把我辞了 工资还欠着 再有十来天就过一年了"
    await citizen.asks("action_deadlines", said, "deadlines")
    await citizen.answers(LEAVING)


async def test_how_long_it_still_is_to_a_year_counts_backwards(citizen: Citizen) -> None:
    await told_about_the_year(citizen)
    assert "2026年11月26日" in citizen.told
    assert "2025年9月" not in citizen.told


@pytest.mark.parametrize("intent", ["find_office", "nlu_fallback", "deadlines", "inform"])
@pytest.mark.parametrize("said", ["去年12月3号走的", "我说了去年12月3号走的 还有几天？"])
async def test_a_day_told_afterwards_is_that_of_the_period(
    citizen: Citizen, said: str, intent: str
) -> None:
    await told_about_the_year(citizen)
    action = {"nlu_fallback": "answer_question", "inform": "answer_question"}.get(intent, intent)
    await citizen.asks(f"action_{action}", said, intent)
    assert "最晚2026年12月3日" in citizen.told
    assert citizen.slots["deadline_period"] == "wage_claim_after_leaving"


async def test_a_day_told_inside_the_interview_is_that_of_the_period(citizen: Citizen) -> None:
    await told_about_the_year(citizen)
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "region"
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "groups": "migrant_worker"}
    await citizen.answers("去年12月3号走的", "inform")
    assert "最晚2026年12月3日" in citizen.told
    assert citizen.slots["requested_slot"] == "region"


async def test_a_day_of_something_else_is_not_that_of_the_period(citizen: Citizen) -> None:
    await told_about_the_year(citizen)
    kept = citizen.slots["deadline_day"]
    await citizen.asks("action_find_office", "昨天又去他家了", "find_office")
    assert citizen.slots["deadline_day"] == kept


@pytest.mark.parametrize(
    "said", ["还没判", "没有判决书", "法院还没开庭呢", "还没收到", "我没拿到判决", "还没下来"]
)
async def test_no_last_day_is_asked_for_before_there_is_a_paper(
    citizen: Citizen, said: str
) -> None:
    await citizen.asks("action_deadlines", "一审判决不服 怎么上诉 判刑的", "deadlines")
    assert citizen.loop == "deadline_form"
    if citizen.slots["deadline_period"] is None:
        await citizen.answers("刑事判决上诉")
    citizen.texts = []
    form = citizen.loop
    noted = [{"event": "action", "name": form}]
    await citizen.runs(f"validate_{form}", said, "deny", 0.9, noted)
    assert citizen.loop is None
    assert "还没开始数" in citizen.told
    assert "哪一天？" not in citizen.told
    await citizen.asks("action_answer_question", "没有判决书", "nlu_fallback")
    assert "一拿到手" in citizen.told
    await citizen.asks("action_deadlines", "那判决不服多久内上诉 刑事的", "deadlines")
    assert "哪一天？" not in citizen.told


async def test_a_paper_that_came_after_all_is_counted(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "判刑了不服 上诉期限多久", "deadlines")
    form = citizen.loop
    noted = [{"event": "action", "name": form}]
    await citizen.runs(f"validate_{form}", "还没判", "deny", 0.9, noted)
    await citizen.asks("action_deadlines", "昨天收到一审判决了 判刑的 还能上诉吗", "deadlines")
    assert "最晚2026年11月27日" in citizen.told


async def test_changing_an_answer_does_not_lead_to_a_last_day(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "criminal", "for_whom": "self", "region": "chifeng"}
    await citizen.asks("action_deadlines", "判刑了不服 上诉期限多久", "deadlines")
    form = citizen.loop
    noted = [{"event": "action", "name": form}]
    await citizen.runs(f"validate_{form}", "改一下 地点", "correct", 0.95, noted)
    assert citizen.slots["region"] is None
    assert citizen.loop is None
    assert "哪一天？" not in citizen.told
