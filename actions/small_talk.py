"""Small talk: a short sentence and a way on; said again, other words.

What only sounds like a yes or a no (「他不同意」, 「有证」) goes on with what was told before.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.goal import Events, GoalAction, intent_of, send, text_of
from actions.repeating import said_last_turn
from actions.still_offered import keep_offering
from actions.understanding import asks, asks_what_now
from actions.wording import entries, options
from eligibility import says_unknown

WORDS = "small_talk"
SAID_OF_THE_MATTER = ("affirm", "deny")
COURTESIES = ("greet", "thanks", "goodbye")
NOT_KNOWING = "dont_know"
ABOUT_THE_BOT = "what_can_you_do"
# A yes or a no of one or two signs needs less certainty than something longer.
SHORT = 2
CERTAIN_OF_SHORT, CERTAIN = 0.5, 0.75


class SmallTalk(GoalAction):
    """Says the sentence of `goal`; the subclasses below fill it in."""

    speaks_meanwhile = False
    speaks_in_danger = False

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say it, or its second form where it was said in the turn before."""
        if self._belongs_to_the_matter(tracker):
            return await answer(dispatcher, text_of(tracker), Before.of(tracker))
        words = entries(WORDS)[self.goal]
        text = str(words["text"]).strip()
        if said_last_turn(text, tracker):
            text = str(words["again"]).strip()
        send(dispatcher, text, options(*words.get("options", [])))
        return keep_offering(dispatcher, tracker, only_matters=self.goal in COURTESIES)

    def answers_after_all(self, tracker: Tracker) -> bool:
        """Return whether it is a question of the matter that sounds like this: 「要钱不」."""
        return self._belongs_to_the_matter(tracker) and asks(text_of(tracker))

    def _belongs_to_the_matter(self, tracker: Tracker) -> bool:
        """Return whether a text goes on with a matter that was told, though it sounds like this."""
        if tracker.active_loop_name or not tracker.get_slot("context"):
            return False
        text = text_of(tracker)
        intent, confidence = intent_of(tracker)
        if self.goal == ABOUT_THE_BOT:
            return asks_what_now(text) or (intent == NOT_KNOWING and not says_unknown(text))
        certain = CERTAIN_OF_SHORT if len(text) <= SHORT else CERTAIN
        return self.goal in SAID_OF_THE_MATTER and confidence < certain


TALKING = tuple(
    type(f"Say_{goal}", (SmallTalk,), {"goal": goal, "__module__": __name__})
    for goal in entries(WORDS)
)
