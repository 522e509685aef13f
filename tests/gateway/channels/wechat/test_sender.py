"""Pushes, and what each of Tencent's refusals means for the outbox."""

from collections.abc import AsyncIterator

import pytest

from gateway.channels import Outcome, Reply
from gateway.channels.wechat.client import connect
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.text import LIMIT, size
from gateway.channels.wechat.words import words
from tests.fakes.tencent import SEND, Account, FakeTencent
from tests.gateway.channels.wechat.conftest import settings_of

ME = "citizen-1"
NOON_UTC = 1_790_000_000 // 86_400 * 86_400 + 12 * 3_600


class Clock:
    """A clock that a test moves; Unix seconds."""

    def __init__(self) -> None:
        self.now = float(NOON_UTC)

    def __call__(self) -> float:
        return self.now


def from_lawyer(text: str, message_id: str = "1") -> Reply:
    """Returns a lawyer's reply."""
    return Reply(message_id, text, (), "lawyer")


@pytest.fixture
def clock() -> Clock:
    """The time, for both ends."""
    return Clock()


@pytest.fixture
async def tencent(clock: Clock) -> AsyncIterator[FakeTencent]:
    """A Tencent to whom one citizen has just written."""
    async with FakeTencent(Account(), clock=clock) as fake:
        fake.note(fake.message(ME, "text", Content="x"))
        yield fake


@pytest.fixture
async def sender(tencent: FakeTencent, clock: Clock) -> AsyncIterator[WechatSender]:
    """A sender to that Tencent."""
    async with connect(settings_of(Account(), wechat_api_base=tencent.url)) as client:
        yield WechatSender(client, clock)


def texts(tencent: FakeTencent) -> list[str]:
    """Returns what the citizen sees."""
    return [line.text for line in tencent.seen[ME]]


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
    assert texts(tencent)[1].endswith(words().shortened)


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
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", "45009", 4 * 3_600)


async def test_the_minute_s_quota_is_waited_for(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.refuse(SEND, 45011)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", "45011", 60)


@pytest.mark.parametrize("errcode", [48001, 48004, 40164, 61004, 40125, 40013])
async def test_what_operations_must_repair_stops_the_sender_for_a_while(
    tencent: FakeTencent, sender: WechatSender, clock: Clock, errcode: int
) -> None:
    tencent.refuse(SEND, errcode)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", str(errcode), 600)
    assert await sender.send(ME, from_lawyer("2")) == Outcome("retry", "stopped", 600)
    assert tencent.calls[SEND] == 1
    clock.now += 601
    assert await sender.send(ME, from_lawyer("1")) == Outcome("sent")


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


async def test_no_more_parts_go_out_than_are_allowed(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    reply = from_lawyer("请您看这一条。" * 150)
    first = await sender.send(ME, reply, at_most=1)
    assert (first.kind, first.parts) == ("parked", 1)
    assert (await sender.send(ME, reply, start=1, at_most=4)).kind == "sent"
    assert [text.split("\n")[0] for text in texts(tencent)] == ["(1/2)", "(2/2)"]


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
