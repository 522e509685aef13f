"""Notices to whoever has not written for 48 hours."""

from dataclasses import replace

import pytest

from gateway.channels import Outcome
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.template import Template
from tests.fakes.tencent import BIZSEND, TEMPLATE, FakeTencent
from tests.gateway.channels.wechat.clock import Clock
from tests.gateway.channels.wechat.conftest import ME

NOTICE = Template("T1", ("thing1", "time2"))


def notifying(
    client: WechatClient, clock: Clock, *, subscribe: bool = False, notify: bool = False
) -> WechatSender:
    """Returns a sender with templates."""
    return WechatSender(
        client,
        subscribe=NOTICE if subscribe else None,
        notify=replace(NOTICE, id="T2") if notify else None,
        clock=clock,
    )


@pytest.fixture
def templates(tencent: FakeTencent) -> None:
    """Both templates exist at Tencent."""
    tencent.templates = {"T1": NOTICE.fields, "T2": NOTICE.fields}


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(("subscribe", "notify"), [(True, False), (False, True), (True, True)])
async def test_a_notice_says_that_something_waits_and_nothing_of_the_case(
    tencent: FakeTencent, client: WechatClient, clock: Clock, subscribe: bool, notify: bool
) -> None:
    sender = notifying(client, clock, subscribe=subscribe, notify=notify)
    assert await sender.notify(ME) == Outcome("sent")
    (line,) = tencent.seen[ME]
    assert line.text == "您咨询的事有新的回复\n2026年9月21日 20:00"


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize("errcode", [43101, 45047, 47003, 40037, 48001])
async def test_a_refused_notice_leaves_the_other_way_and_then_none(
    tencent: FakeTencent, client: WechatClient, clock: Clock, errcode: int
) -> None:
    sender = notifying(client, clock, subscribe=True, notify=True)
    tencent.refuse(BIZSEND, errcode)
    assert await sender.notify(ME) == Outcome("sent")
    tencent.refuse(BIZSEND, errcode)
    tencent.refuse(TEMPLATE, errcode)
    assert await sender.notify(ME) == Outcome("dead", str(errcode))


async def test_without_a_template_nobody_can_be_notified(
    client: WechatClient, clock: Clock
) -> None:
    assert await notifying(client, clock).notify(ME) == Outcome("dead", "no template")


@pytest.mark.usefixtures("templates")
async def test_somebody_who_has_not_agreed_is_not_notified(
    tencent: FakeTencent, client: WechatClient, clock: Clock
) -> None:
    tencent.refusing.add(ME)
    sender = notifying(client, clock, subscribe=True)
    assert await sender.notify(ME) == Outcome("dead", "43101")


@pytest.mark.usefixtures("templates")
async def test_a_template_whose_fields_differ_is_dead(
    tencent: FakeTencent, client: WechatClient, clock: Clock
) -> None:
    tencent.templates["T1"] = ("thing1", "phrase9")
    assert await notifying(client, clock, subscribe=True).notify(ME) == Outcome("dead", "47003")


@pytest.mark.usefixtures("templates")
async def test_a_template_message_whose_answer_is_lost_is_sent_once(
    tencent: FakeTencent, client: WechatClient, clock: Clock
) -> None:
    tencent.lose_answers(TEMPLATE)
    assert await notifying(client, clock, notify=True).notify(ME) == Outcome("sent")
    assert len(tencent.seen[ME]) == 1
    assert tencent.calls[TEMPLATE] == 2


@pytest.mark.parametrize("given", ["", "T1", "T1:", ":thing1", "T1:amount3", "T1:thing1,secret"])
def test_a_template_that_cannot_be_filled_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"must read|unknown type"):
        Template.read(given)
