"""Accounts that may not push: deliveries are held, and a late reply is fetched by a word."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from desk import NewCase
from desk.accounts import lawyer_of
from desk.tables import Account
from desk.words import WORDS
from gateway import push_stops
from gateway.channels import Inbound
from gateway.channels.wechat.words import words
from gateway.tables import Message, now
from tests.fakes.tencent import SEND, Answer
from tests.gateway.channels.wechat.whole import ME, Gateway, chat, claim_a_case, open_gateway

LABEL = "（自动回复，仅供参考，不是律师意见）"


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway of an account that was refused with 48001, whose turns are all late."""
    async with open_gateway(tmp_path, deadline=0.3) as running:
        async with running.sessions.begin() as session:
            await push_stops.stop(session, "wechat", "48001", 600)
        yield running


async def grow_old(gateway: Gateway) -> None:
    """Tencent's third delivery comes ten seconds after the first."""
    async with gateway.sessions.begin() as session:
        await session.execute(
            update(Message)
            .where(Message.direction == "in")
            .values(created_at=now() - timedelta(seconds=12))
        )


async def ask_and_be_put_off(gateway: Gateway) -> None:
    """A citizen asks, and the reply is late for all three deliveries."""
    gateway.rasa.may_answer.clear()
    fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
    assert (await gateway.tencent.attempt(fields)).status == 503
    await grow_old(gateway)
    await gateway.tencent.deliver(fields)
    assert chat(gateway) == [("passive", words().fetch_later)]


async def test_a_reply_in_time_for_the_next_delivery_is_passive(gateway: Gateway) -> None:
    gateway.rasa.may_answer.clear()
    fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
    assert (await gateway.tencent.attempt(fields)).status == 503
    gateway.rasa.may_answer.set()
    await gateway.tencent.deliver(fields)
    assert chat(gateway) == [("passive", "回答1")]
    assert gateway.rasa.asked == ["老板不发工资"]


async def test_a_reply_that_comes_while_a_delivery_is_held_is_passive(gateway: Gateway) -> None:
    gateway.rasa.may_answer.clear()
    fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
    delivery = asyncio.create_task(gateway.tencent.deliver(fields))
    await asyncio.sleep(0.5)  # past the deadline: the delivery is held
    gateway.rasa.may_answer.set()
    assert [answer.status for answer in await delivery] == [200]
    assert chat(gateway) == [("passive", "回答1")]


async def test_a_late_reply_is_fetched_by_a_word_again_and_again(gateway: Gateway) -> None:
    await ask_and_be_put_off(gateway)
    gateway.rasa.may_answer.set()
    for _ in range(3):
        await gateway.tencent.say(ME, "1")
    assert chat(gateway)[1:] == [("passive", "回答1")] * 3
    assert gateway.rasa.asked == ["老板不发工资"]
    assert gateway.tencent.calls[SEND] == 0


async def test_a_late_reply_is_fetched_although_no_other_delivery_came(gateway: Gateway) -> None:
    gateway.rasa.may_answer.clear()
    fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
    assert (await gateway.tencent.attempt(fields)).status == 503
    gateway.rasa.may_answer.set()
    for _ in range(2):
        await gateway.tencent.say(ME, "1")
    assert chat(gateway) == [("passive", "回答1")] * 2
    assert gateway.rasa.asked == ["老板不发工资"]


async def test_what_a_dead_process_had_begun_is_fetched_by_a_word(gateway: Gateway) -> None:
    gateway.rasa.may_answer.clear()
    receiving = asyncio.create_task(
        gateway.conversations.receive(Inbound("wechat", ME, "老板不发工资", "wechat:1"))
    )
    await gateway.rasa.is_asked.wait()
    await gateway.conversations.close()
    await asyncio.gather(receiving, return_exceptions=True)
    gateway.rasa.may_answer.set()
    await gateway.conversations.resume()
    await gateway.tencent.say(ME, "1")
    assert chat(gateway) == [("passive", "回答2")]


async def _joins_the_queue(gateway: Gateway) -> None:
    async with gateway.sessions.begin() as session:
        conversation = gateway.rasa.sender
        await gateway.desk.open_case(
            session, NewCase(conversation=conversation, question="问", reason="想找律师")
        )
        await gateway.desk.standing(session, conversation)


async def test_a_number_shows_the_reply_that_waits_before_it_answers_the_desk(
    gateway: Gateway,
) -> None:
    """The desk's choices stand in a reply that nobody has read yet."""
    gateway.rasa.erases = lambda: _joins_the_queue(gateway)
    gateway.rasa.options = list(WORDS.offer_options)
    await ask_and_be_put_off(gateway)
    gateway.rasa.may_answer.set()
    await gateway.tencent.say(ME, "1")
    assert "回答1" in chat(gateway)[1][1]
    await gateway.tencent.say(ME, "1")
    assert chat(gateway)[2:] == [("passive", WORDS.citizen["ask_meanwhile"].split("\n")[0])]


async def test_a_number_answers_what_the_desk_asked_after_the_reply_had_been_read(
    gateway: Gateway,
) -> None:
    await ask_and_be_put_off(gateway)
    gateway.rasa.may_answer.set()
    await gateway.tencent.say(ME, "1")
    await claim_a_case(gateway)
    async with gateway.sessions() as session:
        case = await gateway.desk.open_case_of(session, gateway.rasa.sender)
        lawyer = lawyer_of((await session.scalars(select(Account))).one())
    assert case
    await gateway.desk.resolve(case.id, lawyer, "advised")
    await gateway.tencent.say(ME, "1")
    assert "没有帮好您" in gateway.tencent.seen[ME][-1].text


async def test_a_late_reply_never_answers_the_next_question(gateway: Gateway) -> None:
    await ask_and_be_put_off(gateway)
    gateway.rasa.may_answer.set()
    await gateway.tencent.say(ME, "那离婚呢")
    assert chat(gateway)[1:] == [("passive", "回答2")]


async def test_a_long_reply_is_cut_to_one_message(gateway: Gateway) -> None:
    gateway.rasa.more = "。很长很长" * 400
    await gateway.tencent.say(ME, "老板不发工资")
    (line,) = gateway.tencent.seen[ME]
    assert line.via == "passive"
    assert words().shortened in line.text
    assert line.text.endswith(LABEL)


async def test_the_first_refusal_is_learnt_from(tmp_path: Path) -> None:
    async with open_gateway(tmp_path, deadline=0.3) as gateway:
        gateway.tencent.refuse(SEND, 48001, times=100)
        gateway.rasa.may_answer.clear()
        assert await gateway.tencent.say(ME, "老板不发工资") == [Answer(200, "success")]
        gateway.rasa.may_answer.set()
        while await gateway.conversations.can_push("wechat"):
            await gateway.outbox.run_once()
        await gateway.tencent.say(ME, "1")
        assert chat(gateway) == [("passive", "回答1")]
