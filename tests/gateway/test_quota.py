"""How much may be pushed: five for a message, two of them the bot's, and what happens after."""

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.citizens import Allowance
from desk.tables import CaseEvent
from gateway import app as wiring
from gateway import quota
from gateway.channels import Grant, Inbound, Outcome, Reply
from gateway.citizens import GatewayCitizens
from gateway.database import make_sessions
from gateway.outbox import Outbox
from gateway.tables import Conversation, OutboxRow, PushStop, PushWindow, now
from tests.gateway.conftest import FakeSender, World

WECHAT = frozenset({"wechat"})


async def test_five_pushes_follow_a_message_and_the_sixth_waits_for_the_next(world: World) -> None:
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 6)
    await _push_all(world)
    assert [reply.text for _, reply in world.sender.sent] == ["一1", "一2", "一3", "一4", "一5"]
    assert (await world.outbox())[-1].status == "parked"
    assert await _allowance(world, conversation) == Allowance(0, None)
    await world.say("还在吗", channel="wechat")
    await _push_all(world)
    assert [reply.text for _, reply in world.sender.sent[5:]] == ["一6"]


async def test_a_message_starts_the_window_anew_and_adds_nothing(world: World) -> None:
    conversation = await _asked(world)
    await world.say("再说一句", channel="wechat")
    assert (await _allowance(world, conversation)).remaining == 5


async def test_a_repeated_delivery_grants_nothing(world: World) -> None:
    conversation = await _asked(world, key="k")
    await _lawyer_says(world, conversation, 2)
    await _push_all(world)
    await world.say("你好", channel="wechat", key="k")
    assert (await _allowance(world, conversation)).remaining == 3


async def test_the_bot_uses_two_and_leaves_three_to_the_lawyer(world: World) -> None:
    conversation = await _asked(world)
    async with world.session() as session, session.begin():
        citizens = GatewayCitizens(WECHAT)
        for number in range(3):
            await citizens.send(session, conversation, f"机{number}", "bot")
    await _push_all(world)
    assert len(world.sender.sent) == 2
    await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    await _lawyer_says(world, conversation, 3)
    await _push_all(world)
    texts = [reply.text for _, reply in world.sender.sent]
    assert texts[:2] == ["机0", "机1"]
    assert texts[3:] == ["一1", "一2"]
    assert [row.status for row in await world.outbox()][2] == "dropped"


async def test_an_automatic_note_is_taken_from_the_bot_s_share(world: World) -> None:
    """The note that an answer will come, and the answer in two parts, would leave two of five."""
    await world.rasa.stop()
    await world.say("一", channel="wechat", key="a")
    await world.conversations.claim_path("a", "push")
    await _push_all(world)
    assert [reply.author for _, reply in world.sender.sent] == ["system"]
    conversation = (await world.conversation("lin", "wechat")).id
    async with world.session() as session:
        assert await quota.left(session, conversation, "bot") == 1
        assert await quota.left(session, conversation, "lawyer") == 4


@pytest.mark.parametrize("act", ["menu", "scan", "subscribe"])
async def test_a_tap_allows_three_for_a_minute(world: World, act: Grant) -> None:
    tap = Inbound("wechat", "lin", "", uuid.uuid4().hex, kind="event", grant=act)
    assert await world.conversations.note(tap)
    assert not await world.conversations.note(tap)
    conversation = (await world.conversation("lin", "wechat")).id
    left = await _allowance(world, conversation)
    assert left.remaining == 3
    assert left.until
    assert timedelta(0) < left.until - now() <= timedelta(minutes=1)
    await _lawyer_says(world, conversation, 4)
    await _push_all(world)
    assert len(world.sender.sent) == 3


async def test_a_tap_s_pushes_are_used_before_those_of_a_message(world: World) -> None:
    conversation = await _asked(world)
    await world.conversations.note(Inbound("wechat", "lin", "", "tap", kind="event", grant="menu"))
    await _lawyer_says(world, conversation, 1)
    await _push_all(world)
    async with world.session() as session:
        rows = await session.scalars(select(PushWindow).order_by(PushWindow.kind))
        assert {row.kind: row.left for row in rows} == {"message": 5, "tap": 2}


async def test_the_bot_leaves_the_lawyer_s_share_of_both_windows(world: World) -> None:
    conversation = await _asked(world)
    await world.conversations.note(Inbound("wechat", "lin", "", "tap", kind="event", grant="menu"))
    async with world.session() as session, session.begin():
        for number in range(6):
            await GatewayCitizens(WECHAT).send(session, conversation, f"机{number}", "bot")
    await _push_all(world)
    assert len(world.sender.sent) == 4
    assert (await _allowance(world, conversation)).remaining == 4


async def test_a_part_that_may_have_arrived_counts_beside_those_that_have(world: World) -> None:
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("unknown", "timeout", parts=1)]
    await world.push()
    assert (await _allowance(world, conversation)).remaining == 3


