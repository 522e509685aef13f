"""The `deadline` command: from people's words, or a period and a day, to the last day."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from eligibility.errors import FactError
from eligibility.radar.answer import LastDay
from eligibility.radar.matching import Match, match
from eligibility.radar.periods import shipped
from eligibility.radar.start import Start, start_of
from eligibility.radar.wording import words, written
from eligibility.when import Said, understand


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of the command."""
    parser.add_argument(
        "event", nargs="?", help="a period's id, or a sentence such as 收到一审判决"
    )
    parser.add_argument("when", nargs="?", help="the day in people's words; left out: in the event")
    parser.add_argument("--on", type=date.fromisoformat, help="today, YYYY-MM-DD")
    parser.add_argument("--list", action="store_true", help="list the periods")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Run the command; 0 is an answer, 2 a question that must be answered first.

    Raises:
        FactError: neither an event nor --list was given.
    """
    if options.list:
        print(*(f"{key}  {period.name}" for key, period in shipped().items()), sep="\n")
        return 0
    if not options.event:
        raise FactError("event", "say an event, or --list")
    on = options.on or date.today()
    said = understand(options.when or options.event, on)
    meant = _meant(options.event)
    answers = _answers(meant, said, on)
    shown = _as_json(meant, said, answers) if options.json else _as_text(meant, said, answers)
    print(shown)
    return 0 if answers else 2


def _meant(event: str) -> Match:
    return Match((shipped()[event],), None) if event in shipped() else match(event)


def _answers(meant: Match, said: Said, on: date) -> list[LastDay]:
    """Return the answers that can be given: all that need no day, or all once there is one."""
    start = start_of(said) or Start(said.began or on)
    return [
        start.counted(period.id, on)
        for period in meant.periods
        if said.began is not None or period.at(on).length is None
    ]


def _questions(meant: Match, said: Said, answers: list[LastDay]) -> list[str]:
    needs_day = not answers or any(answer.last is not None for answer in answers)
    asked = [meant.question, said.question if needs_day and meant.periods else None]
    return [question for question in asked if question]


def _as_json(meant: Match, said: Said, answers: list[LastDay]) -> str:
    shown: dict[str, Any] = {
        "periods": [{"id": period.id, "name": period.name} for period in meant.periods],
        "when": said.to_dict(),
        "questions": _questions(meant, said, answers),
        "answers": [answer.to_dict() for answer in answers],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(meant: Match, said: Said, answers: list[LastDay]) -> str:
    lines = _questions(meant, said, answers)
    if answers and said.candidates:
        lines += [one.assumed for one in said.candidates[:1] if one.assumed]
        lines += [words()["also"].format(day=written(one.first)) for one in said.candidates[1:]]
    for place, answer in enumerate(answers, start=1):
        number = f"{place}. " if len(answers) > 1 else ""
        lines.append(f"{number}{answer.name}：{answer.headline.text}{_cited(answer.headline)}")
        if len(answers) == 1:
            told = (*answer.steps, *answer.actions, *answer.notes)
            lines += [f"- {reason.text}{_cited(reason)}" for reason in told]
    if not answers:
        lines += [f"- {period.id}  {period.name}" for period in meant.periods]
    return "\n".join(lines)


def _cited(reason: Any) -> str:
    return f"（{reason.reference}）" if reason.reference else ""
