"""A lesson and one quiz question about what was just read; nothing in it is made up here.

The questions come with the entry (`knowledge/quiz.py`): a number blanked in the law's own words.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.beside import ask_beside, reads
from actions.clients import knowledge
from actions.errors import NotFound
from actions.goal import Events, GoalAction
from actions.open_choice import picked
from actions.turn import send, text_of
from actions.wording import listed, options, say

GOAL = "lesson"
QUIZ = "quiz"


class Lesson(GoalAction):
    """Say the one thing to remember, then ask one question about it."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Teach from the entry shown last; say so where there is none, or no question left."""
        docid = tracker.get_slot("last_entry")
        if not docid:
            # What is still to be picked from stays; else there is something to learn for everybody.
            offered = tracker.get_slot("offered") or []
            send(dispatcher, say(GOAL, "nothing_read"), offered or listed(GOAL, "topics"))
            return [SlotSet("offered", offered or listed(GOAL, "topics"))]
        try:
            entry = await knowledge.entry(docid)
        except NotFound:
            send(dispatcher, say("answer_question", "gone"))
            return [SlotSet("last_entry", None)]
        asked = tracker.get_slot("asked_of") or []
        left = [item for item in entry.get("quiz", []) if _key(item) not in asked]
        remember = say(GOAL, "remember", answer=entry["answer"])
        if not left:
            key = "no_more" if entry.get("quiz") else "no_quiz"
            send(dispatcher, "\n".join([remember, say(GOAL, key)]), _after(entry))
            return []
        item = left[0]
        lines = [] if asked else [remember]
        question = "\n".join([*lines, say(GOAL, "question", **item)])
        beside = ask_beside(dispatcher, QUIZ, question, item["choices"])
        return [*beside, SlotSet("quiz", item), SlotSet("asked_of", [*asked, _key(item)])]


@reads(QUIZ)
async def mark(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say whether a choice is right, with the article's own words; nothing where none is picked."""
    item = tracker.get_slot("quiz")
    choice = picked(text_of(tracker), item["choices"]) if item else None
    if item is None or choice is None:
        return []
    key = "right" if choice == item["right"] else "wrong"
    send(dispatcher, say(GOAL, key, **item), options("lesson", "related_questions"))
    return [SlotSet("quiz", None)]


def _key(item: dict[str, Any]) -> str:
    return f"{item['law']}/{item['article']}"


def _after(entry: dict[str, Any]) -> list[str]:
    keys = ["related_questions"] if entry.get("related") else []
    return options(*keys, "talk_to_lawyer")
