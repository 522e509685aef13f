"""What follows a last day that was told: what is left once it is over, and a day taken back."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clock import today
from actions.goal import Events, clipped, send, text_of
from actions.known_deadline import deadline_of, start_told
from actions.known_reminders import SLOT, cancel, reminded
from actions.radar import FORM, GOAL, told_before
from actions.wording import options, say
from eligibility import Reason
from eligibility.radar import Period, match, shipped, start_in, ways_left, written
from eligibility.when import understand

LATELY = 4  # replies
SHORT = 24  # characters; what is longer tells a matter of its own


def tell_what_is_left(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer 「过了还能咋办」 after a last day was told; nothing where it asks something else."""
    text, period = text_of(tracker), told_lately(tracker)
    if period is None or len(text) > SHORT:
        return []
    if period.kind == "claim" and re.search(say(GOAL, "asks_to_give_in"), text):
        return _whether_to_give_in(dispatcher, tracker, period)
    if re.search(say(GOAL, "has_no_money"), text) and (eased := _eased(tracker, period)):
        send(dispatcher, clipped("\n".join(eased)), options("talk_to_lawyer", "apply_legal_aid"))
        return [*told_before(GOAL), SlotSet("lost", None), SlotSet("misses", 0)]
    if not re.search(say(GOAL, "asks_after"), text):
        return []
    if any(one != period for one in match(text).periods):
        return []
    told = deadline_of(tracker)
    lines = [say(GOAL, "after_title", name=period.name)]
    if told and told.last and (told.days_left or -1) >= 0:
        lines.append(say(GOAL, "after_not_yet", last=written(told.last), days=told.days_left))
    ways = ways_left(period)
    lines += [point(way) for way in ways]
    if len(ways) == 1:  # nobody but whom to ask
        lines.insert(-1, "· " + say(GOAL, "nothing_known_open"))
    send(dispatcher, clipped("\n".join(lines)), options("talk_to_lawyer", "apply_legal_aid"))
    return [*told_before(GOAL), SlotSet("lost", None), SlotSet("misses", 0)]


def _whether_to_give_in(
    dispatcher: CollectingDispatcher, tracker: Tracker, period: Period
) -> Events:
    """Say again, in short, what is to be done before anything is signed or paid."""
    told = deadline_of(tracker)
    lines = [told.headline.text] if told else []
    act = Reason(period.act.text, period.act.reference)
    send(dispatcher, "\n".join([*lines, point(act)]), options("talk_to_lawyer", "more_detail"))
    return [SlotSet("recent", GOAL), SlotSet("lost", None), SlotSet("misses", 0)]


def _eased(tracker: Tracker, period: Period) -> list[str]:
    """Return what the period says for who cannot pay; nothing where it says nothing."""
    told = deadline_of(tracker)
    notes = told.notes if told else ()
    act = Reason(period.act.text, period.act.reference)
    said = dict.fromkeys([act, *notes, *ways_left(period)])
    return [point(one) for one in said if re.search(say(GOAL, "eases"), one.text)]


def ask_for_the_day(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask for a day where one is named that may be several: 「记不清，去年冬天吧」."""
    text, period = text_of(tracker), told_lately(tracker)
    if period is None or tracker.get_slot("recent") != GOAL or len(text) > SHORT:
        return []
    named = understand(text, today()).candidates
    if not named or start_in(text, today(), period) or not re.search(say(GOAL, "guesses"), text):
        return []
    known = [SlotSet("deadline_day", None), SlotSet("deadline_said", text)]
    return [*known, *told_before(GOAL), ActiveLoop(FORM)]


async def take_the_day_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Drop a day that is denied, with its reminders, and ask for the right one.

    What was guessed must not reach a lawyer as told.
    """
    text, period = text_of(tracker), told_lately(tracker)
    if period is None or not tracker.get_slot("deadline_day") or len(text) > SHORT:
        return []
    named, start = understand(text, today()).day, start_told(tracker.get_slot("deadline_day"))
    another = named is not None and start is not None and named != start.day
    another = another and not re.search(say(GOAL, "never_said"), text)
    if another or not re.search(say(GOAL, "takes_the_day_back"), text):
        return []
    kept = reminded(tracker)
    if kept.pop(period.id, None) is not None:
        await cancel(tracker, period.id)
    send(dispatcher, say(GOAL, "taken_back"))
    gone = ("deadline_day", "deadline_said", "detail")
    dropped = [*(SlotSet(name, None) for name in gone), SlotSet(SLOT, kept or None)]
    if tracker.active_loop_name in (None, FORM):
        return [*dropped, *told_before(GOAL), ActiveLoop(FORM)]
    return [*dropped, *told_before(GOAL)]


def told_lately(tracker: Tracker) -> Period | None:
    """Return the period of which one of the last replies was."""
    key = tracker.get_slot("deadline_period")
    period = shipped().get(key) if key else None
    if period is None:
        return None
    said = Before.of(tracker).said[:LATELY]
    return period if any(period.name in one for one in said) else None


def point(way: Reason) -> str:
    return f"· {way.text}（{way.reference}）" if way.reference else f"· {way.text}"
