"""What each of Tencent's refusals means for the outbox."""

import pytest

from gateway.channels import Outcome
from gateway.channels.wechat.refusals import meaning
from gateway.channels.wechat.sender import WechatSender
from tests.fakes.tencent import SEND, FakeTencent
from tests.gateway.channels.wechat.clock import Clock
from tests.gateway.channels.wechat.conftest import ME
from tests.gateway.channels.wechat.pushing import from_lawyer, texts


@pytest.mark.parametrize(
    ("errcode", "kind"),
    [
        (-1, "retry"),
        (45015, "parked"),
        (45047, "parked"),
        (40003, "dead"),
        (43004, "dead"),
        (43019, "dead"),
        (48002, "dead"),
        (50002, "dead"),
        (99999, "retry"),
    ],
)
async def test_a_refusal_has_its_outcome(
    tencent: FakeTencent, sender: WechatSender, errcode: int, kind: str
) -> None:
    tencent.refuse(SEND, errcode)
    assert await sender.send(ME, from_lawyer("1")) == Outcome(kind, str(errcode))  # type: ignore[arg-type]
    assert texts(tencent) == []


async def test_a_token_that_stays_refused_is_tried_later(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 40001, times=2)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", "40001")
    assert await sender.send(ME, from_lawyer("1")) == Outcome("sent")


async def test_the_daily_quota_ends_at_midnight_in_china(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 45009)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("stopped", "45009", 4 * 3_600)


async def test_the_minute_s_quota_is_waited_for(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.refuse(SEND, 45011)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("stopped", "45011", 60)


@pytest.mark.parametrize("errcode", [48001, 48004, 40164, 61004, 40125, 40013])
async def test_what_operations_must_repair_stops_the_channel_for_a_while(
    tencent: FakeTencent, sender: WechatSender, errcode: int
) -> None:
    tencent.refuse(SEND, errcode)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("stopped", str(errcode), 600)


async def test_a_lost_answer_is_unknown(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.lose_answers(SEND)
    assert (await sender.send(ME, from_lawyer("1"))).kind == "unknown"


async def test_five_pushes_follow_a_message_and_another_message_grants_five_more(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    outcomes = [await sender.send(ME, from_lawyer("x", str(number))) for number in range(6)]
    assert [outcome.kind for outcome in outcomes] == ["sent"] * 5 + ["parked"]
    assert outcomes[5].detail == "45047"
    tencent.note(tencent.message(ME, "text", Content="还在吗"))
    assert await sender.send(ME, from_lawyer("x", "5")) == Outcome("sent")


async def test_after_48_hours_the_window_is_closed(
    tencent: FakeTencent, sender: WechatSender, clock: Clock
) -> None:
    clock.now += 48 * 3_600 + 1
    assert await sender.send(ME, from_lawyer("x")) == Outcome("parked", "45015")


async def test_whoever_has_left_gets_nothing(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.note(tencent.message(ME, "event", Event="unsubscribe"))
    assert await sender.send(ME, from_lawyer("x")) == Outcome("dead", "43004")


def test_every_errcode_of_the_specification_has_its_meaning() -> None:
    rows = {
        "retry": [-1],
        "token": [40001, 40014, 41001, 42001],
        "parked": [45015, 45047],
        "split": [45002],
        "day": [45009],
        "minute": [45011],
        "dead": [40003, 43004, 43019, 48002, 50002],
        "plain": [40200],
        "stop": [48001, 48004, 40164, 61004, 40125, 40013],
        "path": [43101, 47003, 40037],
    }
    assert {code: meaning(code) for codes in rows.values() for code in codes} == {
        code: row for row, codes in rows.items() for code in codes
    }
