"""How a reply goes out: who speaks, in how many parts, and on where it stopped."""

import pytest

from gateway.channels import Outcome, Reply
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.text import LIMIT, size
from gateway.channels.wechat.words import words
from gateway.reading import Pages
from gateway.words import words as common_words
from tests.fakes.tencent import SEND, FakeTencent
from tests.gateway.channels.wechat.conftest import ME
from tests.gateway.channels.wechat.pushing import from_lawyer, texts


async def test_a_lawyer_s_reply_says_who_speaks(tencent: FakeTencent, sender: WechatSender) -> None:
    reply = Reply("1", "请带上合同来。", (), "lawyer", "陈")
    assert await sender.send(ME, reply) == Outcome("sent")
    assert texts(tencent) == ["【值班律师 陈】\n\n请带上合同来。"]


async def test_a_long_lawyer_s_reply_arrives_whole_in_the_fewest_parts(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    assert await sender.send(ME, from_lawyer("请您看这一条。" * 250)) == Outcome("sent")
    assert [text.split("\n")[0] for text in texts(tencent)] == ["(1/3)", "(2/3)", "(3/3)"]
    assert "".join(texts(tencent)).count("请您看这一条。") == 250
    assert all(size(text) <= LIMIT for text in texts(tencent))


async def test_a_long_automatic_reply_takes_two_messages_and_says_what_is_missing(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    await sender.send(ME, Reply("1", "请您看这一条。" * 500, (), "bot"))
    assert len(texts(tencent)) == 2
    assert words().shortened in texts(tencent)[1]
    assert texts(tencent)[1].endswith("（自动回复，仅供参考，不是律师意见）")


async def test_a_menu_that_is_too_long_goes_as_numbered_text(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 45002)
    reply = Reply("1", "您属于哪一种？", ("农民工", "低保户"), "bot")
    assert await sender.send(ME, reply) == Outcome("sent")
    assert "1. 农民工" in texts(tencent)[0]


@pytest.mark.parametrize("count", [80, 250])
async def test_a_reply_split_smaller_goes_on_where_it_stopped(
    tencent: FakeTencent, sender: WechatSender, count: int
) -> None:
    """Tencent takes half the length only, and the quota ends after the first part."""
    reply = from_lawyer("".join(f"第{number}句话。" for number in range(count)))
    tencent.refuse(SEND, 45002)
    assert await sender.send(ME, reply, 0, 1) == Outcome("parked")
    if count > 100:  # else what has gone out already is more than the reply has in one message
        tencent.refuse(SEND, 45002)
    tencent.note(tencent.message(ME, "text", Content="y"))
    assert await sender.send(ME, reply, 1, 4) == Outcome("sent")
    assert "".join(texts(tencent)).count("句话。") == count


async def test_a_message_refused_as_too_long_is_split_smaller(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 45002)
    assert await sender.send(ME, from_lawyer("请您看这一条。" * 60)) == Outcome("sent")
    assert len(texts(tencent)) == 2


async def test_splitting_smaller_ends(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.refuse(SEND, 45002, times=100)
    assert await sender.send(ME, from_lawyer("请您看这一条。" * 60)) == Outcome("dead", "45002")
    assert tencent.calls[SEND] < 6


async def test_a_retry_goes_on_after_the_part_that_arrived(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.fail_after(SEND, calls=1, status=503)
    reply = from_lawyer("请您看这一条。" * 150)
    first = await sender.send(ME, reply)
    assert (first.kind, first.parts) == ("retry", 1)
    assert (await sender.send(ME, reply, start=first.parts)).kind == "sent"
    assert [text.split("\n")[0] for text in texts(tencent)] == ["(1/2)", "(2/2)"]


async def test_of_a_long_reply_that_goes_out_again_every_part_is_marked(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    mark = common_words().resent
    assert mark == "(重发)"
    reply = from_lawyer(mark + "请您看这一条。" * 150)
    assert await sender.send(ME, reply) == Outcome("sent")
    assert [text.count(mark) for text in texts(tencent)] == [1, 1]
    assert "".join(texts(tencent)).count("请您看这一条。") == 150
    assert all(size(text) <= LIMIT for text in texts(tencent))


async def test_no_more_parts_go_out_than_are_allowed(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    reply = from_lawyer("请您看这一条。" * 150)
    first = await sender.send(ME, reply, at_most=1)
    assert (first.kind, first.parts) == ("parked", 1)
    assert (await sender.send(ME, reply, start=1, at_most=4)).kind == "sent"
    assert [text.split("\n")[0] for text in texts(tencent)] == ["(1/2)", "(2/2)"]


async def test_a_long_answer_is_one_message_with_its_page(
    tencent: FakeTencent, client: WechatClient
) -> None:
    sender = WechatSender(client, pages=Pages("https://law.example.org", "key"))
    reply = Reply("7", "请您看这一条。" * 500, ("看法条", "找律师"), "bot")
    assert await sender.send(ME, reply) == Outcome("sent")
    (text,) = texts(tencent)
    assert size(text) <= LIMIT
    assert f"https://law.example.org/read/{Pages('', 'key').token('7')}" in text
    assert "1. 看法条\n2. 找律师" in text


async def test_a_lawyer_s_words_are_never_put_behind_a_page(
    tencent: FakeTencent, client: WechatClient
) -> None:
    sender = WechatSender(client, pages=Pages("https://law.example.org", "key"))
    await sender.send(ME, from_lawyer("请您看这一条。" * 250))
    assert "".join(texts(tencent)).count("请您看这一条。") == 250
