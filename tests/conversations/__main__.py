"""`python -m tests.conversations --junitxml=FILE`: the conversations as `rasa test core` runs them.

Its long report goes to var/test-reports/conversations/; shown are the counts, and what failed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

OUT = Path("var/test-reports/conversations")
COMMAND = [
    *(sys.executable, "-m", "rasa", "test", "core"),
    *("--model", "models/rasa", "--stories", "tests/conversations", "--e2e"),
    *("--fail-on-prediction-errors", "--no-plot", "--out", str(OUT)),
]


def main(arguments: list[str]) -> int:
    """Returns 0 when every action of every conversation was predicted."""
    OUT.mkdir(parents=True, exist_ok=True)
    report, failed = OUT / "story_report.json", OUT / "failed_test_stories.yml"
    report.unlink(missing_ok=True)
    done = subprocess.run(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not report.exists():
        print(done.stdout[-3000:])
        return done.returncode or 1
    counts = json.loads(report.read_text("utf-8"))["conversation_accuracy"]
    total, wrong = counts["total"], counts["total"] - counts["correct"]
    if wrong:
        print(failed.read_text("utf-8"))
    for argument in arguments:
        suite = ElementTree.Element(
            "testsuite", tests=str(total), failures=str(wrong), errors="0", skipped="0"
        )
        ElementTree.ElementTree(suite).write(argument.removeprefix("--junitxml="))
    print(f"{total - wrong} of {total} conversations")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
