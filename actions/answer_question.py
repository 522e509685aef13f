"""Answering a legal question from the knowledge base, never from memory."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.citations import article_text, may_be_related
from actions.clients import knowledge
from actions.clock import today
from actions.denying import leaning, plainly_meant, said_instead
from actions.due_day import due_line
from actions.entry_parts import lines_about
from actions.facets import asked_of, may_ask
from actions.further import SURELY, answer_of, kept_for
from actions.goal import Events, GoalAction, clipped, intent_of, send, text_of
from actions.likeliest import put_forward, worth_naming
from actions.not_sure import not_sure
from actions.of_the_matter import clear_with_the_matter
from actions.picked_title import asked_of_it, tell_the_picked
from actions.radar import begin, begin_again, told_before
from actions.shown_entry import (
    GOAL,
    next_steps,
    remember,
    show,
    show_lines,
    show_more_of,
    stands_above,
)
from actions.sided_search import on_the_right_side
from actions.sides import (
    Pair,
    Plain,
    both_sides,
    for_the_own_side,
    side_called,
    sides_said,
    told_plainly,
)
from actions.still_offered import keep_offering
from actions.understanding import the_question_in
from actions.wording import options, say
from eligibility.radar import asks_about_a_period

LONGEST_PLACE = 2
# Share of likelihood from which the best of several is said in a sentence, as no more than likely:
# of ways of asking between this and an answer it is the right one for four in five.
LEANS = 0.4
WAYS_ON = ("talk_to_lawyer", "what_can_you_do")


class AnswerQuestion(GoalAction):
    """Answer, ask back, show the article that was named, or say "not sure"."""

    goal = GOAL
    answers_stories = False

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count where a period is asked for; else search and reply by the band of the result."""
        if told := begin_again(dispatcher, tracker):
            return told
        if _is_only_a_number(text_of(tracker)):
            send(dispatcher, say(GOAL, "no_number"), options(*WAYS_ON))
            return told_before(None)
        if asks_about_a_period(text_of(tracker), today()):
            said = clear_with_the_matter(tracker) or text_of(tracker)
            return begin(dispatcher, tracker, said, text_of(tracker))
        events = [*told_before(None), *await self._search(dispatcher, tracker)]
        if (line := due_line(text_of(tracker))) and dispatcher.messages:
            first = dispatcher.messages[0]
            first["text"] = clipped("\n\n".join([line, first["text"]]))
        return events

    async def _search(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        intent, _ = intent_of(tracker)
        before = Before.of(tracker)
        of_the_offered = before.offered and may_ask(text_of(tracker))
        if intent == "out_of_scope" and not of_the_offered:
            otherwise = say(GOAL, "out_of_scope"), options(*WAYS_ON)
            events = await answer(dispatcher, text_of(tracker), before.alone(), otherwise)
            return [*keep_offering(dispatcher, tracker), *events]
        return await answer(dispatcher, the_question_in(text_of(tracker)), before)


def _is_only_a_number(text: str) -> bool:
    """Return whether a text picks a place where nothing is offered (else it came as words)."""
    return text.isdecimal() and len(text) <= LONGEST_PLACE


async def answer(
    dispatcher: CollectingDispatcher,
    question: str,
    before: Before,
    otherwise: tuple[str, list[str]] | None = None,
) -> Events:
    """Reply to a legal question; return what to remember of it.

    Args:
        dispatcher: takes the reply.
        question: what the citizen wrote.
        before: what it may follow.
        otherwise: what to say, with its options, when nothing fits and that is no surprise.

    Raises:
        ServiceUnavailable: the knowledge service did not answer.
    """
    if (anew := said_instead(question)) and question not in before.offered:
        question, before = anew, before.anew()
    found = await _find(question, before)
    if found.get("article"):
        return _named_article(dispatcher, found["article"], question)
    told = before.told(question)
    named_now = any(hit["title"] == question for hit in found.get("hits") or [])
    found = _without_the_denied(await on_the_right_side(told, found), before, told)
    of_aid = f"{say(GOAL, 'of_aid')}\n" if before.aid else ""
    plain = told_plainly(of_aid + told, before.read, found["band"] == "answer")
    if plain and not named_now:
        return await _answer_plainly(dispatcher, question, plain, found, before)
    hits = found.get("hits") or []
    entries = [hit for hit in hits if hit["kind"] == "entry"]
    named = [hit for hit in entries if hit["title"] == question]
    sure_of_the_matter = found["band"] != "not_sure" or any(map(side_called, before.offered))
    pair = both_sides(told, entries) if sure_of_the_matter and not named else None
    if pair:
        return [*asked_of_it(found, question, before), *_ask_the_side(dispatcher, pair)]
    if named:
        return await tell_the_picked(dispatcher, named[0], question, found, before)
    if found["band"] == "answer" and hits:
        best = (entries or hits)[0]
        read = best["docid"] == before.read or stands_above(best, before.said)
        if read and question != before.question:
            kept = "" if otherwise else await kept_for(best["docid"], question, told)
            if kept:
                send(dispatcher, kept, next_steps(best))
                return [*asked_of_it(found, question, before), *remember(best)]
            more = show_more_of(dispatcher, best, question, before.said)
            return [*asked_of_it(found, question, before), *more]
        shown = show(dispatcher, best, await _short_answer(best, question, told))
        return [*asked_of_it(found, question, None), *shown]
    own = found["band"] == "not_sure" and sides_said((question,))
    if entries and (found["band"] == "ask_back" or (own and for_the_own_side(told, entries))):
        asked = asked_of_it(found, question, before)
        sure = for_the_own_side(told, entries)
        asks_which = not (before.offered or sure)
        kept = "" if asks_which else await answer_of(entries[0]["docid"], question, told, SURELY)
        return [*asked, *_ask_back(dispatcher, entries, question, before, sure, kept)]
    if otherwise:
        lost = not_sure(dispatcher, before.lost, otherwise, said=told)
        return [SlotSet("last_question", question), *lost]
    near, likeliest = put_forward(entries if found.get("suggests") else [], before)
    unsure = say(GOAL, "not_sure"), options(*WAYS_ON)
    lost = not_sure(dispatcher, before.lost, unsure, near, may_be_related(hits), told, likeliest)
    return [*asked_of_it(found, question, before), *lost]


def _ask_the_side(dispatcher: CollectingDispatcher, pair: Pair) -> Events:
    labels = [side.says for side in pair.sides]
    send(dispatcher, pair.ask, [*labels, *options("talk_to_lawyer")])
    return [SlotSet("offered", labels)]


def _ask_back(
    dispatcher: CollectingDispatcher,
    entries: list[dict[str, Any]],
    question: str,
    before: Before,
    own_side: bool,
    kept: str,
) -> Events:
    """Ask which is meant; who was asked already, or told a side, is told what comes nearest.

    Where that entry keeps an answer to the very question (`kept`), it is all that is said of it.
    """
    titles = worth_naming(entries)
    offered = SlotSet("offered", titles)
    guessing = before.offered or own_side
    if guessing and stands_above(entries[0], before.said):
        return [*show_more_of(dispatcher, entries[0], question, before.said), offered]
    if guessing:
        guess = say(GOAL, "guess" if before.offered else "guess_side", title=titles[0])
        if kept:
            send(dispatcher, f"{guess}\n{kept}", [titles[0], *next_steps(entries[0])])
            return [*remember(entries[0]), offered]
        return [*show(dispatcher, entries[0], guess), offered]
    best = entries[0]
    leans = best["score"] >= LEANS and not stands_above(best, before.said)
    text = say(GOAL, "ask_back_leaning", **best) if leans else say(GOAL, "ask_back")
    send(dispatcher, text, [*titles, *options("talk_to_lawyer")])
    return [offered]


async def _short_answer(entry: dict[str, Any], question: str, told: str) -> str:
    """Return what an entry keeps for the one thing that is asked of it: 「保护令收费不」."""
    if entry["kind"] != "entry" or not asked_of(question, entry["title"]).facets:
        return ""
    return await answer_of(entry["docid"], question, told, SURELY)


def _without_the_denied(found: dict[str, Any], before: Before, told: str) -> dict[str, Any]:
    """Return what was found without what the citizen denied; what is next was only guessed.

    What is for the side that was told stays: it was put forward among others, or too early.
    """
    hits = found.get("hits") or []
    denied = [hit for hit in hits if any(one.excludes(hit) for one in before.denied)]
    left = [hit for hit in hits if hit not in denied or for_the_own_side(told, [hit])]
    guessed = found["band"] == "answer" and left[:1] != hits[:1]
    return {**found, "hits": left, "band": "ask_back" if guessed else found["band"]}


async def _answer_plainly(
    dispatcher: CollectingDispatcher,
    question: str,
    plain: Plain,
    found: dict[str, Any],
    before: Before,
) -> Events:
    """Answer with the lines of the entry that are meant; with all of it where none are named.

    Once it was read, what it keeps for the very question comes first.
    """
    entry = {"kind": "entry", **await knowledge.entry(plain.entry)}
    asked = asked_of_it(found, question, before)
    lines = lines_about(entry, plain.lines) if plain.lines else []
    if lines and not any("\n".join(lines) in one for one in before.said):
        return [*asked, *show_lines(dispatcher, entry, lines)]
    if plain.entry == before.read:
        if kept := await answer_of(plain.entry, question, before.told(question)):
            send(dispatcher, kept, next_steps(entry))
            return [*asked, *remember(entry)]
        return [*asked, *show_more_of(dispatcher, entry, question, before.said)]
    return [*asked, *show(dispatcher, entry)]


async def _find(question: str, before: Before) -> dict[str, Any]:
    """Search; of a question that denies what was put forward, only the rest is searched."""
    if question in before.offered:  # a title denies nothing of what was said
        return await knowledge.search(question)
    question = plainly_meant(question)
    if before.said:
        question = leaning(question, before.question)
    if before.context is None:
        return await knowledge.search(question)
    return await knowledge.search(question, before.context, before.entry)


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
