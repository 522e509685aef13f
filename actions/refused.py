"""Where to complain of a refusal of legal aid, and how long it takes: told at once, in short."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import aid_since
from actions.clock import today
from actions.goal import Events, reads_first, send, text_of
from actions.setback_text import GOAL, summary_and_detail
from actions.wording import holds, options, say
from eligibility import Setback, parse_answer, remedy, setback_questions

REFUSED = "refused"
FORM = "after_application_form"
FIRST = ("object", "object_answer", "written_reasons")


@reads_first
async def where_after_a_refusal(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell whoever was refused legal aid where to object and when the answer is due; else nothing.

    「我低保证有 他们还是说不行 我上哪告去 多长时间给信」.
    """
    told = text_of(tracker)
    return tell_where(dispatcher, told) if asks_where_after_a_refusal(tracker) else []


def asks_where_after_a_refusal(tracker: Tracker) -> bool:
    """Return whether the setback is a refusal, told now or before, and where to go is asked."""
    text = text_of(tracker)
    if not holds(GOAL, "asks_where", text):
        return False
    told_before = tracker.get_slot("setback_event") == REFUSED
    if told_before and (tracker.get_slot("recent") == GOAL or tracker.active_loop_name == FORM):
        return True
    of_aid = holds(GOAL, "of_aid", text) or aid_since(tracker) or tracker.active_loop_name == FORM
    return bool(of_aid) and parse_answer(setback_questions().event, text) == REFUSED


def says_exempt(text: str) -> bool:
    """Return whether somebody says to have the paper of one whose means are not checked."""
    return re.search(say(GOAL, "has_a_paper"), text) is not None


def exempt_line(text: str) -> list[str]:
    """Return what the paper that a text tells of means for the check of means, as lines."""
    return [say(GOAL, "exempt")] if says_exempt(text) else []


def tell_where(dispatcher: CollectingDispatcher, told: str = "") -> Events:
    """Say to whom to object, how soon the answer is due, and what to ask for first."""
    full = remedy(Setback.from_dict({"event": REFUSED}), today())
    steps = {step.id: step for step in full.steps}
    lines = [f"{steps[one].text}（{steps[one].reference}）" for one in FIRST if one in steps]
    numbered = [f"{place}. {line}" for place, line in enumerate(lines, start=1)]
    lines = [say(GOAL, "where_title"), *numbered, *exempt_line(told), say(GOAL, "more")]
    send(dispatcher, "\n".join(lines), options("more_detail", "talk_to_lawyer"))
    known = [SlotSet("setback_event", REFUSED), SlotSet("detail", summary_and_detail(full)[0])]
    return [*known, SlotSet("recent", GOAL), SlotSet("lost", None), SlotSet("misses", 0)]
