"""What an entry leaves open is told of the way that its matter goes: arbitration, a lawsuit.

「多久判下来」 after an entry on wages: how long it takes stands in the entry on arbitration,
and `routes` of an entry name such entries. The matter stays the one that was read.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import knowledge
from actions.entry_parts import Entry, lines_about, tells, told_of
from actions.errors import NotFound
from actions.facets import Facet
from actions.further import SURELY
from actions.shown_entry import next_steps
from actions.sided_search import entries_meant
from actions.turn import Events, clipped, send, text_of
from actions.wording import entries as entries_of
from actions.wording import holds, records, say

WORDS = "further"
CRIMINAL = "criminal"  # ways of that kind tell who is punished


async def go_by_route(dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry) -> Events:
    """Answer what is surely asked of a way that the entry's matter goes; else nothing."""
    route, question = await _nearest(entry, text_of(tracker))
    if question.get("share", 0) < SURELY or await _leads_away(tracker, entry, route):
        return []
    return _said(dispatcher, tracker, entry, route["title"], question["answer"])


async def told_by_route(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry, facet: Facet
) -> Events:
    """Tell of a way that the entry's matter goes what the entry itself does not; else nothing."""
    route, question = await _nearest(entry, text_of(tracker))
    if question.get("band") == "answer":
        return _said(dispatcher, tracker, entry, route["title"], question["answer"])
    for one in await ways_of(entry, text_of(tracker)):
        way = await knowledge.entry(one["docid"])
        if tells(facet, way):
            text = "\n".join(told_of(facet, way))
            return _said(dispatcher, tracker, entry, way["title"], clipped(text))
    return []


async def told_in_general(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry, facet: Facet
) -> Events:
    """Tell what is asked of any lawsuit, or of any arbitration; nothing where neither is near."""
    sues = facet.name == "place" and holds("stay", "sues", text_of(tracker))
    name = "court" if sues else facet.name
    for row in records("stay", "general"):
        near = re.search(row["near"], f"{entry.get('topic')}\n{entry.get('body')}")
        if name not in row["facets"] or not near:
            continue
        if "says" in row:
            send(dispatcher, row["says"], next_steps(entry))
            return [SlotSet("last_question", text_of(tracker))]
        try:
            way = await knowledge.entry(row["entry"])
        except NotFound:
            return []
        lines = lines_about(way, row["lines"]) if "lines" in row else []
        told = "\n".join(lines) or way["answer"]
        return _said(dispatcher, tracker, entry, way["title"], told)
    return []


async def ways_of(entry: Entry, text: str) -> list[Entry]:
    """Return the ways that may tell of an entry's matter what a text asks.

    That a lawsuit about money jails nobody is no comfort to who ran somebody down: of punishment
    tell the entry on it and ways of the matter's own kind, all ways only where it is about money.
    """
    routes: list[Entry] = entry.get("routes") or []
    if not holds(WORDS, "of_punishment", text):
        return routes
    of_money = holds(WORDS, "of_money", str(entry.get("topic")))
    if of_money and not holds(WORDS, "of_deeds", f"{entry['title']}{text}"):
        return routes
    near = [one for one in routes if one["docid"].split("/")[0] in (entry.get("topic"), CRIMINAL)]
    punishes = entries_of(WORDS)["punishing"].get(str(entry.get("topic")))
    if punishes is None or punishes == entry["docid"]:
        return near
    way = await knowledge.entry(punishes)
    return [{"docid": punishes, "title": way["title"]}, *near]


async def _nearest(entry: Entry, text: str) -> tuple[Entry, dict[str, Any]]:
    """Return the likeliest further question of all ways, with its band, and its way."""
    ways = await ways_of(entry, text)
    if not ways:
        return {}, {}
    found: list[tuple[Entry, dict[str, Any]]] = []
    asked_of = await knowledge.asked_next_of([way["docid"] for way in ways], text)
    for way, asked in zip(ways, asked_of, strict=True):
        found += [(way, {**one, "band": asked["band"]}) for one in asked["questions"][:1]]
    return max(found, key=lambda pair: float(pair[1]["share"]), default=({}, {}))


async def _leads_away(tracker: Tracker, entry: Entry, route: Entry) -> bool:
    """Return whether a text is surely about an entry that is neither the matter nor its way."""
    found, known = await entries_meant(tracker), (entry["docid"], route["docid"])
    return found["band"] == "answer" and found["hits"][0]["docid"] not in known


def _said(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry, title: str, answer: str
) -> Events:
    send(dispatcher, say(WORDS, "by_route", title=title, answer=answer), next_steps(entry))
    return [SlotSet("last_question", text_of(tracker))]
