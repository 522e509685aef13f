"""Answering a legal question from the knowledge base, never from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.citations import article_text, basis, long_enough_to_cut, may_be_related
from actions.clients import knowledge
from actions.clock import today
from actions.goal import LONGEST, Events, GoalAction, clipped, intent_of, send, text_of
from actions.radar import begin, begin_again, told_before
from actions.wording import options, say
from eligibility.radar import asks_about_a_period

GOAL = "answer_question"
MOST_TITLES = 3


class AnswerQuestion(GoalAction):
    """Answer, ask back, show the article that was named, or say "not sure"."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count where a period is asked for; else search and reply by the band of the result."""
        if told := begin_again(dispatcher, tracker):
            return told
        if asks_about_a_period(text_of(tracker), today()):
            return begin(dispatcher, tracker, text_of(tracker))
        return [*told_before(None), *await self._search(dispatcher, tracker)]

    async def _search(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        intent, _ = intent_of(tracker)
        if intent == "out_of_scope":
            otherwise = say(GOAL, "out_of_scope"), options("talk_to_lawyer", "what_can_you_do")
            return await answer(dispatcher, text_of(tracker), None, otherwise)
        return await answer(dispatcher, text_of(tracker), Before.of(tracker))


@dataclass(frozen=True)
class Before:
    """What a question may follow: the `context` of the last search, and the entry shown last."""

    context: str | None
    entry: str | None

    @classmethod
    def of(cls, tracker: Tracker) -> Before:
        """Return what came before in a conversation."""
        return cls(tracker.get_slot("context"), tracker.get_slot("last_entry"))


async def answer(
    dispatcher: CollectingDispatcher,
    question: str,
    before: Before | None,
    otherwise: tuple[str, list[str]] | None = None,
) -> Events:
    """Reply to a legal question; return what to remember of it.

    Args:
        dispatcher: takes the reply.
        question: what the citizen wrote.
        before: what it may follow, None where that does not matter.
        otherwise: what to say, with its options, when nothing fits and that is no surprise.

    Raises:
        ServiceUnavailable: the knowledge service did not answer.
    """
    found = await _find(question, before)
    if found.get("article"):
        return _named_article(dispatcher, found["article"], question)
    hits = found.get("hits") or []
    entries = [hit for hit in hits if hit["kind"] == "entry"]
    if found["band"] == "answer" and hits:
        shown = _answer(dispatcher, (entries or hits)[0])
        return [*_asked(found, question, None), *shown]
    if found["band"] == "ask_back" and entries:
        titles = [hit["title"] for hit in entries[:MOST_TITLES]]
        send(dispatcher, say(GOAL, "ask_back"), [*titles, *options("talk_to_lawyer")])
        return _asked(found, question, before)
    if otherwise:
        send(dispatcher, *otherwise)
        return [SlotSet("last_question", question), SlotSet("last_entry", None)]
    near = [hit["title"] for hit in entries[:MOST_TITLES]] if found.get("suggests") else []
    _not_sure(dispatcher, near, may_be_related(hits))
    return _asked(found, question, None)


async def _find(question: str, before: Before | None) -> dict[str, Any]:
    if before is None or before.context is None:
        return await knowledge.search(question)
    return await knowledge.search(question, before.context, before.entry)


def _asked(found: dict[str, Any], question: str, before: Before | None) -> Events:
    """Return what to remember of a question that no entry answered at once.

    Where it opened another matter, what was shown before no longer counts.
    """
    context = found.get("context") or question
    leaned = before is not None and ("\n" in context or context == before.context)
    shown = [] if leaned else [SlotSet("last_entry", None)]
    return [SlotSet("last_question", question), SlotSet("context", context), *shown]


def _remember(hit: dict[str, Any]) -> Events:
    """Return what later turns need to know of the entry that was shown."""
    matter = (hit.get("aid") or {}).get("matter_type")
    return [
        SlotSet("last_entry", hit["docid"]),
        SlotSet("last_topic", hit.get("topic")),
        # A general entry ("other") offers the application but says nothing of the citizen's matter.
        SlotSet("aid_matter", None if matter == "other" else matter),
    ]


def _answer(dispatcher: CollectingDispatcher, hit: dict[str, Any]) -> Events:
    """Show an entry or an article; return what to remember of it."""
    if hit["kind"] == "article":
        article = article_text({**hit["citations"][0], **hit})
        send(dispatcher, say(GOAL, "found_article", article=article), options("talk_to_lawyer"))
        return [SlotSet("last_entry", None)]
    reviewed = "reviewed" if hit.get("review") == "reviewed" else "unreviewed"
    closing = [basis(hit["citations"]), say(GOAL, reviewed, date=hit["checked_on"])]
    opening = [say(GOAL, "stale")] if hit.get("stale") else []
    room = LONGEST - sum(len(part) + 2 for part in [*opening, *closing])
    body = clipped(hit.get("body") or hit["answer"], room)
    send(dispatcher, "\n".join([*opening, body, *closing]), _choices(hit, body))
    return _remember(hit)


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
        key = "article_replaced" if article.get("replaced_by") else "article_absent"
        text = say(GOAL, key, **article)
    send(dispatcher, text, options("talk_to_lawyer"))
    return [SlotSet("last_question", question)]


def _not_sure(
    dispatcher: CollectingDispatcher, near: Sequence[str], possible: Sequence[str]
) -> None:
    """Say so; suggest the entries that come nearest, or else name articles that may be related."""
    if near:
        send(dispatcher, say(GOAL, "not_sure_near"), [*near, *options("talk_to_lawyer")])
        return
    text = say(GOAL, "not_sure")
    if possible:
        lines = "\n".join(say(GOAL, "possible_line", title=title) for title in possible)
        text = say(GOAL, "not_sure_possible", articles=lines)
    send(dispatcher, text, options("talk_to_lawyer", "what_can_you_do"))
