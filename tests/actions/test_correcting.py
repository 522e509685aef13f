"""A correction changes the answer that it contradicts: not the last one, none that is right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Citizen

FORM = "eligibility_form"
TOLD: dict[str, Any] = {
    "matter": "social_insurance",
    "for_whom": "self",
    "groups": "elderly",
    "region": "chifeng",
    "last_fact": "region",
    "requested_slot": "hardship_self_assessment",
}


@pytest.mark.parametrize(
    ("text", "told", "changed", "value"),
    [
        ("不对 我有养老金", {}, "groups", None),
        ("说错了，我领着退休金", {"matter": "support_payments"}, "groups", None),
        ("不对 我没吃低保", {"groups": "social_assistance"}, "groups", None),
        ("不对，没人打我", {"victim_of_abuse": True}, "victim_of_abuse", False),
        ("不对 我没请律师", {"has_lawyer": True}, "has_lawyer", False),
        ("不对，在通辽", {}, "region", "tongliao"),
        ("改一下 不是养老保险 是要养老钱", {}, "matter", "support_payments"),
        ("不对 不是工资 是工伤", {"matter": "labour_pay"}, "matter", "work_injury"),
        ("不对 不是养老保险的事", {}, "matter", None),
    ],
)
@pytest.mark.parametrize(("intent", "sure"), [("correct", 0.95), ("nlu_fallback", 0.3)])
async def test_the_answer_that_is_contradicted_is_the_one_that_changes(
    citizen: Citizen,
    text: str,
    told: dict[str, Any],
    changed: str,
    value: object,
    intent: str,
    sure: float,
) -> None:
    citizen.loop = FORM
    citizen.slots |= {**TOLD, **told}
    before = dict(citizen.slots)
    if intent == "correct":
        await citizen.runs("action_correct_answer", text, intent, sure)
    else:
        noted = [{"event": "action", "name": FORM}]
        await citizen.runs(f"validate_{FORM}", text, intent, sure, noted)
    assert citizen.slots[changed] is value or citizen.slots[changed] == value
    assert "改成" in citizen.told or "重新说" in citizen.told
    others = ("matter", "for_whom", "groups", "region")
    kept = [one for one in others if one != changed]
    assert {one: citizen.slots.get(one) for one in kept} == {one: before[one] for one in kept}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("第一条不对 我是要儿子给养老钱", "support_payments"),
        ("改第一条 是工伤 不是工资", "work_injury"),
        ("第1条错了", None),
        ("改第一条", None),
    ],
)
@pytest.mark.parametrize(("intent", "sure"), [("correct", 0.95), ("nlu_fallback", 0.3)])
async def test_the_point_of_the_review_that_is_named_is_the_one_that_changes(
    citizen: Citizen, text: str, value: str | None, intent: str, sure: float
) -> None:
    citizen.loop = FORM
    told = {"matter": "labour_pay", "for_whom": "self", "groups": "elderly", "region": "chifeng"}
    citizen.slots |= {**told, "last_fact": "region", "requested_slot": "reviewed"}
    if intent == "correct":
        await citizen.runs("action_correct_answer", text, intent, sure)
    else:
        noted = [{"event": "action", "name": FORM}]
        await citizen.runs(f"validate_{FORM}", text, intent, sure, noted)
    assert citizen.slots["matter"] == value
    assert {one: citizen.slots[one] for one in ("for_whom", "groups")} == {
        "for_whom": "self",
        "groups": "elderly",
    }


@pytest.mark.parametrize("matter", ["social_insurance", "work_injury", "other"])
@pytest.mark.parametrize(
    "said", ["不是社保，就是要工钱", "不是那个事 我就是要工资", "不是，不是社保 是工资"]
)
async def test_one_matter_put_in_place_of_another_is_taken_whatever_was_noted(
    citizen: Citizen, matter: str, said: str
) -> None:
    citizen.loop = FORM
    citizen.slots |= {**TOLD, "matter": matter, "requested_slot": "has_lawyer"}
    await citizen.answers(said, "ask_law")
    assert citizen.slots["matter"] == "labour_pay"


@pytest.mark.parametrize("said", ["不是我自己 是我妈", "不是邻居打的 是外人打的", "没请律师"])
async def test_what_is_put_in_place_of_another_thing_leaves_the_matter(
    citizen: Citizen, said: str
) -> None:
    citizen.loop = FORM
    citizen.slots |= {**TOLD, "requested_slot": "has_lawyer"}
    await citizen.answers(said, "inform")
    assert citizen.slots["matter"] == "social_insurance"


@pytest.mark.parametrize(
    "text",
    ["错了错了，我没离职，我就想问问我的手", "说错了，我没签过什么字啊", "不对 我没拿过他什么啊"],
)
async def test_a_no_in_what_is_told_takes_no_answer_back(citizen: Citizen, text: str) -> None:
    citizen.loop = FORM
    citizen.slots |= {**TOLD, "groups": "migrant_worker"}
    noted = [{"event": "action", "name": FORM}]
    await citizen.runs(f"validate_{FORM}", text, "nlu_fallback", 0.3, noted)
    assert citizen.slots["groups"] == "migrant_worker"
    assert "都不是" not in citizen.told


@pytest.mark.parametrize(
    "text",
    [
        *("有，被扔下不管", "有的，儿子把我扔下不管", "记上被扔下不管这条", "没人管我"),
        *("他们把我撇下了", "是，打骂过", "有 虐待"),
    ],
)
@pytest.mark.parametrize("asked", ["has_lawyer", "reviewed", "stage"])
async def test_abandonment_told_later_is_taken_beside_the_matter(
    citizen: Citizen, text: str, asked: str
) -> None:
    citizen.loop = FORM
    known = {"matter": "support_payments", "victim_of_abuse": False, "requested_slot": asked}
    citizen.slots |= {**TOLD, **known}
    noted = [{"event": "action", "name": FORM}]
    await citizen.runs(f"validate_{FORM}", text, "inform", 0.9, noted)
    assert citizen.slots["victim_of_abuse"] is True
    assert citizen.slots["matter"] == "support_payments"
    assert citizen.slots.get("has_lawyer") is None
    assert not citizen.slots.get("reviewed")


@pytest.mark.parametrize("text", ["没有被打骂", "没人打我", "没有", "没打没骂"])
async def test_a_denial_of_harm_stays_one(citizen: Citizen, text: str) -> None:
    citizen.loop = FORM
    citizen.slots |= {**TOLD, "matter": "support_payments", "victim_of_abuse": False}
    citizen.slots["requested_slot"] = "has_lawyer"
    noted = [{"event": "action", "name": FORM}]
    await citizen.runs(f"validate_{FORM}", text, "inform", 0.9, noted)
    assert citizen.slots["victim_of_abuse"] is False


@pytest.mark.parametrize(
    "text",
    [
        "第一条不对 我没被虐待",
        "第1条不对，没虐待我",
        "第一条错了 不是虐待",
        "不是虐待啊",
        "不是虐待",
        "不对 不是虐待遗弃",
        "第1条不是",
    ],
)
@pytest.mark.parametrize("slot", ["reviewed", "region"])
@pytest.mark.parametrize(("intent", "sure"), [("correct", 0.95), ("nlu_fallback", 0.3)])
async def test_a_line_called_wrong_is_asked_again_and_never_defended(
    citizen: Citizen, text: str, slot: str, intent: str, sure: float
) -> None:
    if slot == "region" and text.startswith("第"):
        pytest.skip("only what is shown has places")
    citizen.loop = FORM
    told = {"matter": "abuse_abandonment", "for_whom": "self", "has_lawyer": False}
    citizen.slots |= {**told, "last_fact": "has_lawyer", "requested_slot": slot}
    if intent == "correct":
        await citizen.runs("action_correct_answer", text, intent, sure)
    else:
        noted = [{"event": "action", "name": FORM}]
        await citizen.runs(f"validate_{FORM}", text, intent, sure, noted)
    assert citizen.slots["matter"] is None
    assert "不用改" not in citizen.told
    assert "重新说" in citizen.told


async def test_a_line_called_wrong_takes_what_stands_beside_it(citizen: Citizen) -> None:
    citizen.loop = FORM
    told = {"matter": "abuse_abandonment", "for_whom": "self", "has_lawyer": False}
    citizen.slots |= {**told, "last_fact": "has_lawyer", "requested_slot": "reviewed"}
    text = "第一条不对 我没被虐待 是怀孕被单位辞了 想回去上班"
    await citizen.runs("action_correct_answer", text, "correct", 0.95)
    assert citizen.slots["matter"] == "other"
