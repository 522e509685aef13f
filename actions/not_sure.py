"""Where nothing fits: an honest sentence, then an open question, put twice, then a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.examples import near_examples
from actions.goal import Events, send
from actions.shown_entry import GOAL
from actions.wording import options, say

KEYS_OF_ONE = ("not_sure_near_one", "lost_near_one")
KEYS_OF_SEVERAL = ("not_sure_near", "lost_near")
OPEN, PERSON = 3, 4  # how many messages in a row found nothing


def not_sure(
    dispatcher: CollectingDispatcher,
    lost: int,
    otherwise: tuple[str, list[str]],
    near: Sequence[str] = (),
    possible: Sequence[str] = (),
    said: str = "",
    likeliest: dict[str, Any] | None = None,
) -> Events:
    """Say so; return how many messages in a row have now found nothing.

    Args:
        dispatcher: takes the reply.
        lost: how many messages just before this one found nothing.
        otherwise: what to say the first time, with its options.
        near: titles of the entries that come nearest.
        possible: articles that may be related.
        said: what was said, now and before; the examples are near to it.
        likeliest: the entry of which who was offered some before is told in a sentence.
    """
    times = lost + 1
    events = [SlotSet("lost", times)]
    if times >= PERSON and times % 2 == PERSON % 2:
        send(dispatcher, say(GOAL, "lost_person"), options("talk_to_lawyer", "what_can_you_do"))
    elif near and likeliest and times > 1:
        send(
            dispatcher, say(GOAL, "lost_leaning", **likeliest), [*near, *options("talk_to_lawyer")]
        )
        events.append(SlotSet("offered", list(near)))
    elif near:
        first, later = KEYS_OF_ONE if len(near) == 1 else KEYS_OF_SEVERAL
        key = first if times == 1 else later
        send(dispatcher, say(GOAL, key), [*near, *options("talk_to_lawyer")])
        events.append(SlotSet("offered", list(near)))
    elif times > 1:
        key = "lost_open" if times >= OPEN else "lost_again"
        send(dispatcher, say(GOAL, key, **near_examples(said)), options("talk_to_lawyer"))
    else:
        text, offered = otherwise
        send(dispatcher, _possible(possible) if possible else text, offered)
    return events


def _possible(articles: Sequence[str]) -> str:
    lines = "\n".join(say(GOAL, "possible_line", title=title) for title in articles)
    return say(GOAL, "not_sure_possible", articles=lines)
