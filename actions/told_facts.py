"""What the citizen told besides the interview: shown in the review, taken along to the lawyer.

Nothing of it is used to judge anything. What the citizen takes back is not passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Tracker

from actions.already_told import FORGETTING, SKIPPED
from actions.clock import today
from actions.wording import grouped, listed, say
from eligibility.told import Told, county_in, told_in

SLOT = "taken_back"
FORM = "eligibility_form"
# Where on the lawyer's page it belongs. The cause is among the answers of the interview.
SECTIONS = {
    "amount": "amount",
    "date": "timeline",
    "duration": "timeline",
    "place": "matter",
    "relation": "party",
}
MOST = 8
# Inside the interview a short message is an answer, and stands among the answers.
LONG_IN_THE_INTERVIEW = 12
SHORTEST_PERSON = 2  # characters
A_DAY = 24 * 60 * 60
A_DAY_IN_MONTHS = 1 / 31


def told_outside(tracker: Tracker) -> list[Told]:
    """Return what was told and not taken back, oldest first, each thing once."""
    taken_back = set(tracker.get_slot(SLOT) or ())
    found: dict[tuple[str, Any], Told] = {}
    for text, on in messages(tracker):
        for one in told_in(text, on):
            if one.kind in SECTIONS and one.shown not in taken_back and _counts(one, tracker):
                what = one.shown if one.kind == "place" else one.value or one.words
                found.setdefault((one.kind, what), one)
    return list(found.values())[-MOST:]


def _counts(one: Told, tracker: Tracker) -> bool:
    """Return whether a thing told is worth passing on: a side of the matter, a day or more."""
    if one.kind == "place" and one.value == tracker.get_slot("region"):
        return one.words != one.shown  # the league stands among the answers, its banner does not
    if one.kind == "duration":
        told = one.value is not None or not re.search(say("interview", "no_length"), one.words)
        return told and (one.value is None or one.value >= A_DAY_IN_MONTHS)
    if one.kind == "relation" and len(one.words) < SHORTEST_PERSON:
        return False  # 「爹」, 「娃」: whose, nobody knows
    if one.kind == "relation" and one.words in listed("interview", "says_nothing"):
        return False
    parties = grouped("interview", "parties_of")
    matter = tracker.get_slot("matter")
    return one.kind != "relation" or matter is None or matter in parties.get(one.value, (matter,))


def told_facts(tracker: Tracker) -> list[dict[str, Any]]:
    """Return what was told as facts for the lawyer, one for each kind."""
    told = told_outside(tracker)
    facts = []
    for kind, section in SECTIONS.items():
        shown = [one.shown for one in told if one.kind == kind]
        if shown:
            label = say("fact_names", f"told_{kind}")
            facts.append({"label": label, "value": "；".join(shown), "section": section})
    return facts


def messages(tracker: Tracker, *, corrections: bool = False) -> Iterator[tuple[str, date]]:
    """Yield each message that may tell something since the last new start, with its day.

    Corrections are among them only where they are asked for: they tell no fact for the lawyer.
    """
    skipped = [one for one in SKIPPED if not (corrections and one == "correct")]
    said: list[tuple[str, date]] = []
    loop = None
    offered: set[str] = set()
    for event in tracker.events:
        if event["event"] == "active_loop":
            loop = event.get("name")
        if event["event"] == "bot":
            offered |= set(offered_in(event))
        if event["event"] != "user" or not event.get("text"):
            continue
        picked, offered = event["text"] in offered, set()
        if picked or event["text"].startswith(say("interview", "told_point", shown="")):
            continue  # words that were offered are not the citizen's own
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent in FORGETTING:
            said = []
        elif re.search(say("interview", "wrong_points"), event["text"]):
            said.append((event["text"], _day_of(event, tracker)))  # what it is instead
        elif intent not in skipped and (loop != FORM or _tells_more(event["text"])):
            said.append((event["text"], _day_of(event, tracker)))
    yield from said


def _tells_more(text: str) -> bool:
    """Return whether an answer in the interview tells more than the answers show of it."""
    return len(text) > LONG_IN_THE_INTERVIEW or bool(county_in(text, today()))


def offered_in(event: dict[str, Any]) -> list[str]:
    """Return the options that a message of the bot offers, in their order."""
    buttons = (event.get("data") or {}).get("buttons") or ()
    return [str(button.get("title")) for button in buttons]


def _day_of(event: dict[str, Any], tracker: Tracker) -> date:
    """Return the day on which a message was written, counted back from this one."""
    times = [one.get("timestamp") for one in tracker.events if one["event"] == "user"]
    then, now = event.get("timestamp"), times[-1]
    if then is None or now is None:
        return today()
    return today() - timedelta(days=round((float(now) - float(then)) / A_DAY))
