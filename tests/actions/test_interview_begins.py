"""When the interview begins, and when what is said begins none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

PAID_BACK: dict[str, Any] = {
    **WAGES,
    "docid": "minors/paid-back",
    "title": "孩子打赏主播花了很多钱，能要回来吗？",
    "body": "有机会要回来。\n\n当心：家长没管好手机的，可能要自己担一部分。\n找谁：12315。",
}
ENTRIES[PAID_BACK["docid"]] = PAID_BACK


@pytest.mark.parametrize(
    ("text", "intent"), [("能要回来多少", "resume"), ("能要回来多少", "check_eligibility")]
)
async def test_what_asks_on_about_the_matter_begins_no_interview(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    done = await citizen.runs("validate_eligibility_form", text, intent, 0.6, noted)
    assert "自己担一部分" in citizen.told
    assert citizen.loop is None
    assert citizen.slots["requested_slot"] is None
    assert done[-1]["name"] == "action_listen"


@pytest.mark.parametrize("text", ["继续", "接着填", "我能不能申请法律援助"])
async def test_who_names_the_interview_begins_it_after_any_matter(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    await citizen.runs("validate_eligibility_form", text, "resume", 0.9)
    assert citizen.slots["requested_slot"] == "matter"


@pytest.mark.parametrize("text", ["他家条件比我好", "他在矿上一个月挣八千"])
async def test_what_tells_more_of_the_matter_begins_no_interview(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", text, "check_eligibility", 0.6, noted)
    assert citizen.loop is None
    assert citizen.slots["requested_slot"] is None
    assert "办的是什么事" not in citizen.told


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("不是填表 我问孩子判给谁", "download_papers"),
        ("先不填了 要是放出来回家咋办", "ask_law"),
        ("算了不填了 那孩子归谁", "stop"),
    ],
)
async def test_who_leaves_the_interview_and_asks_is_answered(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    citizen.slots |= {"matter": "domestic_violence", "requested_slot": "region"}
    citizen.loop = "eligibility_form"
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", text, intent, 0.9, noted)
    assert citizen.loop is None
    assert citizen.told.startswith("好，先不填了")
    assert api.searches
    assert all("填" not in str(one) for one in api.searches)
    assert citizen.slots["matter"] == "domestic_violence"  # what was told is kept


async def test_who_only_leaves_the_interview_asks_nothing(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "domestic_violence", "requested_slot": "region"}
    citizen.loop = "eligibility_form"
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", "先不填了 我去喂羊", "stop", 0.9, noted)
    assert not api.searches


async def test_what_tells_more_after_a_choice_begins_no_interview(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "离婚孩子判给谁", "offered": ["离婚孩子归谁？"]}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    text = "他家条件比我好"
    await citizen.runs("validate_eligibility_form", text, "check_eligibility", 0.6, noted)
    assert citizen.loop is None
