"""A hearing told in the interview is kept; that it is for oneself is always understood."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.actions.interviewing import answers
from tests.actions.test_review import TOLD


@pytest.fixture(autouse=True)
def on_a_wednesday(calendar: Calendar) -> Calendar:
    """It is 18 November 2026."""
    return calendar


@pytest.mark.parametrize(
    "said", ["传票上写十二月二号开庭", "12月2号开庭", "法院通知12月2号上午开庭", "开庭定在12月2号"]
)
async def test_the_hearing_stands_on_the_sheet_and_in_the_result(
    citizen: Citizen, said: str
) -> None:
    citizen.slots |= TOLD | {"matter": "support_payments", "victim_of_abuse": False}
    await answers(citizen, "urgent", said)
    assert "2026年12月2日" in citizen.told
    assert "缺席判决（《民事诉讼法》第一百四十七条）" in citizen.told
    await citizen.runs("action_ask_eligibility_form_reviewed", said, "inform")
    sheet = [one for one in citizen.options if "12月2日" in one]
    assert sheet
    assert not any(one.endswith("都没有") for one in citizen.options)
    await citizen.runs("action_screen_eligibility", "都对", "affirm")
    assert "2026年12月2日（星期三）开庭" in citizen.told


@pytest.mark.parametrize(
    "said",
    [
        "不是!还是给我自己办的",
        "给我自己办的 不是给别人",
        "是给我办的",
        "我说的是给我自己",
        "不是给公公办的",
    ],
)
async def test_that_it_is_for_oneself_is_always_understood(citizen: Citizen, said: str) -> None:
    citizen.slots |= TOLD | {"for_whom": "relative", "urgent": "none"}
    await answers(citizen, "reviewed", said, "nlu_fallback", 0.3)
    assert citizen.slots["for_whom"] == "self"


async def test_who_was_hurt_at_work_hears_of_the_year_and_may_tell_the_day(
    citizen: Citizen,
) -> None:
    citizen.slots |= TOLD | {"matter": "work_injury"}
    await answers(citizen, "stage", "还没开始")
    await citizen.runs("action_ask_eligibility_form_urgent", "还没开始", "inform")
    assert "1 年" in citizen.told
    assert "《工伤保险条例》第十七条" in citizen.told
    await answers(citizen, "urgent", "3月5号")
    assert "2027年3月5日" in citizen.told
    await citizen.runs("action_screen_eligibility", "都对", "affirm")
    assert "哪天出的事" not in citizen.told


async def test_the_result_names_the_year_where_the_day_was_never_told(citizen: Citizen) -> None:
    citizen.slots |= TOLD | {"matter": "work_injury", "urgent": "none"}
    await citizen.runs("action_screen_eligibility", "都对", "affirm")
    assert "《工伤保险条例》第十七条" in citizen.told


async def test_the_wife_who_borrows_is_no_party_to_an_injury(citizen: Citizen) -> None:
    citizen.slots |= TOLD | {"matter": "work_injury", "urgent": "none"}
    said = "在工地上摔了腿，媳妇借钱过日子"
    citizen.before = [
        {"event": "user", "text": said, "parse_data": {"intent": {"name": "ask_law"}}}
    ]
    await citizen.runs("action_ask_eligibility_form_reviewed", "都没有", "deny")
    assert not any("媳妇" in one for one in citizen.options)
