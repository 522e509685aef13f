"""Answering a legal question from the knowledge base, never from memory."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.citations import article_text, basis, long_enough_to_cut, may_be_related
from actions.clients import knowledge
from actions.goal import Events, GoalAction, clipped, send, text_of
from actions.wording import options, say

GOAL = "answer_question"
MOST_TITLES = 3


class AnswerQuestion(GoalAction):
    """Answer, ask back, show the article that was named, or say "not sure"."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Search with the question before as context and reply by the band of the result."""
        return await answer(dispatcher, text_of(tracker), tracker.get_slot("last_question"))


async def answer(dispatcher: CollectingDispatcher, question: str, context: str | None) -> Events:
    """Reply to a legal question; return what to remember of it.

    Raises:
        ServiceUnavailable: the knowledge service did not answer.
    """
    found = await knowledge.search(question, context)
    if found.get("article"):
        return _named_article(dispatcher, found["article"], question)
    hits = found.get("hits") or []
    if found["band"] == "answer" and hits:
        return _answer(dispatcher, hits[0], question)
    entries = [hit for hit in hits if hit["kind"] == "entry"]
    if found["band"] == "ask_back" and entries:
        titles = [hit["title"] for hit in entries[:MOST_TITLES]]
        send(dispatcher, say(GOAL, "ask_back"), [*titles, *options("talk_to_lawyer")])
        return [SlotSet("last_question", question)]
    return _not_sure(dispatcher, hits, question)


def remember(hit: dict[str, Any], question: str) -> Events:
    """Return what later turns need to know of the entry that was shown."""
    aid = hit.get("aid") or {}
    return [
        SlotSet("last_question", question),
        SlotSet("last_entry", hit["docid"]),
        SlotSet("last_topic", hit.get("topic")),
        SlotSet("aid_matter", aid.get("matter_type")),
    ]


def _answer(dispatcher: CollectingDispatcher, hit: dict[str, Any], question: str) -> Events:
    if hit["kind"] == "article":
        article = article_text({**hit["citations"][0], **hit})
        send(dispatcher, say(GOAL, "found_article", article=article), options("talk_to_lawyer"))
        return [SlotSet("last_question", question), SlotSet("last_entry", None)]
    reviewed = "reviewed" if hit.get("review") == "reviewed" else "unreviewed"
    closing = [basis(hit["citations"]), say(GOAL, reviewed, date=hit["checked_on"])]
    opening = [say(GOAL, "stale")] if hit.get("stale") else []
    room = 600 - sum(len(part) + 2 for part in [*opening, *closing])
    body = clipped(hit.get("body") or hit["answer"], room)
    send(dispatcher, "\n".join([*opening, body, *closing]), _choices(hit, body))
    return remember(hit, question)


def _choices(hit: dict[str, Any], shown: str) -> list[str]:
    cut = long_enough_to_cut(hit, shown)
    keys = ["more_detail"] if hit.get("detail") or cut else []
    keys.append("show_article")
    keys += ["apply_legal_aid"] if hit.get("aid") else []
    return options(*keys, "talk_to_lawyer")


def _named_article(
    dispatcher: CollectingDispatcher, article: dict[str, Any], question: str
) -> Events:
    if article.get("text"):
        text = article_text(article)
    else:
        text = say(GOAL, "article_absent", law=article["law"], article=article["article"])
    send(dispatcher, text, options("talk_to_lawyer"))
    return [SlotSet("last_question", question)]


def _not_sure(dispatcher: CollectingDispatcher, hits: list[Any], question: str) -> Events:
    possible = may_be_related(hits)
    if possible:
        lines = "\n".join(say(GOAL, "possible_line", title=title) for title in possible)
        text = say(GOAL, "not_sure_possible", articles=lines)
    else:
        text = say(GOAL, "not_sure")
    send(dispatcher, text, options("talk_to_lawyer", "what_can_you_do"))
    return [SlotSet("last_question", question), SlotSet("last_entry", None)]
