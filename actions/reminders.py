"""Reminders before a last day: only when asked for, and without a word of what it is about."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.beside import ask_beside, reads
from actions.clock import today
from actions.deadlines import Deadlines
from actions.errors import NotFound, ServiceUnavailable
from actions.goal import Events, Failure, GoalAction, send, text_of
from actions.known_deadline import deadline_of, start_told
from actions.known_reminders import (
    GOAL,
    OWN,
    SLOT,
    cancel,
    days_before,
    last_days,
    own,
    own_days,
    reminded,
    schedule,
)
from actions.radar import begin, recall
from actions.wording import listed, options, say
from eligibility import days_said
from eligibility.radar import Start, match, previous_working, shipped, start_of, written
from eligibility.when import coming, received, understand

logger = logging.getLogger(__name__)
DUE = "due_day"


class RemindMe(GoalAction):
    """Have the citizen reminded of the day just named, or of the last day told about."""

    goal = "remind_me"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say on which days, and that a message may not get through; ask where no day is known."""
        named = coming(text_of(tracker), today()).day
        if named is not None:
            return await remind_of(dispatcher, tracker, named)
        told = deadline_of(tracker)
        if told is None or told.last is None or told.unsure:
            return ask_beside(dispatcher, DUE, say(GOAL, "no_day"), options("talk_to_lawyer"))
        day = tracker.get_slot("deadline_day")
        return await _scheduled(dispatcher, tracker, told.last, (told.period, day))

    def failed(self) -> Failure:
        """Say that nothing will come by itself."""
        return Failure("reminders")


@reads(DUE)
async def _due(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take the day that is due; count where it is the day from which a period runs."""
    text, before = text_of(tracker), tracker.get_slot("last_question")
    left, begun = days_said(text, today()), start_of(understand(text, today()))
    came = begun is not None and begun.day <= today() and received(text)
    if came and match(text).periods:
        return begin(dispatcher, tracker, text)
    if left is not None:
        return await remind_of(dispatcher, tracker, today() + timedelta(days=left))
    if begun is None:
        return []
    for said in (text, f"{before}，{text}" if before else ""):
        if match(said).periods:
            return begin(dispatcher, tracker, said)
    gone = say(GOAL, "day_gone", day=written(begun.day))
    return ask_beside(dispatcher, DUE, gone, options("talk_to_lawyer"))


async def remind_of(dispatcher: CollectingDispatcher, tracker: Tracker, day: date) -> Events:
    """Have the citizen reminded of a day that was named; return what to remember."""
    try:
        events = await _scheduled(dispatcher, tracker, day, own(day))
    except (NotFound, ServiceUnavailable) as error:
        logger.error("reminders.not_set error=%s", error)
        send(dispatcher, say("unavailable", "reminders"), options("talk_to_lawyer"))
        return [SlotSet("misses", 0)]
    told = dispatcher.messages[-1]
    told["text"] = "\n".join([say(GOAL, "own_day", day=written(day)), told["text"]])
    return [*events, SlotSet("misses", 0), SlotSet("recent", GOAL)]


async def _scheduled(
    dispatcher: CollectingDispatcher, tracker: Tracker, last: date, kept: tuple[str, Any]
) -> Events:
    days = await schedule(tracker, last, kept[0], days_before(text_of(tracker)))
    if not days:
        send(dispatcher, say(GOAL, "too_late"), options("my_deadline", "talk_to_lawyer"))
        return []
    safe = previous_working(last)
    key = "own_rest_day" if kept[0].startswith(OWN) else "rest_day"
    rest = [say(GOAL, key, last=written(last), safe=written(safe))]
    lines = [
        say(GOAL, "scheduled", days="、".join(f"{day.month}月{day.day}日" for day in days)),
        *(rest if safe != last else []),
        say(GOAL, "may_not_arrive"),
    ]
    send(dispatcher, "\n".join(lines), options("my_deadline", "cancel_reminder"))
    return [SlotSet(SLOT, {**reminded(tracker), kept[0]: kept[1]})]


class CancelReminder(GoalAction):
    """Drop every reminder."""

    goal = "cancel_reminder"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that none will come; a text that names no reminder drops none."""
        text = text_of(tracker)
        named = any(word in text for word in listed(GOAL, "names_it"))
        if not named and text.strip(" 。.！!") not in listed(GOAL, "only"):
            kept = say(GOAL, "still_set"), options("my_deadline", "talk_to_lawyer")
            before = Before.of(tracker)
            return await answer(dispatcher, text, before, kept if reminded(tracker) else None)
        if not reminded(tracker):
            send(dispatcher, say(GOAL, "none_set"), options("talk_to_lawyer"))
            return []
        for period in reminded(tracker):
            await cancel(tracker, period)
        send(dispatcher, say(GOAL, "cancelled"))
        return [SlotSet(SLOT, None)]

    def failed(self) -> Failure:
        """Say that they are still there."""
        return Failure("reminders_cancel")


class MyDeadline(GoalAction):
    """Tell the last day again that was told about or is reminded of."""

    goal = "my_deadline"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell one whole, several as a list; ask for what is missing where there is none."""
        days, named, told = last_days(tracker), own_days(tracker), deadline_of(tracker)
        if len(days) + len(named) > 1 or (named and told is None):
            lines = [
                say(GOAL, "one_of_several", name=one.name, last=written(one.last))
                for one in days
                if one.last is not None
            ]
            lines += [say(GOAL, "own_of_several", last=written(day)) for day in named]
            send(dispatcher, "\n".join([say(GOAL, "several"), *lines]), options("cancel_reminder"))
            return []
        if days and (told is None or told.period != days[0].period):
            period, day = next(iter(reminded(tracker).items()))
            slots = [SlotSet("deadline_period", period), SlotSet("deadline_day", day)]
            return [*slots, *recall(dispatcher, shipped()[period], Start.from_dict(day))]
        start = start_told(tracker.get_slot("deadline_day"))
        if told and start:
            return recall(dispatcher, shipped()[told.period], start)
        return await Deadlines().reply(dispatcher, tracker)
