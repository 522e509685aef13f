"""The order of the queue, and the reasons for it in words.

Danger; then a last day within the next days, or word that something runs out; then the priority
groups; then who has waited longest. A last day that has passed is told and moves nobody forward.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_

from desk.clock import CHINA
from desk.tables import Case
from desk.timing import TIMING
from desk.words import WORDS

ONE_DAY = timedelta(days=1)
NEAR = ONE_DAY * TIMING.near_days


def order(now: datetime) -> tuple[ColumnElement[int], ColumnElement[datetime], ColumnElement[int]]:
    """Returns what to order pending cases by."""
    return (_rank(now), Case.opened_at, Case.id)  # type: ignore[return-value]


def before(row: Case, now: datetime) -> ColumnElement[bool]:
    """Returns the condition for cases that come before this one."""
    rank, mine = _rank(now), rank_of(row, now)
    earlier = or_(
        Case.opened_at < row.opened_at,
        and_(Case.opened_at == row.opened_at, Case.id < row.id),
    )
    return or_(rank < mine, and_(rank == mine, earlier))


def rank_of(row: Case, now: datetime) -> int:
    """Returns a case's rank: 0 danger, 1 deadline, 2 priority group, 3 nobody waits in vain."""
    if row.urgency == "danger":
        return 0
    if row.urgency == "deadline" or (row.last_day and _near(row.last_day, now)):
        return 1
    return 2 if row.priority else 3


def last_day_of(facts: Sequence[Mapping[str, Any]], now: datetime) -> date | None:
    """Returns the soonest last day to come among a case's facts, else the last that has passed."""
    days = sorted(date.fromisoformat(fact["last_day"]) for fact in facts if fact.get("last_day"))
    to_come = [day for day in days if day >= _today(now)]
    return next(iter([*to_come, *reversed(days)]), None)


def has_passed(now: datetime) -> ColumnElement[bool]:
    """Returns the condition for cases whose stored last day has passed."""
    return Case.last_day < _today(now)


def why(row: Case, now: datetime) -> tuple[str, ...]:
    """Returns the reasons for a case's place, the weightiest first, in words."""
    words = []
    if row.urgency == "danger":
        words.append(WORDS.why["danger"])
    if row.last_day and row.last_day < _today(now) + NEAR:
        days = (row.last_day - _today(now)).days
        key = "day_passed" if days < 0 else "day_today" if days == 0 else "day_near"
        words.append(WORDS.why[key].format(days=abs(days)))
    elif row.urgency == "deadline":
        words.append(WORDS.why["deadline"])
    words.extend(WORDS.group[group] for group in row.groups)
    return tuple(words)


def _rank(now: datetime) -> ColumnElement[int]:
    today = _today(now)
    near = Case.last_day.between(today, today + NEAR - ONE_DAY)
    return case(
        (Case.urgency == "danger", 0),
        (or_(Case.urgency == "deadline", near), 1),
        (Case.priority, 2),
        else_=3,
    )


def _today(now: datetime) -> date:
    return now.astimezone(CHINA).date()


def _near(last_day: date, now: datetime) -> bool:
    return _today(now) <= last_day < _today(now) + NEAR
