"""What sounds like the interview and is none: a question about the matter, or on leaving it."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.forms import REQUESTED_SLOT

from actions.before import Before, aid_since
from actions.facets import facet_of
from actions.goal import intent_of, text_of
from actions.known_facts import told_ids
from actions.wording import say

BEGINNING = ("check_eligibility", "resume")


def asks_of_the_matter(tracker: Tracker) -> bool:
    """Return whether a message asks on about the entry just read, though it sounds like beginning.

    「能要回来多少」 sounds like going on with one; where none was begun there is nothing to go on.
    """
    (intent, _), text = intent_of(tracker), text_of(tracker)
    running = tracker.get_slot(REQUESTED_SLOT)
    before = Before.of(tracker)
    asked = before.read or (intent == "check_eligibility" and before.offered and before.context)
    if running or intent not in BEGINNING or not asked:
        return False
    if re.search(say("interview", "names_aid"), text) or aid_since(tracker):
        return False
    begun = tracker.get_slot("screened") or told_ids(tracker)
    return facet_of(text) is not None or not begun


def asked_on_leaving(tracker: Tracker) -> str:
    """Return what is asked of who leaves the interview in the same breath; "" where nothing is.

    「不是填表 我问孩子判给谁」, 「先不填了 要是他放出来咋办」.
    """
    if not tracker.get_slot(REQUESTED_SLOT):
        return ""
    found = re.search(say("interview", "leaves_to_ask"), text_of(tracker))
    asked = found["asked"].strip(" ，。,.！!？?") if found else ""
    return asked if re.search(say("interview", "asks_on"), asked) else ""
