"""Reminders before a last day: only when asked for, and without a word of what it is about."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.deadlines import Deadlines
from actions.goal import Events, Failure, GoalAction, send
from actions.known_deadline import deadline_of
from actions.known_reminders import GOAL, SLOT, cancel, last_days, reminded, safe_day, schedule
from actions.radar import tell
from actions.wording import options, say
from eligibility.radar import shipped, written


class RemindMe(GoalAction):
    """Have the citizen reminded of the last day told about."""

    goal = "remind_me"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say on which days, and that a message may not get through."""
        told = deadline_of(tracker)
        if told is None or told.last is None:
            send(dispatcher, say(GOAL, "no_day"), options("deadlines", "talk_to_lawyer"))
            return []
        days = await schedule(tracker, told)
        if not days:
            send(dispatcher, say(GOAL, "too_late"), options("my_deadline", "talk_to_lawyer"))
            return []
        safe = safe_day(told)
        rest = [say(GOAL, "rest_day", last=written(told.last), safe=written(safe))]
        lines = [
            say(GOAL, "scheduled", days="、".join(f"{day.month}月{day.day}日" for day in days)),
            *(rest if safe != told.last else []),
            say(GOAL, "may_not_arrive"),
        ]
        send(dispatcher, "\n".join(lines), options("my_deadline", "cancel_reminder"))
        kept = {**reminded(tracker), told.period: tracker.get_slot("deadline_day")}
        return [SlotSet(SLOT, kept)]

    def failed(self) -> Failure:
        """Say that nothing will come by itself."""
        return Failure("reminders")


class CancelReminder(GoalAction):
    """Drop every reminder."""

    goal = "cancel_reminder"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that none will come."""
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
        days = last_days(tracker)
        told = deadline_of(tracker)
        if len(days) > 1:
            lines = [
                say(GOAL, "one_of_several", name=one.name, last=written(one.last))
                for one in days
                if one.last is not None
            ]
            send(dispatcher, "\n".join([say(GOAL, "several"), *lines]), options("cancel_reminder"))
            return []
        if days and (told is None or told.period != days[0].period):
            period, day = next(iter(reminded(tracker).items()))
            slots = [SlotSet("deadline_period", period), SlotSet("deadline_day", day)]
            return [*slots, *tell(dispatcher, shipped()[period], day)]
        if told:
            return tell(dispatcher, shipped()[told.period], tracker.get_slot("deadline_day"))
        return await Deadlines().reply(dispatcher, tracker)
