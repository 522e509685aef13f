"""Where nothing fits: an honest sentence, then other words, then choices, then a person."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, send
from actions.shown_entry import GOAL
from actions.wording import listed, options, say

CHOICES, PERSON = 3, 4  # how many messages in a row found nothing


def not_sure(
    dispatcher: CollectingDispatcher,
    lost: int,
    otherwise: tuple[str, list[str]],
    near: Sequence[str] = (),
    possible: Sequence[str] = (),
) -> Events:
    """Say so; return how many messages in a row have now found nothing.

    Args:
        dispatcher: takes the reply.
        lost: how many messages just before this one found nothing.
        otherwise: what to say the first time, with its options.
        near: titles of the entries that come nearest.
        possible: articles that may be related.
    """
    times = lost + 1
    events = [SlotSet("lost", times)]
    if times >= PERSON and times % 2 == PERSON % 2:
        send(dispatcher, say(GOAL, "lost_person"), options("talk_to_lawyer", "what_can_you_do"))
    elif times >= CHOICES and not near:
        common = listed(GOAL, "common")
        send(dispatcher, say(GOAL, "lost_choices"), [*common, *options("talk_to_lawyer")])
        events.append(SlotSet("offered", common))
    elif near:
        key = "not_sure_near" if times == 1 else "lost_near"
        send(dispatcher, say(GOAL, key), [*near, *options("talk_to_lawyer")])
        events.append(SlotSet("offered", list(near)))
    elif times > 1:
        send(dispatcher, say(GOAL, "lost_again"), options("talk_to_lawyer", "what_can_you_do"))
    else:
        text, offered = otherwise
        send(dispatcher, _possible(possible) if possible else text, offered)
    return events


def _possible(articles: Sequence[str]) -> str:
    lines = "\n".join(say(GOAL, "possible_line", title=title) for title in articles)
    return say(GOAL, "not_sure_possible", articles=lines)
