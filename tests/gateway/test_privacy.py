"""Erasing leaves nothing of a person here or in Rasa, and the reply still arrives."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from gateway import privacy
from gateway.tables import Conversation, Erasure, Message, OutboxRow, now
from tests.fakes.rasa import says
from tests.gateway.conftest import World


def erasing(world: World) -> Any:
    """Returns an answer of Rasa whose action asks the gateway to erase, as the real one does."""

    async def answer(sender: str, text: str) -> dict[str, Any]:
        if text != "删除我的信息":
            return says("好的")
        async with world.http.delete(
            f"{world.internal}/v1/conversations/{sender}", headers={"X-Internal-Key": "internal"}
        ) as response:
            result = await response.json()
        assert result["erased"]
        return says("".join(["已经删除。", *result["kept"]]))

    return answer


async def test_erasing_within_a_turn_still_answers_the_citizen(world: World) -> None:
    world.rasa.answer = erasing(world)
    await world.say("我叫林某某")
    conversation = (await world.conversation()).id
    turn = await world.say("删除我的信息", key="k")
    assert turn.reply
    assert turn.reply.text == "已经删除。"
    assert [message.text for message in await world.messages()] == ["", "已经删除。"]
    assert world.rasa.forgotten == [conversation]
    assert await world.say("删除我的信息", key="k") == turn


async def test_nothing_is_left_once_the_last_reply_had_time_to_arrive(world: World) -> None:
    world.rasa.answer = erasing(world)
    await world.say("我叫林某某")
    await world.say("删除我的信息")
    async with world.session() as session, session.begin():
        conversation = (await session.scalars(select(Conversation))).one()
        conversation.erased_at = now() - timedelta(minutes=11)
        for message in await session.scalars(select(Message)):
            message.created_at = now() - timedelta(minutes=12)
    async with world.session() as session, session.begin():
        await privacy.sweep(session)
    assert await _rows(world) == {"conversations": 0, "messages": 0, "outbox": 0, "erasures": 1}


async def test_a_reply_that_is_still_to_be_pushed_survives_the_erasure(world: World) -> None:
    world.rasa.answer = erasing(world)
    await world.say("我叫林某某", channel="wechat")
    await world.say("删除我的信息", channel="wechat", key="k")
    await world.conversations.claim_path("k", "push")
    await world.push()
    assert [reply.text for _, reply in world.sender.sent] == ["已经删除。"]


async def test_tidying_up_beside_the_turn_that_erases_leaves_its_reply(world: World) -> None:
    erase, seen = erasing(world), []

    async def answer(sender: str, text: str) -> dict[str, Any]:
        reply: dict[str, Any] = await erase(sender, text)
        async with world.session() as session:
            seen.extend(await privacy.due(session, 180))
        return reply

    world.rasa.answer = answer
    turn = await world.say("删除我的信息")
    assert seen == [(await world.conversation()).id]
    await world.conversations.erasing.due(seen[0], 180)
    assert turn.reply
    assert [message.text for message in await world.messages()] == ["", turn.reply.text]


async def test_erasing_outside_a_turn_leaves_nothing(world: World) -> None:
    await world.say("我叫林某某", channel="wechat", key="k")
    await world.conversations.claim_path("k", "push")
    conversation = (await world.conversation("lin", "wechat")).id
    await world.conversations.erase("wechat", "lin")
    assert await _rows(world) == {"conversations": 0, "messages": 0, "outbox": 0, "erasures": 1}
    assert world.rasa.forgotten == [conversation]


async def test_rasa_forgets_a_turn_that_ended_after_the_person_had_been_erased(
    world: World,
) -> None:
    """Its worker's lease had run out, and another worker erased meanwhile."""
    world.rasa.gates["问"] = asyncio.Event()
    turn = asyncio.create_task(world.say("问"))
    await world.rasa.arrived["问"].wait()
    conversation = (await world.conversation()).id
    async with world.session() as session, session.begin():
        await privacy.erase(session, world.desk, conversation)
        await privacy.forgotten(session, conversation)
    world.rasa.gates["问"].set()
    assert (await turn).status == "silent"
    assert world.rasa.forgotten == [conversation]
    assert await _rows(world) == {"conversations": 0, "messages": 0, "outbox": 0, "erasures": 1}


async def test_rasa_is_asked_later_to_forget_a_turn_that_ended_after_the_erasure(
    world: World,
) -> None:
    async def answer(sender: str, _text: str) -> dict[str, Any]:
        async with world.session() as session, session.begin():
            await privacy.erase(session, world.desk, sender)
            await privacy.forgotten(session, sender)
        world.rasa.refuses_to_forget = True
        return says("好的")

    world.rasa.answer = answer
    assert (await world.say("问")).status == "silent"
    world.rasa.refuses_to_forget = False
    await world.conversations.erasing.forget()
    assert len(world.rasa.forgotten) == 1


async def test_rasa_is_asked_to_forget_until_it_has(world: World) -> None:
    await world.say("我叫林某某")
    conversation = (await world.conversation()).id
    await world.rasa.stop()
    await world.conversations.erase("rest", "lin")
    await world.rasa.start()
    await world.conversations.erasing.forget()
    await world.conversations.erasing.forget()
    assert world.rasa.forgotten == [conversation]


async def test_a_case_that_a_lawyer_accepted_is_kept_and_the_citizen_is_told(world: World) -> None:
    world.rasa.answer = erasing(world)
    await world.say("我叫林某某")
    case, lawyer = await world.lawyer_takes(await world.ask_for_lawyer())
    await world.desk.resolve(case, lawyer, "advised")
    turn = await world.say("删除我的信息")
    assert turn.reply
    assert "第四十七条" in turn.reply.text


async def test_a_waiting_case_goes_with_the_conversation(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    await world.conversations.erase("rest", "lin")
    async with world.session() as session:
        assert await world.desk.open_case_of(session, conversation) is None


async def test_a_conversation_untouched_for_long_is_erased_and_a_waiting_one_is_not(
    world: World,
) -> None:
    for citizen in ("old", "waiting", "new"):
        await world.say("你好", citizen=citizen)
    await world.ask_for_lawyer("waiting")
    async with world.session() as session, session.begin():
        for conversation in await session.scalars(select(Conversation)):
            if conversation.citizen != "new":
                conversation.updated_at = now() - timedelta(days=181)
    old = (await world.conversation("old")).id
    async with world.session() as session:
        assert await privacy.due(session, 180) == [old]


async def test_erasing_somebody_unknown_is_no_error(world: World) -> None:
    assert await world.conversations.erase("web", "nobody") == []


async def _rows(world: World) -> dict[str, int]:
    async with world.session() as session:
        return {
            table.__tablename__: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Conversation, Message, OutboxRow, Erasure)
        }
