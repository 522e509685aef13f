"""Where nothing fits: an honest sentence, then an open question, put twice, then a person."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.examples import near_examples
from actions.goal import Events, send
from actions.shown_entry import GOAL
from actions.wording import options, say

OPEN, PERSON = 3, 4  # how many messages in a row found nothing


def not_sure(
    dispatcher: CollectingDispatcher,
    lost: int,
    otherwise: tuple[str, list[str]],
    near: Sequence[str] = (),
    possible: Sequence[str] = (),
    said: str = "",
) -> Events:
    """Say so; return how many messages in a row have now found nothing.

    Args:
        dispatcher: takes the reply.
        lost: how many messages just before this one found nothing.
        otherwise: what to say the first time, with its options.
        near: titles of the entries that come nearest.
        possible: articles that may be related.
        said: what was said, now and before; the examples are near to it.
    """
    times = lost + 1
    events = [SlotSet("lost", times)]
    if times >= PERSON and times % 2 == PERSON % 2:
        send(dispatcher, say(GOAL, "lost_person"), options("talk_to_lawyer", "what_can_you_do"))
    elif near:
        key = "not_sure_near" if times == 1 else "lost_near"
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
