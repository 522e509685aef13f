"""Whom nothing can be pushed to any more: called back, phoned, or kept for their next message."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.tables import CaseEvent
from gateway import app as wiring
from gateway.channels import Outcome, Reply
from gateway.citizens import GatewayCitizens
from gateway.database import make_sessions
from gateway.outbox import Outbox
from gateway.tables import Conversation, OutboxRow, PushStop, now
from tests.gateway.conftest import FakeSender, World
from tests.gateway.pushing import WECHAT, asked, close_window, lawyer_says, push_all, used_up


@dataclass
class CallingSender(FakeSender):
    """A sender that can also call back."""

    notices: list[Outcome] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    calls: asyncio.Event = field(default_factory=asyncio.Event)
    sends: asyncio.Event = field(default_factory=asyncio.Event)
    may_call: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_call.set()

    async def send(
        self, citizen: str, reply: Reply, start: int = 0, at_most: int | None = None
    ) -> Outcome:
        """Records the reply, as any sender here."""
        self.sends.set()
        return await super().send(citizen, reply, start, at_most)

    async def notify(self, citizen: str) -> Outcome:
        """Records the call and returns the next outcome, when it may."""
        self.called.append(citizen)
        self.calls.set()
        await self.may_call.wait()
        return self.notices.pop(0) if self.notices else Outcome("sent")


async def test_whoever_cannot_be_reached_any_more_is_called_back_once(world: World) -> None:
    outbox, sender, phoned = _calling(world)
    conversation = await used_up(world)
    await lawyer_says(world, conversation, 2)
    for _ in range(3):
        await outbox.run_once()
    assert sender.called == ["lin"]
    assert phoned == []
    await world.say("我来了", channel="wechat")
    await outbox.run_once()
    await outbox.run_once()
    assert [reply.text for _, reply in sender.sent] == ["一1", "一2"]


async def test_two_workers_call_back_once(world: World) -> None:
    outbox, sender, _ = _calling(world)
    await lawyer_says(world, await used_up(world), 1)
    await outbox.run_once()
    await asyncio.gather(*(outbox.run_once() for _ in range(4)))
    assert sender.called == ["lin"]


async def test_a_slow_notice_holds_up_no_reply_to_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.stop()
    monkeypatch.setattr("gateway.outbox.POLL_S", 0.05)
    world.sender = sender = CallingSender()
    sender.may_call.clear()
    await world.start()
    await lawyer_says(world, await used_up(world), 1)
    await asyncio.wait_for(sender.calls.wait(), 10)
    await world.say("问", citizen="other", channel="wechat", key="k")
    await world.conversations.claim_path("k", "push")
    await asyncio.wait_for(sender.sends.wait(), 10)
    sender.may_call.set()
    assert [citizen for citizen, _ in sender.sent] == ["other"]


async def test_a_notice_that_another_worker_has_taken_over_is_not_settled_by_the_first(
    world: World,
) -> None:
    outbox, sender, phoned = _calling(world)
    await lawyer_says(world, await used_up(world), 1)
    sender.may_call.clear()
    sender.notices = [Outcome("dead", "43101")]
    stalled = asyncio.create_task(outbox.run_once())
    await sender.calls.wait()
    async with world.session() as session, session.begin():
        row = (await session.scalars(select(OutboxRow))).one()
        row.leased_until = now() + timedelta(seconds=80)
    sender.may_call.set()
    await stalled
    assert phoned == []
    assert [row.notice for row in await world.outbox()] == ["leased"]


async def test_the_bot_s_words_call_nobody_back(world: World) -> None:
    outbox, sender, phoned = _calling(world)
    conversation = await used_up(world)
    async with world.session() as session, session.begin():
        await GatewayCitizens(WECHAT).send(session, conversation, "机", "bot")
    await outbox.run_once()
    await outbox.run_once()
    assert (sender.called, phoned) == ([], [])


async def test_where_no_notice_arrives_somebody_has_to_phone(world: World) -> None:
    outbox, sender, phoned = _calling(world)
    sender.notices = [Outcome("retry", "busy", after=0), Outcome("dead", "43101")]
    conversation = await used_up(world)
    await lawyer_says(world, conversation, 1)
    for _ in range(4):
        await outbox.run_once()
    assert sender.called == ["lin", "lin"]
    assert phoned == [conversation]


async def test_a_channel_without_notices_leaves_a_task_on_the_case(world: World) -> None:
    await world.say("你好", channel="wechat")
    await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    conversation = (await world.conversation("lin", "wechat")).id
    await close_window(world)
    await push_all(world)
    async with world.session() as session:
        kinds = set(await session.scalars(select(CaseEvent.kind)))
        assert (await session.get_one(Conversation, conversation)).owner == "lawyer"
    assert "unreachable" in kinds


# A channel that is stopped, and an account that may not push


async def test_a_stopped_channel_stops_for_all_workers_and_goes_on_later(world: World) -> None:
    conversation = await asked(world)
    await lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("stopped", "40164", 600)]
    await push_all(world)
    await push_all(world)
    assert len(world.sender.sent) == 1
    async with world.session() as session, session.begin():
        (await session.scalars(select(PushStop))).one().until = now()
    await push_all(world)
    assert [row.status for row in await world.outbox()] == ["sent"]
    async with world.session() as session:
        assert (await session.scalars(select(PushStop))).all() == []


async def test_without_permission_a_late_reply_waits_to_be_asked_for_again_and_again(
    world: World,
) -> None:
    await world.say("老板欠薪", channel="wechat", key="a")
    await world.conversations.claim_path("a", "push")
    assert await world.conversations.can_push("wechat")
    world.sender.outcomes = [Outcome("stopped", "48001")]
    await world.push()
    assert not await world.conversations.can_push("wechat")
    for _ in range(3):
        turn = await world.say("1", channel="wechat")
        assert turn.reply
        assert turn.reply.text == "您说的是：老板欠薪"
    assert world.rasa.texts == ["老板欠薪"]


async def test_without_permission_somebody_phones_whom_a_lawyer_has_written_to(
    world: World,
) -> None:
    outbox, sender, phoned = _calling(world)
    sender.notices = [Outcome("dead", "no template")]
    conversation = await asked(world)
    await lawyer_says(world, conversation, 1)
    sender.outcomes = [Outcome("stopped", "48001")]
    await outbox.run_once()
    assert phoned == [conversation]


async def test_a_held_reply_with_options_shows_them_first_and_then_takes_the_number(
    world: World,
) -> None:
    world.rasa.script["申请"] = {
        "status": "ok",
        "messages": [{"text": "您属于哪一种？", "options": ["农民工", "低保户"]}],
    }
    await world.say("申请", channel="wechat", key="a")
    assert await world.conversations.claim_path("a", "held") == "held"
    shown = await world.say("1", channel="wechat")
    assert shown.reply
    assert shown.reply.options == ("农民工", "低保户")
    await world.say("1", channel="wechat")
    assert world.rasa.texts == ["申请", "农民工"]


async def test_after_another_question_a_number_is_a_number_again(world: World) -> None:
    await world.say("一问", channel="wechat", key="a")
    await world.conversations.claim_path("a", "held")
    await world.say("二问", channel="wechat", key="b")
    await world.conversations.claim_path("b", "passive")
    await world.say("1", channel="wechat")
    assert world.rasa.texts == ["一问", "二问", "1"]


def _calling(world: World) -> tuple[Outbox, CallingSender, list[str]]:
    """Returns an outbox whose sender calls back, and what it has the desk phone."""
    sender, phoned = CallingSender(), list[str]()

    async def phone(_session: object, conversation: str) -> None:
        phoned.append(conversation)

    sessions = make_sessions(world.app[wiring.ENGINE])
    channels = {"wechat": wiring.capabilities("wechat", world.settings)}
    outbox = Outbox(sessions, {"wechat": sender}, channels, phone)
    return outbox, sender, phoned
