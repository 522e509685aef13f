"""Whether a text asks about a period, and which of several a reply picks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from eligibility.radar.matching import match
from eligibility.radar.periods import Period
from eligibility.radar.wording import words
from eligibility.when import fallen_due, mentions
from eligibility.when.reading import normal
from eligibility.when.words import words as day_words

SHORT_REPLY = 6  # characters; what is longer is about something else


def asks_about_a_period(text: str, on: date) -> bool:
    """Return whether a text asks how long something may take, or tells what came and when."""
    said = normal(text)
    if denies_a_period(text) or not match(said).periods:
        return False
    if any(word in said for word in words()["asks"]):
        return True
    if any(period.kind == "claim" for period in match(said).periods) and fallen_due(said, on):
        return True
    received = any(word in said for word in day_words()["receives"])
    if any(word in said for word in words()["how"]):
        return False
    return received and len(said) <= words()["short"] and bool(mentions(said, on))


def denies_a_period(text: str) -> bool:
    """Return whether a text says that no period is asked for: 「我不是问期限」."""
    return re.search(words()["denied"], normal(text)) is not None


def picked(choices: Sequence[Period], before: str, reply: str) -> Period | None:
    """Return the one period a reply picks out of the choices, None where it does not.

    Args:
        choices: the periods that were offered.
        before: what was said before the choice was offered.
        reply: a name, or words such as 民事的.
    """
    said = normal(reply)
    named = [period for period in choices if normal(period.name) in said]
    if len(named) == 1:
        return named[0]
    if others_meant(choices, before, reply):
        return None
    cues = words()["cues"]
    cued = [one for one in choices if any(cue in said for cue in cues.get(one.field, ()))]
    if len(cued) == 1:
        return cued[0]
    offered = {period.id for period in choices}
    meant = [one for one in match(before + said).periods if one.id in offered]
    return meant[0] if len(meant) == 1 and len(choices) > 1 else None


def others_meant(choices: Sequence[Period], before: str, reply: str) -> bool:
    """Return whether a short reply brings in periods that were not offered (民事裁定, not 判决)."""
    if len(normal(reply)) > SHORT_REPLY:
        return False
    return not set(match(f"{before}，{reply}").periods) <= set(choices)
