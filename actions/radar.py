"""Telling the last day of a period, or starting to ask for what is missing."""

from __future__ import annotations

import re
from datetime import timedelta

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.beside import ask_beside, waits_beside
from actions.bidding import bids_a_reminder
from actions.clock import today
from actions.deadline_text import in_short, length_of, summary_and_detail, without_a_day
from actions.due_day import due_line
from actions.goal import Events, send, text_of
from actions.known_deadline import start_told
from actions.no_paper_yet import (
    comes_too_late,
    nothing_came_yet,
    say_it_comes_too_late,
    say_it_has_not_begun,
    waits_for_a_paper,
)
from actions.other_questions import matter_at_hand
from actions.wording import listed, options, say
from eligibility import UNKNOWN
from eligibility.radar import (
    Period,
    Start,
    asks_about_a_period,
    last_day,
    match,
    shipped,
    start_in,
    start_of,
    written,
)
from eligibility.when import coming, is_likely_ahead, received, understand
from eligibility.when.reading import normal

GOAL = "deadlines"
FORM = "deadline_form"
SHORT = 16
JUST_AHEAD = timedelta(days=31)
ASKS_PERIOD, ASKS_DAY = "deadline_period", "deadline_day"


def begin(
    dispatcher: CollectingDispatcher, tracker: Tracker, said: str, dated: str | None = None
) -> Events:
    """Tell the last day that a text asks for, or start asking for what is missing.

    Args:
        dispatcher: takes the reply.
        tracker: the conversation; while the interview runs it is asked beside it.
        said: words that mean at least one period; of several the one talked of before is meant.
        dated: the words that tell the day; `said` where none are given.
    """
    periods = match(said).periods
    talked_of = [one for one in periods if one.id == tracker.get_slot("deadline_period")]
    only = next(iter(talked_of or (periods if len(periods) == 1 else ())), None)
    start = start_in(said if dated is None else dated, today(), only)
    start = start or _told_with_the_matter(tracker, said)
    day = start.to_dict() if start else None
    events: Events = [
        SlotSet("deadline_said", said),
        SlotSet("deadline_period", only.id if only else None),
        SlotSet("deadline_day", day),
        SlotSet("last_question", said),
        SlotSet("misses", 0),
    ]
    if comes_too_late(only, tracker):
        return [*events, *say_it_comes_too_late(dispatcher)]
    if only and (start or only.at(today()).length is None):
        return events + tell(dispatcher, only, day)
    if waits_for_a_paper(only) and nothing_came_yet(tracker):
        return [*events, *say_it_has_not_begun(dispatcher, only)]
    if tracker.active_loop_name in (None, FORM):
        return [*events, ActiveLoop(FORM)]
    if waits_beside(tracker):
        return [*events, *ask_what_is_missing(dispatcher, said, only, dated or said)]
    text = length_of(only) if only else ""
    send(dispatcher, "\n".join(filter(None, [text, say(GOAL, "say_day")])))
    return []


def _told_with_the_matter(tracker: Tracker, said: str) -> Start | None:
    """Return the day on which it happened, as told with the matter talked of of several.

    It must mean the same period, and be the day of something that came or was done.
    """
    words = matter_at_hand(tracker)
    if words is None or not match(f"{words}，{said}").periods or len(match(said).periods) > 1:
        return None
    told = understand(words, today())
    after = normal(words)[told.end :]
    return start_of(told) if any(re.match(one, after) for one in listed(GOAL, "befell")) else None


def ask_what_is_missing(
    dispatcher: CollectingDispatcher, said: str, period: Period | None, dated: str = ""
) -> Events:
    """Ask beside the interview which of the periods is meant, or from which day it runs.

    Where the words that tell the day (`dated`) may mean several, those are offered.
    """
    if period is None:
        answers = [*(one.name for one in match(said).periods), listed(GOAL, "none_of_them")[0]]
        return ask_beside(dispatcher, ASKS_PERIOD, say(GOAL, "which"), answers)
    days = [written(one.first) for one in understand(dated, today()).candidates]
    key = "which_day" if days else "day"
    lines = [due_line(said), length_of(period), say(GOAL, key, event=period.event)]
    question = "\n".join(filter(None, lines))
    answers = [*(days or listed(GOAL, "near_days")), *options("dont_know")]
    return ask_beside(dispatcher, ASKS_DAY, question, answers)


