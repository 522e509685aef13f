"""A title that was picked from a list: what was asked before it was offered is answered of it."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.further import answer_of
from actions.shown_entry import next_steps, remember, show, show_more_of, stands_above
from actions.turn import Events, send


async def tell_the_picked(
    dispatcher: CollectingDispatcher,
    entry: dict[str, Any],
    title: str,
    found: dict[str, Any],
    before: Before,
) -> Events:
    """Tell of the entry whose title was picked; first what was asked before it was offered.

    What was shown already is not shown again: only what it says to that question.
    """
    asked = before.question if title in before.offered and before.question else title
    kept = await answer_of(entry["docid"], asked, before.told(asked)) if asked != title else ""
    if asked == title or not stands_above(entry, before.said):
        return [*asked_of_it(found, title, None), *show(dispatcher, entry, kept)]
    if not kept:
        more = show_more_of(dispatcher, entry, asked, before.said)
        return [*asked_of_it(found, asked, before), *more]
    send(dispatcher, kept, next_steps(entry))
    return [*asked_of_it(found, asked, before), *remember(entry)]


def asked_of_it(found: dict[str, Any], question: str, before: Before | None) -> Events:
    """Return what to remember of a question that no entry answered at once.

    Where it opened another matter, what was shown before no longer counts.
    """
    context = found.get("context") or question
    found_again = before is not None and before.read in [one["docid"] for one in found["hits"]]
    leaned = before is not None and ("\n" in context or context == before.context or found_again)
    shown = [] if leaned else [SlotSet("last_entry", None)]
    return [SlotSet("last_question", question), SlotSet("context", context), *shown]
