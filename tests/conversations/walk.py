"""Random walks over the dialogue: whatever people do, it never falls silent, fails or turns round.

A walker taps what is offered, answers, asks, corrects, swears, is silent for days. Run alone:
`.venv-rasa/bin/python -m tests.conversations.walk 10000 [--seed 1]`.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import os
import random
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import yaml

from tests.conversations.bot import Bot, Turn, running

SAYINGS = Path(__file__).with_name("walk.yml")
LONGEST_WALK = 14
MOST_ACTIONS = 6
LONGEST_REPLY = 1000
TAPS = 0.4  # how often something offered is taken, if something is
SAME_AGAIN = 0.15  # how often the same is said again
AWAY = 0.03  # how often days pass


@dataclass
class Walked:
    """What the walks came to."""

    walks: int = 0
    turns: int = 0
    problems: list[str] = field(default_factory=list)
    actions: collections.Counter[str] = field(default_factory=collections.Counter)
    seconds: float = 0.0


async def walk(bot: Bot, walks: int, seed: int) -> Walked:
    """Returns what `walks` walks came to; the same seed walks the same way."""
    chance, sayings = random.Random(seed), _sayings()  # noqa: S311 no secret
    walked, started = Walked(), time.monotonic()
    for number in range(walks):
        await _one(bot, f"walker-{seed}-{number}", chance, sayings, walked)
    walked.seconds = time.monotonic() - started
    return walked


async def _one(
    bot: Bot, citizen: str, chance: random.Random, sayings: dict[str, list[str]], walked: Walked
) -> None:
    bot.clock.passed = timedelta()
    said: list[str] = []
    came: list[Turn] = []
    for _ in range(chance.randint(4, LONGEST_WALK)):
        if chance.random() < AWAY:
            bot.clock.passed += timedelta(days=chance.choice([0.6, 3, 40]))
        said.append(_next(chance, sayings, said, came))
        came.append(await bot.say(citizen, said[-1]))
        walked.turns += 1
        walked.actions.update(came[-1].actions)
        if problem := _problem(came):
            walked.problems.append(f"{problem}: {' / '.join(said)} => {came[-1].text[:160]!r}")
            break
    bot.forget(citizen)
    walked.walks += 1


def _next(
    chance: random.Random, sayings: dict[str, list[str]], said: list[str], came: list[Turn]
) -> str:
    if said and chance.random() < SAME_AGAIN:
        return said[-1]
    if came and came[-1].options and chance.random() < TAPS:
        return chance.choice(came[-1].options)
    return chance.choice(sayings[chance.choice(sorted(sayings))])


def _problem(came: list[Turn]) -> str | None:
    """Returns what is wrong with the last turn, None where nothing is."""
    last = came[-1]
    if last.failures:
        return f"failure {last.failures[0]}"
    if "action_default_fallback" in last.actions:
        return "no rule"
    if not last.text.strip():
        return "silence"
    if len(last.actions) > MOST_ACTIONS:
        return "too many actions"
    if len(last.text) > LONGEST_REPLY:
        return "more than one screen"
    if "action_safety" in last.actions:
        return None  # the numbers come every time
    if len(came) >= 3 and len({turn.text for turn in came[-3:]}) == 1:
        return "the same three times"
    return None


def _sayings() -> dict[str, list[str]]:
    sayings: dict[str, list[str]] = yaml.safe_load(SAYINGS.read_text("utf-8"))
    return sayings


async def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("walks", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    async with running(os.environ) as bot:
        walked = await walk(bot, options.walks, options.seed)
    for problem in walked.problems[:40]:
        print(problem)
    never = sorted(set(bot.agent.domain.action_names_or_texts) - set(walked.actions))
    print("never reached:", *(name for name in never if name.startswith("action_")))
    print(
        f"{walked.walks} walks, {walked.turns} turns, {len(walked.problems)} problems, "
        f"{walked.seconds:.0f} s"
    )
    return 1 if walked.problems else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(_main()))
