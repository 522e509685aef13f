"""Pictures are fetched, kept so that only the case's lawyer can see them, and erased."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select, update

from gateway import attachments
from gateway.annexes import AttachmentRow
from gateway.attachments.vault import Vault
from gateway.errors import UnknownAttachment
from gateway.settings import Settings
from gateway.tables import Conversation, Message, now
from tests.fakes.tencent import MEDIA
from tests.gateway.channels.wechat.conftest import PICTURE_KEY
from tests.gateway.channels.wechat.whole import (
    ME,
    SUCCESS,
    Gateway,
    claim_a_case,
    open_gateway,
    push,
)

JPEG = b"\xff\xd8\xff\xe0" + b"the wage slip, unmistakably" * 40


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway to which somebody has sent a picture."""
    async with open_gateway(tmp_path) as running:
        running.tencent.media["media-1"] = JPEG
        await send_picture(running)
        yield running


async def send_picture(gateway: Gateway, media: str = "media-1") -> None:
    """A citizen sends a picture."""
    await gateway.tencent.deliver(gateway.tencent.message(ME, "image", MediaId=media))


async def conversation_of(gateway: Gateway) -> str:
    """Returns the one conversation there is."""
    async with gateway.sessions() as session:
        return str(await session.scalar(select(Conversation.id)))


async def pictures(gateway: Gateway) -> list[attachments.Picture]:
    """Returns what is known of its pictures."""
    own = await conversation_of(gateway)
    async with gateway.sessions() as session:
        return await attachments.of(session, own)


async def due_now(gateway: Gateway) -> None:
    """Lets time pass until the next try."""
    async with gateway.sessions.begin() as session:
        await session.execute(update(AttachmentRow).values(next_at=now()))


async def test_a_picture_is_kept_for_the_lawyer_and_its_sender_told_so(gateway: Gateway) -> None:
    (line,) = gateway.tencent.seen[ME]
    assert "图片收到了" in line.text
    assert [picture.status for picture in await pictures(gateway)] == ["waiting"]
    assert await gateway.keeper.keep_due() == 1
    (kept,) = await pictures(gateway)
    assert (kept.status, kept.media_type, kept.size) == ("kept", "image/jpeg", len(JPEG))
    own = await conversation_of(gateway)
    async with gateway.sessions() as session:
        shown = await attachments.content(session, Vault(PICTURE_KEY), own, kept.message)
    assert shown == (JPEG, "image/jpeg")
    assert await gateway.keeper.keep_due() == 0
    assert gateway.rasa.asked == []


async def test_a_picture_is_not_readable_in_the_database(gateway: Gateway) -> None:
    await gateway.keeper.keep_due()
    stored = b"".join(path.read_bytes() for path in gateway.file.parent.glob("test.db*"))
    assert b"unmistakably" not in stored


async def test_a_picture_sent_while_a_lawyer_answers_is_kept_too(gateway: Gateway) -> None:
    await claim_a_case(gateway)
    await send_picture(gateway)
    assert "图片收到了" in gateway.tencent.seen[ME][-1].text
    assert len(await pictures(gateway)) == 2


async def test_the_same_picture_delivered_twice_is_one(gateway: Gateway) -> None:
    fields = gateway.tencent.message(ME, "image", MediaId="media-1")
    await gateway.tencent.attempt(fields)
    await gateway.tencent.attempt(fields)
    assert len(await pictures(gateway)) == 2  # with the fixture's


async def test_two_keepers_at_once_fetch_a_picture_once(gateway: Gateway) -> None:
    fetched = await asyncio.gather(*(gateway.keeper.keep_due() for _ in range(2)))
    assert sum(fetched) == 1
    assert gateway.tencent.calls[MEDIA] == 1


async def test_an_erased_conversation_leaves_no_picture(gateway: Gateway) -> None:
    await gateway.keeper.keep_due()
    assert await gateway.tencent.event(ME, "unsubscribe") == [SUCCESS]
    async with gateway.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AttachmentRow)) == 0
    with sqlite3.connect(gateway.file) as database:
        assert database.execute("select count(*) from attachments").fetchone() == (0,)


async def test_asking_for_erasure_in_the_chat_takes_the_picture_too(gateway: Gateway) -> None:
    await gateway.keeper.keep_due()
    gateway.rasa.erases = lambda: gateway.conversations.erasing.within_turn(gateway.rasa.sender)
    await gateway.tencent.say(ME, "删除我的信息")
    async with gateway.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AttachmentRow)) == 0


