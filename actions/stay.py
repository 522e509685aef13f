"""A short question stays with what was just read: it gets the part of it that answers.

「多长时间」, 「那找谁」, 「要是他说没钱呢」 name no matter. After an entry they ask a thing of it;
the words that ask, and where the entry says it, are in words/stay.yml.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.citations import basis
from actions.clients import knowledge
from actions.entry_parts import Entry, lines_about, part
from actions.errors import NotFound
from actions.facets import Facet, facet_of
from actions.goal import reads_first
from actions.shown_entry import MOST_TITLES, next_steps, show
from actions.turn import Events, clipped, intent_of, send, text_of
from actions.wording import entries, options, say

WORDS = "stay"
HOTLINE = "12348"
# What these ask is counted or offered by their own goals.
OTHERS = ("remind_me", "my_deadline", "application_status", "download_papers", "delete_my_data")


@reads_first
async def stay(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer what is asked of the entry shown last; nothing where something else is meant."""
    facet = facet_of(text_of(tracker))
    if facet is None or tracker.active_loop_name or intent_of(tracker)[0] in OTHERS:
        return []
    before = Before.of(tracker)
    if before.read is None or _was_offered(tracker):
        return _only_the_hotline(dispatcher) if facet.name == "phone" else []
    try:
        entry = await knowledge.entry(before.read)
    except NotFound:
        return []
    if facet.elsewhere and (found := await _of_its_own(dispatcher, tracker, entry)):
        return found
    if told := _told(facet, entry):
        lines = [told] if facet.name == "phone" else [told, basis(entry["citations"])]
        send(dispatcher, "\n".join(lines), next_steps(entry))
    else:
        titles = [one["title"] for one in entry.get("related") or []][:MOST_TITLES]
        text = say(WORDS, "untold", title=entry["title"], asked=text_of(tracker))
        send(dispatcher, text, [*titles, *options("talk_to_lawyer")])
        return [SlotSet("offered", titles)]
    return [SlotSet("last_question", text_of(tracker))]


def _told(facet: Facet, entry: Entry) -> str:
    """Return what the entry says of the facet, empty where it says nothing."""
    if facet.name == "phone":
        return say(WORDS, "phone", numbers=_numbers(entry.get("hotlines") or [HOTLINE]))
    if facet.part and (text := part(entry, facet.part)):
        return say(WORDS, "told_part", title=entry["title"], part=facet.part, text=text)
    if facet.gist:
        return say(WORDS, "told", title=entry["title"], text=entry["answer"])
    lines = lines_about(entry, facet.signs) if facet.signs else []
    if not lines:
        return ""
    return say(WORDS, "told", title=entry["title"], text="\n" + clipped("\n".join(lines)))


async def _of_its_own(dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry) -> Events:
    """Show the entry on this very thing next to the one just read, where there is a sure one."""
    before = Before.of(tracker)
    found = await knowledge.search(text_of(tracker), before.context, before.entry)
    hits = [hit for hit in found.get("hits") or [] if hit["kind"] == "entry"]
    near = {one["docid"] for one in entry.get("related") or []}
    if found["band"] != "answer" or not hits or hits[0]["docid"] == entry["docid"]:
        return []
    first = hits[0]
    if first["docid"] not in near and first.get("topic") != entry.get("topic"):
        return []
    context = found.get("context") or before.context
    return [SlotSet("context", context), *show(dispatcher, first)]


def _only_the_hotline(dispatcher: CollectingDispatcher) -> Events:
    send(dispatcher, say(WORDS, "phone", numbers=_numbers([HOTLINE])), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]


def _numbers(hotlines: list[str]) -> str:
    titles: dict[str, Any] = entries(WORDS)["hotlines"]
    return "、".join(say(WORDS, "phone_line", number=one, title=titles[one]) for one in hotlines)


def _was_offered(tracker: Tracker) -> bool:
    """Return whether the text is a choice that the turn before offered."""
    text, users = text_of(tracker), 0
    for event in reversed(tracker.events):
        users += event["event"] == "user"
        if users > 1:
            return False
        buttons = (event.get("data") or {}).get("buttons") if event["event"] == "bot" else None
        if any(button.get("title") == text for button in buttons or []):
            return True
    return False
