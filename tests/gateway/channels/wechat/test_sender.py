"""Pushes, and what each of Tencent's refusals means for the outbox."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.channels import Outcome, Reply
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.refusals import meaning
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.template import Template
from gateway.channels.wechat.text import LIMIT, size
from gateway.channels.wechat.words import words
from gateway.reading import Pages
from tests.fakes.tencent import BIZSEND, SEND, TEMPLATE, Account, FakeTencent
from tests.gateway.channels.wechat.conftest import settings_of

ME = "citizen-1"
Sessions = async_sessionmaker[AsyncSession]
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
async def client(tencent: FakeTencent, sessions: Sessions) -> AsyncIterator[WechatClient]:
    """A client of that Tencent."""
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as opened:
        yield opened


@pytest.fixture
def sender(client: WechatClient, clock: Clock) -> WechatSender:
    """A sender to that Tencent, without templates and pages."""
    return WechatSender(client, clock=clock)


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
    assert words().shortened in texts(tencent)[1]
    assert texts(tencent)[1].endswith("（自动回复，仅供参考，不是律师意见）")


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


async def test_the_daily_quota_ends_at_midnight_in_china(
    tencent: FakeTencent, sender: WechatSender
) -> None:
    tencent.refuse(SEND, 45009)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", "45009", 4 * 3_600)


async def test_the_minute_s_quota_is_waited_for(tencent: FakeTencent, sender: WechatSender) -> None:
    tencent.refuse(SEND, 45011)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("retry", "45011", 60)


@pytest.mark.parametrize("errcode", [48001, 48004, 40164, 61004, 40125, 40013])
async def test_what_operations_must_repair_stops_the_channel_for_a_while(
    tencent: FakeTencent, sender: WechatSender, errcode: int
) -> None:
    tencent.refuse(SEND, errcode)
    assert await sender.send(ME, from_lawyer("1")) == Outcome("stopped", str(errcode), 600)


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


# Choices to tap


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


# Long answers on a page


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


# Whoever has not written for 48 hours

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
