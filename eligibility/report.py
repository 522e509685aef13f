"""Results as lines that a clerk can read from a terminal; the words are in sentences/."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from eligibility.questions import question
from eligibility.remedy_result import Remedy, Step
from eligibility.result import Screening
from eligibility.sentences import say

INDENT = "   "


class _Told(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def reference(self) -> str | None: ...


def screening_lines(screening: Screening, on: date) -> list[str]:
    """Return the result, then each part under its heading, then what is still to be asked."""
    lines = [_heading("state", label=screening.label, state=screening.state)]
    if screening.refer:
        lines.append(_heading("refer"))
    for key in ("reasons", "documents", "offices", "deadlines", "notes"):
        lines += _part(key, getattr(screening, key))
    missing = [f"- {fact_id}：{question(fact_id, on).ask}" for fact_id in screening.missing]
    return [*lines, "", _heading("missing"), *(missing or [f"- {_heading('nothing')}"])]


def remedy_lines(remedy: Remedy) -> list[str]:
    """Return the steps with their last days, what to put forward, and what is not known."""
    lines = [_heading("event", label=remedy.label, event=remedy.event), "", _heading("steps")]
    for place, step in enumerate(remedy.steps, start=1):
        lines += [*_numbered(place, step), *_last_day(step)]
    for key in ("grounds", "counting"):
        if getattr(remedy, key):
            lines += _part(key, getattr(remedy, key))
    missing = [f"- {key}" for key in remedy.missing] or [f"- {_heading('nothing')}"]
    return [*lines, "", _heading("missing"), *missing]


def _heading(key: str, **values: str) -> str:
    return say(f"heading_{key}", **values).text


def _part(key: str, items: Iterable[_Told]) -> list[str]:
    lines = ["", _heading(key)]
    for place, item in enumerate(items, start=1):
        lines += _numbered(place, item)
    return lines


def _numbered(place: int, item: _Told) -> list[str]:
    lines = [f"{place}. {item.text}"]
    if item.reference:
        lines.append(INDENT + _heading("basis", reference=item.reference))
    return lines


def _last_day(step: Step) -> list[str]:
    if step.last_day is None:
        return []
    key = f"last_day_{step.by}" + ("_passed" if step.passed else "")
    return [INDENT + _heading(key, day=step.last_day.isoformat())]