@pytest.mark.parametrize("errcode", [40007, 48001])
async def test_a_picture_that_tencent_will_not_give_is_admitted_at_once(
    gateway: Gateway, errcode: int
) -> None:
    gateway.tencent.refuse(MEDIA, errcode)
    await gateway.keeper.keep_due()
    assert [picture.status for picture in await pictures(gateway)] == ["lost"]


async def test_a_picture_erased_while_it_is_fetched_is_not_kept(gateway: Gateway) -> None:
    answer = gateway.tencent.hold(MEDIA)
    keeping = asyncio.create_task(gateway.keeper.keep_due())
    await gateway.tencent.wait_calls(MEDIA, 1)
    await gateway.tencent.event(ME, "unsubscribe")
    answer.set()
    await keeping
    async with gateway.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AttachmentRow)) == 0


async def test_a_picture_that_cannot_be_had_now_is_fetched_later(gateway: Gateway) -> None:
    gateway.tencent.refuse(MEDIA, 45009)
    await gateway.keeper.keep_due()
    assert [picture.status for picture in await pictures(gateway)] == ["waiting"]
    assert await gateway.keeper.keep_due() == 0
    await due_now(gateway)
    await gateway.keeper.keep_due()
    assert [picture.status for picture in await pictures(gateway)] == ["kept"]


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("unknown", None),
        ("script", b"<svg onload=alert(1)>"),
        ("empty", b""),
        ("huge", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024)),
    ],
)
async def test_a_picture_that_will_never_be_had_is_admitted_once(
    gateway: Gateway, media: str, content: bytes | None
) -> None:
    await gateway.keeper.keep_due()
    if content is not None:
        gateway.tencent.media[media] = content
    await send_picture(gateway, media)
    await gateway.keeper.keep_due()
    assert [picture.status for picture in await pictures(gateway)] == ["kept", "lost"]
    await push(gateway, seen=3)
    assert "没能存下来" in gateway.tencent.seen[ME][2].text
    await due_now(gateway)
    assert await gateway.keeper.keep_due() == 0


async def test_after_three_days_a_picture_is_given_up(gateway: Gateway) -> None:
    gateway.tencent.refuse(MEDIA, 45009)
    async with gateway.sessions.begin() as session:
        await session.execute(update(Message).values(created_at=now() - timedelta(days=4)))
    await gateway.keeper.keep_due()
    assert [picture.status for picture in await pictures(gateway)] == ["lost"]


async def test_a_lawyer_of_another_case_is_shown_nothing(gateway: Gateway) -> None:
    await gateway.keeper.keep_due()
    (kept,) = await pictures(gateway)
    own = await conversation_of(gateway)
    async with gateway.sessions() as session:
        for of_case, key in (("0" * 32, PICTURE_KEY), (own, "cd" * 32)):
            with pytest.raises(UnknownAttachment):
                await attachments.content(session, Vault(key), of_case, kept.message)


def test_what_is_sealed_for_one_message_opens_for_no_other() -> None:
    vault = Vault(PICTURE_KEY)
    sealed = vault.seal(JPEG, "a" * 32, 1)
    assert vault.open(sealed, "a" * 32, 1) == JPEG
    for changed in (sealed[:-1], sealed[:5], b"", bytes([sealed[0] ^ 1]) + sealed[1:]):
        with pytest.raises(UnknownAttachment):
            vault.open(changed, "a" * 32, 1)
    with pytest.raises(UnknownAttachment):
        vault.open(sealed, "a" * 32, 2)


@pytest.mark.parametrize("key", ["short", "x" * 64])
def test_a_key_that_cannot_work_stops_the_start_by_its_name(key: str) -> None:
    keys = {"internal_key": "i", "rest_key": "r", "session_key": "s"}
    with pytest.raises(ValidationError, match="ATTACHMENT_KEY must be 64") as caught:
        Settings(attachment_key=key, **keys)  # type: ignore[arg-type]
    assert key not in str(caught.value).replace("64", "")


@pytest.mark.parametrize("key", ["", "ab", "x" * 64, "ab" * 16])
def test_a_key_of_another_length_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        Vault(key)
