"""Where, what it costs and how long are those of the entry just read, or of one to choose."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.actions.read_entries import ORDER, READ
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

ASK = "action_answer_question"
SUED = {
    **WAGES,
    "docid": "loans/sued",
    "topic": "loans",
    "body": "留好聊天记录，谈不成就起诉。",
    "detail": "",
}
LAWSUIT = [
    {**WAGES, "docid": docid, "topic": "procedure", "answer": answer, "body": answer}
    for docid, answer in {
        "procedure/court-fees": "先由起诉的人垫。",
        "procedure/which-court": "一般到被告住的那个旗县区的法院告。",
        "procedure/trial-too-long": "普通程序六个月、简易程序三个月。",
    }.items()
]


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
    assert "去问：12333" in reader.told


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


@pytest.mark.parametrize(
    ("text", "intent", "action"),
    [
        ("去哪告", "find_office", "action_find_office"),
        ("要带啥", "required_documents", "action_required_documents"),
        ("要多久拿到钱", "deadlines", "action_deadlines"),
        ("要多久能赔", "deadlines", "action_deadlines"),
        ("要是他家没钱呢", "ask_law", ASK),
        ("要钱不", "deny", "action_deny"),
    ],
)
async def test_which_of_the_choices_a_bare_question_is_about_is_asked_first(
    citizen: Citizen, api: InternalApi, text: str, intent: str, action: str
) -> None:
    api.finds("ask_back", READ, ORDER)
    await citizen.runs(ASK, "他的事", "ask_law")
    await citizen.runs(action, text, intent)
    assert f"讲“{text}”" in citizen.told
    assert citizen.options[:2] == [READ["title"], ORDER["title"]]
    assert "法律援助" not in citizen.told


async def test_who_asks_on_without_choosing_is_told_of_the_first(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", READ, ORDER)
    await citizen.runs(ASK, "他的事", "ask_law")
    await citizen.runs(ASK, "带啥", "ask_law")
    await citizen.runs(ASK, "要多久", "ask_law")
    assert f"“{READ['title']}”这一条里说：期限：离职后一年内" in citizen.told
    await citizen.runs(ASK, "带啥", "ask_law")
    assert "带上：身份证" in citizen.told


async def test_the_entry_stays_in_hand_where_it_is_among_what_is_asked_back(
    reader: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", READ, ORDER)
    api.results["context"] = "怎么举报"
    await reader.runs(ASK, "怎么举报", "ask_law")
    await reader.runs("action_find_office", "去哪举报", "find_office")
    assert READ["title"] in reader.told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("要钱不", "先由起诉的人垫"),
        ("去哪个法院", "被告住的那个旗县区"),
        ("在哪起诉", "被告住的那个旗县区"),
        ("多久判下来", "简易程序三个月"),
        ("我告谁", "明确的被告"),
        ("那被告写谁", "明确的被告"),
    ],
)
async def test_what_any_lawsuit_has_is_told_where_the_entry_does_not_say(
    protected: Citizen, api: InternalApi, asked: str, told: str
) -> None:
    ENTRIES.update({one["docid"]: one for one in (SUED, *LAWSUIT)})
    protected.slots["last_entry"] = SUED["docid"]
    await protected.runs(ASK, asked, "find_office")
    assert told in protected.told
    assert "法律援助机构" not in protected.told


async def test_only_a_number_set_right_leaves_the_entry_in_hand(
    reader: Citizen, api: InternalApi
) -> None:
    await reader.runs("action_correct_answer", "不对 是三千五", "correct")
    assert "记下了：三千五" in reader.told
    assert reader.slots["last_entry"] == READ["docid"]


@pytest.mark.parametrize("text", ["花了3800", "一个月5500", "干了一年半", "三百多块"])
async def test_a_bare_number_is_noted_and_leaves_the_entry_in_hand(
    reader: Citizen, api: InternalApi, text: str
) -> None:
    await reader.runs(ASK, text, "out_of_scope")
    assert f"记下了：{text}" in reader.told
    await reader.runs(ASK, "带啥", "ask_law")
    assert "带上：身份证" in reader.told


async def test_a_number_without_a_matter_is_no_note(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs(ASK, "花了3800", "out_of_scope")
    assert "记下了" not in citizen.told
