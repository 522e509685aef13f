"""Commands: `cases` checks the screening's cases, `screen` screens a file, `deadline` a period."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from eligibility import cases, strict_yaml
from eligibility.errors import EligibilityError
from eligibility.facts import Facts
from eligibility.radar import command
from eligibility.result import Screening
from eligibility.screening import screen


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 is well, 1 a case that fails, 2 input that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "cases":
            return _cases(options.folder)
        if options.command == "deadline":
            return command.run(options)
        return _screen(options.facts, options.on or date.today(), options.json)
    except EligibilityError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eligibility", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("cases", help="run the cases; non-zero exit on a miss")
    checked.add_argument("folder", nargs="?", type=Path, default=cases.FOLDER)
    screened = commands.add_parser("screen", help="screen the facts in a YAML file")
    screened.add_argument("facts", type=Path)
    screened.add_argument(
        "--on", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out"
    )
    screened.add_argument("--json", action="store_true")
    command.add_arguments(commands.add_parser("deadline", help="the last day of a period"))
    return parser


def _cases(folder: Path) -> int:
    count = missed = 0
    for case in cases.read(folder):
        count += 1
        if misses := case.misses():
            missed += 1
            print(f"{case.path.name}: {case.name}", *misses, sep="\n  ")
    print(f"{count} cases, {missed} missed")
    return 1 if missed or not count else 0


def _screen(path: Path, on: date, as_json: bool) -> int:
    screening = screen(Facts.from_dict(strict_yaml.load(path) or {}), on)
    if as_json:
        print(json.dumps(screening.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(*_lines(screening), sep="\n")
    return 0


def _lines(screening: Screening) -> list[str]:
    lines = [f"state: {screening.state} {screening.label}"]
    for key in ("reasons", "documents", "offices", "deadlines", "notes"):
        lines.append(f"{key}:")
        for item in getattr(screening, key):
            lines.append(f"- {item.text}{item.reference or ''}")
    return [*lines, f"missing: {', '.join(screening.missing) or '-'}"]


if __name__ == "__main__":
    sys.exit(main())
