"""The command `parameter`: `list` what is set, `set` what a region or institution sets."""

from __future__ import annotations

import argparse
import math
from datetime import date

from eligibility import own_parameters
from eligibility.errors import DataError
from eligibility.parameters import Parameter, Value


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser("parameter", help="values that the law, a region or you set")
    actions = parser.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list", help="every value in force")
    listed.add_argument("--on", type=date.fromisoformat, help="the day, YYYY-MM-DD")
    setting = actions.add_parser("set", help=f"write to the folder {own_parameters.SETTING}")
    setting.add_argument("name", help="for instance hardship_standard/hohhot")
    setting.add_argument(
        "--value", required=True, help="yuan a month; matters with commas; none; null to end it"
    )
    setting.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
    setting.add_argument("--reference", required=True, help="the document that sets it")
    setting.add_argument("--checked-on", type=date.fromisoformat, help="today if left out")


def run(options: argparse.Namespace) -> int:
    """Run `list` or `set`.

    Raises:
        DataError: naming the argument or file at fault.
    """
    today = date.today()
    if options.action == "list":
        known = own_parameters.in_use().by_name
        print(*(_line(parameter, options.on or today) for parameter in known.values()), sep="\n")
        return 0
    path = own_parameters.set_value(
        own_parameters.own_folder(),
        options.name,
        _value(options.value),
        options.start,
        options.reference,
        options.checked_on or today,
    )
    print(path)
    return 0


def _value(text: str) -> Value:
    """Read a number, "null", "none" (an empty list) or matters with commas between them."""
    if text in ("null", "none"):
        return None if text == "null" else ()
    try:
        number = float(text)
    except ValueError:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if not math.isfinite(number):
        raise DataError(f"--value: {text} is no amount")
    return int(number) if number == int(number) else number


def _line(parameter: Parameter, on: date) -> str:
    """Return one line: name, value, since when, and by which document."""
    dated = parameter.at(on)
    if dated is None or dated.value is None:
        return f"{parameter.name}: null" + ("  (yours to set)" if parameter.local else "")
    value = ",".join(dated.value) or "none" if isinstance(dated.value, tuple) else dated.value
    return (
        f"{parameter.name}: {value} {parameter.unit}  {dated.start.isoformat()}  {dated.reference}"
    )
