"""What the classifier only guesses at is searched: a legal question is never lost to a guess."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before, aid_since
from actions.facets import facet_of
from actions.goal import Events, reads_first
from actions.radar import told_before
from actions.turn import intent_of, text_of

SHORTEST = 3  # characters; shorter ones are mostly small talk
# How sure the classifier must be: little for a short sentence, more for a long reply about another
# thing than what was asked, most for what asks whether everything shall be deleted.
SMALL, LONG, GRAVE = 0.45, 0.6, 0.75
LEAST_SURE = {
    **dict.fromkeys(("affirm", "deny", "dont_know", "greet", "thanks", "goodbye"), SMALL),
    **dict.fromkeys(("insult", "are_you_human", "what_can_you_do", "correct", "stop"), SMALL),
    **dict.fromkeys(("related_questions", "more_detail", "lesson", "why"), SMALL),
    **dict.fromkeys(("find_office", "apply_legal_aid", "required_documents"), LONG),
    "application_status": LONG,
    "delete_my_data": GRAVE,
}


@reads_first
async def search_the_guessed(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Search a text whose intent is a guess, outside the forms; else nothing."""
    intent, confidence = intent_of(tracker)
    text = text_of(tracker)
    guessed = intent in LEAST_SURE and confidence < LEAST_SURE[intent]
    of_the_application = facet_of(text) is not None and aid_since(tracker)
    if of_the_application or not guessed or len(text) < SHORTEST or tracker.active_loop_name:
        return []
    return [*told_before(None), *await answer(dispatcher, text, Before.of(tracker))]
