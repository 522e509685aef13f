"""Short questions stay with what was just read and get the part of it that answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.facets import facet_of
from actions.wording import entries
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

ASK = "action_answer_question"
READ: dict[str, Any] = {
    **WAGES,
    "docid": "labour/read",
    "title": "老板拖欠工资怎么办？",
    "body": "先要凭据，再找劳动监察。\n\n1. 留好欠条。\n2. 协议看清再签。\n\n"
    "期限：离职后一年内。\n带上：身份证、考勤。\n找谁：12333。",
    "detail": "老板说没钱，可以申请支付令。\n\n赢了不给，申请强制执行。",
}
ORDER: dict[str, Any] = {
    **WAGES,
    "docid": "domestic_violence/order",
    "title": "人身安全保护令怎么申请？",
    "body": "怕他要打，向法院申请，法院七十二小时内决定。\n\n1. 去哪：你住的地方的基层法院。\n"
    "2. 不会写可以口头说。\n\n期限：最长六个月。\n带上：照片。\n找谁：法院12368、12338。",
    "detail": "要不要交费，打法院12368问。",
    "topic": "domestic_violence",
}
ENTRIES |= {one["docid"]: one for one in (READ, ORDER)}


@pytest.fixture
def reader(citizen: Citizen) -> Citizen:
    """Somebody who has just read an entry."""
    citizen.slots |= {
        "context": "老板欠我工资",
        "last_entry": READ["docid"],
        "last_topic": "labour",
    }
    return citizen


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("多长时间", "time"),
        ("要多久能要回来", "outcome"),
        ("要多久能拿到钱", "outcome"),
        ("那得多久啊", "time"),
        ("带啥", "bring"),
        ("需要什么材料", "bring"),
        ("要准备哪些证据", "bring"),
        ("那找谁", "whom"),
        ("去哪告", "place"),
        ("去哪儿办呢", "place"),
        ("要钱不", "fee"),
        ("得花多少钱", "fee"),
        ("要多少赔偿", "amount"),
        ("能赔多少钱", "amount"),
        ("能要回来不", "back"),
        ("签不签", "sign"),
        ("要不要请律师", "lawyer"),
        ("打电话行不", "phone"),
        ("电话多少", "phone"),
        ("要是他说没钱呢", "unable"),
        ("他就是不给咋办", "unable"),
    ],
)
def test_a_short_question_asks_one_thing_of_what_was_read(text: str, name: str) -> None:
    facet = facet_of(text)
    assert facet
    assert facet.name == name


@pytest.mark.parametrize(
    "text",
    ["离婚", "孩子归谁", "我儿子不养我", "工伤赔多少", "找律师", "他打我", "法条原文", "详细",
     "好的", "房东不退押金", "他不同意", "什么是工伤", "多久能离婚", "去哪里领低保"],
)  # fmt: skip
def test_a_question_with_a_matter_of_its_own_is_none_of_these(text: str) -> None:
    assert facet_of(text) is None


@pytest.fixture
def protected(citizen: Citizen) -> Citizen:
    """Somebody who has just read how to apply for a protection order."""
    read = {"last_entry": ORDER["docid"], "last_topic": "domestic_violence"}
    citizen.slots |= {"context": "人身安全保护令怎么申请", **read}
    return citizen


@pytest.mark.parametrize(
    ("text", "intent", "action", "hear"),
    [
        ("去哪办", "find_office", "action_find_office", "去哪：你住的地方的基层法院"),
        ("去哪儿办呢 我现在回我妈家了 在赤峰", "danger", "action_safety", "去哪：你住的地方"),
        ("要钱不", "deny", "action_deny", "要不要交费，打法院12368问"),
        ("要多久", "deadlines", "action_deadlines", "七十二小时内决定"),
        ("多久下来", "ask_law", ASK, "七十二小时内决定"),
        ("那保护令要钱不 多久下来", "ask_law", ASK, "要不要交费"),
        ("那保护令要钱不 多久下来", "ask_law", ASK, "七十二小时内决定"),
    ],
)
async def test_place_fee_and_time_are_those_of_what_was_read(
    protected: Citizen, api: InternalApi, text: str, intent: str, action: str, hear: str
) -> None:
    await protected.runs(action, text, intent, 0.6)
    assert hear in protected.told
    assert "口头说" not in protected.told
    assert protected.slots["last_entry"] == ORDER["docid"]


async def test_who_knows_is_told_where_the_entry_does_not_say(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "要钱不", "ask_law")
    assert "没有说到“要钱不”" in reader.told
    assert "问得着的：12333" in reader.told


async def test_of_two_things_asked_the_one_that_is_not_said_is_named(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "带啥 要钱不", "ask_law")
    assert "带上：身份证、考勤" in reader.told
    assert "没有说到“要钱不”" in reader.told


async def test_how_long_to_get_the_money_is_not_how_long_one_may_wait(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs("action_deadlines", "要多久能拿到钱", "deadlines")
    assert "离职后一年内" not in reader.told
    assert "没有说到" in reader.told


async def test_another_matter_told_with_the_question_is_searched(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "docid": "renting/x", "body": "押金要退。", "topic": "renting"})
    await reader.runs(ASK, "房东不退押金 去哪告", "ask_law")
    assert "押金要退" in reader.told


async def test_after_the_application_was_spoken_of_the_place_is_where_to_apply(
    reader: Citizen, api: InternalApi
) -> None:
    asked = [{"event": "action", "name": "action_guide_application"}]
    await reader.runs("action_find_office", "去哪办", "find_office", events=asked)
    assert "法律援助机构" in reader.told


async def test_the_same_entry_for_a_short_question_says_the_lines_nearest_to_it(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", READ)
    await reader.runs(ASK, "能强制执行吗", "ask_law")
    assert "赢了不给，申请强制执行。" in reader.told
    assert "支付令" not in reader.told


async def test_two_things_that_are_not_said_are_not_taken_for_the_same(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "要不要请律师", "ask_law")
    await reader.runs(ASK, "能赔多少", "ask_law")
    assert "没有说到“能赔多少”" in reader.told


async def test_where_something_else_is_applied_for_is_looked_up(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "docid": "domestic_violence/x", "body": "到基层法院申请。"})
    await reader.runs("action_find_office", "去哪申请那个保护令", "find_office")
    assert "到基层法院申请" in reader.told


@pytest.mark.parametrize(
    ("text", "intent", "action", "hear"),
    [
        ("多长时间", "ask_law", ASK, "期限：离职后一年内"),
        ("那找谁", "find_office", "action_find_office", "找谁：12333"),
        ("需要什么材料", "required_documents", "action_required_documents", "带上：身份证、考勤"),
        ("要是他说没钱呢", "ask_law", ASK, "支付令"),
        ("签不签", "deny", "action_deny", "协议看清再签"),
    ],
)
async def test_the_part_that_answers_is_said_and_nothing_else(
    reader: Citizen, api: InternalApi, text: str, intent: str, action: str, hear: str
) -> None:
    await reader.runs(action, text, intent)
    assert hear in reader.told
    assert "先要凭据" not in reader.told
    assert "依据：" in reader.told


async def test_five_short_questions_in_a_row_stay_with_the_matter(
    reader: Citizen, api: InternalApi
) -> None:
    for text in ("多长时间", "那找谁", "能要回来不", "带啥", "要是他说没钱呢"):
        await reader.runs(ASK, text, "ask_law")
        assert READ["title"] in reader.told
        assert reader.slots["last_entry"] == READ["docid"]


async def test_a_choice_that_holds_the_words_is_not_picked_by_a_short_question(
    reader: Citizen, api: InternalApi
) -> None:
    reader.slots["offered"] = ["劳动仲裁怎么申请？多长时间内要申请？", "没签劳动合同怎么办？"]
    await reader.runs(ASK, "多长时间", "ask_law")
    assert "期限：离职后一年内" in reader.told


async def test_what_the_entry_does_not_say_is_not_made_up(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "要不要请律师", "ask_law")
    assert "没有说到" in reader.told
    assert "没签劳动合同怎么办？" in reader.options


async def test_an_entry_on_this_very_thing_is_shown_where_there_is_one(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "docid": "labour/severance", "body": "按年头算，一年一个月。"})
    await reader.runs(ASK, "能赔多少", "ask_law")
    assert "按年头算" in reader.told
    assert api.searches[0]["context"] == "老板欠我工资"


async def test_an_entry_of_another_matter_is_not_drifted_to(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "docid": "traffic/x", "topic": "traffic", "body": "交强险先赔。"})
    await reader.runs(ASK, "能赔多少", "ask_law")
    assert "交强险" not in reader.told


async def test_the_telephone_numbers_are_those_of_the_entry(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "打电话行不", "ask_law")
    assert "12333（人力资源和社会保障热线）" in reader.told


async def test_without_an_entry_the_telephone_is_the_hotline(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs(ASK, "打电话行不", "ask_law")
    assert "12348（公共法律服务热线）" in citizen.told


async def test_the_same_entry_for_another_question_says_what_was_not_said_yet(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", READ)
    await reader.runs(ASK, "我手里只有聊天记录算数吗", "ask_law")
    assert "支付令" in reader.told
    assert "先要凭据" not in reader.told


def test_the_telephone_numbers_have_the_names_that_the_library_gives_them() -> None:
    listed = yaml.safe_load(Path("knowledge/content/hotlines.yml").read_text("utf-8"))
    assert entries("stay")["hotlines"] == {one["number"]: one["title"] for one in listed}
