"""Choices to tap in a pushed question, and when they have to be typed."""

import pytest

from gateway.channels import Outcome, Reply
from gateway.channels.wechat.sender import WechatSender
from tests.fakes.tencent import SEND, FakeTencent
from tests.gateway.channels.wechat.clock import Clock
from tests.gateway.channels.wechat.conftest import ME
from tests.gateway.channels.wechat.pushing import from_lawyer


def asked(*options: str, text: str = "哪一种？", author: str = "bot") -> Reply:
    """Returns a reply with choices."""
    return Reply("1", text, options, author)


async def test_a_late_question_has_choices_to_tap_and_to_type(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    assert await sender.send(ME, asked("工资", "工伤")) == Outcome("sent")
    (line,) = tencent.seen[ME]
    assert line.items == ("1. 工资", "2. 工伤")
    assert "回复数字" in line.text
    assert "自动回复" in line.text


@pytest.mark.parametrize(
    "reply",
    [
        asked("看法条", "找律师"),
        asked("转人工", "不用了"),
        asked("只有一个"),
        asked(*map(str, range(11))),
        asked("工资", "工伤", text="很长。" * 700),
        asked("工资", "工伤", author="system"),
        asked("工资", "工伤", author="lawyer"),
    ],
)
async def test_what_leads_to_a_person_or_does_not_fit_is_typed(
    tencent: FakeTencent, sender: WechatSender, reply: Reply
) -> None:
    assert (await sender.send(ME, reply)).kind == "sent"
    assert all(line.items == () for line in tencent.seen[ME])


async def test_an_account_without_menus_gets_numbered_text(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 40200)
    assert await sender.send(ME, asked("工资", "工伤")) == Outcome("sent")
    (line,) = tencent.seen[ME]
    assert "1. 工资\n2. 工伤" in line.text
    assert line.items == ()


async def test_a_menu_that_is_refused_for_the_quota_is_not_sent_as_text(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 45047)
    assert await sender.send(ME, asked("工资", "工伤")) == Outcome("parked", "45047")
    assert tencent.calls[SEND] == 1


async def test_a_tapped_item_allows_three_pushes_for_a_minute(
    tencent: FakeTencent, sender: WechatSender, clock: Clock
) -> None:
    """The fake does what the real one does: why a handoff must not hang on a tap."""
    clock.now += 48 * 3_600 + 1
    tencent.note(tencent.message(ME, "text", Content="1. 工资", bizmsgmenuid="1"))
    kinds = [(await sender.send(ME, from_lawyer("x", str(n)))).kind for n in range(4)]
    assert kinds == ["sent", "sent", "sent", "parked"]
    tencent.note(tencent.message(ME, "text", Content="1. 工资", bizmsgmenuid="1"))
    clock.now += 61
    assert await sender.send(ME, from_lawyer("x")) == Outcome("parked", "45015")
