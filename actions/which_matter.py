"""「先说打我的事」: the one of several matters told before that somebody wants to hear of."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answer_question import answer
from actions.before import Before
from actions.clock import today
from actions.goal import Events, reads_before_all, reads_first, send
from actions.matters import Matter, title_of
from actions.other_questions import (
    SLOT,
    Asked,
    asked_together,
    kept_of,
    left_of,
    names_of,
    spoken_place,
    taken_up,
)
from actions.pointing import Pointed, drops_the_others, picked_together, pointed_at
from actions.radar import FORM as DEADLINE_FORM
from actions.radar import begin
from actions.several import answer_at
from actions.turn import intent_of, text_of
from actions.understanding import pieces_of
from actions.wording import holds, listed, options, say
from eligibility.radar import asks_about_a_period

WORDS = "matters"
# What these ask is no matter of law: 「申请的事咋样了」.
OTHERS = ("application_status", "after_application", "delete_my_data", "talk_to_lawyer")
ACTION_LISTEN = "action_listen"


@reads_before_all
async def pick_the_matter(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer the one of several matters told together that is meant; else nothing.

    A short form that asks for a day is left: its day is that of another matter.
    """
    asked, text, form = kept_of(tracker), text_of(tracker), tracker.active_loop_name
    if form not in (None, DEADLINE_FORM) or intent_of(tracker)[0] in OTHERS:
        return []
    if events := await _several_picked(dispatcher, tracker, asked):
        return events
    offered = tracker.get_slot("offered") or []
    counted = bool(offered) and names_of(asked) != offered
    pointed = pointed_at(text, asked, counted)
    if pointed is None:
        return (
            []
            if form
            else _let_go(dispatcher, tracker, asked) or _ask_which(dispatcher, text, asked)
        )
    events = await _answer(dispatcher, tracker, asked, pointed)
    return [*events, *(_leaving(events) if form else [])]


@reads_first
async def pick_what_was_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer a matter that is named and was told among others, though none were kept."""
    named = _named(text_of(tracker))
    if named is None or tracker.active_loop_name or intent_of(tracker)[0] in OTHERS:
        return []
    told = [piece for piece in _told_before(tracker) if named in piece]
    if not told:
        return []
    return await answer(dispatcher, title_of(named) or title_of(told[-1]) or told[-1], Before())


async def _answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: Asked, pointed: Pointed
) -> Events:
    """Answer the matter, or what is asked of it: 「小卖部那个 用去法院不」."""
    if not pointed.rest:
        return await answer_at(dispatcher, tracker, asked, pointed.place)
    words, kept = asked[pointed.place]["asks"], SlotSet(SLOT, taken_up(asked, pointed.place))
    both = f"{words}，{pointed.rest}"  # the day is told with the matter: 「第一件最后哪天」
    if asks_about_a_period(pointed.rest, today()) or asks_about_a_period(both, today()):
        return [*begin(dispatcher, tracker, both), kept]
    return [*await answer(dispatcher, pointed.rest, Before(context=words)), kept]


async def _several_picked(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: Asked
) -> Events:
    """Answer the first of the choices that are picked together; the others are kept for later."""
    offered = tracker.get_slot("offered") or []
    names = names_of(asked)
    kept = [one["name"] for one in left_of(asked) if one["name"] in offered]
    choices = kept if kept and len(kept) < len(offered) else offered or names
    places = picked_together(text_of(tracker), len(choices))
    meant = [choices[place] for place in places]
    if not meant or tracker.active_loop_name:
        return []
    if not set(meant) <= set(names):
        asked = asked_together([Matter(one, one) for one in meant])
        return await answer_at(dispatcher, tracker, asked, 0)
    still = [place for place, one in enumerate(asked) if one["name"] in meant and not one["done"]]
    return await answer_at(dispatcher, tracker, asked, still[0]) if still else []


def _let_go(dispatcher: CollectingDispatcher, tracker: Tracker, asked: Asked) -> Events:
    """Drop what is still open where that is bidden; it can be taken up again by its place."""
    left = left_of(asked)
    reminded = any(one.get("now") and one.get("reminded") and not one["turns"] for one in asked)
    if not left or not drops_the_others(text_of(tracker), reminded):
        return []
    place = spoken_place(asked.index(left[0]))
    send(dispatcher, say(WORDS, "let_go", place=place), options("talk_to_lawyer"))
    return [SlotSet(SLOT, [{**one, "done": True} for one in asked])]


def _ask_which(dispatcher: CollectingDispatcher, text: str, asked: Asked) -> Events:
    """Ask which is meant where one is pointed at by a name that none of them has."""
    if not left_of(asked) or not holds(WORDS, "points_at_one", text):
        return []
    names = names_of(asked)
    send(dispatcher, say(WORDS, "which_one"), [*names, *options("talk_to_lawyer")])
    return [SlotSet("offered", names), SlotSet(SLOT, asked)]


def _leaving(events: Events) -> Events:
    """Return what leaves the short form, unless the answer asks in it anew."""
    if any(event["event"] == "active_loop" for event in events):
        return [SlotSet(REQUESTED_SLOT, None)]
    return [SlotSet(REQUESTED_SLOT, None), ActiveLoop(None), FollowupAction(ACTION_LISTEN)]


def _named(text: str) -> str | None:
    found = next((re.fullmatch(one, text) for one in listed(WORDS, "names_one")), None)
    return found[1] if found else None


def _told_before(tracker: Tracker) -> list[str]:
    """Return the pieces of what the citizen told before that hold several."""
    said = [str(one.get("text") or "") for one in tracker.events if one["event"] == "user"]
    several = [pieces for text in said[:-1] if len(pieces := pieces_of(text)) > 1]
    return [piece for pieces in several for piece in pieces]
