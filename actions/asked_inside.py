"""What is asked inside the interview about its own questions: answered, then asked on."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.goal import Events, send, text_of
from actions.wording import say

ABUSE = "victim_of_abuse"


def answer_inside(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer 「这算扔下不管不」 and 「能我替她去办不」; nothing where neither is asked."""
    text = text_of(tracker)
    if re.search(say("interview", "asks_if_abandoned"), text):
        key = "record_it" if tracker.get_slot(REQUESTED_SLOT) == ABUSE else "tell_it"
        send(dispatcher, "\n".join([say("interview", "may_be_abandoned"), say("interview", key)]))
    elif re.search(say("interview", "asks_to_act"), text):
        send(dispatcher, say("interview", "may_act"))
    else:
        return []
    return [SlotSet("misses", 0)]
