"""Commands: `cases`, `coverage`, `screen`, `remedy`, `deadline`, `parameter` and `told`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from eligibility import cases, coverage, parameter_commands, strict_yaml
from eligibility.errors import EligibilityError
from eligibility.facts import Facts
from eligibility.radar import command as deadline_command
from eligibility.remedies import remedy
from eligibility.report import remedy_lines, screening_lines
from eligibility.screening import screen
from eligibility.setbacks import Setback
from eligibility.told import told_in


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 is well, 1 a case that fails, 2 input that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except EligibilityError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eligibility", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("cases", help="run the cases; non-zero exit on a miss")
    checked.add_argument("folder", nargs="?", type=Path, default=cases.FOLDER)
    covered = commands.add_parser("coverage", help="print the table of articles and cases")
    covered.add_argument("--write", action="store_true", help="write docs/eligibility-coverage.md")
    for name, about in (
        ("screen", "screen the facts in a YAML file"),
        ("remedy", "what to do after a refusal, silence or termination told in a YAML file"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("file", type=Path)
        command.add_argument(
            "--on", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out"
        )
        command.add_argument("--json", action="store_true")
    told = commands.add_parser("told", help="what a sentence tells: amounts, days, people, places")
    told.add_argument("text")
    told.add_argument(
        "--on", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out"
    )
    told.add_argument("--json", action="store_true")
    deadline_command.add_arguments(commands.add_parser("deadline", help="the last day of a period"))
    parameter_commands.add(commands)
    return parser


def _cases(options: argparse.Namespace) -> int:
    count = missed = 0
    for case in cases.read(options.folder):
        count += 1
        if misses := case.misses():
            missed += 1
            print(f"{case.path.name}: {case.name}", *misses, sep="\n  ")
    print(f"{count} cases, {missed} missed")
    return 1 if missed or not count else 0


def _coverage(options: argparse.Namespace) -> int:
    if options.write:
        coverage.PATH.write_text(coverage.table(), encoding="utf-8")
    else:
        print(coverage.table(), end="")
    return 0


def _screen(options: argparse.Namespace) -> int:
    on = options.on or date.today()
    screening = screen(Facts.from_dict(strict_yaml.load(options.file) or {}), on)
    return _show(options.json, screening.to_dict(), screening_lines(screening, on))


def _remedy(options: argparse.Namespace) -> int:
    setback = Setback.from_dict(strict_yaml.load(options.file) or {})
    told = remedy(setback, options.on or date.today())
    return _show(options.json, told.to_dict(), remedy_lines(told))


def _told(options: argparse.Namespace) -> int:
    found = told_in(options.text, options.on or date.today())
    if options.json:
        print(json.dumps({"told": [one.to_dict() for one in found]}, ensure_ascii=False))
    else:
        print(*(f"{one.kind}  {one.shown}" for one in found), sep="\n")
    return 0


def _show(as_json: bool, plain: dict[str, Any], lines: Iterable[str]) -> int:
    if as_json:
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        print(*lines, sep="\n")
    return 0


COMMANDS = {
    "cases": _cases,
    "coverage": _coverage,
    "screen": _screen,
    "remedy": _remedy,
    "deadline": deadline_command.run,
    "parameter": parameter_commands.run,
    "told": _told,
}

if __name__ == "__main__":
    sys.exit(main())
