"""Conversations as they are spoken: what a citizen says, and what must come of it.

Each file of spoken/ holds conversations by name; each has `turns`. A turn says something (`say`)
and states the actions that must run (`does`, without `action_`), and any of: what the reply holds
(`hear`) or never holds (`never`), what it offers (`offer`), what is asked next (`ask`, a slot;
`none` where nothing is asked) and slots (`know`). `{days: 3}` lets days pass.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.bot import Bot, Turn

FOLDER = Path(__file__).parent / "spoken"
KEYS = {"say", "does", "hear", "never", "offer", "ask", "know"}


def conversations() -> dict[str, list[dict[str, Any]]]:
    """Returns the turns of each conversation by `file/name`."""
    return {
        f"{path.stem}/{name}": conversation["turns"]
        for path in sorted(FOLDER.glob("*.yml"))
        for name, conversation in yaml.safe_load(path.read_text("utf-8")).items()
    }


async def failures_of(bot: Bot, name: str, turns: list[dict[str, Any]]) -> list[str]:
    """Holds one conversation; returns a line for each thing that is not as stated."""
    found, citizen = [], name.replace("/", "-")
    bot.clock.passed = timedelta()
    for turn in turns:
        if "days" in turn:
            bot.clock.passed += timedelta(days=turn["days"])
            continue
        if unknown := turn.keys() - KEYS:
            found.append(f"{name}: unknown keys {sorted(unknown)}")
        came = await bot.say(citizen, turn["say"])
        found += [f"{name}: {turn['say']}: {line}" for line in _wrong(turn, came)]
    bot.forget(citizen)
    return found


def spoken(turn: Turn) -> str:
    """Returns the actions of a turn as `does` states them."""
    return " ".join(name.removeprefix("action_") for name in turn.actions)


def _wrong(stated: dict[str, Any], came: Turn) -> list[str]:
    wrong = [f"failed: {failure}" for failure in came.failures]
    if stated.get("does") != spoken(came):
        wrong.append(f"did {spoken(came)!r}, not {stated.get('does')!r}")
    for part in _listed(stated.get("hear")):
        if part not in came.text:
            wrong.append(f"does not say {part!r}, but {came.text!r}")
    wrong += [f"says {part!r}" for part in _listed(stated.get("never")) if part in came.text]
    for option in _listed(stated.get("offer")):
        if option not in came.options:
            wrong.append(f"does not offer {option!r}, but {came.options}")
    asked = came.slots.get("requested_slot")
    if "ask" in stated and (asked or "none") != stated["ask"]:
        wrong.append(f"asks {asked}, not {stated['ask']}")
    for slot, value in stated.get("know", {}).items():
        if came.slots.get(slot) != value:
            wrong.append(f"{slot} is {came.slots.get(slot)!r}, not {value!r}")
    return wrong


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [str(one) for one in values]
