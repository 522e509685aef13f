"""Who asks for two people is looked at for one, and hears what becomes of the other."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.actions.test_review import at_review


async def is_asked_for_whom(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "domestic_violence", "screened": True}
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "for_whom"


@pytest.mark.parametrize(
    "said",
    [
        "1和2都有，给我自己还有我闺女",
        "我和我闺女",
        "1和2",
        "给我和娃都办",
        "我自己，还有孩子",
        "俺跟媳妇两个人都要办",
        "娃的事，加上我自己的",
    ],
)
async def test_two_people_are_looked_at_one_by_one(citizen: Citizen, said: str) -> None:
    await is_asked_for_whom(citizen)
    await citizen.answers(said)
    assert citizen.slots["for_whom"] == "self"
    assert "一个一个看" in citizen.told
    assert "《法律援助法》第四十条" in citizen.told


@pytest.mark.parametrize(
    ("said", "whom"),
    [("我妈，她自己去不了", "relative"), ("给我自己", "self"), ("我闺女，4岁", "child")],
)
async def test_one_person_is_one(citizen: Citizen, said: str, whom: str) -> None:
    await is_asked_for_whom(citizen)
    await citizen.answers(said)
    assert citizen.slots["for_whom"] == whom
    assert "一个一个看" not in citizen.told


@pytest.mark.parametrize(
    "said",
    ["不对 还有我闺女也要办，改第2条", "还有我闺女也要办", "我儿子也要申请", "加上我妈，也办"],
)
@pytest.mark.parametrize("intent", ["correct", "inform", "nlu_fallback"])
async def test_who_is_added_in_the_review_takes_nobodys_place(
    citizen: Citizen, said: str, intent: str
) -> None:
    await at_review(citizen)
    await citizen.answers(said, intent)
    assert citizen.slots["for_whom"] == "self"
    assert "一个一个看" in citizen.told
    assert citizen.slots["requested_slot"] == "reviewed"


async def test_who_is_put_in_the_place_of_another_still_is(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("不对，是我妈的事", "nlu_fallback", 0.3)
    assert citizen.slots["for_whom"] == "relative"


@pytest.mark.parametrize(
    "said", ["不是别的家里人，是给我自己，我是挨打的", "不对，就是给我自己", "说错了 给我自己办"]
)
async def test_who_says_again_for_whom_it_is_is_asked_nothing_else(
    citizen: Citizen, said: str
) -> None:
    await at_review(citizen)
    await citizen.runs("action_correct_answer", said, "correct")
    assert citizen.slots["for_whom"] == "self"
    assert citizen.slots["urgent"] is not None
    assert "给我自己" in citizen.told
