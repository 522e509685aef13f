"""What follows danger is about it; who waits for a lawyer is answered meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.wording import records
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

HIT = "他打我"


async def test_a_question_after_danger_that_was_answered_elsewhere_is_searched_with_it(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "老板欠我工资", "last_entry": WAGES["docid"]}
    await citizen.runs("action_answer_question", "能告他不", "ask_law", danger=HIT)
    assert [search.get("context") for search in api.searches] == [HIT]
    assert api.searches[0].get("entry") != WAGES["docid"], "that was another matter"


async def test_small_talk_between_does_not_lose_the_danger(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_thanks", "谢谢", "thanks", danger=HIT)
    await citizen.runs("action_answer_question", "孩子咋办", "ask_law")
    assert [search.get("context") for search in api.searches] == [HIT]


async def test_a_question_after_danger_that_was_heard_here_is_searched_with_it(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "他喝多了又动手了", "danger")
    await citizen.runs("action_answer_question", "保护令是啥", "ask_law", waiting=True)
    assert [search.get("context") for search in api.searches] == ["他喝多了又动手了"]


async def test_who_waits_is_answered_what_the_library_knows(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "工资怎么要", "ask_law", waiting=True)
    assert WAGES["answer"] in citizen.told


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我是去年三月去他那儿干活的，当时说好一个月六千", "ask_law"),
        ("律师怎么还不来", "ask_law"),
        ("律师咋还不来", "ask_law"),
        ("律师什么时候有空", "ask_law"),
        ("还要等多久", "deadlines"),
        ("有人吗", "ask_law"),
        ("谢谢", "thanks"),
        ("好的", "affirm"),
        ("找律师", "talk_to_lawyer"),
    ],
)
async def test_what_is_meant_for_the_lawyer_or_the_queue_is_left_to_them(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    api.finds("answer", WAGES)
    action = {
        "thanks": "action_thanks",
        "affirm": "action_affirm",
        "deadlines": "action_deadlines",
        "talk_to_lawyer": "action_request_handoff",
    }.get(intent, "action_answer_question")
    await citizen.runs(action, text, intent, waiting=True)
    assert citizen.texts == []


async def test_what_finds_nothing_is_left_to_the_lawyer(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_answer_question", "这事咋算", "ask_law", waiting=True)
    assert citizen.texts == []


async def test_how_long_is_asked_of_what_was_just_read_before_it_is_asked_of_the_queue(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", "多长时间", "ask_law", waiting=True)
    assert citizen.texts == []
    citizen.slots |= {"last_entry": WAGES["docid"], "last_topic": "labour"}
    await citizen.runs("action_answer_question", "多长时间", "ask_law", waiting=True)
    assert citizen.texts != []


async def test_who_waits_is_offered_what_comes_near_once_and_not_a_list_of_anything(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", WAGES)
    api.results["suggests"] = True
    for text, speaks in (("这事能告吗", True), ("能告谁呢", False), ("到底咋办", False)):
        await citizen.runs("action_answer_question", text, "ask_law", waiting=True)
        assert bool(citizen.texts) is speaks


async def test_what_is_told_to_the_lawyer_is_the_matter_of_the_next_question(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    told = "我是去年三月去他那儿干活的，当时说好一个月六千"
    await citizen.runs("action_answer_question", told, "ask_law", waiting=True)
    assert citizen.slots["context"] == told
    assert citizen.slots.get("last_entry") is None, "the citizen has not seen it"


async def test_who_waits_may_be_asked_which_is_meant_and_pick_it(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", WAGES)
    await citizen.runs("action_answer_question", "老板这样能告吗", "ask_law", waiting=True)
    assert WAGES["title"] in citizen.options
    await citizen.runs("action_answer_question", WAGES["title"], "ask_law", waiting=True)
    assert WAGES["answer"] in citizen.told


async def test_danger_is_never_left_to_the_queue(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_safety", "我不想活了", "danger", waiting=True)
    assert "12356" in citizen.told


@pytest.mark.parametrize(
    ("danger", "near"),
    [
        ("他打我", "domestic_violence/act-now"),
        ("我老公喝醉了砸东西 他在外面踹门", "domestic_violence/act-now"),
        ("我爸天天打我", "domestic_violence/child-or-elder"),
        ("邻居拿铁锹堵我家门要打我", "public_order/harassment"),
        ("我不想活了", None),
        ("我14 后爸晚上老进我屋", "minors/sexual-abuse"),
        ("后爸喝了酒就打我", "domestic_violence/child-asks"),
        ("房东把暖气掐了 孩子才两个月", "renting/utilities"),
        ("骗子让我转安全账户 正在转账", "fraud/scammed"),
    ],
)
async def test_the_words_of_danger_tell_near_which_entry_to_look(
    citizen: Citizen, api: InternalApi, danger: str, near: str | None
) -> None:
    await citizen.runs("action_answer_question", "能告他不", "ask_law", danger=danger)
    assert api.searches[0].get("entry") == near


async def test_the_entry_that_danger_points_near_is_shown_whole_the_first_time(
    citizen: Citizen, api: InternalApi
) -> None:
    near = {**WAGES, "docid": "domestic_violence/act-now", "body": "先报警，再看伤。"}
    api.finds("answer", near)
    await citizen.runs("action_answer_question", "我该咋办", "ask_law", danger="他打我")
    assert "先报警，再看伤。" in citizen.told


async def test_despair_keeps_the_matter_that_drove_there(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "网贷还不上", "last_entry": WAGES["docid"]}
    await citizen.runs("action_answer_question", "能少还点吗", "ask_law", danger="撑不下去了")
    assert api.searches[0]["context"] == "网贷还不上\n撑不下去了"
    assert api.searches[0]["entry"] == WAGES["docid"]


def test_danger_looks_near_entries_that_there_are() -> None:
    folder = Path("knowledge/content/entries")
    near = [one["entry"] for one in records("waiting", "near")]
    assert [entry for entry in near if not (folder / f"{entry}.md").is_file()] == []


async def test_who_is_in_danger_gets_the_answer_also_to_what_is_only_told(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "老板欠我六千块一直不给", "ask_law", held=True)
    assert WAGES["answer"] in citizen.told


async def test_choices_are_put_to_who_asks_in_danger(citizen: Citizen, api: InternalApi) -> None:
    api.finds("ask_back", WAGES)
    await citizen.runs("action_answer_question", "这工钱我还能要回来不", "ask_law", held=True)
    assert WAGES["title"] in citizen.options


async def test_what_only_tells_in_danger_is_not_met_by_choices(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", WAGES)
    await citizen.runs("action_answer_question", "风挺大的坐在上面有点冷", "ask_law", held=True)
    assert citizen.told == ""


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [("action_thanks", "谢谢", "thanks"), ("action_answer_question", "啊啊", "ask_law")],
)
async def test_small_talk_and_what_finds_nothing_is_left_to_words_that_stay(
    citizen: Citizen, api: InternalApi, action: str, text: str, intent: str
) -> None:
    api.finds("unsure")
    await citizen.runs(action, text, intent, held=True)
    assert citizen.told == ""


async def test_who_waits_in_danger_is_answered_also_the_second_time(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", WAGES)
    for text in ("保护令去哪申请", "保护令要带啥东西不"):
        await citizen.runs("action_answer_question", text, "ask_law", held=True, waiting=True)
        assert WAGES["title"] in (*citizen.options, citizen.told) or WAGES["answer"] in citizen.told


async def test_a_short_question_that_sounds_like_small_talk_is_answered_in_danger(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    citizen.slots |= {"context": "保护令咋申请", "last_question": "保护令咋申请"}
    await citizen.runs("action_deny", "要钱不", "deny", confidence=0.5, held=True)
    assert WAGES["answer"] in citizen.told
