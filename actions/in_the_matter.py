"""In the middle of a matter 「去哪申请」 and 「怎么申请」 mean that matter, not legal aid."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before, aid_since
from actions.clients import knowledge
from actions.goal import Events, reads_first
from actions.stay import leave_open
from actions.turn import intent_of, text_of
from actions.wording import all_options, holds

WORDS = "in_the_matter"
WHERE, HOW = "find_office", "apply_legal_aid"
# What the same words may sound like.
SOUNDS = ("application_status", "what_can_you_do", "are_you_human")
INTERVIEW = "eligibility_form"


@reads_first
async def about_the_matter(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer of the matter what sounds like a question about legal aid; else nothing."""
    text, before = text_of(tracker), Before.of(tracker)
    intent = intent_of(tracker)[0]
    asked = intent in SOUNDS and holds(WORDS, "of_any_matter", text)
    if not (asked or intent in (WHERE, HOW)) or not _is_in_a_matter(tracker, before):
        return []
    if text in (*before.offered, *all_options()) or holds(WORDS, "of_aid", text):
        return []
    entry = await knowledge.entry(before.read) if before.read else {}
    if intent == HOW and "申请" not in f"{entry.get('title')}{entry.get('answer')}":
        return []
    found = await knowledge.search(text, before.context, before.entry)
    if found["band"] == "not_sure" and entry:
        return leave_open(dispatcher, text, entry)
    return await answer(dispatcher, text, before)


def _is_in_a_matter(tracker: Tracker, before: Before) -> bool:
    """Return whether something else than legal aid was spoken of last."""
    loop = tracker.active_loop_name
    if loop:  # the short forms count the days of a matter
        return bool(loop != INTERVIEW)
    if aid_since(tracker) or holds(WORDS, "of_aid", before.context or ""):
        return False
    return bool(before.context or before.read) and not (before.read or "").startswith("legal_aid/")