def begin_again(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    longest: int = SHORT,
    *,
    lately: bool = False,
) -> Events:
    """Count the period just told about from another day; nothing where no such day is told.

    Args:
        dispatcher: takes the reply.
        tracker: the conversation.
        longest: how many characters a text may have that tells but a day.
        lately: whether the period may have been told about some replies ago.
    """
    key, text = tracker.get_slot("deadline_period"), text_of(tracker)
    if bids_a_reminder(text):  # the day is one to be reminded of
        return []
    if not (lately or tracker.get_slot("recent") == GOAL) or key not in shipped():
        return []
    start = start_in(text, today(), shipped()[key]) if len(text) <= longest else None
    if start is None:
        return []
    if asks_about_a_period(text, today()) and shipped()[key] not in match(text).periods:
        return []  # another period is named
    known = start_told(tracker.get_slot("deadline_day"))
    if may_lie_ahead(text) and not (known and known.holds(start)):
        return ask_what_it_is(dispatcher, text)
    if known and not re.search(say(GOAL, "takes_back"), text):
        if known.refined(start) == known:
            return recall(dispatcher, shipped()[key], known)
        start = known.refined(start)
    day = start.to_dict()
    return [SlotSet("deadline_day", day), *tell(dispatcher, shipped()[key], day)]


def recall(dispatcher: CollectingDispatcher, period: Period, start: Start) -> Events:
    """Tell the last day that was told before in short; the whole of it is there for 「详细」."""
    told = start.counted(period.id, today())
    keys = ["more_detail", "remind_me"] if told.kind == "act" else ["more_detail"]
    send(dispatcher, in_short(told), options(*keys, "talk_to_lawyer"))
    return told_before(GOAL, summary_and_detail(told, start)[0])


def may_lie_ahead(text: str) -> bool:
    """Return whether the one day of a text is nearer ahead, and nothing is said to have come."""
    said = understand(text, today())
    happened = re.search(say(GOAL, "happened"), normal(text)[said.end :])
    return is_likely_ahead(said, today()) and not happened and not received(text)


def lies_just_ahead(text: str) -> bool:
    """Return whether the one day of a text is so near ahead that it may be a last day."""
    day = coming(text, today()).day
    return may_lie_ahead(text) and day is not None and day - today() <= JUST_AHEAD


def ask_what_it_is(dispatcher: CollectingDispatcher, text: str) -> Events:
    """Ask what a day still to come is, rather than count from the one a year ago."""
    asked, answers = which_it_is(text)
    send(dispatcher, asked, [*answers, *options("talk_to_lawyer")])
    return [SlotSet("misses", 0)]


def which_it_is(text: str) -> tuple[str, list[str]]:
    """Return the question whether a day was that of receiving or is one to come, with answers."""
    day = understand(text, today()).words
    answers = [say(GOAL, key, day=day) for key in ("ahead_remind", "ahead_received")]
    return say(GOAL, "ahead_which", day=day), answers


def tell(dispatcher: CollectingDispatcher, period: Period, day: object) -> Events:
    """Tell the last day of a period; return what to remember.

    Args:
        dispatcher: takes the reply.
        period: the period.
        day: the start as the slot holds it, UNKNOWN or None where it is not known.
    """
    counts = period.at(today()).length is not None
    start = start_told(day) if counts and day != UNKNOWN else None
    if start is None and counts:
        send(dispatcher, without_a_day(period), options("apply_legal_aid", "talk_to_lawyer"))
        return [SlotSet("deadline_day", None), SlotSet("detail", None)]
    told = start.counted(period.id, today()) if start else last_day(period.id, today(), today())
    summary, detail = summary_and_detail(told, start)
    lead = ["talk_to_lawyer", "apply_legal_aid"] if told.urgent or told.passed else []
    more = ["more_detail"] if detail else []
    remind = ["remind_me"] if told.kind == "act" and (told.days_left or 0) > 0 else []
    keys = [*lead, *more, *remind, "apply_legal_aid", "talk_to_lawyer"]
    send(dispatcher, summary, options(*keys))
    named = SlotSet("deadline_reminded_on", today().isoformat())  # told today is not told again
    return [named, *told_before(GOAL, detail)]


def told_before(goal: str | None, detail: str = "") -> Events:
    """Return what later turns go on with: the goal that spoke last, and what 「详细」 shows."""
    return [SlotSet("detail", detail or None), SlotSet("recent", goal)]
