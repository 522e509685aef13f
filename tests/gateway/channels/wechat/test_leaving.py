"""Whoever leaves is erased for good: nothing that is delivered late brings them back."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from gateway import spent
from gateway.annexes import SpentRow
from gateway.channels import Inbound
from gateway.spent import Spent
from gateway.tables import Conversation, Message, now
from tests.fakes.tencent import Answer
from tests.gateway.channels.wechat.conftest import World
from tests.gateway.channels.wechat.whole import ME, SUCCESS, Gateway, chat, open_gateway


async def _rows(gateway: Gateway) -> int:
    async with gateway.sessions() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(table))
            for table in (Conversation, Message)
        ]
    return sum(count or 0 for count in counts)


def _text(gateway: Gateway, text: str, seconds_ago: int = 0) -> dict[str, str]:
    fields = gateway.tencent.message(ME, "text", Content=text)
    return fields | {"CreateTime": str(int(fields["CreateTime"]) - seconds_ago)}


async def test_whoever_leaves_leaves_nothing_behind(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        assert await gateway.tencent.event(ME, "unsubscribe") == [SUCCESS]
        assert await _rows(gateway) == 0


@pytest.mark.parametrize("kind", ["text", "image", "location"])
async def test_a_message_delivered_again_after_its_sender_left_stores_nothing(
    tmp_path: Path, kind: str
) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = gateway.tencent.message(
            ME, kind, Content="老板不发工资", MediaId="m", Label="赤峰市松山区"
        )
        await gateway.tencent.deliver(fields)
        shown = chat(gateway)
        await gateway.tencent.event(ME, "unsubscribe")
        assert await gateway.tencent.deliver(fields) == [SUCCESS]
        assert chat(gateway) == shown
        assert await _rows(gateway) == 0
        assert await gateway.outbox.run_once() == 0


async def test_a_message_that_first_comes_in_after_its_sender_left_stores_nothing(
    tmp_path: Path,
) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = _text(gateway, "老板不发工资", seconds_ago=3)
        await gateway.tencent.event(ME, "unsubscribe")
        assert await gateway.tencent.deliver(fields) == [SUCCESS]
        assert await _rows(gateway) == 0


@pytest.mark.parametrize("seconds_ago", [0, 100_000])
async def test_whoever_comes_back_is_answered(tmp_path: Path, seconds_ago: int) -> None:
    """A time that is far off is a clock that is wrong, not a message that is late."""
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        await gateway.tencent.event(ME, "unsubscribe")
        await gateway.tencent.event(ME, "subscribe")
        await gateway.tencent.deliver(_text(gateway, "我又来了", seconds_ago))
        assert chat(gateway)[-1] == ("passive", "回答2")


async def test_leaving_that_is_delivered_again_spares_whoever_has_come_back(
    tmp_path: Path,
) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        gone = gateway.tencent.message(ME, "event", Event="unsubscribe")
        assert await gateway.tencent.deliver(gone) == [SUCCESS]
        await gateway.tencent.event(ME, "subscribe")
        await gateway.tencent.say(ME, "我又来了")
        assert await gateway.tencent.deliver(gone) == [SUCCESS]
        assert await _rows(gateway) > 0


async def test_whoever_asks_to_be_deleted_is_not_brought_back_by_an_earlier_message(
    tmp_path: Path,
) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = _text(gateway, "老板不发工资")
        await gateway.tencent.deliver(fields)
        gateway.rasa.erases = lambda: gateway.conversations.erasing.within_turn(gateway.rasa.sender)
        await gateway.tencent.say(ME, "删除我的信息")
        assert await gateway.tencent.attempt(fields) == SUCCESS
        async with gateway.sessions() as session:
            said = list(await session.scalars(select(Message.text)))
        assert "老板不发工资" not in said


async def test_what_is_known_of_late_deliveries_is_dropped_after_a_day(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        await gateway.tencent.event(ME, "unsubscribe")
        async with gateway.sessions.begin() as session:
            await spent.sweep(session)
            assert await session.scalar(select(func.count()).select_from(SpentRow))
            day_ago = now() - timedelta(days=1, seconds=1)
            await session.execute(update(SpentRow).values(created_at=day_ago))
            await spent.sweep(session)
            assert await session.scalar(select(func.count()).select_from(SpentRow)) == 0


async def test_without_the_key_nobody_can_tell_who_it_was(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = _text(gateway, "老板不发工资")
        await gateway.tencent.deliver(fields)
        await gateway.tencent.event(ME, "unsubscribe")
        late = Inbound("wechat", ME, "", f"wechat:{fields['MsgId']}")
        async with gateway.sessions() as session:
            assert await Spent("session-key").too_late(session, [late])
            assert not await Spent("another key").too_late(session, [late])


# Success means that it will happen


async def test_success_is_said_once_the_wish_is_stored_however_long_the_erasure_takes(
    tmp_path: Path,
) -> None:
    async with open_gateway(tmp_path, deadline=0.3) as gateway:
        gateway.rasa.may_answer.clear()
        assert await gateway.tencent.say(ME, "老板不发工资") == [SUCCESS]
        assert await gateway.tencent.event(ME, "unsubscribe") == [SUCCESS]
        async with gateway.sessions() as session:
            (wish,) = await session.scalars(select(Conversation.erase_requested_at))
        assert wish is not None
        gateway.rasa.may_answer.set()
        while await _rows(gateway):
            await gateway.outbox.run_once()


async def test_a_wish_that_cannot_be_stored_is_delivered_again(world: World) -> None:
    world.engine.leave_error = RuntimeError("no database")
    answers = await world.tencent.event(ME, "unsubscribe")
    assert answers == [Answer(503, "try again")] * 3
    assert world.engine.erased == []
