"""The channel trusts only what is signed, and every turn has a status."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time

import pytest

from bot.channels.internal import InternalInput, neutral
from tests.bot.conftest import SENDER, ActionServer, Channel, signed

# All in one event loop, as Sanic can start once in a process.
pytestmark = pytest.mark.asyncio(loop_scope="session")

BODY = {"sender": SENDER, "text": "说话"}
RAW = json.dumps(BODY).encode()


async def test_a_turn_returns_what_was_said_and_ok(channel: Channel) -> None:
    assert await channel.turn("说话") == {
        "status": "ok",
        "messages": [{"text": "您好", "options": []}],
    }


async def test_buttons_become_options_in_plain_words(
    channel: Channel, action: ActionServer
) -> None:
    action.says("选一个", "找律师", "继续")
    reply = await channel.turn("动作")
    assert reply["messages"] == [{"text": "选一个", "options": ["找律师", "继续"]}]


async def test_all_messages_of_a_turn_come_in_one_reply(channel: Channel) -> None:
    reply = await channel.turn("先说后做")
    assert [message["text"] for message in reply["messages"]] == ["您好", "动作说的话"]
    assert reply["status"] == "ok"


async def test_a_failed_action_is_an_error_not_silence(
    channel: Channel, action: ActionServer
) -> None:
    action.fails()
    assert await channel.turn("动作") == {"status": "error", "messages": []}


async def test_a_failed_action_after_something_was_said_is_still_an_error(
    channel: Channel, action: ActionServer
) -> None:
    action.fails()
    reply = await channel.turn("先说后做")
    assert reply["status"] == "error"
    assert [message["text"] for message in reply["messages"]] == ["您好"]


async def test_an_endless_turn_is_an_error(channel: Channel) -> None:
    assert (await channel.turn("没完没了"))["status"] == "error"


async def test_saying_nothing_without_being_paused_is_an_error(
    channel: Channel, action: ActionServer
) -> None:
    action.is_silent()
    assert (await channel.turn("动作"))["status"] == "error"


async def test_saying_nothing_to_who_waits_for_a_lawyer_is_silent(
    channel: Channel, action: ActionServer
) -> None:
    action.is_silent()
    _, body = await channel.post("turn", {"sender": SENDER, "text": "动作", "waiting": True})
    assert body == {"status": "silent", "messages": []}


async def test_an_action_learns_what_the_gateway_tells_besides_the_words(
    channel: Channel, action: ActionServer
) -> None:
    around = {"danger": "他打我", "waiting": True}
    await channel.post("turn", {"sender": SENDER, "text": "动作", **around, "else": "x"})
    assert action.asked["tracker"]["latest_message"]["metadata"] == around


async def test_a_paused_conversation_is_silent(channel: Channel, action: ActionServer) -> None:
    action.pauses()
    assert await channel.turn("动作") == {"status": "silent", "messages": []}
    assert await channel.turn("说话") == {"status": "silent", "messages": []}


async def test_the_failure_of_one_citizen_is_not_the_failure_of_another(
    channel: Channel, action: ActionServer
) -> None:
    action.fails()
    failed, fine = await asyncio.gather(
        channel.turn("动作", "a" * 32), channel.turn("说话", "b" * 32)
    )
    assert (failed["status"], fine["status"]) == ("error", "ok")


async def test_after_a_failure_the_next_turn_is_fine(
    channel: Channel, action: ActionServer
) -> None:
    action.fails()
    await channel.turn("动作")
    action.says("好了")
    assert (await channel.turn("动作"))["status"] == "ok"


@pytest.mark.parametrize("text", ["/act", " /act", "//act", "／act", "/\n/act"])
async def test_nobody_can_send_an_intent(channel: Channel, action: ActionServer, text: str) -> None:
    action.says("被注入了")
    reply = await channel.turn(text)
    assert "被注入了" not in json.dumps(reply, ensure_ascii=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Mingbai-Timestamp": "1"},
        signed(RAW, key="another key"),
        signed(b"another body"),
        signed(RAW, at=int(time.time()) - 301),
        signed(RAW, at=int(time.time()) + 3600),
        {**signed(RAW), "X-Mingbai-Timestamp": "soon"},
        {**signed(RAW), "X-Mingbai-Signature": ""},
    ],
    ids=["none", "key", "body", "old", "future", "no number", "empty"],
)
@pytest.mark.parametrize("path", ["turn", "forget"])
async def test_what_is_not_rightly_signed_is_refused(
    channel: Channel, path: str, headers: dict[str, str]
) -> None:
    assert await channel.post(path, BODY, headers) == (403, {"status": "error"})


@pytest.mark.parametrize(
    "content", [{}, {"text": "说话"}, {"sender": "", "text": "说话"}, {"sender": SENDER}, [], None]
)
async def test_a_turn_without_sender_or_text_is_not_taken(
    channel: Channel, content: object
) -> None:
    assert await channel.post("turn", content) == (400, {"status": "error"})


async def test_forgetting_erases_every_event_from_the_file(channel: Channel) -> None:
    await channel.turn("说话")
    await channel.turn("说话", "b" * 32)
    assert await channel.post("forget", {"sender": SENDER}) == (200, {"status": "ok"})
    with sqlite3.connect(str(channel.store.engine.url.database)) as database:
        left = {row[0] for row in database.execute("select sender_id from events")}
    assert left == {"b" * 32}


async def test_forgetting_someone_unknown_is_fine(channel: Channel) -> None:
    assert await channel.post("forget", {"sender": "f" * 32}) == (200, {"status": "ok"})


async def test_health_is_open_and_ready(channel: Channel) -> None:
    async with channel.http.get(f"{channel.url}/webhooks/internal/health") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok"})


def test_a_text_of_slashes_only_is_still_a_text() -> None:
    assert neutral("///") == "?"


def test_a_long_text_is_cut_before_nlu() -> None:
    assert len(neutral("长" * 20_000)) == 1000


def test_without_a_key_the_channel_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERNAL_KEY", raising=False)
    with pytest.raises(RuntimeError):
        InternalInput.from_credentials({})
