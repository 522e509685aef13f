"""Small talk: a short sentence and a way on; said again, other words."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, GoalAction, send
from actions.repeating import said_last_turn
from actions.wording import entries, options

WORDS = "small_talk"


class SmallTalk(GoalAction):
    """Says the sentence of `goal`; the subclasses below fill it in."""

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say it, or its second form where it was said in the turn before."""
        words = entries(WORDS)[self.goal]
        text = str(words["text"]).strip()
        if said_last_turn(text, tracker):
            text = str(words["again"]).strip()
        send(dispatcher, text, options(*words.get("options", [])))
        return []


TALKING = tuple(
    type(f"Say_{goal}", (SmallTalk,), {"goal": goal, "__module__": __name__})
    for goal in entries(WORDS)
)
