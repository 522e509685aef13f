"""A day on which somebody means to do what has a last day that was told: in time, or too late."""

from __future__ import annotations

import re
from datetime import date, datetime

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.after_the_day import point, told_lately
from actions.clock import today
from actions.goal import Events, clipped, send, text_of
from actions.known_deadline import deadline_of
from actions.radar import GOAL, told_before
from actions.wording import options, say
from eligibility.radar import Period, ways_left, written
from eligibility.when import coming, received, understand
from eligibility.when.reading import normal

SHORT = 30  # characters; what is longer tells a matter of its own


def tell_of_a_planned_day(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say whether a planned day is in time: 「我12月2号才交还来得及不」; else nothing."""
    text, period, told = text_of(tracker), told_lately(tracker), deadline_of(tracker)
    if period is None or told is None or told.last is None or period.kind != "act":
        return []
    planned = _planned(text)
    if planned is None or told.unsure:
        return []
    last = told.last.date() if isinstance(told.last, datetime) else told.last
    late = (planned - last).days
    words = {"day": written(planned), "last": written(last), "name": period.name}
    if late > 0:
        lines = [say(GOAL, "planned_late", days=late, **words), *map(point, ways_left(period))]
    else:
        lines = [say(GOAL, "planned_in_time", days=-late, **words)]
    keys = ["remind_me"] if last > today() else []
    send(dispatcher, clipped("\n".join(lines)), options(*keys, "talk_to_lawyer"))
    return [*told_before(GOAL), SlotSet("lost", None), SlotSet("misses", 0)]


def tell_when_it_takes_effect(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say when a judgment takes effect that nobody appeals, where its last day was told."""
    text, period = text_of(tracker), told_lately(tracker)
    if period is None or len(text) > SHORT or not re.search(say(GOAL, "asks_effect"), text):
        return []
    lines = _on_effect(tracker, period)
    if not lines:
        return []
    send(dispatcher, clipped("\n".join(lines)), options("talk_to_lawyer"))
    return [*told_before(GOAL), SlotSet("lost", None), SlotSet("misses", 0)]


def _on_effect(tracker: Tracker, period: Period) -> list[str]:
    """Return what the period says of taking effect, with the last day; else nothing."""
    told = deadline_of(tracker)
    said = (
        [note for note in told.notes if re.search(say(GOAL, "effect"), note.text)] if told else []
    )
    if not told or not said or told.last is None:
        return []
    lead = [] if told.unsure else [say(GOAL, "effect_day", last=written(told.last))]
    return [*lead, *map(point, said)]


def _planned(text: str) -> date | None:
    """Return the day to come on which a text means to do something."""
    if len(text) > SHORT or received(text) or not re.search(say(GOAL, "plans"), text):
        return None
    day, said = coming(text, today()).day, understand(text, today())
    done = re.search(say(GOAL, "done"), normal(text)[said.end :])
    return None if day is None or done else day
