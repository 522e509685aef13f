"""Points of the review called wrong by their numbers, several at once: 「12不对 14不对」."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.already_told import parsed
from actions.correcting import corrected, correction
from actions.goal import Events, send, text_of
from actions.known_facts import shown_value
from actions.last_sheet import GONE, as_last_shown
from actions.told_facts import SLOT as TAKEN_BACK
from actions.wording import say
from eligibility import Option
from eligibility.numerals import read_numeral

URGENT = "urgent"
NONE = "none"
BREAKS = r"[ ，,。;；！!]+"


def read_wrong_points(
    dispatcher: CollectingDispatcher, tracker: Tracker, points: list[Option], told: dict[str, str]
) -> Events:
    """Take back what was told of each number called wrong, and take what is urgent beside it.

    Args:
        dispatcher: takes the reply.
        tracker: the conversation.
        points: the points of the review in their order.
        told: the words of those that are no answers, by the ids of their points.

    Returns:
        Nothing where no such point is named. An answer of the interview that is told anew in the
        same breath is changed elsewhere.
    """
    text = text_of(tracker)
    wrong = [one.value for one in _named(text, as_last_shown(points, tracker))]
    gone = [told[str(one)] for one in wrong if one in told]
    answers = [str(one) for one in wrong if one not in told]
    if not gone and (not answers or (len(answers) == 1 and _told_anew(answers[0], tracker))):
        return []
    urgent = urgent_beside(text)
    lines = [say("interview", "taken_back", shown="、".join(gone))] if gone else []
    lines += [say("interview", "corrected", label=shown_value(URGENT, urgent))] if urgent else []
    lines += [say("interview", "reask")] if answers else []
    send(dispatcher, "\n".join(lines))
    taken = [*(tracker.get_slot(TAKEN_BACK) or ()), *gone]
    events: Events = [SlotSet(TAKEN_BACK, taken), SlotSet("misses", 0)]
    for fact_id in answers:
        events += corrected(fact_id, None, tracker)
    return [*events, *([SlotSet(URGENT, urgent)] if urgent else [])]


def _told_anew(fact_id: str, tracker: Tracker) -> bool:
    """Return whether what is said with a wrong answer changes it, or another one."""
    changed, value = correction(text_of(tracker), tracker)
    return value is not None and (changed != fact_id or value != tracker.get_slot(fact_id))


def _named(text: str, points: list[Option]) -> list[Option]:
    found = []
    for place in re.findall(say("interview", "wrong_points"), text):
        number = read_numeral(place)
        if number and number == int(number) and 0 < number < len(points):  # the last is 「都对」
            found.append(points[int(number) - 1])
    for words in re.findall(say("interview", "wrong_by_words"), text):
        found += [one for one in points[:-1] if words in one.label]
    found = [one for one in found if one.value != GONE]
    return list({one.value: one for one in found}.values())


def urgent_beside(text: str) -> Any:
    """Return what a part of a text tells of what cannot wait; None where none does."""
    for part in re.split(BREAKS, text):
        denied = re.search(say("interview", "denies_urgency"), part)
        if not denied and re.search(say("interview", "tells_urgency"), part):
            value = parsed(URGENT, part)
            if value is not None and value != NONE:
                return value
    return None
