"""Every row of the specification's error table, from the refusal to what stands in the database.

The gateway, its outbox, quota and desk are real, as is the socket to the fake Tencent.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from gateway.citizens import GatewayCitizens
from gateway.outbox import Outbox
from gateway.tables import Conversation, OutboxRow, PushStop, now
from gateway.words import words
from tests.fakes.tencent import BIZSEND, SEND, TEMPLATE, TOKEN, FakeTencent
from tests.gateway.channels.wechat.whole import LIMITS, ME, Gateway, open_gateway

TEXTS = {"lawyer": "请带上合同来。", "bot": "您可以申请劳动仲裁。"}
BOTH = pytest.mark.parametrize("author", ["lawyer", "bot"])


@dataclass
class Desk:
    """A gateway whose outbox counts, a conversation, and who has to be phoned."""

    gateway: Gateway
    outbox: Outbox
    conversation: str
    phoned: list[str]

    @property
    def tencent(self) -> FakeTencent:
        """The other side."""
        return self.gateway.tencent

    async def say(self, author: str, text: str = "") -> None:
        """Has somebody say something, and pushes once."""
        async with self.gateway.sessions.begin() as session:
            await GatewayCitizens(frozenset({"wechat"})).send(
                session, self.conversation, text or TEXTS[author], author
            )
        await self.outbox.run_once()

    async def again(self) -> None:
        """Pushes once more what waits for a later time."""
        async with self.gateway.sessions.begin() as session:
            await session.execute(
                update(OutboxRow).where(OutboxRow.status == "queued").values(next_at=now())
            )
        await self.outbox.run_once()

    async def row(self) -> OutboxRow:
        """Returns the reply's row."""
        async with self.gateway.sessions() as session:
            return (await session.scalars(select(OutboxRow))).one()

    async def stops(self) -> list[str]:
        """Returns why the channel is stopped."""
        async with self.gateway.sessions() as session:
            return list(await session.scalars(select(PushStop.detail)))

    @property
    def pushed(self) -> list[str]:
        """What the citizen has been pushed."""
        return [line.text for line in self.tencent.seen[ME] if line.via == "push"]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A citizen has written and been answered; the window of five is open."""
    async with open_gateway(tmp_path, wechat_subscribe_template="T1:thing1") as gateway:
        phoned: list[str] = []

        async def phone(_session: object, conversation: str) -> None:
            phoned.append(conversation)

        await gateway.tencent.say(ME, "老板不发工资")
        async with gateway.sessions() as session:
            conversation = (await session.scalars(select(Conversation.id))).one()
        outbox = Outbox(gateway.sessions, {"wechat": gateway.sender}, LIMITS, phone)
        yield Desk(gateway, outbox, conversation, phoned)


@BOTH
@pytest.mark.parametrize("fault", ["-1", "503", "500"])
async def test_what_had_no_effect_goes_again_later(desk: Desk, author: str, fault: str) -> None:
    if fault == "-1":
        desk.tencent.refuse(SEND, -1)
    else:
        desk.tencent.fail(SEND, int(fault))
    await desk.say(author)
    row = await desk.row()
    assert (row.status, desk.pushed) == ("queued", [])
    assert row.next_at > now()
    await desk.again()
    assert ((await desk.row()).status, len(desk.pushed)) == ("sent", 1)


async def test_a_lawyer_s_words_whose_answer_is_lost_come_once_more_marked(desk: Desk) -> None:
    desk.tencent.lose_answers(SEND, times=2)
    await desk.say("lawyer")
    for _ in range(3):
        await desk.again()
    assert [words().resent in text for text in desk.pushed] == [False, True]
    assert (await desk.row()).status == "unknown"


async def test_the_bot_s_words_whose_answer_is_lost_come_once(desk: Desk) -> None:
    desk.tencent.lose_answers(SEND)
    await desk.say("bot")
    for _ in range(3):
        await desk.again()
    assert len(desk.pushed) == 1
    assert (await desk.row()).status == "unknown"


@BOTH
@pytest.mark.parametrize("errcode", [40001, 40014, 41001, 42001])
async def test_a_refused_token_is_renewed_once_and_the_call_repeated_once(
    desk: Desk, author: str, errcode: int
) -> None:
    desk.tencent.refuse(SEND, errcode)
    await desk.say(author)
    assert ((await desk.row()).status, len(desk.pushed)) == ("sent", 1)
    assert desk.tencent.calls[SEND] == 2
    assert desk.tencent.calls[TOKEN] <= 3


async def test_a_token_that_is_always_refused_makes_few_calls(desk: Desk) -> None:
    desk.tencent.refuse(SEND, 40001, times=100)
    await desk.say("lawyer")
    assert (await desk.row()).status == "queued"
    assert desk.tencent.calls[SEND] == 2


@BOTH
@pytest.mark.parametrize("errcode", [45015, 45047])
async def test_without_a_window_a_reply_waits_and_a_lawyer_s_calls_back(
    desk: Desk, author: str, errcode: int
) -> None:
    desk.tencent.refuse(SEND, errcode)
    desk.tencent.templates = {"T1": ("thing1",)}
    await desk.say(author)
    row = await desk.row()
    assert (row.status, row.notice) == ("parked", "sent" if author == "lawyer" else "")
    assert desk.tencent.calls[BIZSEND] == (author == "lawyer")
    await desk.again()
    assert desk.pushed == []
    await desk.tencent.say(ME, "在吗")
    await desk.outbox.run_once()
    assert len(desk.pushed) == 1


@BOTH
async def test_what_is_too_long_for_tencent_is_split_smaller(desk: Desk, author: str) -> None:
    desk.tencent.refuse(SEND, 45002)
    await desk.say(author, "请您看这一条。" * 60)
    assert ((await desk.row()).status, len(desk.pushed)) == ("sent", 2)
    assert "".join(desk.pushed).count("请您看这一条。") == 60


@BOTH
@pytest.mark.parametrize(("errcode", "least"), [(45011, 50), (45009, 1)])
async def test_a_quota_of_calls_is_waited_for_by_everybody(
    desk: Desk, author: str, errcode: int, least: int
) -> None:
    desk.tencent.refuse(SEND, errcode)
    await desk.say(author)
    await desk.again()
    assert ((await desk.row()).status, desk.tencent.calls[SEND]) == ("queued", 1)
    async with desk.gateway.sessions.begin() as session:
        stop = (await session.scalars(select(PushStop))).one()
        assert timedelta(seconds=least) < stop.until - now() <= timedelta(days=1)
        stop.until = now()
    await desk.again()
    assert ((await desk.row()).status, len(desk.pushed)) == ("sent", 1)


@pytest.mark.parametrize("errcode", [45009, 45011])
async def test_a_notice_waits_for_the_quota_of_calls(desk: Desk, errcode: int) -> None:
    desk.tencent.refuse(SEND, 45015)
    desk.tencent.refuse(BIZSEND, errcode)
    await desk.say("lawyer")
    await desk.outbox.run_once()
    assert ((await desk.row()).notice, desk.phoned) == ("due", [])


@BOTH
@pytest.mark.parametrize("errcode", [40003, 43004, 43019, 48002, 50002])
async def test_who_cannot_be_reached_is_not_tried_again_and_the_lawyer_sees_it(
    desk: Desk, author: str, errcode: int
) -> None:
    desk.tencent.refuse(SEND, errcode)
    await desk.say(author)
    await desk.again()
    assert ((await desk.row()).status, desk.tencent.calls[SEND]) == ("dead", 1)
    async with desk.gateway.sessions() as session:
        lines = await desk.gateway.desk.citizens.transcript(session, desk.conversation)
    assert (lines[-1].text, lines[-1].delivery) == (TEXTS[author], "dead")


@pytest.mark.parametrize("errcode", [48004, 40164, 61004, 40125, 40013])
async def test_what_operations_must_repair_stops_the_sender_for_everybody(
    desk: Desk, errcode: int
) -> None:
    desk.tencent.refuse(SEND, errcode)
    await desk.say("lawyer")
    await desk.say("lawyer", "还有")
    assert desk.tencent.calls[SEND] == 1
    assert await desk.stops() == [str(errcode)]


async def test_without_permission_the_lawyer_s_words_wait_and_somebody_phones(desk: Desk) -> None:
    desk.tencent.refuse(SEND, 48001)
    await desk.say("lawyer")
    assert (await desk.row()).status == "parked"
    await desk.outbox.run_once()
    assert desk.phoned == [desk.conversation]
    assert not await desk.gateway.conversations.can_push("wechat")


@pytest.mark.parametrize("errcode", [43101, 47003, 40037])
async def test_where_no_notice_arrives_somebody_phones(desk: Desk, errcode: int) -> None:
    desk.tencent.refuse(SEND, 45015)
    desk.tencent.refuse(BIZSEND, errcode)
    await desk.say("lawyer")
    await desk.outbox.run_once()
    assert desk.phoned == [desk.conversation]
    assert desk.tencent.calls[TEMPLATE] == 0
    assert (await desk.row()).notice == "phone"


async def test_a_sixth_push_waits_and_the_next_message_brings_it(desk: Desk) -> None:
    for number in range(6):
        await desk.say("lawyer", f"第{number}句")
    assert [text[-3:] for text in desk.pushed] == [f"第{number}句" for number in range(5)]
    assert desk.tencent.calls[SEND] == 5
    await desk.tencent.say(ME, "在吗")
    await desk.outbox.run_once()
    assert desk.pushed[-1].endswith("第5句")


async def test_of_five_the_bot_uses_two_and_the_lawyer_has_three(desk: Desk) -> None:
    for number in range(3):
        await desk.say("bot", f"答{number}")
    assert len(desk.pushed) == 2
    async with desk.gateway.sessions.begin() as session:
        await desk.gateway.desk.citizens.set_owner(session, desk.conversation, "lawyer")
    for number in range(3):
        await desk.say("lawyer", f"第{number}句")
    assert len(desk.pushed) == 5
    assert desk.pushed[-1].endswith("第2句")
