"""A question that a goal asks beside the interview, or outside any form, for the next turn only.

`ask_beside` puts it and notes its kind in the slot `beside`; whoever `reads` that kind sees the
next message first. What is no answer is read as any other message, and the question is dropped.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, reads_first
from actions.turn import send

SLOT = "beside"
INTERVIEW = "eligibility_form"
Reader = Callable[[CollectingDispatcher, Tracker], Awaitable[Events]]
_readers: dict[str, Reader] = {}


def waits_beside(tracker: Tracker) -> bool:
    """Return whether it is the interview that waits while something else is asked."""
    return bool(tracker.active_loop_name == INTERVIEW)


def ask_beside(
    dispatcher: CollectingDispatcher, kind: str, question: str, answers: Iterable[str] = ()
) -> Events:
    """Ask; return what makes the next message be read as an answer of this kind."""
    send(dispatcher, question, answers)
    return [SlotSet(SLOT, kind)]


def reads(kind: str) -> Callable[[Reader], Reader]:
    """Let a function read the answers to a kind of question; it replies by returning events."""

    def register(reader: Reader) -> Reader:
        _readers[kind] = reader
        return reader

    return register


async def answered(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Reply to the answer of the question asked beside; nothing where there is none."""
    kind = tracker.get_slot(SLOT)
    return await _readers[kind](dispatcher, tracker) if kind in _readers else []


@reads_first
async def _outside_the_forms(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    return [] if tracker.active_loop_name else await answered(dispatcher, tracker)
