"""The review before the result: what was told, each point an answer to tap and change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import ask
from actions.beside import SLOT as BESIDE
from actions.correcting import (
    REVIEW,
    changed_outright,
    corrected,
    correction,
    correction_told,
    only_denied,
    point_named,
    said_corrected,
)
from actions.court_day import on_the_sheet
from actions.goal import Events, send, text_of
from actions.known_facts import shown_value, told_ids
from actions.told_facts import SLOT as TAKEN_BACK
from actions.told_facts import offered_in, told_outside
from actions.wording import grouped, listed, say
from actions.wrong_points import URGENT, read_wrong_points, urgent_beside
from eligibility import Option, Question, parse_answer

SLOT = REVIEW
RIGHT = "right"
FEWEST = 3
MOST_CHANGED = 2


class AskReviewed(Action):
    """Shows what was told and asks whether it is right."""

    def name(self) -> str:
        """Return the name under which the form looks for the words of the slot."""
        return f"action_ask_eligibility_form_{SLOT}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask; the points are the options, so that a number always means the point."""
        if tracker.get_slot(BESIDE):  # something was just asked beside it
            return []
        points = [option.label for option in _points(tracker)]
        if (changed := _changed_since(points, tracker)) is not None:
            ask(dispatcher, tracker, _in_short(changed), listed("interview", "short_answers"))
            return []
        key = "recheck" if tracker.get_slot("recheck") else "review"
        lines = [say("interview", key), *([say("interview", "told")] if _told(tracker) else [])]
        ask(dispatcher, tracker, "\n".join(lines), points)
        return []


def _changed_since(points: list[str], tracker: Tracker) -> list[str] | None:
    """Return the points that are new since all were shown; None where they are to be shown.

    Who changes one answer does not read all the others again.
    """
    if _asks_for_all(text_of(tracker)) or tracker.get_slot("recheck"):
        return None
    for shown in reversed([offered_in(one) for one in tracker.events]):
        if say("interview", "all_right") in shown and say("interview", "again") not in shown:
            changed = [point for point in points if point not in shown]
            return changed if len(changed) <= MOST_CHANGED else None
    return None


def _asks_for_all(text: str) -> bool:
    """Return whether somebody wants to see all the answers again."""
    return re.fullmatch(say("interview", "asks_again_for_all"), text.strip(" 。.！!")) is not None


def _in_short(changed: list[str]) -> str:
    now = say("interview", "now", points="；".join(changed)) if changed else ""
    return say("interview", "review_short", changed=now)


def worth_a_review(tracker: Tracker) -> bool:
    """Return whether so much was told that it should be looked over."""
    return len(told_ids(tracker)) >= FEWEST


def read_review(dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None) -> Events:
    """Return what the citizen says about the points; nothing where another rule has to reply."""
    text = text_of(tracker)
    if _asks_for_all(text):
        return [SlotSet("misses", 0)]
    if wrong := read_wrong_points(dispatcher, tracker, list(_points(tracker)), _told(tracker)):
        return wrong
    if re.search(say("interview", "asks_if_income"), text):
        send(dispatcher, say("interview", "is_it_income"))
    if (left := re.sub(say("interview", "yes_then"), "", text)) != text:
        return _changed_after_a_yes(left, dispatcher, tracker)
    if changed := changed_outright(text, tracker):
        send(dispatcher, said_corrected(*changed, tracker))
        return corrected(*changed, tracker)
    if denied := only_denied(text, tracker):
        send(dispatcher, say("interview", "reask"))
        return corrected(denied, None, tracker)
    if (urgent := urgent_beside(text)) is not None and not point_named(text, tracker):
        send(dispatcher, said_corrected(URGENT, urgent, tracker))
        return corrected(URGENT, urgent, tracker)
    point = None if point_named(text, tracker) and _says_more(text) else _chosen(text, tracker)
    if point == RIGHT:
        return _confirmed(tracker)
    if point in (told := _told(tracker)):
        send(dispatcher, say("interview", "taken_back", shown=told[str(point)]))
        taken = [*(tracker.get_slot(TAKEN_BACK) or ()), told[str(point)]]
        return [SlotSet(TAKEN_BACK, taken), SlotSet("misses", 0)]
    if point:
        return corrected(point, None, tracker)
    if intent == "correct":
        return []
    named = point_named(text, tracker)
    if named or any(word in text for word in listed("interview", "corrections")):
        fact_id, value = correction(text, tracker)
        if fact_id and value is not None:
            send(dispatcher, said_corrected(fact_id, value, tracker))
            return corrected(fact_id, value, tracker)
        if named:
            send(dispatcher, say("interview", "reask"))
            return corrected(named, None, tracker)
    right = parse_answer(Question(SLOT, "yes_no", "", "", ()), text)
    if right is True:
        return _confirmed(tracker)
    if right is False:
        send(dispatcher, say("interview", "which_point"))
        return [SlotSet("misses", 0)]
    return []


def _changed_after_a_yes(left: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Return the change that is told after 「都对」, or ask which point it is; never a result."""
    changed = correction_told(left, tracker)
    if changed is None:
        send(dispatcher, say("interview", "which_point"))
        return [SlotSet("misses", 0)]
    fact_id, value = changed
    said = say("interview", "reask") if value is None else said_corrected(fact_id, value, tracker)
    send(dispatcher, said)
    return corrected(fact_id, value, tracker)


def _says_more(text: str) -> bool:
    """Return whether a new answer stands beside the place that is named: 「改第5条 是4岁」."""
    return bool(re.sub(say("interview", "changes_place"), "", text).strip(" ，,。不对错了"))


def _confirmed(tracker: Tracker) -> Events:
    if tracker.get_slot("recheck"):
        return [SlotSet("recheck", False), SlotSet("misses", 0)]
    return [SlotSet(SLOT, True), SlotSet("misses", 0)]


def _chosen(text: str, tracker: Tracker) -> str | None:
    """Return the point that a text names by its words or its number."""
    asked = Question(SLOT, "choice", "", "", tuple(_points(tracker)))
    value = parse_answer(asked, text)
    return (
        value
        if isinstance(value, str) and value in {RIGHT, *told_ids(tracker), *_told(tracker)}
        else None
    )


def _told(tracker: Tracker) -> dict[str, str]:
    """Return what was told outside the interview, by the id of its point."""
    return {f"told_{place}": one.shown for place, one in enumerate(told_outside(tracker))}


def _points(tracker: Tracker) -> Iterable[Option]:
    told = told_ids(tracker)
    for fact_id, names in grouped("interview", "names").items():
        if fact_id in told:
            value = shown_value(fact_id, tracker.get_slot(fact_id))
            if fact_id == URGENT and (court := on_the_sheet(tracker)):
                value = court  # 「都没有」 beside a hearing would be wrong
            label = say("interview", "point", name=say("fact_names", fact_id), value=value)
            yield Option(fact_id, label, tuple(f"{name}*不对" for name in names))
    for point, shown in _told(tracker).items():
        yield Option(point, say("interview", "told_point", shown=shown), ())
    yield Option(RIGHT, say("interview", "all_right"), tuple(listed("interview", "right")))
