"""The entries that a text is about, without those for the other side of who wrote it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.before import Before
from actions.clients import knowledge
from actions.sides import entry_instead, for_the_own_side, for_the_side_told
from actions.turn import text_of


async def entries_meant(tracker: Tracker, alone: bool = False) -> dict[str, Any]:
    """Return what was found for the text just written, its hits entries only.

    Nothing is an answer of which the best was for the other side, or no entry.

    Args:
        tracker: the conversation.
        alone: whether the text is searched without what was asked before it.
    """
    text, before = text_of(tracker), Before.of(tracker)
    around = () if alone else (before.context, before.entry)
    found = await knowledge.search(text, *around)
    hits = [hit for hit in found.get("hits") or [] if hit["kind"] == "entry"]
    left = for_the_side_told(before.told(text), hits)
    sure = found["band"] == "answer" and left[:1] == hits[:1] and left
    band = "ask_back" if found["band"] == "answer" and not sure else found["band"]
    return {**found, "hits": left, "band": band}


async def on_the_right_side(told: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found for the side that the citizen told, the entry for it first.

    Where the best was for the other side and nothing for the own side is left, it is no answer.
    """
    hits = found.get("hits") or []
    left, instead = for_the_side_told(told, hits), entry_instead(told, hits)
    if instead is not None:
        entry = await knowledge.entry(instead)
        left = [{**entry, "kind": "entry", "score": hits[0]["score"]}, *left]
    elif found["band"] == "answer" and left[:1] != hits[:1] and not for_the_own_side(told, left):
        return {**found, "hits": left, "band": "ask_back"}
    return {**found, "hits": left}