async def test_after_48_hours_nothing_goes_out_until_the_citizen_writes(world: World) -> None:
    conversation = await _asked(world)
    async with world.session() as session, session.begin():
        (await session.scalars(select(PushWindow))).one().until = now() - timedelta(seconds=1)
    await _lawyer_says(world, conversation, 1)
    await _push_all(world)
    assert world.sender.sent == []
    await world.say("我来了", channel="wechat")
    await _push_all(world)
    assert [reply.text for _, reply in world.sender.sent] == ["一1"]


async def test_the_platform_s_own_count_is_right(world: World) -> None:
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 2)
    world.sender.outcomes = [Outcome("parked", "45047")]
    await _push_all(world)
    assert len(world.sender.sent) == 1
    assert await _allowance(world, conversation) == Allowance(0, None)


async def test_parts_of_a_long_reply_count_and_the_rest_follows_later(world: World) -> None:
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("parked", "", parts=5)]
    await _push_all(world)
    assert world.sender.limits == [(0, 5)]
    await world.say("还有吗", channel="wechat")
    await _push_all(world)
    assert world.sender.limits == [(0, 5), (5, 5)]
    assert [row.status for row in await world.outbox()] == ["sent"]


async def test_a_channel_without_a_quota_has_none(world: World) -> None:
    await world.say("你好")
    conversation = (await world.conversation()).id
    assert await _allowance(world, conversation) == Allowance(None, None)


# Calling back


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
    conversation = await _used_up(world)
    await _lawyer_says(world, conversation, 2)
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
    await _lawyer_says(world, await _used_up(world), 1)
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
    await _lawyer_says(world, await _used_up(world), 1)
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
    await _lawyer_says(world, await _used_up(world), 1)
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
    conversation = await _used_up(world)
    async with world.session() as session, session.begin():
        await GatewayCitizens(WECHAT).send(session, conversation, "机", "bot")
    await outbox.run_once()
    await outbox.run_once()
    assert (sender.called, phoned) == ([], [])


async def test_where_no_notice_arrives_somebody_has_to_phone(world: World) -> None:
    outbox, sender, phoned = _calling(world)
    sender.notices = [Outcome("retry", "busy", after=0), Outcome("dead", "43101")]
    conversation = await _used_up(world)
    await _lawyer_says(world, conversation, 1)
    for _ in range(4):
        await outbox.run_once()
    assert sender.called == ["lin", "lin"]
    assert phoned == [conversation]


async def test_a_channel_without_notices_leaves_a_task_on_the_case(world: World) -> None:
    await world.say("你好", channel="wechat")
    await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    conversation = (await world.conversation("lin", "wechat")).id
    await _close_window(world)
    await _push_all(world)
    async with world.session() as session:
        kinds = set(await session.scalars(select(CaseEvent.kind)))
        assert (await session.get_one(Conversation, conversation)).owner == "lawyer"
    assert "unreachable" in kinds


# A channel that is stopped, and an account that may not push


async def test_a_stopped_channel_stops_for_all_workers_and_goes_on_later(world: World) -> None:
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("stopped", "40164", 600)]
    await _push_all(world)
    await _push_all(world)
    assert len(world.sender.sent) == 1
    async with world.session() as session, session.begin():
        (await session.scalars(select(PushStop))).one().until = now()
    await _push_all(world)
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
    conversation = await _asked(world)
    await _lawyer_says(world, conversation, 1)
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


async def _asked(world: World, key: str | None = None) -> str:
    """Has a citizen say one thing on WeChat; returns the conversation."""
    await world.say("你好", channel="wechat", key=key)
    return (await world.conversation("lin", "wechat")).id


async def _used_up(world: World) -> str:
    conversation = await _asked(world)
    await _close_window(world)
    return conversation


async def _close_window(world: World) -> None:
    async with world.session() as session, session.begin():
        for window in await session.scalars(select(PushWindow)):
            window.until = now() - timedelta(seconds=1)


async def _lawyer_says(world: World, conversation: str, count: int) -> None:
    async with world.session() as session, session.begin():
        for number in range(1, count + 1):
            await GatewayCitizens(WECHAT).send(session, conversation, f"一{number}", "lawyer")


async def _allowance(world: World, conversation: str) -> Allowance:
    async with world.session() as session:
        return await world.desk.citizens.allowance(session, conversation)


async def _push_all(world: World) -> None:
    """Pushes until nothing more goes."""
    while await world.push():
        pass


def _calling(world: World) -> tuple[Outbox, CallingSender, list[str]]:
    """Returns an outbox whose sender calls back, and what it has the desk phone."""
    sender, phoned = CallingSender(), list[str]()

    async def phone(_session: object, conversation: str) -> None:
        phoned.append(conversation)

    sessions = make_sessions(world.app[wiring.ENGINE])
    channels = {"wechat": wiring.capabilities("wechat", world.settings)}
    outbox = Outbox(sessions, {"wechat": sender}, channels, phone)
    return outbox, sender, phoned
