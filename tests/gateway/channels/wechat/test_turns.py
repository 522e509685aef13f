"""Whole turns: every delivery answered once, by one path, in order, and nothing left behind."""

import asyncio
from pathlib import Path

import pytest

from tests.gateway.channels.wechat.whole import (
    ME,
    SUCCESS,
    chat,
    claim_a_case,
    open_gateway,
    push,
)


async def test_four_deliveries_of_a_message_are_one_turn(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
        answers = await asyncio.gather(*(gateway.tencent.attempt(fields) for _ in range(4)))
        texts = {gateway.tencent.open(answer.body)["Content"].split("\n")[0] for answer in answers}
        assert texts == {"回答1"}
        assert gateway.rasa.asked == ["老板不发工资"]
        assert await gateway.outbox.run_once() == 0


async def test_a_late_reply_is_pushed_once(tmp_path: Path) -> None:
    async with open_gateway(tmp_path, deadline=1) as gateway:
        gateway.rasa.may_answer.clear()
        fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
        assert await gateway.tencent.deliver(fields) == [SUCCESS]
        assert await gateway.outbox.run_once() == 0
        gateway.rasa.may_answer.set()
        await push(gateway, seen=1)
        assert await gateway.tencent.attempt(fields) == SUCCESS
        assert await gateway.outbox.run_once() == 0
        assert chat(gateway) == [("push", "回答1")]


async def test_a_lawyer_s_reply_is_pushed_and_the_bot_is_silent(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        await claim_a_case(gateway)
        await push(gateway, seen=3)
        assert chat(gateway)[0] == ("passive", "回答1")
        assert chat(gateway)[2] == ("push", "【值班律师 陈】")
        assert await gateway.tencent.say(ME, "好的") == [SUCCESS]
        assert gateway.rasa.asked == ["老板不发工资"]
        assert len(chat(gateway)) == 3


@pytest.mark.parametrize("text", ["", "   "])
async def test_an_empty_text_is_answered(tmp_path: Path, text: str) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, text)
        assert [via for via, _ in chat(gateway)] == ["passive"]
        assert gateway.rasa.asked == []
