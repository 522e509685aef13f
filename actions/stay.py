"""A short question stays with what was just read: it gets the part of it that answers.

「多长时间」, 「那找谁」, 「要是他说没钱呢」 name no matter. After an entry they ask a thing of it;
the words that ask, and where the entry says it, are in words/stay.yml.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before, aid_since
from actions.by_route import go_by_route, told_by_route, told_in_general
from actions.citations import basis_unless_named
from actions.clients import knowledge
from actions.due_day import due_line
from actions.entry_parts import Entry, part, tells, told_of
from actions.errors import NotFound
from actions.facets import Asked, asked_of, facet_of, may_ask
from actions.further import SURELY, answer_of, go_on, go_on_among, may_go_on
from actions.goal import reads_first
from actions.shown_entry import next_steps, remember, show
from actions.sided_search import entries_meant
from actions.sides import across, told_plainly
from actions.turn import Events, clipped, intent_of, send, text_of
from actions.wording import entries as entries_of
from actions.wording import options, say

WORDS = "stay"
HOTLINE = "12348"
WHOM = "找谁"
NO_LAW = (WHOM, "带上")  # parts that rest on no article
# What is different in each matter, and never a choice among several.
CHOSEN_FIRST = ("place", "fee", "bring", "time", "outcome", "whom", "unable", "sign")
# What these ask is counted or offered by their own goals.
OTHERS = ("remind_me", "my_deadline", "application_status", "download_papers", "delete_my_data")


@reads_first
async def stay(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer what is asked of the entry shown last; nothing where something else is meant."""
    text, before = text_of(tracker), Before.of(tracker)
    read = before.read
    if read and across(before.told(text), read):  # it was shown before the side was told
        return []
    if tracker.active_loop_name or intent_of(tracker)[0] in OTHERS or due_line(text):
        return []
    plain = told_plainly("\n".join([tracker.get_slot("context") or "", text]), read, True)
    if read and plain:
        return await _surely_kept(dispatcher, tracker) if plain.entry == read else []
    goes_on, asks = may_go_on(tracker), may_ask(text) and not _was_offered(tracker)
    follows = read and (goes_on or asks) and not aid_since(tracker)
    entry = await _entry(read) if read and follows else None
    if entry and goes_on and (said := await go_on(dispatcher, tracker, entry)):
        return said
    if entry is None:
        return await _of_nothing_read(dispatcher, tracker)
    asked = asked_of(text, entry["title"]) if asks else Asked()
    if goes_on and not asked.facets and (said := await go_by_route(dispatcher, tracker, entry)):
        return said
    if not asks:
        return await _of_nothing_read(dispatcher, tracker)
    if not asked.facets or await _leads_elsewhere(asked, tracker, entry):
        return []
    if asked.facets[0][1].elsewhere and (found := await _of_its_own(dispatcher, tracker, entry)):
        return found
    if not any(tells(facet, entry) for _, facet in asked.facets) and (
        said := await told_by_route(dispatcher, tracker, entry, asked.facets[0][1])
        or await told_in_general(dispatcher, tracker, entry, asked.facets[0][1])
    ):
        return said
    return [SlotSet("last_question", text), *_tell(dispatcher, asked, entry)]


