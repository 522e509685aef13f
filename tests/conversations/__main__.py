"""`python -m tests.conversations --junitxml=FILE`: every conversation with the trained bot.

One load of the model: the stories as `rasa test core` runs them (what is predicted), the spoken
ones (what is said too), those held again without what they prove, and random walks. Rasa's long
report goes to var/test-reports/conversations/; shown are the counts, and what failed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from rasa.core.test import test as test_stories

from tests.conversations.bot import Bot, running
from tests.conversations.pains import PAINS, unproved
from tests.conversations.spoken import conversations, failures_of
from tests.conversations.walk import walk

OUT = Path("var/test-reports/conversations")
STORIES = "tests/conversations"
WALKS, SEED = 100, 20261122


async def main(arguments: list[str]) -> int:
    """Returns 0 when every conversation went as it must."""
    async with running(os.environ) as bot:
        stories, story_failures = await _stories(bot)
        spoken = conversations()
        spoken_failures: dict[str, list[str]] = {}
        for name, turns in spoken.items():
            if found := await failures_of(bot, name, turns):
                spoken_failures[name] = found
        hollow = await unproved(bot)
        walked = await walk(bot, WALKS, SEED)
    lines = [line for found in spoken_failures.values() for line in found]
    for line in [*lines, *hollow, *walked.problems]:
        print(line)
    wrong = story_failures + len(spoken_failures) + len(hollow) + len(walked.problems)
    total = stories + len(spoken) + len(PAINS) + walked.walks
    for argument in arguments:
        suite = ElementTree.Element(
            "testsuite", tests=str(total), failures=str(wrong), errors="0", skipped="0"
        )
        ElementTree.ElementTree(suite).write(argument.removeprefix("--junitxml="))
    print(
        f"{stories - story_failures} of {stories} stories, "
        f"{len(spoken) - len(spoken_failures)} of {len(spoken)} spoken conversations, "
        f"{len(PAINS) - len(hollow)} of {len(PAINS)} pains proved, "
        f"{walked.walks - len(walked.problems)} of {walked.walks} walks ({walked.turns} turns)"
    )
    return 1 if wrong or not spoken else 0


async def _stories(bot: Bot) -> tuple[int, int]:
    """Returns how many stories there are and how many were not predicted; prints those."""
    report, failed = OUT / "story_report.json", OUT / "failed_test_stories.yml"
    report.unlink(missing_ok=True)
    await test_stories(STORIES, bot.agent, out_directory=str(OUT), e2e=True, disable_plotting=True)
    counts = json.loads(report.read_text("utf-8"))["conversation_accuracy"]
    wrong = counts["total"] - counts["correct"]
    if wrong:
        print(failed.read_text("utf-8"))
    return counts["total"], wrong


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    sys.exit(asyncio.run(main(sys.argv[1:])))
