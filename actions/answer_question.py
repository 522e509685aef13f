"""Answering a legal question from the knowledge base, never from memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.citations import article_text, basis, long_enough_to_cut, may_be_related
from actions.clients import knowledge
from actions.goal import LONGEST, Events, GoalAction, clipped, intent_of, send, text_of, today
from actions.radar import begin, begin_again
from actions.wording import options, say
from eligibility.radar import asks_about_a_period

GOAL = "answer_question"
MOST_TITLES = 3
BANDS = ("not_sure", "ask_back", "answer")  # from the least sure


class AnswerQuestion(GoalAction):
    """Answer, ask back, show the article that was named, or say "not sure"."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count where a period is asked for; else search and reply by the band of the result."""
        intent, _ = intent_of(tracker)
        if told := begin_again(dispatcher, tracker):
            return told
        if asks_about_a_period(text_of(tracker), today()):
            return begin(dispatcher, tracker, text_of(tracker))
        if intent == "out_of_scope":
            return await answer(dispatcher, text_of(tracker), None, unsure="out_of_scope")
        return await answer(dispatcher, text_of(tracker), tracker.get_slot("context"))


async def answer(
    dispatcher: CollectingDispatcher, question: str, context: str | None, unsure: str = "not_sure"
) -> Events:
    """Reply to a legal question; return what to remember of it.

    Args:
        dispatcher: takes the reply.
        question: what the citizen wrote.
        context: what was asked before it, None where that does not matter.
        unsure: the text of words/answer_question.yml to say when nothing fits.

    Raises:
        ServiceUnavailable: the knowledge service did not answer.
    """
    found = await _find(question, context)
    if found.get("article"):
        return _named_article(dispatcher, found["article"], question)
    hits = found.get("hits") or []
    entries = [hit for hit in hits if hit["kind"] == "entry"]
    if found["band"] == "answer" and hits:
        return _answer(dispatcher, (entries or hits)[0], question)
    if found["band"] == "ask_back" and entries:
        titles = [hit["title"] for hit in entries[:MOST_TITLES]]
        send(dispatcher, say(GOAL, "ask_back"), [*titles, *options("talk_to_lawyer")])
        return _asked(question)
    if unsure != "not_sure":
        return _not_sure(dispatcher, unsure, question)
    near = [hit["title"] for hit in entries[:MOST_TITLES]] if found.get("suggests") else []
    return _not_sure(dispatcher, unsure, question, near, may_be_related(hits))


async def _find(question: str, context: str | None) -> dict[str, Any]:
    """Search the question on its own, and only where that is not enough with what it follows."""
    alone = await knowledge.search(question)
    if not context or alone.get("article") or alone["band"] == "answer":
        return alone
    return max(alone, await knowledge.search(question, context), key=_sureness)


def _sureness(found: dict[str, Any]) -> tuple[int, float]:
    scores = [hit["score"] for hit in found.get("hits") or [] if hit["kind"] == "entry"]
    return BANDS.index(found["band"]), max(scores, default=0.0)


def _asked(question: str) -> Events:
    return [SlotSet("last_question", question), SlotSet("context", question), *_over()]


def _over() -> Events:
    """Forget what 「详细」 and a bare day would go on with."""
    return [SlotSet("detail", None), SlotSet("recent", None)]


def remember(hit: dict[str, Any], question: str) -> Events:
    """Return what later turns need to know of the entry that was shown."""
    matter = (hit.get("aid") or {}).get("matter_type")
    return [
        SlotSet("last_question", question),
        SlotSet("context", hit["title"]),
        SlotSet("last_entry", hit["docid"]),
        SlotSet("last_topic", hit.get("topic")),
        # A general entry ("other") offers the application but says nothing of the citizen's matter.
        SlotSet("aid_matter", None if matter == "other" else matter),
        *_over(),
    ]


def _answer(dispatcher: CollectingDispatcher, hit: dict[str, Any], question: str) -> Events:
    if hit["kind"] == "article":
        article = article_text({**hit["citations"][0], **hit})
        send(dispatcher, say(GOAL, "found_article", article=article), options("talk_to_lawyer"))
        return [*_asked(question), SlotSet("last_entry", None)]
    reviewed = "reviewed" if hit.get("review") == "reviewed" else "unreviewed"
    closing = [basis(hit["citations"]), say(GOAL, reviewed, date=hit["checked_on"])]
    opening = [say(GOAL, "stale")] if hit.get("stale") else []
    room = LONGEST - sum(len(part) + 2 for part in [*opening, *closing])
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
        key = "article_replaced" if article.get("replaced_by") else "article_absent"
        text = say(GOAL, key, **article)
    send(dispatcher, text, options("talk_to_lawyer"))
    return [SlotSet("last_question", question)]


def _not_sure(
    dispatcher: CollectingDispatcher,
    unsure: str,
    question: str,
    near: Sequence[str] = (),
    possible: Sequence[str] = (),
) -> Events:
    """Say so; suggest the entries that come nearest, or else name articles that may be related."""
    if near:
        send(dispatcher, say(GOAL, "not_sure_near"), [*near, *options("talk_to_lawyer")])
        return [*_asked(question), SlotSet("last_entry", None)]
    text = say(GOAL, unsure)
    if possible:
        lines = "\n".join(say(GOAL, "possible_line", title=title) for title in possible)
        text = say(GOAL, "not_sure_possible", articles=lines)
    send(dispatcher, text, options("talk_to_lawyer", "what_can_you_do"))
    return [SlotSet("last_question", question), SlotSet("last_entry", None), *_over()]
