"""A last day as a file for the calendar of a phone; it says nothing of the matter."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from aid.words import words

TYPE = "text/calendar"
NINE = timedelta(hours=9)
DAYS_BEFORE = (7, 3, 1, 0)


def calendar_file(day: date, on: date) -> bytes:
    """Return one all-day event with alarms at nine on the days before that are still to come.

    Args:
        day: the day of the event.
        on: today.
    """
    text = words()["calendar"]
    event = Event()
    event.add("uid", str(uuid.uuid4()))
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", text["title"])
    event.add("description", text["about"])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for before in DAYS_BEFORE:
        if day - timedelta(days=before) > on:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", text["title"])
            alarm.add("trigger", NINE - timedelta(days=before))
            event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Mingbai//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
