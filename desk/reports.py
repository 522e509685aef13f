"""What was asked, how fast it was answered, how it ended, and how content people were."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import select

from desk.clock import CHINA
from desk.errors import InvalidInput
from desk.first_replies import Kept, Promise, kept, promise
from desk.overview import UNCOUNTED
from desk.service import Desk
from desk.supervision import SUPERVISION
from desk.tables import Account, Case

LONGEST = timedelta(days=731)


@dataclass(frozen=True)
class Counted:
    """What a report takes from one case: no words of the citizen but `question`."""

    id: int
    topic: str | None
    region: str | None
    urgency: str
    status: str
    outcome: str | None
    rating: int | None
    lawyer: str | None
    opened_at: datetime
    closed_at: datetime | None
    promise: Promise
    question: str


@dataclass(frozen=True)
class Row:
    """One line of a table. Minutes are the median to the first reply."""

    name: str
    cases: int
    resolved: int
    minutes: float | None
    rated: int
    satisfied: int
    kept: Kept

    @property
    def satisfaction(self) -> float | None:
        """The share of ratings that are good."""
        return self.satisfied / self.rated if self.rated else None


@dataclass(frozen=True)
class Report:
    """A stretch of days: all of it, and by each of the dimensions."""

    first: date
    last: date
    total: Row
    tables: Mapping[str, Sequence[Row]]
    cases: Sequence[Counted]


Naming = Callable[[str, str | None], str]


def period(first: str, last: str, today: date) -> tuple[date, date]:
    """Returns the days of a form; by default this month up to today.

    Raises:
        InvalidInput: a day cannot be read, or they are not in order or over two years apart.
    """
    try:
        begin = date.fromisoformat(first) if first else today.replace(day=1)
        end = date.fromisoformat(last) if last else today
    except ValueError:
        raise InvalidInput("bad_period") from None
    if not timedelta(0) <= end - begin <= LONGEST:
        raise InvalidInput("bad_period")
    return begin, end


async def report(desk: Desk, first: date, last: date, name: Naming) -> Report:
    """Returns the report on those who asked from `first` to `last`, both in China.

    Args:
        desk: the desk.
        first: the first day.
        last: the last day.
        name: the word for a code of a dimension; None stands for what is not known.
    """
    cases = await _cases(desk, first, last)
    now = desk.now()
    groups: dict[str, Callable[[Counted], str | None]] = {
        "month": lambda case: case.opened_at.astimezone(CHINA).strftime("%Y-%m"),
        "topic": lambda case: case.topic,
        "region": lambda case: case.region,
        "outcome": lambda case: case.outcome or case.status,
        "rating": lambda case: str(case.rating) if case.rating else None,
    }
    tables = {each: _table(cases, key, each, name, now) for each, key in groups.items()}
    return Report(first, last, _row("", cases, now), tables, cases)


async def _cases(desk: Desk, first: date, last: date) -> list[Counted]:
    begin = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    roster = await desk.roster(begin, end)
    async with desk.sessions() as session:
        rows = await session.execute(
            select(Case, Account.display_name)
            .outerjoin(Account, Account.id == Case.lawyer_id)
            .where(Case.opened_at >= begin, Case.opened_at < end, Case.status.not_in(UNCOUNTED))
            .order_by(Case.id)
        )
        return [
            Counted(
                case.id,
                case.topic,
                case.region,
                case.urgency,
                case.status,
                case.outcome,
                case.rating,
                lawyer,
                case.opened_at,
                case.closed_at,
                promise(case.opened_at, case.first_reply_at, roster),
                "" if case.status == "held" else case.question,
            )
            for case, lawyer in rows
        ]


def _table(
    cases: Sequence[Counted],
    key: Callable[[Counted], str | None],
    dimension: str,
    name: Naming,
    now: datetime,
) -> list[Row]:
    groups: dict[str | None, list[Counted]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    rows = [(code, _row(name(dimension, code), group, now)) for code, group in groups.items()]
    if dimension in ("month", "rating"):
        rows.sort(key=lambda row: row[0] or "", reverse=dimension == "rating")
    else:
        rows.sort(key=lambda row: -row[1].cases)
    return [row for _, row in rows]


def _row(name: str, cases: Sequence[Counted], now: datetime) -> Row:
    promises = [case.promise for case in cases]
    waits = [
        (each.answered_at - each.opened_at).total_seconds() / 60
        for each in promises
        if each.answered_at
    ]
    ratings = [case.rating for case in cases if case.rating]
    return Row(
        name,
        len(cases),
        sum(case.status == "resolved" for case in cases),
        median(waits) if waits else None,
        len(ratings),
        sum(rating >= SUPERVISION.targets.satisfied_from for rating in ratings),
        kept(promises, now),
    )
