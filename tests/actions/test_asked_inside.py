"""Questions on the interview's own questions are answered, and none is put again and again."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen

FORM = "eligibility_form"
MOTHER = {"matter": "support_payments", "for_whom": "relative", "region": "chifeng"}


def asked(citizen: Citizen, question: str) -> None:
    """Let a question be open, asked for the mother."""
    citizen.slots |= MOTHER
    citizen.loop, citizen.slots["requested_slot"] = FORM, question


@pytest.mark.parametrize(
    "said",
    [
        "哥就是不给钱也不来看 这算扔下不管不",
        "一年没回来过 算不算遗弃",
        "不管我妈算遗弃吗",
        "这是不是虐待？",
    ],
)
@pytest.mark.parametrize("intent", ["ask_law", "deny", "inform", "nlu_fallback"])
async def test_whether_it_is_abandonment_is_answered_and_recorded_only_when_told(
    citizen: Citizen, said: str, intent: str
) -> None:
    asked(citizen, "victim_of_abuse")
    await citizen.answers(said, intent)
    assert citizen.slots.get("victim_of_abuse") is None
    for part in ("第三十二条第（四）项", "第一千零六十七条", "回“有”", "扔下不管？"):
        assert part in citizen.told
    await citizen.answers("有", "affirm")
    assert citizen.slots["victim_of_abuse"] is True


@pytest.mark.parametrize(
    "said", ["哥一年多没给过一分没看过 那是扔下不管", "就是扔下她不管了", "扔下老人好几年"]
)
async def test_words_of_abandonment_are_a_yes(citizen: Citizen, said: str) -> None:
    asked(citizen, "victim_of_abuse")
    await citizen.answers(said, "ask_law", 0.3)
    assert citizen.slots["victim_of_abuse"] is True


@pytest.mark.parametrize(
    "said", ["能我替她去办不", "我替我妈去申请行不行", "可以替他办吗", "儿子能代他申请吗"]
)
async def test_whether_one_may_act_is_answered_and_the_question_follows(
    citizen: Citizen, said: str
) -> None:
    citizen.slots["victim_of_abuse"] = False
    asked(citizen, "represented")
    await citizen.answers(said, "affirm")
    assert citizen.slots.get("represented") is None
    assert "第四十条第一款" in citizen.told
    assert "授权委托书" in citizen.told
    assert "自己能拿主意" in citizen.options


@pytest.mark.parametrize(
    "said",
    [
        "3 不过我妈昨天住院没钱交",
        "没有 就是我妈住着院没钱交",
        "3，没钱给她做手术",
        "都没有 她看病急用钱",
    ],
)
async def test_money_needed_for_the_hospital_is_urgent(citizen: Citizen, said: str) -> None:
    asked(citizen, "urgent")
    await citizen.answers(said, "deny")
    assert citizen.slots["urgent"] == "preservation"


async def test_money_needed_is_taken_along_with_another_answer(citizen: Citizen) -> None:
    asked(citizen, "has_lawyer")
    await citizen.answers("没请 我妈昨天住院没钱交", "deny")
    assert citizen.slots["has_lawyer"] is False
    assert citizen.slots["urgent"] == "preservation"


async def test_a_question_is_not_put_a_third_time_after_others_were_answered(
    citizen: Citizen,
) -> None:
    asked(citizen, "has_lawyer")
    rejected = [{"event": "action_execution_rejected", "name": FORM}]
    ask = f"action_ask_{FORM}_has_lawyer"
    for _ in range(2):
        await citizen.runs(ask, "那拖着不判咋办", "ask_law", events=rejected)
        assert "请律师了吗" in citizen.told
    await citizen.runs(ask, "那他要是跑了呢", "ask_law", events=rejected)
    assert "请律师了吗" not in citizen.told
    assert "先放着" in citizen.told
