"""Who is on duty, and when a person is there next."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import chinese_calendar
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from desk.accounts import Lawyer, may_take_cases
from desk.clock import CHINA
from desk.core import Core
from desk.errors import InvalidInput
from desk.tables import Account, DutyPeriod
from desk.timing import TIMING

LONGEST_PLAN = timedelta(days=366)
LONGEST_DUTY = timedelta(hours=24)


@dataclass(frozen=True)
class Duty:
    """One row of the roster."""

    id: int
    account_id: int
    name: str
    begins_at: datetime
    ends_at: datetime


class Roster(Core):
    """The roster and presence. Without any row nobody can say when a person is there."""

    async def add_duty(self, account_id: int, begins_at: datetime, ends_at: datetime) -> int:
        """Adds a time on duty; returns its id.

        Raises:
            InvalidInput: no such account, or the times are not in order or over 24 hours apart.
        """
        async with self.sessions.begin() as session:
            return await self._add_duty(session, account_id, begins_at, ends_at)

    async def plan_duty(
        self, account_id: int, first: date, last: date, begins: time, ends: time
    ) -> list[int]:
        """Adds the same hours (China time) on every working day from first to last; returns ids.

        Holidays are those of the State Council's arrangement; for a year whose arrangement the
        library does not hold yet, Monday to Friday count.

        Raises:
            InvalidInput: no such account, or days or hours are not in order or over a year apart.
        """
        if not timedelta(0) <= last - first <= LONGEST_PLAN or begins >= ends:
            raise InvalidInput("bad_duty")
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        async with self.sessions.begin() as session:
            return [
                await self._add_duty(
                    session,
                    account_id,
                    datetime.combine(day, begins, CHINA),
                    datetime.combine(day, ends, CHINA),
                )
                for day in days
                if is_working_day(day)
            ]

    async def remove_duty(self, period_id: int) -> None:
        """Takes a time on duty off the roster; does nothing when it is not there."""
        async with self.sessions.begin() as session:
            await session.execute(delete(DutyPeriod).where(DutyPeriod.id == period_id))

    async def roster(self, begin: datetime, end: datetime) -> list[Duty]:
        """Returns the times on duty that touch a stretch of time, in order."""
        async with self.reading() as session:
            rows = await session.execute(
                select(DutyPeriod, Account.display_name)
                .join(Account, Account.id == DutyPeriod.account_id)
                .where(DutyPeriod.begins_at < end, DutyPeriod.ends_at > begin)
                .order_by(DutyPeriod.begins_at, DutyPeriod.id)
            )
            return [
                Duty(row.id, row.account_id, name, row.begins_at, row.ends_at) for row, name in rows
            ]

    async def on_duty(self, session: AsyncSession, at: datetime) -> frozenset[int]:
        """Returns the ids of the accounts whose time on duty it is and that may take cases."""
        rows = await session.scalars(
            select(DutyPeriod.account_id)
            .join(Account, Account.id == DutyPeriod.account_id)
            .where(DutyPeriod.begins_at <= at, DutyPeriod.ends_at > at, may_take_cases())
        )
        return frozenset(rows)

    async def next_duty(self, session: AsyncSession, at: datetime) -> datetime | None:
        """Returns when somebody is on duty next, `at` itself during duty, None if unknown."""
        if await self.on_duty(session, at):
            return at
        found: datetime | None = await session.scalar(
            select(func.min(DutyPeriod.begins_at))
            .join(Account, Account.id == DutyPeriod.account_id)
            .where(DutyPeriod.begins_at > at, may_take_cases())
        )
        return found

    async def seen(self, lawyer: Lawyer) -> bool:
        """Notes that the lawyer's page is open, at most once a minute; returns whether it did."""
        now = self.now()
        stale = now - timedelta(seconds=TIMING.seen_seconds)
        async with self.reading() as session:
            last = await session.scalar(select(Account.last_seen_at).where(Account.id == lawyer.id))
        if last is not None and last > stale:
            return False
        async with self.sessions.begin() as session:
            await session.execute(
                update(Account)
                .where(
                    Account.id == lawyer.id,
                    or_(Account.last_seen_at.is_(None), Account.last_seen_at <= stale),
                )
                .values(last_seen_at=now)
            )
        return True

    async def present(self, session: AsyncSession, at: datetime) -> frozenset[int]:
        """Returns the ids of the accounts that are on duty and whose page is open."""
        since = at - timedelta(minutes=TIMING.away_minutes)
        rows = await session.scalars(
            select(Account.id).where(
                Account.id.in_(await self.on_duty(session, at)), Account.last_seen_at > since
            )
        )
        return frozenset(rows)

    async def _add_duty(
        self, session: AsyncSession, account_id: int, begins_at: datetime, ends_at: datetime
    ) -> int:
        if not timedelta(0) < ends_at - begins_at <= LONGEST_DUTY:
            raise InvalidInput("bad_duty")
        if await session.get(Account, account_id) is None:
            raise InvalidInput("unknown_colleague")
        row = DutyPeriod(account_id=account_id, begins_at=begins_at, ends_at=ends_at)
        session.add(row)
        await session.flush()
        return row.id


def is_working_day(day: date) -> bool:
    """Returns whether offices work on a day; Monday to Friday for a year not yet arranged."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_arranged(day: date) -> bool:
    """Returns whether the holidays of the day's year are known."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def working_days_after(day: date, count: int) -> date:
    """Returns the count-th working day after a day."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day