async def _surely_kept(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer what the entry read last keeps an answer of its own for, where that is surely meant.

    Plain words lead to lines of the entry; who has read them asks for more than these.
    """
    text, before = text_of(tracker), Before.of(tracker)
    if before.read is None or not may_go_on(tracker):
        return []
    answer = await answer_of(before.read, text, before.told(text))
    if not answer:
        return []
    send(dispatcher, answer, next_steps(await knowledge.entry(before.read)))
    return [SlotSet("last_question", text)]


async def _entry(docid: str) -> Entry | None:
    try:
        return await knowledge.entry(docid)
    except NotFound:
        return None


async def _leads_elsewhere(asked: Asked, tracker: Tracker, entry: Entry) -> bool:
    """Return whether what is said besides the bare question is about another entry."""
    if asked.alone and not asked.names_it:
        return False
    if not (asked.alone or asked.names_it) and await _is_of_another_kind(tracker, entry):
        return True
    found = await entries_meant(tracker)
    sure = ("answer", "ask_back") if asked.names_it else ("answer",)
    best = found["hits"][0]["docid"] if found["hits"] else entry["docid"]
    return found["band"] in sure and best != entry["docid"]


async def _is_of_another_kind(tracker: Tracker, entry: Entry) -> bool:
    """Return whether a text by itself is about matters that are all of another kind."""
    found = await entries_meant(tracker, alone=True)
    kinds = {entry["docid"].split("/")[0], entry.get("topic")}
    near = {hit["docid"].split("/")[0] for hit in found["hits"]}
    return found["band"] != "not_sure" and bool(near) and not near & kinds


def _tell(dispatcher: CollectingDispatcher, asked: Asked, entry: Entry) -> Events:
    """Say what the entry says of each thing asked, and who knows what it does not say."""
    words, facet = asked.facets[0]
    numbers = _numbers(entry.get("hotlines") or [HOTLINE])
    if facet.name == "phone":
        send(dispatcher, say(WORDS, "phone", numbers=numbers), next_steps(entry))
        return []
    told = {one: said for one, each in asked.facets if (said := told_of(each, entry))}
    whom = (part(entry, WHOM) or numbers).rstrip("。")
    if not told:
        return leave_open(dispatcher, words, entry)
    lines = list(dict.fromkeys(line for said in told.values() for line in said))
    text = say(WORDS, "told", title=entry["title"], text="\n".join(lines))
    left = "、".join(one for one, _ in asked.facets if one not in told)
    rest = [say(WORDS, "untold_part", asked=left, whom=whom)] if left else []
    of_law = any(one in told and facet.part not in NO_LAW for one, facet in asked.facets)
    grounds = basis_unless_named(text, entry["citations"]) if of_law else []
    send(dispatcher, "\n".join([clipped(text), *rest, *grounds]), next_steps(entry))
    return []


def leave_open(dispatcher: CollectingDispatcher, words: str, entry: Entry) -> Events:
    """Say that the entry does not tell what was asked, and who does."""
    whom = part(entry, WHOM) or _numbers(entry.get("hotlines") or [HOTLINE])
    text = say(WORDS, "untold", title=entry["title"], asked=words, whom=whom.rstrip("。"))
    send(dispatcher, text, options("talk_to_lawyer"))
    return [SlotSet("last_question", words)]


async def _of_its_own(dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry) -> Events:
    """Show the entry on this very thing next to the one just read, where there is a sure one."""
    found = await entries_meant(tracker)
    near = {one["docid"] for one in entry.get("related") or []}
    first = found["hits"][0] if found["hits"] else entry
    if found["band"] != "answer" or first["docid"] == entry["docid"]:
        return []
    if first["docid"] not in near and first.get("topic") != entry.get("topic"):
        return []
    context = found.get("context") or tracker.get_slot("context")
    return [SlotSet("context", context), *show(dispatcher, first)]


async def _of_nothing_read(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask which of the choices just offered a bare question is about; tell who asks for a number.

    Who asks on without choosing is told of the first choice. Nothing where none is offered.
    """
    if said := await _kept_near(dispatcher, tracker):
        return said
    text, offered = text_of(tracker), Before.of(tracker).offered
    facet = facet_of(text)
    if not (facet and facet.part) and (said := await go_on_among(dispatcher, tracker)):
        return said
    if facet is None or (facet.name != "phone" and not (offered and facet.name in CHOSEN_FIRST)):
        return []
    if facet.name == "phone":
        return _only_the_hotline(dispatcher)
    if _was_offered(tracker) or aid_since(tracker):
        return []
    last = Before.of(tracker).said[:1]
    if last and say(WORDS, "choosing") in last[0]:
        found = await knowledge.search(offered[0])
        entries = [hit for hit in found.get("hits") or [] if hit["title"] == offered[0]]
        if entry := await _entry(entries[0]["docid"]) if entries else None:
            return [*remember(entry), *_tell(dispatcher, Asked(((text, facet),)), entry)]
    send(dispatcher, say(WORDS, "choose_first", asked=text), [*offered, *options("talk_to_lawyer")])
    return [SlotSet("offered", list(offered))]


async def _kept_near(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer what the entry near a danger just told surely keeps an answer for; else nothing."""
    text, before = text_of(tracker), Before.of(tracker)
    if before.entry is None or before.read or before.offered or not may_go_on(tracker):
        return []
    answer = await answer_of(before.entry, text, before.told(text), least=SURELY)
    entry = await _entry(before.entry) if answer else None
    if entry is None:
        return []
    send(dispatcher, answer, next_steps(entry))
    return [*remember(entry), SlotSet("last_question", text)]


def _only_the_hotline(dispatcher: CollectingDispatcher) -> Events:
    send(dispatcher, say(WORDS, "phone", numbers=_numbers([HOTLINE])), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]


def _numbers(hotlines: list[str]) -> str:
    titles: dict[str, Any] = entries_of(WORDS)["hotlines"]
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
