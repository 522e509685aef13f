"""One stored turn for each message, in order, by whoever may speak."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from gateway.channels import Turn
from gateway.lanes import Lanes
from gateway.words import words
from tests.fakes.rasa import says
from tests.gateway.conftest import World


async def test_the_message_is_in_the_database_before_rasa_hears_of_it(world: World) -> None:
    world.rasa.gates["你好"] = asyncio.Event()
    turn = asyncio.create_task(world.say("你好"))
    await world.rasa.arrived["你好"].wait()
    stored = (await world.messages())[0]
    assert (stored.text, stored.status) == ("你好", "answering")
    world.rasa.gates["你好"].set()
    assert (await turn).status == "ok"
    assert (await world.messages())[0].status == "answered"


async def test_simultaneous_duplicates_join_one_turn(world: World) -> None:
    world.rasa.gates["你好"] = asyncio.Event()
    same = [asyncio.create_task(world.say("你好", key="k")) for _ in range(8)]
    await world.rasa.arrived["你好"].wait()
    world.rasa.gates["你好"].set()
    turns = await asyncio.gather(*same)
    assert len(set(turns)) == 1
    assert world.rasa.texts == ["你好"]
    assert await world.say("你好", key="k") == turns[0]
    assert len(await world.messages()) == 2


async def test_quick_messages_of_one_citizen_are_answered_in_the_order_they_came(
    world: World,
) -> None:
    texts = ["一", "二", "三", "四", "五"]
    turns = await asyncio.gather(*(world.say(text) for text in texts))
    for text, turn in zip(texts, turns, strict=True):
        assert turn.reply
        assert turn.reply.text == f"您说的是：{text}"
    came = [message.text for message in await world.messages() if message.direction == "in"]
    assert world.rasa.texts == came
    assert world.rasa.most_at_once == 1


async def test_one_slow_citizen_does_not_hold_up_another(world: World) -> None:
    world.rasa.gates["慢"] = asyncio.Event()
    slow = asyncio.create_task(world.say("慢", citizen="a"))
    await world.rasa.arrived["慢"].wait()
    assert (await world.say("快", citizen="b")).status == "ok"
    world.rasa.gates["慢"].set()
    assert (await slow).status == "ok"


async def test_a_caller_that_gives_up_does_not_stop_the_turn(world: World) -> None:
    world.rasa.gates["你好"] = asyncio.Event()
    turn = asyncio.create_task(world.say("你好", key="k"))
    await world.rasa.arrived["你好"].wait()
    turn.cancel()
    world.rasa.gates["你好"].set()
    again = await world.say("你好", key="k")
    assert again.reply
    assert again.reply.text == "您说的是：你好"
    assert world.rasa.texts == ["你好"]


@pytest.mark.parametrize("text", ["", "  ", "😀👍", "？？？", "／", "\u200b"])
async def test_a_message_without_words_gets_a_kind_sentence(world: World, text: str) -> None:
    turn = await world.say(text)
    assert turn.status == "ok"
    assert turn.reply
    assert turn.reply.text == words().empty
    assert world.rasa.texts == []


async def test_a_long_text_is_stored_whole_and_its_beginning_answered(world: World) -> None:
    text = "欠薪" * 1500
    turn = await world.say(text)
    assert (await world.messages())[0].text == text
    assert world.rasa.texts == [text[:1000]]
    assert turn.reply
    assert words().too_long.format(limit=1000) in turn.reply.text


@pytest.mark.parametrize(
    "text",
    ["/restart", "  /restart", "／restart", "\u200b/restart", "EXTERNAL: restart", "//／ /restart"],
)
async def test_nobody_can_inject_an_intent(world: World, text: str) -> None:
    await world.say(text)
    assert world.rasa.texts == ["restart"]


@pytest.mark.parametrize("typed", ["2", "２", "二", "②", "选2", "第二个", "2."])
async def test_a_number_stands_for_the_option_it_names(world: World, typed: str) -> None:
    world.rasa.script["申请"] = says("您属于哪一种？", "农民工", "低保户")
    await world.say("申请")
    await world.say(typed)
    assert world.rasa.texts == ["申请", "低保户"]


async def test_a_number_without_such_an_option_stays_a_number(world: World) -> None:
    world.rasa.script["申请"] = says("您属于哪一种？", "农民工", "低保户")
    await world.say("申请")
    await world.say("3")
    await world.say("1")
    assert world.rasa.texts == ["申请", "3", "1"]


async def test_several_messages_of_the_bot_are_one_reply(world: World) -> None:
    world.rasa.script["问"] = {
        "status": "ok",
        "messages": [{"text": "一", "options": ["甲"]}, {"text": "二", "options": ["甲", "乙"]}],
    }
    turn = await world.say("问")
    assert turn.reply
    assert (turn.reply.text, turn.reply.options) == ("一\n\n二", ("甲", "乙"))


async def test_text_that_no_database_keeps_does_no_harm(world: World) -> None:
    turn = await world.say("工\ud800资\x00")
    assert turn.status == "ok"


async def test_while_a_case_waits_the_citizen_learns_the_place_in_the_queue(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    turn = await world.say("我补充一句")
    assert turn.status == "ok"
    assert turn.reply
    assert "第 1 位" in turn.reply.text


async def test_a_waiting_citizens_question_is_answered_by_the_bot_and_the_place_stays(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    world.rasa.script["保护令是啥"] = says("法院发的一张令。", "详细", "找律师")
    turn = await world.say("保护令是啥")
    assert turn.reply
    assert "自动助手" in turn.reply.text
    assert "法院发的一张令。" in turn.reply.text
    assert (turn.reply.author, turn.reply.options) == ("bot", ("详细",))
    assert world.rasa.bodies[-1]["waiting"] is True
    assert (await world.conversation()).owner == "queued"
    async with world.session() as session:
        case = await world.desk.open_case_of(session, conversation)
    assert case
    assert case.status == "pending"


async def test_a_number_typed_while_waiting_names_what_stood_there_last(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    place = await world.say("我补充一句")
    assert place.reply
    assert "留电话等回电" in place.reply.options
    world.rasa.script["能告吗"] = says("是哪一个？", "诬告", "家暴")
    await world.say("能告吗")
    await world.say("2")
    assert world.rasa.texts[-1] == "家暴"
    await world.say("我再补充一句")
    asked = await world.say("2")
    assert asked.reply
    assert "打哪个电话" in asked.reply.text


@pytest.mark.parametrize("text", ["找律师", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ"])
async def test_what_only_a_lawyer_can_take_up_goes_to_nobody_else(world: World, text: str) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    turn = await world.say(text)
    assert turn.reply
    assert "第 1 位" in turn.reply.text
    assert world.rasa.texts == ["你好"]


async def test_a_waiting_citizen_learns_the_place_where_the_bot_cannot_be_reached(
    world: World,
) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    await world.rasa.stop()
    turn = await world.say("保护令是啥")
    assert (turn.status, turn.reply is not None) == ("ok", True)
    assert turn.reply
    assert "第 1 位" in turn.reply.text


async def test_an_answer_for_a_waiting_citizen_is_dropped_when_a_lawyer_comes_meanwhile(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    world.rasa.script["慢"] = says("自动的话")
    world.rasa.gates["慢"] = asyncio.Event()
    turn = asyncio.create_task(world.say("慢"))
    await world.rasa.arrived["慢"].wait()
    await world.lawyer_takes(conversation)
    world.rasa.gates["慢"].set()
    assert (await turn).status == "silent"
    assert not any("自动的话" in message["text"] for message in await world.fetch("lin"))


async def test_what_was_left_to_a_lawyer_who_is_no_longer_waited_for_is_asked_again(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    world.rasa.gates["慢"] = asyncio.Event()
    turn = asyncio.create_task(world.say("慢"))
    await world.rasa.arrived["慢"].wait()
    async with world.session() as session, session.begin():
        await world.desk.withdraw(session, conversation)
    world.rasa.gates["慢"].set()
    reply = (await turn).reply
    assert reply
    assert reply.text == "您说的是：慢"
    assert world.rasa.forgotten == [], "the tracker was not paused"


async def test_the_bot_learns_of_the_danger_that_was_answered_before_it_heard(
    world: World,
) -> None:
    world.rasa.script["能告他不"] = says("能告。先报警，再起诉。")
    await world.say("你好")
    await world.say("他打我")
    await world.say("能告他不")
    await world.say("孩子咋办")
    assert [body.get("danger") for body in world.rasa.bodies] == [None, "他打我", None]


@pytest.mark.parametrize("leaving", ["不等了。", "算了不等了 我走", "那我自己问吧"])
async def test_a_citizen_who_no_longer_waits_is_back_with_the_bot(
    world: World, leaving: str
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    turn = await world.say(leaving)
    assert turn.reply
    assert turn.reply.text == words().withdrawn
    async with world.session() as session:
        assert await world.desk.open_case_of(session, conversation) is None
    await world.say("那我再问")
    assert world.rasa.texts == ["你好", "那我再问"]


async def test_the_bot_is_silent_while_a_lawyer_owns_the_chat_and_speaks_after(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    turn = await world.say("律师您好")
    assert turn == Turn(turn.inbound_id, "silent", None)
    await world.desk.reply(case, lawyer, "您请讲")
    assert (await world.fetch("lin"))[-1]["author"] == "lawyer"
    await world.desk.resolve(case, lawyer, "advised")
    assert (await world.say("再问自动助手")).status == "ok"
    assert world.rasa.texts == ["你好", "再问自动助手"]


async def test_what_the_bot_says_after_a_lawyer_took_over_is_dropped(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    await world.say("不等了")
    world.rasa.gates["慢"] = asyncio.Event()
    turn = asyncio.create_task(world.say("慢"))
    await world.rasa.arrived["慢"].wait()
    await world.ask_for_lawyer()
    await world.lawyer_takes(conversation)
    world.rasa.gates["慢"].set()
    assert (await turn).status == "silent"
    assert not any("慢" in message["text"] for message in await world.fetch("lin"))


async def test_a_reply_that_hands_over_to_the_queue_still_arrives(world: World) -> None:
    await world.say("你好")

    async def hand_over(sender: str, _text: str) -> dict[str, object]:
        await world.ask_for_lawyer()
        return says("已经转给律师")

    world.rasa.answer = hand_over
    turn = await world.say("找律师")
    assert turn.reply
    assert turn.reply.text == "已经转给律师"
    assert (await world.conversation()).owner == "queued"


async def test_the_bot_speaks_when_the_owner_is_gone(world: World) -> None:
    """A chat marked as a lawyer's without an open case must not stay silent for ever."""
    await world.say("你好")
    async with world.session() as session, session.begin():
        stored = await world.conversation()
        stored.owner = "lawyer"
        await session.merge(stored)
    assert (await world.say("还在吗")).status == "ok"
    assert world.rasa.texts == ["你好", "还在吗"]


async def test_a_paused_tracker_that_nobody_owns_starts_anew(world: World) -> None:
    async def paused(sender: str, text: str) -> dict[str, object]:
        return says("好") if world.rasa.forgotten else {"status": "silent", "messages": []}

    world.rasa.answer = paused
    turn = await world.say("你好")
    assert turn.reply
    assert turn.reply.text == "好"


async def test_a_lane_that_cannot_be_given_back_loses_no_reply(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away after the turn: the lease runs out by itself."""
    write = Lanes._set

    async def away(self: Lanes, conversation: str, worker: str | None, *until: Any) -> None:
        if worker is None:
            raise OperationalError("UPDATE", None, Exception("away"))
        await write(self, conversation, worker, *until)

    monkeypatch.setattr(Lanes, "_set", away)
    turn = await world.say("你好")
    assert turn.reply
    assert turn.reply.text == "您说的是：你好"
