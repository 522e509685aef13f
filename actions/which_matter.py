"""「先说打我的事」: the one of several matters told before that somebody wants to hear of."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.goal import Events, reads_first
from actions.matters import title_of
from actions.other_questions import kept_of, offer_the_others
from actions.turn import intent_of, text_of
from actions.understanding import pieces_of
from actions.wording import listed

# What these ask is no matter of law: 「申请的事咋样了」.
OTHERS = ("application_status", "after_application", "delete_my_data", "talk_to_lawyer")


@reads_first
async def pick_the_matter(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer the matter that is named among several told before; else nothing."""
    if events := await _of_the_one_pointed_at(dispatcher, tracker):
        return events
    named = _named(text_of(tracker))
    if named is None or tracker.active_loop_name or intent_of(tracker)[0] in OTHERS:
        return []
    title, asked = title_of(named), kept_of(tracker)
    kept = [one["asks"] for one in asked if named in one["asks"] or one["asks"] == title]
    told = [piece for piece in _told_before(tracker) if named in piece]
    if not kept and not told:
        return []
    meant = kept[0] if kept else title or title_of(told[-1]) or told[-1]
    events = await answer(dispatcher, meant, Before())
    return [*events, *offer_the_others(dispatcher, asked, meant, events)] if asked else events


async def _of_the_one_pointed_at(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer 「先说我弟那个」, and what is asked of it: 「小卖部那个 用去法院不」; else nothing."""
    asked, text = kept_of(tracker), text_of(tracker)
    found = next((re.fullmatch(one, text) for one in listed("matters", "points_at")), None)
    if found is None or tracker.active_loop_name:
        return []
    meant = [one["asks"] for one in asked if found["named"] in one["asks"]]
    if len(meant) != 1:
        return []
    rest = re.sub(r"^[\W_]+|[\W_]+$", "", found["rest"])
    if len(rest) > 1:
        return await answer(dispatcher, text, Before(context=meant[0]))
    events = await answer(dispatcher, meant[0], Before())
    return [*events, *offer_the_others(dispatcher, asked, meant[0], events)]


def _named(text: str) -> str | None:
    found = next((re.fullmatch(one, text) for one in listed("matters", "names_one")), None)
    return found[1] if found else None


def _told_before(tracker: Tracker) -> list[str]:
    """Return the pieces of what the citizen told before that hold several."""
    said = [str(one.get("text") or "") for one in tracker.events if one["event"] == "user"]
    several = [pieces for text in said[:-1] if len(pieces := pieces_of(text)) > 1]
    return [piece for pieces in several for piece in pieces]
