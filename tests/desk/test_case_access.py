"""Who may read which case, and what a look leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desk import Desk
from desk.accounts import Lawyer, lawyer_of
from desk.case_access import look_urgently, read
from desk.clock import utc_now
from desk.errors import CaseNotFound, InvalidInput, NotAllowed
from desk.tables import Account, AuditRow, BreakGlass
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Lawyers, OpenCase, Sessions, SignedIn, password_hash

REASON = "来询人说要自杀，办理的律师电话不通"


@pytest.fixture
async def supervisor(sessions: Sessions) -> Lawyer:
    async with sessions.begin() as session:
        row = Account(
            name="du", password_hash=password_hash(), display_name="督导", role="supervisor"
        )
        session.add(row)
        await session.flush()
        return lawyer_of(row)


async def audited(sessions: Sessions, *actions: str) -> list[tuple[str, int | None, int | None]]:
    async with sessions() as session:
        rows = await session.scalars(
            select(AuditRow).where(AuditRow.action.in_(actions)).order_by(AuditRow.id)
        )
        return [(row.action, row.actor_id, row.subject_id) for row in rows]


async def test_a_supervisor_reads_every_case_and_each_reading_is_kept(
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    supervisor: Lawyer,
    citizens: StoredCitizens,
    sessions: Sessions,
) -> None:
    case = await open_case("c1")
    await citizens.say("c1", "老板不给钱")
    await desk.claim(case.id, lawyers["jia"])
    for _ in range(2):
        reading = await read(desk, supervisor, case.id)
    assert reading.right.why == "supervisor"
    assert "老板不给钱" in [line.text for line in reading.lines]
    assert await audited(sessions, "case_read") == [("case_read", supervisor.id, case.id)] * 2


async def test_who_had_a_case_reads_it_up_to_the_moment_it_left_them(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, citizens: StoredCitizens
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await citizens.say("c1", "说给甲听的")
    await desk.transfer(case.id, lawyers["jia"], lawyers["yi"].id)
    await citizens.say("c1", "说给乙听的")
    said = [line.text for line in (await read(desk, lawyers["jia"], case.id)).lines]
    assert "说给甲听的" in said
    assert "说给乙听的" not in said
    said = [line.text for line in (await read(desk, lawyers["yi"], case.id)).lines]
    assert {"说给甲听的", "说给乙听的"} <= set(said)


async def test_who_had_a_case_does_not_read_what_is_said_after_a_colleague_took_it_up_again(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, citizens: StoredCitizens
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await citizens.say("c1", "说给甲听的")
    await desk.resolve(case.id, lawyers["jia"], "advised")
    await desk.reopen(case.id, lawyers["yi"], supervising=True)
    await citizens.say("c1", "说给乙听的")
    said = [line.text for line in (await read(desk, lawyers["jia"], case.id)).lines]
    assert "说给甲听的" in said
    assert "说给乙听的" not in said


async def test_nobody_else_reads_it_and_a_waiting_case_is_read_by_nobody(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    with pytest.raises(NotAllowed, match="not_yours"):
        await read(desk, lawyers["jia"], case.id)
    await desk.claim(case.id, lawyers["jia"])
    with pytest.raises(NotAllowed, match="not_yours"):
        await read(desk, lawyers["yi"], case.id)
    with pytest.raises(CaseNotFound):
        await read(desk, lawyers["yi"], 404)


async def test_an_urgent_look_needs_a_reason_lasts_two_hours_and_is_kept(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    case, yi = await open_case("c1"), lawyers["yi"]
    await desk.claim(case.id, lawyers["jia"])
    for reason in ("", "紧急", "字" * 501):
        with pytest.raises(InvalidInput):
            await look_urgently(desk, yi, case.id, reason)
    await look_urgently(desk, yi, case.id, REASON)
    assert (await read(desk, yi, case.id)).right.why == "break_glass"
    assert await audited(sessions, "break_glass", "case_read") == [
        ("break_glass", yi.id, case.id),
        ("case_read", yi.id, case.id),
    ]
    async with sessions.begin() as session:
        look = await session.scalar(select(BreakGlass))
        assert look is not None
        assert look.until - look.at == timedelta(hours=2)
        await session.execute(update(BreakGlass).values(until=utc_now()))
    with pytest.raises(NotAllowed):
        await read(desk, yi, case.id)


async def test_an_erased_or_held_case_is_closed_to_an_urgent_look_and_to_the_supervisor(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, supervisor: Lawyer, sessions: Sessions
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    async with sessions.begin() as session:
        await desk.erase(session, "c1")
    with pytest.raises(CaseNotFound):
        await look_urgently(desk, lawyers["yi"], case.id, REASON)
    with pytest.raises(CaseNotFound):
        await read(desk, supervisor, case.id)


async def test_a_lawyer_neither_sees_nor_takes_a_waiting_case_routed_to_others(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions, signed_in: SignedIn
) -> None:
    async with sessions.begin() as session:
        await session.execute(update(Account).where(Account.name == "yi").values(topics=["loans"]))
    case = await open_case("c1", topic="labour")
    with pytest.raises(NotAllowed, match="not_routed"):
        await desk.claim(case.id, lawyers["yi"])
    page = await (await signed_in("yi")).get(f"/desk/cases/{case.id}")
    assert page.status == 403
    assert "拖欠工资" not in page.text
    await desk.claim(case.id, lawyers["jia"])


async def test_the_page_of_somebody_elses_case_offers_the_urgent_look(
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    signed_in: SignedIn,
    citizens: StoredCitizens,
) -> None:
    case = await open_case("c1")
    await citizens.say("c1", "我的隐私")
    await desk.claim(case.id, lawyers["jia"])
    yi, address = await signed_in("yi"), f"/desk/cases/{case.id}"
    page = await yi.get(address)
    assert (page.status, page.path) == (403, f"{address}/read")
    assert "我的隐私" not in page.text
    page = await yi.submit(address, f"{address}/break-glass", reason="短")
    assert page.status == 400
    page = await yi.submit(address, f"{address}/break-glass", reason=REASON)
    assert (page.status, page.path) == (200, f"{address}/read")
    assert "我的隐私" in page.text
    assert "只能看，不能回复" in page.text
