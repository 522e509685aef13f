"""Intents that are no more than guesses."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.turn import intent_of

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


def is_a_guess(tracker: Tracker) -> bool:
    """Return whether the classifier only guesses what was just written."""
    intent, confidence = intent_of(tracker)
    return intent in LEAST_SURE and confidence < LEAST_SURE[intent]
