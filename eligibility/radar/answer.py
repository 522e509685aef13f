"""The radar's answer: the last day of a period, how it was counted, and what to do now."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from eligibility import parameters
from eligibility.errors import FactError
from eligibility.radar import notes, periods, rules
from eligibility.radar.periods import Period, Value
from eligibility.radar.reckoning import LONG_UNITS, Span, span
from eligibility.radar.wording import quoted, say, words
from eligibility.radar.workdays import arranged, previous_working, working
from eligibility.result import Reason

URGENT_PARAMETER = "provisional_days"
MONTH = timedelta(days=31)  # a longer stretch tells no day, so no days are counted from it


@dataclass(frozen=True)
class LastDay:
    """What the radar says about one period.

    `last` is None where the law sets no number. `days_left` is negative when the day has passed;
    `urgent` says that aid may come before the decision (法律援助法 44). `ends` is the moment a
    period in hours ends. `latest` is the last day counted from the latest day that may be meant,
    where no exact one was named; `days_left` is then None where it may have passed or may not.
    """

    period: str
    name: str
    kind: str
    event: date
    last: date | None
    ends: datetime | None
    days_left: int | None
    urgent: bool
    passed: bool
    headline: Reason
    steps: tuple[Reason, ...]
    actions: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    latest: date | None = None

    @property
    def unsure(self) -> bool:
        """Return whether the period may be over or may not, by the day that is meant."""
        return self.latest is not None and self.days_left is None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values, dates in ISO form."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }


def last_day(
    period_id: str, start: date, on: date, *, rough: bool = False, other: date | None = None
) -> LastDay:
    """Return the last day of a period that begins with an event.

    Args:
        period_id: an id from eligibility/periods/.
        start: the day of the event, or its moment (a datetime).
        on: the day or moment that counts as now.
        rough: whether `start` is the first day of a stretch the person named.
        other: the latest day that may be meant, where it is not clear that it is `start`.

    Raises:
        FactError: no period has that id.
    """
    if period_id not in periods.shipped():
        raise FactError("period", f"no period is called {period_id}")
    period = periods.shipped()[period_id]
    if other is None:
        return reckon(period, start, on, rough=rough)
    return _between(period, start, other, on, rough)


def ways_left(period: Period) -> tuple[Reason, ...]:
    """Return what the law leaves once a period is over, and whom to ask."""
    return (*_notes(period.late), say("ask_someone"))


def _between(period: Period, first: date, latest: date, on: date, rough: bool) -> LastDay:
    """Answer on the safe side of the days that may be meant.

    What one has to do is counted from the earliest; what must be over first, or what frees whom
    another may claim from, from the latest. Where one of the days says that it is over and another
    does not, neither is said.
    """
    waits = period.kind in ("wait", "claim")
    early = reckon(period, first, on, rough=rough)
    late = reckon(period, latest, on, rough=rough, latest=True)
    if early.last is None or late.last is None or early.days_left is None:
        return early
    over = early.passed or (early.days_left == 0 and not waits)
    if over and not late.passed and period.kind != "wait":
        return _unsure(period, early, late, rough)
    found = late if waits or late.passed else early
    headline = found.headline
    if rough and period.kind == "act" and not waits:
        days = abs(found.days_left or 0)
        gone = "vague_passed" if latest - first > MONTH else "rough_passed"
        key = gone if found.passed else "rough_left"
        headline = say(key, day=found.event, last=found.ends or found.last, days=days)
    return replace(found, headline=headline, latest=late.last)


def _unsure(period: Period, early: LastDay, late: LastDay, rough: bool) -> LastDay:
    """Answer where the period may be over: no alarm from a guess, and nothing to rest upon."""
    days = {"first": early.event, "until": late.event, "last": early.last, "latest": late.last}
    actions = (say("find_the_day", event=period.event), quoted(period.act), say("ask_someone"))
    kept = replace(early, days_left=None, passed=False, urgent=False, latest=late.last)
    return replace(kept, headline=say(f"{period.kind}_unsure", **days), actions=actions)


def reckon(
    period: Period, start: date, on: date, *, rough: bool = False, latest: bool = False
) -> LastDay:
    """Return the last day of a given period; see `last_day`.

    `latest`: whether `start` is the last day of the stretch that was named, not the first.
    """
    told = [say("event", event=period.event, day=start)]
    if rough:
        latest = latest or period.kind in ("wait", "claim")
        told.append(say("rough_late" if latest else "rough", day=start))
    began = start
    if period.after is not None:
        first = reckon(periods.shipped()[period.after], start, on)
        assert first.last is not None
        began = first.last
        told.append(say("after", name=first.name, day=began))
    value = period.at(_day(began))
    if _day(began) < value.start:
        told.append(say("older", **{"from": value.start}))
    if period.precedes(_day(began)):
        headline = say("before_the_law", name=period.name, born=period.born)
        return _uncounted(period, start, told, headline)
    if period.open is not None and value.length is None:
        return _uncounted(period, start, told, quoted(period.open))
    counted = span(
        value,
        rules.shipped()[period.rules],
        _counted_from(period, value, began),
        period.kind != "wait",
    )
    told += _steps(period, value, counted, began)
    return _answer(period, start, on, counted, told)


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _counted_from(period: Period, value: Value, began: date) -> date:
    """Return where to count from; the day's first moment where hours are the person's to keep."""
    if value.unit == "hour" and period.kind == "act" and not isinstance(began, datetime):
        return datetime.combine(began, time())
    return began


def _uncounted(period: Period, start: date, told: list[Reason], headline: Reason) -> LastDay:
    """Answer where nothing can be counted: the law sets no number, or is younger than the day."""
    return LastDay(
        period=period.id,
        name=period.name,
        kind=period.kind,
        event=start,
        last=None,
        ends=None,
        days_left=None,
        urgent=False,
        passed=False,
        headline=headline,
        steps=tuple(told),
        actions=(quoted(period.act), *_notes(period.late), say("ask_someone")),
        notes=_notes(period.notes),
    )


def _steps(period: Period, value: Value, counted: Span, start: date) -> list[Reason]:
    """Return how the period was counted, one sentence per rule."""
    law = rules.shipped()[period.rules]
    unit = words()["units"][value.unit]
    told = [replace(say("length", length=value.length, unit=unit), reference=value.reference)]
    if value.unit == "hour":
        if not isinstance(start, datetime):
            told.append(say("hours_unknown_act" if period.kind == "act" else "hours_unknown"))
        elif law.hours is not None:
            told.append(quoted(law.hours))
        return [*told, say("ends_at", ends=counted.ends)]
    if value.unit == "workday" and law.workdays is not None:
        told.append(quoted(law.workdays))
    told += [quoted(law.start), say("first", first=counted.first, counted=counted.counted)]
    if value.unit in LONG_UNITS:
        told.append(quoted(law.month_ends) if law.month_ends else say("months"))
    return told + _rest_days(period, value, counted)


def _rest_days(period: Period, value: Value, counted: Span) -> list[Reason]:
    """Say what happens to an end on a rest day, and how sure the calendar is."""
    law = rules.shipped()[period.rules]
    told: list[Reason] = []
    safe = previous_working(counted.counted)
    if counted.last != counted.counted and law.roll is not None:
        told += [quoted(law.roll), say("rolled", counted=counted.counted, last=counted.last)]
    elif not working(counted.last) and period.kind == "act":
        told += [quoted(law.stay)] if law.stay is not None else []
        told.append(say("rest_day", counted=counted.counted, safe=safe))
    moved = value.unit == "workday" or counted.last != counted.counted
    if moved and not arranged(counted.last):
        told.append(say("not_arranged", year=counted.last.year, safe=safe))
    return told


def _answer(period: Period, start: date, on: date, counted: Span, told: list[Reason]) -> LastDay:
    days = (counted.last - _day(on)).days
    over = counted.ends is not None and isinstance(on, datetime) and on > counted.ends
    passed = days < 0 or over
    limit = parameters.shipped().number(URGENT_PARAMETER, _day(on))
    urgent = period.kind == "act" and limit is not None and 0 <= days < limit and not passed
    state = "passed" if passed else "today" if days == 0 else "left"
    if _day(start) > _day(on):
        told = [say("future", day=start), *told]
    actions = [quoted(period.act)]
    if urgent:
        actions.insert(0, say("urgent", provisional_days=limit))
    if passed:
        acts = [quoted(period.act)] if period.kind != "act" else []
        late = list(_notes(period.late))
        actions = [*acts, *late] if period.kind == "claim" else [*late, *acts]
    return LastDay(
        period=period.id,
        name=period.name,
        kind=period.kind,
        event=start,
        last=counted.last,
        ends=counted.ends,
        days_left=days,
        urgent=urgent,
        passed=passed,
        headline=say(
            f"{period.kind}_{state}",
            name=period.name,
            last=counted.ends or counted.last,
            days=abs(days),
        ),
        steps=tuple(told),
        actions=(*actions, say("ask_someone")),
        notes=_notes(period.notes),
    )


def _notes(ids: tuple[str, ...]) -> tuple[Reason, ...]:
    return tuple(quoted(notes.shipped()[key]) for key in ids)
