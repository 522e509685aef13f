"""After the application: refused, told to add papers, no answer, aid terminated (Art. 43, 48, 49).

`remedy` tells the steps in their order with their last days, and what the person can put forward
against the reason the institution gave. It judges nothing: no objection is called hopeless.
"""

from __future__ import annotations

from datetime import date

from eligibility import counting
from eligibility.own_parameters import in_use
from eligibility.parameters import Parameters
from eligibility.remedy_result import Remedy, Step
from eligibility.remedy_rules import Due, StepRule, all_remedies
from eligibility.result import Reason
from eligibility.sentences import say, say_in_force
from eligibility.setbacks import Setback

COUNTERS = {"days": counting.days_after, "months": counting.months_after}


def remedy(setback: Setback, on: date, parameters: Parameters | None = None) -> Remedy:
    """Return what can be done about a setback by the law in force on a day.

    A date that is not known leaves the last day open; the reason that is not known leaves every
    ground of that kind of setback to be told.
    """
    parameters = parameters or in_use()
    rule = all_remedies()[setback.event]
    found = (_step(step, setback, on, parameters) for step in rule.steps)
    steps = tuple(step for step in found if step is not None)
    grounds = rule.why.get(setback.why or "") or tuple(
        dict.fromkeys(ground for told in rule.why.values() for ground in told)
    )
    return Remedy(
        event=setback.event,
        label=rule.label,
        steps=steps if setback.written is not True else _without(steps, "written_reasons"),
        grounds=tuple(say(f"remedy_{ground}") for ground in grounds),
        counting=_counting(rule.steps, steps),
        missing=_missing(setback),
    )


def _without(steps: tuple[Step, ...], step_id: str) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.id != step_id)


def _step(rule: StepRule, setback: Setback, on: date, parameters: Parameters) -> Step | None:
    """Return one step, or None where the rule that sets its number has ended."""
    told = say_in_force(f"remedy_{rule.id}", on, parameters)
    if told is None:
        return None
    last_day = _last_day(rule.due, setback, parameters) if rule.due else None
    passed = last_day is not None and on > last_day
    by = rule.due.by if rule.due else None
    return Step(rule.id, told.text, told.reference, last_day, by, passed)


def _last_day(due: Due, setback: Setback, parameters: Parameters) -> date | None:
    """Return the last day by the rule in force when the period began."""
    start = setback.day(due.start)
    length = parameters.number(due.length, start) if start else None
    if start is None or length is None:
        return None
    return COUNTERS[due.unit](start, int(length))


def _counting(rules: tuple[StepRule, ...], steps: tuple[Step, ...]) -> tuple[Reason, ...]:
    """Return how the last days shown were counted."""
    dated = {step.id for step in steps if step.last_day}
    keys = dict.fromkeys(rule.due.count for rule in rules if rule.due and rule.id in dated)
    return tuple(say(f"remedy_{key}") for key in keys)


def _missing(setback: Setback) -> tuple[str, ...]:
    """Return what would tell more: the reason given, and the day a period runs from."""
    rule = all_remedies()[setback.event]
    starts = dict.fromkeys(step.due.start for step in rule.steps if step.due)
    wanted = ["why"] if rule.why and setback.why is None else []
    return (*wanted, *(name for name in starts if setback.day(name) is None))
