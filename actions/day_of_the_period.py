"""A day told some replies after a period: 「去年12月3号走的」, 「我说了12月3号走的 还有几天」."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clock import today
from actions.goal import Events, text_of
from actions.radar import GOAL, begin, begin_again
from actions.told_facts import messages
from actions.wording import say
from eligibility.radar import Period, match, shipped, start_in
from eligibility.when import understand
from eligibility.when.reading import normal

LATELY = 8  # replies
LONGEST = 40  # characters; what is longer tells more than a day
INTERVIEW = "eligibility_form"


def day_of_the_period(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count a period that is known from the day told now, whatever was spoken of since.

    A period that is named in full, as it is offered, is counted from the day told last.
    """
    if tracker.active_loop_name not in (None, INTERVIEW):
        return []
    text = text_of(tracker)
    if named := _named_in_full(text):
        tracker.slots["deadline_period"] = named.id
        return begin(dispatcher, tracker, text, _day_told_before(named, tracker))
    period = _told_of_lately(tracker)
    if period is None or not _is_of(period, text):
        return []
    return begin_again(dispatcher, tracker, LONGEST, lately=True)


def _named_in_full(text: str) -> Period | None:
    """Return the period whose name is all that is said, where words alone mean it too."""
    named = [one for one in shipped().values() if normal(one.name) == normal(text)]
    return named[0] if named and named[0] in match(text).periods else None


def _day_told_before(period: Period, tracker: Tracker) -> str:
    """Return the last message that tells a day and may mean the period; "" where none does."""
    told = [text for text, _ in messages(tracker) if period in match(text).periods]
    return next((one for one in told[::-1] if start_in(one, today(), period)), "")


def _told_of_lately(tracker: Tracker) -> Period | None:
    period = shipped().get(tracker.get_slot("deadline_period") or "")
    if period is None or tracker.get_slot("recent") == GOAL:
        return period
    said = Before.of(tracker).said[:LATELY]
    return period if any(period.name in one for one in said) else None


def _is_of(period: Period, text: str) -> bool:
    """Return whether a text tells a day on which something ended or came, or asks what is left."""
    start = start_in(text, today(), period)
    if start is None:
        return False
    meant = match(text).periods
    if meant and period not in meant:
        return False
    told = understand(text, today())
    after = normal(text)[told.end :]
    left = re.search(say(GOAL, "asks_what_is_left"), text)
    return bool(left or re.match(say(GOAL, "happened_then"), after))
