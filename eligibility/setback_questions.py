"""What to ask about a setback: which kind, the reason given, the day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.questions import Option, Question
from eligibility.remedy_rules import STARTS, all_remedies

PATH = Path(__file__).parent / "setback_questions.yml"


@dataclass(frozen=True)
class DayQuestion:
    """The day a period runs from (`id`, a field of Setback), and how it is asked for."""

    id: str
    ask: str


@dataclass(frozen=True)
class SetbackQuestions:
    """The questions: which event it is, and for each event the reason and the day worth asking."""

    event: Question
    why: dict[str, Question]
    day: dict[str, DayQuestion]


@lru_cache(maxsize=1)
def setback_questions() -> SetbackQuestions:
    """Return the questions that ship."""
    return read(PATH)


def read(path: Path) -> SetbackQuestions:
    """Read a file of questions.

    Raises:
        DataError: naming the file, and what is wrong with it or differs from remedies.yml.
    """
    fields = strict_yaml.mapping(
        path, strict_yaml.load(path), required={"event", "events", "why", "whys"}
    )
    rules = all_remedies()
    told = {key: sorted(rule.why) for key, rule in rules.items() if rule.why}
    if set(fields["events"]) != set(rules):
        raise DataError(f"{path}: the events are not those of remedies.yml")
    if {key: sorted(whys) for key, whys in fields["whys"].items()} != told:
        raise DataError(f"{path}: the reasons are not those of remedies.yml")
    return SetbackQuestions(
        event=_question(path, "setback_event", fields["event"], fields["events"]),
        why={
            event: _question(path, "setback_why", fields["why"], whys)
            for event, whys in fields["whys"].items()
        },
        day=_days(path, fields["events"]),
    )


def _question(path: Path, key: str, asked: Any, options: dict[str, Any]) -> Question:
    words = strict_yaml.mapping(path, asked, required={"ask", "why"})
    found = [_option(path, value, option) for value, option in options.items()]
    return Question(key, "choice", words["ask"], words["why"], tuple(found))


def _option(path: Path, value: str, entry: Any) -> Option:
    fields = strict_yaml.mapping(
        path, entry, required={"label", "says"}, optional={"day", "ask_day"}
    )
    return Option(value, fields["label"], tuple(fields["says"]))


def _days(path: Path, events: dict[str, Any]) -> dict[str, DayQuestion]:
    found = {}
    for event, fields in events.items():
        if (fields.get("day") is None) != ("ask_day" not in fields):
            raise DataError(f"{path}: {event}: day and ask_day belong together")
        if fields.get("day") is None:
            continue
        if fields["day"] not in STARTS:
            raise DataError(f"{path}: {event}: no period runs from {fields['day']!r}")
        found[event] = DayQuestion(fields["day"], fields["ask_day"])
    return found
