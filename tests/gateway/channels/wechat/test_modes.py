"""Plain, compatible and safe mode, the keys, and which signature counts in which."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.tencent import Answer, Mode, Seen, signed, to_xml
from tests.gateway.channels.wechat.conftest import LABEL, ME, World, open_world
from tests.gateway.channels.wechat.engine import said


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_a_question_is_answered_in_every_mode(mode: Mode) -> None:
    async with open_world(mode) as world:
        world.engine.answer = said("您想问哪一种？", "工资", "工伤")
        await world.tencent.say(ME, "我想问问")
        choice = "1. 工资\n2. 工伤\n回复数字，或直接说。"
        expected = f"您想问哪一种？\n\n{choice}\n\n{LABEL}"
        assert world.tencent.seen[ME] == [Seen("passive", expected)]
        (inbound,) = world.engine.received
        assert (inbound.channel, inbound.citizen, inbound.text) == ("wechat", ME, "我想问问")


async def test_a_reply_is_encrypted_with_the_key_that_opened_the_delivery() -> None:
    keys: dict[str, Any] = {
        "wechat_encoding_aes_key": "b" * 43,
        "wechat_encoding_aes_key_previous": "a" * 43,
    }
    async with open_world(**keys) as world:
        for key in ("a" * 43, "b" * 43):
            world.tencent.account = replace(world.account, aes_key=key)
            await world.tencent.say(ME, "问题")
        assert [line.via for line in world.tencent.seen[ME]] == ["passive", "passive"]


async def test_in_compatible_mode_only_the_ciphertext_is_believed() -> None:
    async with open_world("compatible") as world:
        query, body = world.tencent.sign(world.tencent.message(ME, "text", Content="true"))
        forged = body.replace(b"<Content>true<", b"<Content>forged<")
        assert forged != body
        assert (await world.tencent.post(query, forged)).status == 200
        assert [inbound.text for inbound in world.engine.received] == ["true"]


async def test_plain_text_to_an_account_with_a_key_is_forbidden(world: World) -> None:
    body = to_xml(world.tencent.message(ME, "text", Content="x")).encode()
    answer = await world.tencent.post(world.tencent.sign_query(), body)
    assert answer == Answer(403, "forbidden")


@pytest.mark.parametrize("signature", ["", "0" * 40, "é"])
async def test_in_safe_mode_only_the_msg_signature_counts(world: World, signature: str) -> None:
    query, body = world.tencent.sign(world.tencent.message(ME, "text", Content="x"))
    query = {name: value for name, value in query.items() if name != "signature"}
    query |= {"signature": signature} if signature else {}
    assert (await world.tencent.post(query, body)).status == 200
    assert len(world.engine.received) == 1


@pytest.mark.parametrize("spoiled", ["wrong", "missing", "upper-case", "beyond ASCII"])
async def test_in_plain_mode_the_signature_counts(spoiled: str) -> None:
    async with open_world("plain") as world:
        query, body = world.tencent.sign(world.tencent.message(ME, "text", Content="x"))
        good = query.pop("signature")
        changes = {"wrong": "0" * 40, "upper-case": good.upper(), "beyond ASCII": "é"}
        query |= {"signature": changes[spoiled]} if spoiled in changes else {}
        assert await world.tencent.post(query, body) == Answer(403, "forbidden")
        assert world.engine.received == []


async def test_ciphertext_to_an_account_without_a_key_is_a_bad_request() -> None:
    async with open_world("plain") as world:
        world.tencent.account = replace(world.account, mode="safe")
        answer = await world.tencent.attempt(world.tencent.message(ME, "text", Content="x"))
        assert answer == Answer(400, "bad request")


def test_the_fake_signs_as_wechatpy_does() -> None:
    assert signed("b", "a") == signed("a", "b")
