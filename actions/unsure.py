"""What the classifier only guesses at is searched: a legal question is never lost to a guess."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before, aid_since
from actions.facets import facet_of
from actions.goal import Events, reads_first
from actions.guesses import is_a_guess
from actions.radar import told_before
from actions.turn import text_of

SHORTEST = 3  # characters; shorter ones are mostly small talk


@reads_first
async def search_the_guessed(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Search a text whose intent is a guess, outside the forms; else nothing."""
    text = text_of(tracker)
    of_the_application = facet_of(text) is not None and aid_since(tracker)
    if (
        of_the_application
        or not is_a_guess(tracker)
        or len(text) < SHORTEST
        or tracker.active_loop_name
    ):
        return []
    return [*told_before(None), *await answer(dispatcher, text, Before.of(tracker))]
