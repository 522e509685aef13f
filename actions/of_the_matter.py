"""Periods that only the matter told before makes clear: 「那六个月从哪天数 5月8号拿的判决」."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.clock import today
from actions.day_sums import span_of
from actions.goal import text_of
from actions.other_questions import words_at_hand
from actions.told_facts import messages
from eligibility.radar import match

MOST_BEFORE = 8  # messages
DENIED = r"不是[^，,。！!？?\s]{1,6}[！!]*"  # 「不是欠工资！！是砸着脚了」


def clear_with_the_matter(tracker: Tracker) -> str | None:
    """Return the message with the one before that leaves one period of several that it may mean."""
    text = text_of(tracker)
    offered = match(text).periods
    if len(offered) < 2:
        return None
    for told in _told_before(tracker):
        both = match(f"{told}，{text}").periods
        if len(both) == 1 and (both[0] in offered or both[0] not in match(told).periods):
            return f"{told}，{text}"
    return None


def of_the_matter_told(tracker: Tracker) -> str | None:
    """Return the message with the one before it that means one period in which to act."""
    for told in _told_before(tracker):
        both = f"{told}，{text_of(tracker)}"
        periods = match(both).periods
        if len(periods) == 1 and periods[0].kind == "act":
            return both
    return None


def with_the_same_length(tracker: Tracker) -> str | None:
    """Return the message with one before it where both mean a period as long as the message says.

    So many days or months from a day are more than a sum where the law counts them its own way.
    """
    text = text_of(tracker)
    span = span_of(text)
    for told in _told_before(tracker) if span else ():
        periods = match(f"{told}，{text}").periods
        value = periods[0].at(today()) if len(periods) == 1 else None
        if value and span and (value.length, value.unit) == (span.length, span.unit):
            return f"{told}，{text}"
    return None


def _told_before(tracker: Tracker) -> list[str]:
    """Return what the citizen wrote before this message, the last first, without what
    it denied.
    """
    text = text_of(tracker)
    told = [re.sub(DENIED, "", words_at_hand(tracker, said)) for said, _ in messages(tracker)]
    return [said for said in told if said and said != text][: -MOST_BEFORE - 1 : -1]
