"""Which answer of the interview a correction means, and what falls with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.forms import REQUESTED_SLOT

from actions.clock import today
from actions.goal import Events
from actions.known_facts import forgotten, shown_value, told_ids
from actions.last_sheet import last_sheet
from actions.wording import grouped, listed, records, say
from eligibility import UNKNOWN, parse_answer, question
from eligibility.numerals import read_numeral

CORRECTABLE_KINDS = ("choice", "place")
CORRECTABLE_BY_NAME = (*CORRECTABLE_KINDS, "yes_no", "number", "urgency")
# May be corrected before they were asked about: 「不对，是我妈的事」.
ALWAYS = ("for_whom",)
# What belongs to the matter, and what belongs to the person; the rest stays when one changes.
OF_THE_MATTER = (
    "victim_of_abuse",
    "retrial_acquittal",
    "criminal_role",
    "criminal_stage",
    "accused_cases",
    "wrongdoer_is_guardian",
    "has_lawyer",
    "stage",
    "urgent",
)
OF_THE_PERSON = (
    "represented",
    "wrongdoer_is_guardian",
    "accused_cases",
    "groups",
    "monthly_income_per_person",
    "hardship_self_assessment",
)
# What may be left of 「不对，是工资」 around its matter.
FILLERS = " \t，,。.！!？?是的了吧啊"
SHORTEST_MATTER = 2
MOST_POINTS = 30
LONGEST_NONE = 7  # characters: 「都不是」 takes an answer back, the 「没」 in a story does not
LATELY = 4  # messages of the bot
NONE, OTHER = "none", "other"
REVIEW = "reviewed"
FALLS_WITH = {"matter": OF_THE_MATTER, "for_whom": OF_THE_PERSON}


def correction(text: str, tracker: Tracker) -> tuple[str | None, Any]:
    """Return the fact to correct and its new value (None: ask again)."""
    told = told_ids(tracker)
    against = contradicted(text, tracker)
    if against and against[1] is not None:
        return against
    if named := named_to_change(text, tracker):
        value = _other_value(named, text, tracker)
        fits = _fits_another(named, text, tracker) if value is None else None
        return fits or (named, value)
    if against:
        fact_id, value = against
        told_instead = _new_value(fact_id, _uncorrected(text)) if value is None else value
        same = told_instead in (NONE, tracker.get_slot(fact_id))
        return fact_id, None if same else told_instead
    again = any(word in text for word in listed("interview", "asks_again"))
    text = _uncorrected(thought_better(text)[1] or text)
    for fact_id, names in grouped("interview", "names").items():
        if fact_id in told and any(name in text for name in names):
            return fact_id, None if again else _new_value(fact_id, text, CORRECTABLE_BY_NAME)
    says_whom = re.search(say("interview", "names_for_whom"), text) is not None
    if says_whom and _new_value("for_whom", text) == tracker.get_slot("for_whom") is not None:
        return "for_whom", tracker.get_slot("for_whom")  # it was understood so before
    for fact_id in (*told, *ALWAYS):
        value = _new_value(fact_id, text)
        by_the_way = value == NONE and len(text.strip(FILLERS)) > LONGEST_NONE
        if value is not None and value != tracker.get_slot(fact_id) and not by_the_way:
            return fact_id, value
    last = tracker.get_slot("last_fact")
    return (last if last in told else told[-1] if told else None), None


def correction_told(text: str, tracker: Tracker) -> tuple[str, Any] | None:
    """Return the correction that a text tells by name or by its value; None where it tells none."""
    fact_id, value = correction(text, tracker)
    named = named_to_change(text, tracker) or contradicted(text, tracker)
    names = grouped("interview", "names").get(str(fact_id), [])
    told = fact_id and (value is not None or named or _holds(names, text))
    return (str(fact_id), value) if told else None


def names_an_answer(text: str, tracker: Tracker) -> bool:
    """Return whether a text asks to change an answer by its name: 「改一下地点」."""
    told = told_ids(tracker)
    named = [one for one, names in grouped("interview", "names").items() if _holds(names, text)]
    return _holds(listed("interview", "asks_again"), text) and any(one in told for one in named)


def _holds(names: list[str], text: str) -> bool:
    return any(name in text for name in names)


def named_to_change(text: str, tracker: Tracker) -> str | None:
    """Return the answer that a text names to be changed, by its place or by what it says."""
    return point_named(text, tracker) or _taken_back(text, tracker)


def point_named(text: str, tracker: Tracker) -> str | None:
    """Return the answer whose place in the review a text names: 「第一条不对 我是要养老钱」.

    While one point is asked again the others keep the places that were shown.
    """
    found = re.search(say("interview", "names_place"), text)
    number = read_numeral(found["place"] or found["bare"]) if found else None
    open_slot = tracker.get_slot(REQUESTED_SLOT)
    if number is None or not (open_slot == REVIEW or _was_reviewed(tracker)):
        return None
    if not 0 < number <= MOST_POINTS:
        return None
    shown = {*told_ids(tracker), open_slot}
    if sheet := last_sheet(tracker):
        label = sheet[int(number) - 1] if number <= len(sheet) else ""
        heads = {
            one: say("interview", "point", name=say("fact_names", one), value="")
            for one in shown
            if one in grouped("interview", "names")
        }
        return next((one for one, head in heads.items() if label.startswith(head)), None)
    points = [one for one in grouped("interview", "names") if one in shown]
    return points[int(number) - 1] if number <= len(points) else None


def _was_reviewed(tracker: Tracker) -> bool:
    """Return whether the answers were shown lately: the question open now is one asked again."""
    lately = [one.get("text") or "" for one in tracker.events if one.get("event") == "bot"]
    cards = (say("interview", "review"), say("interview", "recheck"))
    return any(text.startswith(cards) for text in lately[-LATELY:])


def _taken_back(text: str, tracker: Tracker) -> str | None:
    """Return the answer that a text takes back, the matter first: 「不是低保 是要养老钱」."""
    found = re.search(say("interview", "puts_aside"), text)
    if found is None:
        return None
    for fact_id in sorted(told_ids(tracker), key=lambda one: one != "matter"):
        if _new_value(fact_id, found["old"]) == tracker.get_slot(fact_id):
            return fact_id
    return None


def _other_value(fact_id: str, text: str, tracker: Tracker) -> Any:
    """Return what a text puts in the place of an answer (None: ask again)."""
    named = point_named(text, tracker) is not None
    kinds = CORRECTABLE_BY_NAME if named else CORRECTABLE_KINDS
    value = _new_value(fact_id, _besides_the_place(text), kinds, tracker.get_slot("for_whom"))
    denied = not named or re.search(say("interview", "calls_it_wrong"), text)
    same = value == tracker.get_slot(fact_id) and denied
    return None if value == NONE or same else value


def _fits_another(named: str, text: str, tracker: Tracker) -> tuple[str, Any] | None:
    """Return the one other answer that what is said with a place changes: 「改第7条 困难」."""
    asking = any(mark in text for mark in listed("interview", "questioning"))
    if point_named(text, tracker) is None or asking:
        return None
    left, whom = _besides_the_place(text), tracker.get_slot("for_whom")
    told = [one for one in told_ids(tracker) if one != named]
    values = {one: _new_value(one, left, CORRECTABLE_BY_NAME, whom) for one in told}
    fits = {key: one for key, one in values.items() if one not in (None, NONE)}
    changed = [(key, one) for key, one in fits.items() if one != tracker.get_slot(key)]
    return changed[0] if len(fits) == len(changed) == 1 else None


def _besides_the_place(text: str) -> str:
    """Return what is said besides the words of a correction and the place it names."""
    kept = re.sub(say("interview", "puts_aside"), "", _uncorrected(text))
    return re.sub(say("interview", "changes_place"), "", kept)


def contradicted(text: str, tracker: Tracker) -> tuple[str, Any] | None:
    """Return the answer that a text contradicts, with what it is now (None: ask again)."""
    for row in records("interview", "contradicts"):
        if tracker.get_slot(row["fact"]) in row["of"] and re.search(row["signs"], text):
            return str(row["fact"]), row.get("value")
    return None


def changed_outright(text: str, tracker: Tracker) -> tuple[str, Any] | None:
    """Return the answer that a text plainly puts another in place of, with that other one.

    「不是社保，就是要工钱」: no word of correcting need stand before it.
    """
    for row in records("interview", "contradicts"):
        told = tracker.get_slot(row["fact"])
        if row.get("alone") and told in row["of"] and re.search(row["signs"], text):
            return str(row["fact"]), row["value"]
    named = None if point_named(text, tracker) else _taken_back(text, tracker)
    value = _other_value(named, text, tracker) if named else None
    if value is not None:
        return str(named), value
    put = re.search(say("interview", "puts_instead"), text)
    matter = _new_value("matter", put["new"]) if put and tracker.get_slot("matter") else None
    same = matter in (None, OTHER, tracker.get_slot("matter"))
    return None if same else ("matter", matter)


def only_denied(text: str, tracker: Tracker) -> str | None:
    """Return the answer that a text denies and says no more: 「不是虐待啊」; None where none."""
    left = re.sub(say("interview", "puts_aside"), "", _uncorrected(text))
    return None if left.strip(FILLERS) else _taken_back(text, tracker)


def thought_better(text: str) -> tuple[str, str]:
    """Return what is said before and after a correction in the middle of a text; "" else."""
    words = "|".join(map(re.escape, listed("interview", "thinks_better")))
    before, *_, after = re.split(words, text) if re.search(words, text) else ("", "")
    before, after = _uncorrected(before).strip(FILLERS), after.strip(FILLERS)
    return (before, after) if before and after else ("", "")


def without_corrections(text: str) -> str:
    """Return what is said besides the words of a correction; "" where it is hardly anything."""
    left = _uncorrected(text).strip(FILLERS)
    return left if len(left) >= SHORTEST_MATTER else ""


def only_number(text: str) -> str | None:
    """Return the number that is all a text tells; None where it tells something else."""
    found = re.fullmatch(say("interview", "only_a_number"), text)
    return found[1] if found else None


def _uncorrected(text: str) -> str:
    for word in listed("interview", "corrections"):
        text = text.replace(word, "")
    return re.sub(say("interview", "mere_no"), "", text)


def said_corrected(fact_id: str, value: Any, tracker: Tracker) -> str:
    """Return how a correction is answered."""
    key = "already" if value == tracker.get_slot(fact_id) else "corrected"
    return say("interview", key, label=shown_value(fact_id, value))


def corrected(fact_id: str, value: Any, tracker: Tracker) -> Events:
    """Return the events that set a fact anew, forget what depends on it, and ask for a review."""
    old = tracker.get_slot(fact_id)
    falls = FALLS_WITH.get(fact_id, ()) if value is not None and value != old else ()
    kept = [SlotSet("misses", 0), SlotSet("reviewed", None), SlotSet("recheck", False)]
    return [*forgotten(falls), SlotSet(fact_id, value), SlotSet("last_fact", fact_id), *kept]


def drops_answers(fact_id: str, value: Any, tracker: Tracker) -> bool:
    """Return whether a correction makes earlier answers about the person fall away."""
    changed = fact_id == "for_whom" and value not in (None, tracker.get_slot(fact_id))
    return changed and any(tracker.get_slot(other) is not None for other in OF_THE_PERSON)


def _new_value(
    fact_id: str,
    text: str,
    kinds: tuple[str, ...] = CORRECTABLE_KINDS,
    for_whom: str | None = None,
) -> Any:
    asked = replace(question(fact_id, today()), for_whom=for_whom)
    if asked.kind not in kinds:
        return None
    value = parse_answer(asked, text, picks=False)
    return None if value == UNKNOWN else value
