"""The radar's answer in at most one screen, and the rest for 「详细」."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.clock import today
from actions.goal import clipped
from actions.wording import grouped, say
from eligibility import Reason
from eligibility.radar import LastDay, Period, Start, last_day, shipped, unit_words, written

GOAL = "deadlines"
ROOM = 420


def summary_and_detail(answer: LastDay, start: Start | None) -> tuple[str, str]:
    """Return the last day with what to do and how it was counted, and what did not fit."""
    steps = answer.steps if start else ()
    lead = [say(GOAL, "title_period", name=answer.name), _cited(answer.headline)]
    # A rough day as it was said; of a stretch that was told, the last day to count on is enough.
    rough = bool(start and start.rough and answer.kind == "act" and not answer.unsure)
    if start and answer.latest and not (rough or answer.unsure or answer.passed):
        lead.append(_other_day(answer, start))
    over = answer.passed and answer.kind != "claim"
    todo = [say(GOAL, "ways_left" if over else "today"), *map(_point, answer.actions)]
    shown, left = _fitting(() if rough else steps, ROOM - sum(map(len, [*lead, *todo])))
    counted = [say(GOAL, "counted"), *map(_point, shown)] if shown else []
    rest = [*map(_point, steps if rough else left), *map(_point, answer.notes)]
    ending = [say(GOAL, "person_now")] if answer.urgent else []
    ending += [say(GOAL, "more")] if rest else []
    summary = clipped("\n".join([*lead, *todo, *counted, *ending]))
    detail = "\n".join([say(GOAL, "title_detail", name=answer.name), *rest]) if rest else ""
    return summary, clipped(detail)


def in_short(answer: LastDay) -> str:
    """Return the last day and from which day it was counted, in two lines, for who asks again."""
    title = say(GOAL, "title_period", name=answer.name)
    return "\n".join([title + _cited(answer.headline), answer.steps[0].text])


def in_a_sentence(answer: LastDay) -> str:
    """Return the last day and what to do, in a sentence with one day, for who finds it too hard."""
    last = written(answer.last) if answer.last else ""
    act = shipped()[answer.period].act.text.rstrip("。")
    over = answer.passed and answer.kind != "claim"
    key = "over" if over else "unsure" if answer.unsure else answer.kind
    plainly: dict[str, Any] = grouped(GOAL, "plainly")
    return str(plainly[key]).format(last=last, act=act)


def length_of(period: Period) -> str:
    """Return how long a period is and from when it runs, before any day is known."""
    value = period.at(today())
    return say(
        GOAL,
        "length",
        name=period.name,
        length=value.length,
        unit=unit_words(value.unit),
        event=period.event,
        reference=value.reference,
    )


def without_a_day(period: Period) -> str:
    """Return what can be said where nobody knows the day: the length and where to look."""
    act = Reason(period.act.text, period.act.reference)
    return "\n".join([length_of(period), say(GOAL, "today"), _point(act), say(GOAL, "find_day")])


def _other_day(answer: LastDay, start: Start) -> str:
    assert start.other is not None
    other = start.other if answer.event == start.day else start.day
    told = last_day(answer.period, other, today())
    if told.last is None:
        return ""
    counted, last = written(answer.event), written(told.last)
    return say(GOAL, "other_day", day=counted, other=written(other), last=last)


def _fitting(reasons: Sequence[Reason], room: int) -> tuple[list[Reason], list[Reason]]:
    shown: list[Reason] = []
    for reason in reasons:
        room -= len(_point(reason)) + 1
        if room < 0:
            break
        shown.append(reason)
    return shown, list(reasons[len(shown) :])


def _point(reason: Reason) -> str:
    return f"· {_cited(reason)}"


def _cited(reason: Reason) -> str:
    return f"{reason.text}（{reason.reference}）" if reason.reference else reason.text
