"""What to bring: to apply for legal aid, or for the matter of the entry just read."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.beside import ask_beside, reads, waits_beside
from actions.clients import knowledge
from actions.clock import today
from actions.errors import NotFound
from actions.goal import Events, GoalAction, clipped, send, text_of
from actions.known_facts import facts_of, matter_label
from actions.wording import listed, options, say
from eligibility import Facts, screen

GOAL = "guide_application"
WHICH = "which_papers"
# Goals of legal aid; what is asked after them is asked about it.
OF_AID = (
    *("eligibility_form", "action_screen_eligibility", "action_guide_application"),
    *("action_find_office", "action_download_papers", "action_tell_remedy"),
    *("action_after_application", "action_application_status"),
)
SHORTEST_MATTER = 2


class RequiredDocuments(GoalAction):
    """List the papers for legal aid, or those of the entry just read; ask where it is unclear."""

    goal = "required_documents"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """List what is meant: what the words say, else what was spoken of last."""
        text = text_of(tracker)
        if any(word in text for word in listed(GOAL, "of_aid")):
            return _of_aid(dispatcher, tracker)
        if _names_a_matter(text):
            otherwise = _papers(_facts(tracker)), _choices()
            return await answer(dispatcher, text, Before.of(tracker), otherwise)
        about = "" if waits_beside(tracker) else spoken_of(tracker)
        if about is None and not _facts(tracker).matter:
            return ask_beside(dispatcher, WHICH, say(GOAL, "which_papers"), listed(GOAL, "kinds"))
        return await _of_entry(dispatcher, about) if about else _of_aid(dispatcher, tracker)


def spoken_of(tracker: Tracker) -> str | None:
    """Return the entry that was shown last, "" where legal aid was spoken of since, else None."""
    for event in reversed(tracker.events):
        if event.get("event") == "action" and event.get("name") in OF_AID:
            return ""
        if event.get("event") == "slot" and event.get("name") == "last_entry":
            docid = str(event.get("value") or "")
            if docid:
                return "" if docid.startswith("legal_aid/") else docid
    docid = tracker.get_slot("last_entry")
    return str(docid) if docid else None


@reads(WHICH)
async def _which(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    aid, other = listed(GOAL, "kinds")
    text = text_of(tracker)
    if text == aid or any(word in text for word in listed(GOAL, "of_aid")):
        return _of_aid(dispatcher, tracker)
    if text == other:
        send(dispatcher, say(GOAL, "which_matter"))
        return [SlotSet(BESIDE, None)]
    return []


def _of_aid(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    send(dispatcher, _papers(_facts(tracker)), _choices())
    return [SlotSet(BESIDE, None)]


async def _of_entry(dispatcher: CollectingDispatcher, docid: str) -> Events:
    try:
        entry = await knowledge.entry(docid)
    except NotFound:
        entry = {}
    found = re.search(say(GOAL, "papers_line"), entry.get("body") or "", re.MULTILINE)
    key = "papers_of_matter" if found else "papers_not_told"
    text = say(GOAL, key, title=entry.get("title"), papers=found[1] if found else "")
    send(dispatcher, text, [listed(GOAL, "kinds")[0], *options("show_article", "talk_to_lawyer")])
    return []


def _names_a_matter(text: str) -> bool:
    """Return whether a text says of its own what the papers are for: 「离婚要带什么」."""
    left = text
    for word in sorted(listed(GOAL, "asking_for_papers"), key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) >= SHORTEST_MATTER


def _facts(tracker: Tracker) -> Facts:
    facts = facts_of(tracker)
    if facts.matter is None and tracker.get_slot("aid_matter"):
        return replace(facts, matter=tracker.get_slot("aid_matter"))
    return facts


def _choices() -> list[str]:
    return options("download_papers", "check_eligibility", "find_office", "talk_to_lawyer")


def _papers(facts: Facts) -> str:
    label = matter_label(facts.matter)
    key = "papers_title_matter" if label else "papers_title"
    lines = [
        f"{place}. {paper.text}"
        for place, paper in enumerate(screen(facts, today()).documents, start=1)
    ]
    ending = [say(GOAL, "papers_end")] + ([] if label else [say(GOAL, "papers_unknown")])
    return clipped("\n".join([say(GOAL, key, matter=label), *lines, *ending]))
