"""What the classifier only guesses at is searched: a legal question is never lost to a guess."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.goal import Events, reads_first
from actions.radar import told_before
from actions.turn import intent_of, text_of

LEAST_SURE = 0.45
SHORTEST = 3  # characters; shorter ones are mostly small talk
GUESSED = (
    *("affirm", "deny", "dont_know", "greet", "thanks", "goodbye", "insult", "are_you_human"),
    *("what_can_you_do", "find_office", "required_documents", "application_status", "correct"),
    *("related_questions", "more_detail", "stop", "lesson", "why"),
)


@reads_first
async def search_the_guessed(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Search a text whose intent is a guess, outside the forms; else nothing."""
    intent, confidence = intent_of(tracker)
    text = text_of(tracker)
    guessed = intent in GUESSED and confidence < LEAST_SURE and len(text) >= SHORTEST
    if not guessed or tracker.active_loop_name:
        return []
    return [*told_before(None), *await answer(dispatcher, text, Before.of(tracker))]
