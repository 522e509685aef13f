"""A case handed on, set aside, taken up again, corrected, turned into an application."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from desk import Clock as Limit
from desk import Desk
from desk.accounts import Lawyer
from desk.errors import CaseNotFound, CaseTaken, InvalidInput, NotAllowed
from desk.tables import Account, CaseEvent
from tests.desk.citizens import StoredCitizens
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


@pytest.fixture
async def case(desk: Desk, open_case: OpenCase, lawyers: Lawyers) -> int:
    """A case that 律师甲 has."""
    opened = await open_case("c1", facts=[{"label": "欠薪月数", "value": "三个月"}])
    await desk.claim(opened.id, lawyers["jia"])
    return opened.id


async def test_a_transferred_case_is_the_colleagues_and_the_citizen_hears_who(
    desk: Desk, case: int, lawyers: Lawyers, citizens: StoredCitizens, events: Events
) -> None:
    await desk.transfer(case, lawyers["jia"], lawyers["yi"].id, "他懂工伤")
    await desk.reply(case, lawyers["yi"], "您好")
    with pytest.raises(CaseTaken):
        await desk.reply(case, lawyers["jia"], "还是我")
    assert "律师乙" in (await citizens.heard("c1"))[1][1]
    assert (await events(case))[-3:] == ["assigned", "transferred", "replied"]


async def test_only_ones_own_case_is_handed_on_and_a_supervisor_hands_on_any(
    desk: Desk, case: int, lawyers: Lawyers, row: Row
) -> None:
    with pytest.raises(CaseTaken):
        await desk.transfer(case, lawyers["yi"], lawyers["yi"].id)
    with pytest.raises(InvalidInput):
        await desk.transfer(case, lawyers["jia"], 404)
    with pytest.raises(InvalidInput):
        await desk.transfer(case, lawyers["jia"], lawyers["jia"].id)
    await desk.transfer(case, lawyers["yi"], lawyers["yi"].id, supervising=True)
    assert (await row(case)).lawyer_id == lawyers["yi"].id


async def test_a_snoozed_case_gives_the_chat_to_the_bot_and_wakes_with_its_lawyer(
    desk: Desk,
    case: int,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    goes_on_duty: GoesOnDuty,
    clock: Clock,
    row: Row,
) -> None:
    await goes_on_duty("jia", hours=10)
    await desk.snooze(case, lawyers["jia"], desk.now() + timedelta(hours=1))
    assert await citizens.owner("c1") == "bot"
    assert "再接着办" in (await citizens.heard("c1"))[-1][1]
    await desk.sweep()
    assert (await row(case)).status == "snoozed"
    clock.passes(hours=2)
    await desk.seen(lawyers["jia"])
    await desk.sweep()
    woken = await row(case)
    assert (woken.status, woken.lawyer_id) == ("open", lawyers["jia"].id)
    assert await citizens.owner("c1") == "lawyer"


async def test_a_snoozed_case_whose_lawyer_is_not_there_wakes_into_the_queue_and_this_is_told(
    desk: Desk, case: int, lawyers: Lawyers, citizens: StoredCitizens, clock: Clock, row: Row
) -> None:
    await desk.snooze(case, lawyers["jia"], desk.now() + timedelta(hours=1))
    clock.passes(hours=2)
    await desk.sweep()
    assert (await row(case)).status == "pending"
    assert await citizens.owner("c1") == "queued"
    assert "第 1 位" in (await citizens.heard("c1"))[-2][1]


async def test_a_citizen_who_asks_again_wakes_the_case(
    desk: Desk, case: int, lawyers: Lawyers, open_case: OpenCase, row: Row
) -> None:
    await desk.snooze(case, lawyers["jia"], desk.now() + timedelta(days=1))
    again = await open_case("c1")
    assert (again.id, again.status) == (case, "pending")


async def test_a_lawyer_wakes_a_case_early_and_nobody_else_does(
    desk: Desk, case: int, lawyers: Lawyers, row: Row
) -> None:
    await desk.snooze(case, lawyers["jia"], desk.now() + timedelta(days=1))
    with pytest.raises(CaseTaken):
        await desk.wake(case, lawyers["yi"])
    await desk.wake(case, lawyers["jia"])
    assert (await row(case)).status == "open"


@pytest.mark.parametrize("days", [-1, 0, 61])
async def test_a_case_is_set_aside_only_until_a_near_day_to_come(
    days: int, desk: Desk, case: int, lawyers: Lawyers
) -> None:
    until = desk.now() + timedelta(days=days)
    with pytest.raises(InvalidInput):
        await desk.snooze(case, lawyers["jia"], until)


async def test_a_resolved_case_is_taken_up_again_by_its_lawyer(
    desk: Desk, case: int, lawyers: Lawyers, citizens: StoredCitizens, events: Events
) -> None:
    await desk.resolve(case, lawyers["jia"], "advised")
    with pytest.raises(CaseTaken):
        await desk.reopen(case, lawyers["yi"])
    await desk.reopen(case, lawyers["jia"])
    assert await citizens.owner("c1") == "lawyer"
    await desk.reply(case, lawyers["jia"], "还有一点")
    assert (await events(case))[-2:] == ["reopened", "replied"]
    await desk.resolve(case, lawyers["jia"], "advised")


async def test_a_case_stays_closed_when_the_citizen_has_a_new_one(
    desk: Desk, case: int, lawyers: Lawyers, open_case: OpenCase
) -> None:
    await desk.resolve(case, lawyers["jia"], "advised")
    await open_case("c1")
    with pytest.raises(CaseTaken):
        await desk.reopen(case, lawyers["jia"])


async def test_a_case_stays_closed_when_another_lawyer_has_had_the_next_one(
    desk: Desk, case: int, lawyers: Lawyers, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    await desk.resolve(case, lawyers["jia"], "advised")
    later = await open_case("c1")
    await desk.claim(later.id, lawyers["yi"])
    await citizens.say("c1", "只说给乙听的")
    await desk.resolve(later.id, lawyers["yi"], "advised")
    with pytest.raises(CaseTaken):
        await desk.reopen(case, lawyers["jia"])


async def test_a_later_request_that_was_taken_back_does_not_keep_a_case_closed(
    desk: Desk, case: int, lawyers: Lawyers, open_case: OpenCase, sessions: Sessions
) -> None:
    await desk.resolve(case, lawyers["jia"], "advised")
    await open_case("c1")
    async with sessions.begin() as session:
        await desk.withdraw(session, "c1")
    await desk.reopen(case, lawyers["jia"])


async def test_a_promised_call_is_told_and_becomes_due(
    desk: Desk, case: int, lawyers: Lawyers, citizens: StoredCitizens, clock: Clock
) -> None:
    due = desk.now() + timedelta(hours=3)
    await desk.book_callback(case, lawyers["jia"], due, "打 0471-1234567")
    assert "打电话给您" in (await citizens.heard("c1"))[-1][1]
    assert (await desk.counts(lawyers["jia"])).callbacks_due == 0
    clock.passes(hours=4)
    assert (await desk.counts(lawyers["jia"])).callbacks_due == 1
    assert (await desk.counts(lawyers["yi"])).callbacks_due == 0
    with pytest.raises(InvalidInput):
        await desk.book_callback(case, lawyers["jia"], due)
    with pytest.raises(CaseTaken):
        await desk.book_callback(case, lawyers["yi"], desk.now() + timedelta(hours=1))


async def test_a_corrected_fact_keeps_what_the_citizen_had_said(
    desk: Desk, case: int, lawyers: Lawyers, row: Row, sessions: Sessions
) -> None:
    for _ in range(2):
        await desk.correct_fact(case, lawyers["jia"], "欠薪月数", "四个月", "form-1")
    await desk.correct_fact(case, lawyers["jia"], "欠薪月数", "五个月")
    await desk.correct_fact(
        case, lawyers["jia"], "仲裁最后一天", "12月1日", last_day=date(2026, 12, 1)
    )
    stored = await row(case)
    assert [(fact["label"], fact["value"], fact["was"]) for fact in stored.facts] == [
        ("欠薪月数", "五个月", "三个月"),
        ("仲裁最后一天", "12月1日", ""),
    ]
    assert stored.last_day == date(2026, 12, 1)
    async with sessions() as session:
        details = await session.scalars(
            select(CaseEvent.detail)
            .where(CaseEvent.kind == "fact_corrected")
            .order_by(CaseEvent.id)
        )
    assert [(detail["old"], detail["new"]) for detail in details] == [
        ("三个月", "四个月"),
        ("四个月", "五个月"),
        ("", "12月1日"),
    ]


async def test_a_correction_stays_when_the_citizen_asks_again(
    desk: Desk, case: int, lawyers: Lawyers, open_case: OpenCase, row: Row
) -> None:
    await desk.correct_fact(case, lawyers["jia"], "欠薪月数", "四个月")
    await open_case(
        "c1",
        facts=[{"label": "欠薪月数", "value": "三个月"}, {"label": "工地", "value": "在赤峰"}],
    )
    facts = {fact["label"]: fact["value"] for fact in (await row(case)).facts}
    assert facts == {"欠薪月数": "四个月", "工地": "在赤峰"}


async def test_an_application_keeps_the_clocks_as_they_were_counted(
    sessions: Sessions, citizens: StoredCitizens, lawyers: Lawyers, desk: Desk, case: int
) -> None:
    limit = Limit("机构决定", date(2026, 11, 27), "《法律援助法》第四十三条")
    wired = Desk(sessions, citizens, "key", clocks=lambda day: [limit] if day else [])
    today = date(2026, 11, 20)
    for institution in ("法律援助中心", "赤峰市法律援助中心"):
        await wired.convert(case, lawyers["jia"], "追索劳动报酬", institution, today)
    found = await wired.application_of(case)
    assert found is not None
    assert (found.institution, found.handed_in_on, found.clocks) == (
        "赤峰市法律援助中心",
        today,
        (limit,),
    )
    with pytest.raises(CaseTaken):
        await wired.convert(case, lawyers["yi"], "追索劳动报酬", "中心", today)
    with pytest.raises(InvalidInput):
        await wired.convert(case, lawyers["jia"], "追索劳动报酬", "中心", date(2100, 1, 1))


async def test_the_bots_wrong_answer_is_kept_for_the_curators_with_its_question(
    desk: Desk, case: int, lawyers: Lawyers, citizens: StoredCitizens, sessions: Sessions
) -> None:
    await citizens.say("c1", "仲裁时效多久")
    await citizens.say("c1", "两年", author="bot")
    async with sessions() as session:
        wrong = (await citizens.transcript(session, "c1"))[-1].id
    await desk.flag_bot_wrong(case, lawyers["jia"], wrong)
    await desk.flag_bot_wrong(case, lawyers["jia"], wrong, "应当是一年")
    [flag] = await desk.bot_flags()
    assert (flag.asked, flag.said, flag.note, flag.by) == (
        "仲裁时效多久",
        "两年",
        "应当是一年",
        "律师甲",
    )
    assert await desk.flagged_messages(case) == {wrong}
    with pytest.raises(CaseNotFound):
        await desk.flag_bot_wrong(case, lawyers["jia"], "404")
    await desk.settle_flag(flag.id, lawyers["yi"].id)
    assert await desk.bot_flags() == []
    async with sessions.begin() as session:
        await desk.erase(session, "c1")
    [kept] = await desk.bot_flags(open_only=False)
    assert (kept.asked, kept.said, kept.note) == ("", "", "")


async def test_ready_made_replies_are_the_desks_and_ones_own(desk: Desk, lawyers: Lawyers) -> None:
    own = await desk.add_canned("我的", "您好，我姓王。", lawyers["jia"])
    shared = await desk.add_canned("地址", "请看单位公示的地址。", None)
    mine = [canned.title for canned in await desk.canned_replies(lawyers["jia"])]
    assert mine[:2] == ["我的", "地址"]
    assert len(mine) > 5, "some ship"
    await desk.remove_canned(own, lawyers["yi"])
    await desk.remove_canned(shared, lawyers["jia"])
    assert [c.title for c in await desk.canned_replies(lawyers["jia"])] == mine
    await desk.remove_canned(own, lawyers["jia"])
    await desk.remove_canned(shared, None)
    assert all(canned.id is None for canned in await desk.canned_replies(lawyers["jia"]))


async def test_changes_are_seen_by_every_worker_and_each_once(
    desk: Desk,
    sessions: Sessions,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    open_case: OpenCase,
) -> None:
    other = Desk(sessions, citizens, "key")
    before = await other.latest_change()
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    changes = await other.changes_since(before)
    assert [change.kind for change in changes] == ["requested", "queued", "assigned"]
    assert await other.changes_since(changes[-1].id) == []


async def test_badges_count_what_waits_for_the_lawyer(
    desk: Desk, lawyers: Lawyers, case: int, open_case: OpenCase, sessions: Sessions
) -> None:
    await open_case("c2")
    counts = await desk.counts(lawyers["jia"])
    assert (counts.pending, counts.mine, counts.unanswered) == (1, 1, 1)
    await desk.reply(case, lawyers["jia"], "您好")
    assert (await desk.counts(lawyers["jia"])).unanswered == 0
    async with sessions.begin() as session:
        await desk.wrote(session, "c1")
    assert (await desk.counts(lawyers["jia"])).unanswered == 1


async def test_reading_is_noted_for_the_cases_own_lawyer_only(
    desk: Desk, lawyers: Lawyers, case: int, row: Row
) -> None:
    await desk.mark_read(case, lawyers["yi"])
    assert (await row(case)).read_at is None
    await desk.mark_read(case, lawyers["jia"])
    assert (await row(case)).read_at is not None


async def test_a_call_is_noted_by_whoever_has_the_case_and_by_a_supervisor(
    desk: Desk, lawyers: Lawyers, case: int
) -> None:
    calls = [
        await desk.book_callback(case, lawyers["jia"], desk.now() + timedelta(hours=hours))
        for hours in (1, 2)
    ]
    with pytest.raises(CaseTaken):
        await desk.complete_callback(calls[0], lawyers["yi"], "打过了")
    assert len(await desk.callbacks()) == 2
    await desk.complete_callback(calls[0], lawyers["jia"], "打过了")
    supervisor = replace(lawyers["yi"], role="supervisor")
    await desk.complete_callback(calls[1], supervisor, "督导打过了")
    assert await desk.callbacks() == []


async def test_a_call_of_nobodys_case_is_noted_by_who_handles_it(
    desk: Desk, lawyers: Lawyers, open_case: OpenCase, hears: Hears, sessions: Sessions
) -> None:
    async with sessions.begin() as session:
        await session.execute(update(Account).where(Account.name == "yi").values(topics=["family"]))
    await open_case("c1", topic="labour")
    await hears("c1", "留电话")
    await hears("c1", "13800000000")
    [call] = await desk.callbacks()
    with pytest.raises(NotAllowed):
        await desk.complete_callback(call.id, lawyers["yi"], "打过了")
    await desk.complete_callback(call.id, lawyers["jia"], "打过了")


async def test_a_place_that_a_transfer_frees_is_filled_at_once(
    desk: Desk, goes_on_duty: GoesOnDuty, open_case: OpenCase, lawyers: Lawyers, row: Row
) -> None:
    lawyer = await goes_on_duty("jia", capacity=1)
    first, second = await open_case("c1"), await open_case("c2")
    await desk.transfer(first.id, lawyer, lawyers["yi"].id)
    assert (await row(second.id)).lawyer_id == lawyer.id


async def test_of_two_colleagues_who_take_the_same_call_one_result_stays(
    desk: Desk, lawyers: Lawyers, open_case: OpenCase, hears: Hears
) -> None:
    await open_case("c2")
    await hears("c2", "留电话")
    await hears("c2", "13800000000")
    [call] = [one.id for one in await desk.callbacks()]

    async def done(lawyer: Lawyer) -> None:
        await desk.complete_callback(call, lawyer, lawyer.display_name)

    await asyncio.gather(done(lawyers["jia"]), done(lawyers["yi"]))
    [made] = await desk.callbacks(open_only=False)
    assert made.result in ("律师甲", "律师乙")
