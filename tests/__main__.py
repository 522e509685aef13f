"""`python -m tests`: every suite, each in the environment it needs, and one plain summary.

`--quick` leaves out what starts real processes or a browser.
"""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

MAIN = ".venv/bin/python"
RASA = ".venv-rasa/bin/python"
REPORTS = Path("var/test-reports")
# What runs inside Rasa's Python; eligibility runs in both.
RASA_ROOMS = ["tests/bot", "tests/actions", "tests/nlu", "tests/eligibility"]


@dataclass(frozen=True)
class Suite:
    """One command; it takes `--junitxml=FILE` and writes its counts there."""

    name: str
    command: list[str]


@dataclass(frozen=True)
class Outcome:
    """Counts of one suite; `failed` is at least 1 when its command failed."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def suites(quick: bool) -> list[Suite]:
    """Returns the suites in the order they run."""
    rooms = ["tests/bot", "tests/actions", "tests/nlu", "tests/e2e"]
    ignored = [f"--ignore={room}" for room in rooms]
    chosen = [
        Suite("units (main)", [MAIN, "-m", "pytest", "tests", *ignored]),
        Suite("units (rasa)", [RASA, "-m", "pytest", *RASA_ROOMS]),
    ]
    if not quick:
        chosen += [
            Suite("conversations", [RASA, "-m", "tests.conversations"]),
            Suite("end to end", [MAIN, "-m", "pytest", "tests/e2e"]),
        ]
    return chosen


def run(suite: Suite) -> Outcome:
    """Runs one suite, its output shown as it comes."""
    print(f"\n── {suite.name} ──", flush=True)
    report = REPORTS / f"{suite.name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    succeeded = subprocess.run([*suite.command, f"--junitxml={report}"]).returncode == 0
    seconds = time.monotonic() - started
    passed, failed, skipped = _counts(report) if report.exists() else (0, 0, 0)
    if not succeeded:
        failed = max(failed, 1)
    return Outcome(suite.name, passed, failed, skipped, seconds)


def _counts(report: Path) -> tuple[int, int, int]:
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 our own file
    total, failures, errors, skipped = (
        int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - failures - errors - skipped, failures + errors, skipped


def main(arguments: list[str]) -> int:
    """Returns 0 when nothing failed."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = [run(suite) for suite in suites(quick="--quick" in arguments)]
    print()
    for outcome in outcomes:
        print(
            f"{outcome.name:<16} {outcome.passed:>5} passed {outcome.failed:>4} failed "
            f"{outcome.skipped:>4} skipped {outcome.seconds:>6.0f} s"
        )
    passed, failed, skipped = (
        sum(getattr(outcome, field) for outcome in outcomes)
        for field in ("passed", "failed", "skipped")
    )
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
