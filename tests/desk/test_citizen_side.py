"""What a waiting citizen is told, and what they can type."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from desk import Desk, Said
from desk.clock import CHINA, utc_now
from desk.tables import Case
from desk.timing import TIMING
from desk.typed import has_phone, mark_in, option_in
from desk.words import WORDS
from tests.desk.citizens import Message, StoredCitizens
from tests.desk.conftest import (
    Clock,
    Events,
    GoesOnDuty,
    Hears,
    Lawyers,
    OpenCase,
    Row,
    Sessions,
)


async def standing(desk: Desk, sessions: Sessions, conversation: str = "c1") -> Said:
    async with sessions.begin() as session:
        said = await desk.standing(session, conversation)
    assert said is not None
    return said


async def answered(
    desk: Desk, open_case: OpenCase, sessions: Sessions, lawyers: Lawyers, minutes: list[int]
) -> None:
    """Makes a history of first replies that took so long."""
    for number, waited in enumerate(minutes):
        case = await open_case(f"past{number}")
        await desk.claim(case.id, lawyers["jia"])
        await desk.reply(case.id, lawyers["jia"], "您好")
        async with sessions.begin() as session:
            asked = utc_now() - timedelta(days=1)
            await session.execute(
                update(Case)
                .where(Case.id == case.id)
                .values(opened_at=asked, first_reply_at=asked + timedelta(minutes=waited))
            )


async def test_the_expected_time_is_the_median_of_real_first_replies(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    lawyers: Lawyers,
    goes_on_duty: GoesOnDuty,
) -> None:
    await goes_on_duty("yi", capacity=0)
    await answered(desk, open_case, sessions, lawyers, [4, 6, 9, 40, 300])
    await open_case("c1")
    said = await standing(desk, sessions)
    assert "9 分钟" in said.text
    assert said.options == ()


async def test_without_history_no_time_is_promised(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    lawyers: Lawyers,
    goes_on_duty: GoesOnDuty,
) -> None:
    await goes_on_duty("yi", capacity=0)
    await answered(desk, open_case, sessions, lawyers, [5] * (TIMING.history_least - 1))
    await open_case("c1")
    said = await standing(desk, sessions)
    assert "说不准" in said.text
    assert "分钟" not in said.text


async def test_without_a_roster_it_is_said_that_nobody_knows_when(
    desk: Desk, open_case: OpenCase, sessions: Sessions
) -> None:
    await open_case("c1")
    said = await standing(desk, sessions)
    assert "还不知道" in said.text
    assert "打 12348" in said.options


async def test_outside_duty_the_next_one_is_told_and_a_call_is_offered(
    desk: Desk, open_case: OpenCase, sessions: Sessions, lawyers: Lawyers
) -> None:
    begins = datetime.combine(desk.now().date() + timedelta(days=2), datetime.min.time(), CHINA)
    begins += timedelta(hours=9)
    await desk.add_duty(lawyers["jia"].id, begins, begins + timedelta(hours=8))
    await open_case("c1")
    said = await standing(desk, sessions)
    assert f"{begins.month}月{begins.day}日" in said.text
    assert "9:00" in said.text
    assert said.options == WORDS.offer_options


@pytest.mark.parametrize("said", ["1", "先问自动助手", "边排队边问自动助手"])
async def test_who_asks_the_assistant_meanwhile_keeps_the_place(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    citizens: StoredCitizens,
    hears: Hears,
    said: str,
) -> None:
    await open_case("c1")
    before = await standing(desk, sessions)
    told = await hears("c1", said)
    assert told is not None
    assert "位置给您留着" in told.text
    assert await citizens.owner("c1") == "queued"
    assert (await standing(desk, sessions)).text == before.text


async def test_a_call_is_booked_with_the_citizens_own_words_for_when_a_person_is_there(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    hears: Hears,
    events: Events,
) -> None:
    begins = desk.now() + timedelta(hours=14)
    await desk.add_duty(lawyers["jia"].id, begins, begins + timedelta(hours=8))
    case = await open_case("c1")
    await standing(desk, sessions)
    asked = await hears("c1", "2")
    assert asked is not None
    assert "打哪个电话" in asked.text
    way = "0471-1234567 晚上八点以后，别说是律师"
    booked = await hears("c1", way)
    assert booked is not None
    [call] = await desk.callbacks()
    assert (call.case_id, call.why, call.contact, call.due_at) == (case.id, "asked", way, begins)
    assert await citizens.owner("c1") == "bot", "the assistant can be asked meanwhile"
    assert "callback_booked" in await events(case.id)
    assert await hears("c1", "那我问问自动助手") is None


async def test_whoever_makes_the_call_closes_the_case_and_marks_are_asked_for(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    hears: Hears,
    row: Row,
) -> None:
    case = await open_case("c1")
    await standing(desk, sessions)
    await hears("c1", "留电话")
    await hears("c1", "13800000000 随时")
    [call] = await desk.callbacks()
    assert call.due_at is None, "without a roster nobody knows when"
    for _ in range(2):
        await desk.complete_callback(call.id, lawyers["yi"], "已通话，告知仲裁时效")
    ended = await row(case.id)
    assert (ended.status, ended.outcome, ended.asked) == ("resolved", "called_back", "rating")
    assert len(await citizens.heard("c1")) == 1
    assert await desk.callbacks() == []
    assert [done.result for done in await desk.callbacks(open_only=False)] == [
        "已通话，告知仲裁时效"
    ]


async def test_a_booked_case_can_be_taken_by_whoever_calls_and_goes_on_in_the_chat(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, citizens: StoredCitizens, hears: Hears
) -> None:
    case = await open_case("c1")
    await hears("c1", "留电话")
    await hears("c1", "13800000000")
    await desk.claim(case.id, lawyers["jia"])
    assert await citizens.owner("c1") == "lawyer"


async def test_a_text_without_a_number_is_asked_about_once_more_and_then_let_be(
    desk: Desk, open_case: OpenCase, hears: Hears, row: Row
) -> None:
    case = await open_case("c1")
    await hears("c1", "留电话")
    again = await hears("c1", "明天下午吧")
    assert again is not None
    assert "没有看到电话号码" in again.text
    assert await hears("c1", "你们怎么这么慢") is None
    assert (await row(case.id)).status == "pending"
    assert await desk.callbacks() == []


async def test_one_can_keep_the_number_and_stay_in_the_queue(
    open_case: OpenCase, hears: Hears, row: Row
) -> None:
    case = await open_case("c1")
    await hears("c1", "留电话")
    said = await hears("c1", "不留了。")
    assert said is not None
    assert "还在排队" in said.text
    assert (await row(case.id)).status == "pending"


async def test_the_first_choice_lets_the_assistant_be_asked_and_keeps_the_place(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    citizens: StoredCitizens,
    hears: Hears,
    row: Row,
) -> None:
    case = await open_case("c1")
    await standing(desk, sessions)
    await hears("c1", "１")
    assert (await row(case.id)).status == "pending"
    assert await citizens.owner("c1") == "queued"


async def test_the_hotline_keeps_the_place(
    desk: Desk, open_case: OpenCase, sessions: Sessions, hears: Hears
) -> None:
    case = await open_case("c1")
    await standing(desk, sessions)
    said = await hears("c1", "打 12348")
    assert said is not None
    assert "还留着" in said.text
    async with sessions() as session:
        assert await desk.position(session, case.id) == 1


async def test_a_bare_number_means_a_choice_only_where_choices_were_shown(
    open_case: OpenCase, hears: Hears
) -> None:
    await open_case("c1")
    assert await hears("c1", "1") is None


async def resolved(desk: Desk, open_case: OpenCase, lawyers: Lawyers) -> int:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.resolve(case.id, lawyers["jia"], "advised")
    return case.id


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("5", 5), ("四", 4), ("很满意", 5), ("评价 3", 3), ("4分", 4), ("打5星", 5), ("满意。", 4)],
)
async def test_marks_are_typed_in_many_ways_also_days_later(
    typed: str,
    mark: int,
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    hears: Hears,
    row: Row,
    clock: Clock,
    events: Events,
) -> None:
    case_id = await resolved(desk, open_case, lawyers)
    clock.passes(days=6)
    said = await hears("c1", typed)
    assert said is not None
    assert (await row(case_id)).rating == mark
    assert (await events(case_id))[-1] == "rated"
    assert await hears("c1", typed) is None, "marks are given once"


async def test_the_end_asks_for_marks_that_can_be_tapped(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    await resolved(desk, open_case, lawyers)
    async with sessions() as session:
        options = (await session.scalars(select(Message.options).order_by(Message.id))).all()[-1]
    assert options == list(WORDS.rating_options)


async def test_a_number_that_answers_the_assistant_is_no_mark(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, hears: Hears, row: Row
) -> None:
    case_id = await resolved(desk, open_case, lawyers)
    assert await hears("c1", "2", numbers=False) is None
    assert (await row(case_id)).rating is None
    assert await hears("c1", "评价2", numbers=False) is not None


async def test_marks_after_a_month_count_no_more(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, hears: Hears, clock: Clock
) -> None:
    await resolved(desk, open_case, lawyers)
    clock.passes(days=TIMING.rating_days + 1)
    assert await hears("c1", "5") is None


async def test_low_marks_become_a_task_to_call_back(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, hears: Hears, goes_on_duty: GoesOnDuty
) -> None:
    case_id = await resolved(desk, open_case, lawyers)
    await goes_on_duty("yi", capacity=0)
    said = await hears("c1", "1")
    assert said is not None
    assert "对不起" in said.text
    [call] = await desk.callbacks()
    assert (call.case_id, call.why, call.contact) == (case_id, "low_rating", "")
    assert call.due_at is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13800000000", True),
        ("０４７１－１２３４５６７", True),
        ("打138 0000 0000，下午", True),
        ("2026年11月22日下午3点", False),
        ("工资12000元", False),
        ("身份证150403199001011234", False),
    ],
)
def test_a_telephone_number_is_told_from_other_numbers(text: str, found: bool) -> None:
    assert has_phone(text) is found


def test_words_and_numbers_name_options() -> None:
    options = ("先问自动助手", "留电话等回电")
    assert option_in("第二个", options, numbers=True) == 2
    assert option_in("留电话等回电。", options, numbers=False) == 2
    assert option_in("2", options, numbers=False) is None
    assert option_in("3", options, numbers=True) is None
    assert mark_in("老板欠我5万", WORDS.rating_options, numbers=True) is None
