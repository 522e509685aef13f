"""The article itself: the one that was named, or those behind the last answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.citations import article_text, grouped_by_law
from actions.clients import knowledge
from actions.errors import NotFound
from actions.goal import LONGEST, Events, GoalAction, send, text_of
from actions.wording import options, say

GOAL = "answer_question"


class ShowArticle(GoalAction):
    """Show the words of the law."""

    goal = "show_article"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show the named article, else the articles that the last entry cites."""
        found = await knowledge.search(text_of(tracker), k=1)
        if found.get("article"):
            return await answer(dispatcher, text_of(tracker), Before())
        docid = tracker.get_slot("last_entry")
        if not docid:
            send(dispatcher, say(GOAL, "which_article"))
            return []
        try:
            entry = await knowledge.entry(docid)
        except NotFound:
            send(dispatcher, say(GOAL, "gone"))
            return [SlotSet("last_entry", None)]
        send(dispatcher, _articles(entry["citations"]), _choices(entry))
        return []


def _articles(citations: list[dict[str, Any]]) -> str:
    """Return as many article texts as fit, and name the others."""
    present = [citation for citation in citations if citation.get("text")]
    if not present:
        return say(GOAL, "articles_absent", citations=grouped_by_law(citations))
    shown: list[str] = []
    left = list(present)
    while left and sum(map(len, shown)) + min(len(left[0]["text"]), 420) < LONGEST - 120:
        shown.append(article_text(left.pop(0)))
    if not shown:
        shown.append(article_text(left.pop(0)))
    if left:
        shown.append(say(GOAL, "articles_more", citations=grouped_by_law(left)))
    return "\n\n".join(shown)


def _choices(entry: dict[str, Any]) -> list[str]:
    keys = ["apply_legal_aid"] if entry.get("aid") else []
    return options(*keys, "talk_to_lawyer")
