"""Short questions stay with what was just read and get the part of it that answers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.facets import asked_of, facet_of
from actions.wording import entries
from tests.actions.conftest import Citizen
from tests.actions.read_entries import READ
from tests.fakes.internal_api import WAGES, InternalApi

ASK = "action_answer_question"


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
        ("那他不同意赔呢", "unable"),
    ],
)
def test_a_short_question_asks_one_thing_of_what_was_read(text: str, name: str) -> None:
    facet = facet_of(text)
    assert facet
    assert facet.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("你就说我明天去哪儿 我在海拉尔", "place"),
        ("我住额济纳，告诉我找谁", "whom"),
        ("人在二连 要带啥", "bring"),
    ],
)
def test_who_says_from_where_one_asks_asks_no_less(text: str, name: str) -> None:
    asked = asked_of(text, "老板拖欠工资怎么办？")
    assert [facet.name for _, facet in asked.facets] == [name]
    assert asked.alone


def test_what_happened_at_a_place_is_more_than_where_one_is() -> None:
    assert not asked_of("我在工地摔了腿 去哪告", "老板拖欠工资怎么办？").alone


@pytest.mark.parametrize(
    "text",
    ["离婚", "孩子归谁", "我儿子不养我", "工伤赔多少", "找律师", "他打我", "法条原文", "详细",
     "好的", "房东不退押金", "他不同意", "什么是工伤", "多久能离婚", "去哪里领低保"],
)  # fmt: skip
def test_a_question_with_a_matter_of_its_own_is_none_of_these(text: str) -> None:
    assert facet_of(text) is None


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


async def test_the_lines_that_answer_again_are_not_said_to_be_missing(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs(ASK, "那找谁", "ask_law")
    await reader.runs(ASK, "找哪个部门", "ask_law")
    assert "还是这" in reader.told
    assert "没讲到" not in reader.told


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
    assert ("依据：" in reader.told) is not hear.startswith(("找谁", "带上"))


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
    assert "12333" in reader.told
    assert reader.options == ["找律师"]  # a way on, no menu of other matters


@pytest.mark.parametrize(("topic", "shown"), [("labour", True), ("traffic", False)])
async def test_an_entry_on_this_very_thing_is_shown_where_it_is_of_the_same_matter(
    reader: Citizen, api: InternalApi, topic: str, shown: bool
) -> None:
    found = {"docid": "labour/severance", "topic": topic, "body": "按年头算，一年一个月。"}
    api.finds("answer", {**WAGES, **found})
    await reader.runs(ASK, "能赔多少", "ask_law")
    assert ("按年头算" in reader.told) is shown
    assert api.searches[0]["context"] == "老板欠我工资"


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
    await reader.runs(ASK, "老板要是说没钱发了呢", "ask_law")
    assert "支付令" in reader.told
    assert "先要凭据" not in reader.told


async def test_the_long_part_is_no_answer_to_what_it_does_not_name(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("answer", READ)
    await reader.runs(ASK, "我手里只有聊天记录算数吗", "ask_law")
    assert "支付令" not in reader.told
    assert "没有说到" in reader.told
    assert "去问12333" in reader.told


def test_the_telephone_numbers_have_the_names_that_the_library_gives_them() -> None:
    listed = yaml.safe_load(Path("knowledge/content/hotlines.yml").read_text("utf-8"))
    assert entries("stay")["hotlines"] == {one["number"]: one["title"] for one in listed}
