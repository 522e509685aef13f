"""Danger goes to a person before any question (the gateway's own check comes before this one)."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.around import danger_is, is_calm, is_held
from actions.before import Before
from actions.boundaries import refuse_a_wrong
from actions.clients import desk, knowledge
from actions.errors import ActionError
from actions.first_steps import first_steps
from actions.goal import Events, GoalAction, intent_of, send, text_of
from actions.handoff_packet import packet
from actions.matters import title_of
from actions.shares import tell_the_share
from actions.stay import stay
from actions.tonight import a_bed_tonight
from actions.who_reads import tell_how_to_wipe
from actions.wording import holds, options, say

logger = logging.getLogger(__name__)
# Below it the numbers are said all the same, but nobody is put before the lawyers' queue for a
# guess: of a thousand real questions of law a few sound like danger to the classifier. Nor are they
# where no word tells of harm: the gateway's own rules and net have heard none either.
CERTAIN, LIKELY = 0.85, 0.6
UNANSWERED = ("lost", "offered")  # what is remembered of a question that found no answer
GRAVE = ("domestic_violence", "minors", "criminal", "public_order")


async def _answer(dispatcher: CollectingDispatcher, tracker: Tracker, over: bool) -> Events:
    """Answer what is over, or only sounds like danger; the numbers come where they may be needed.

    What is over has them behind the answer. What is denied (「没打没抢」) has none, nor has a guess
    where no word tells of harm and the library knows the matter as a peaceful one:
    「我儿子不养我」, or the gateway's rules and net hear nothing: 「前头老婆生的儿子 有没有份」.

    Raises:
        ServiceUnavailable: the library did not answer; the numbers have been said.
    """
    text, before = text_of(tracker), Before.of(tracker)
    sure = intent_of(tracker)[1] >= LIKELY
    try:
        peaceful = title_of(text) or await _is_peaceful(text, before, sure)
        told = holds("safety", "denied", text) or is_held(tracker) or bool(before.hit)
        quiet = peaceful or is_calm(tracker) or holds("safety", "frail", text)
        needed = not told and (holds("safety", "harm", text) or not quiet)
        events = await answer(dispatcher, text, before)
    except ActionError:
        if not before.hit:
            send(dispatcher, say("safety", "maybe"), options("talk_to_lawyer"))
        raise
    if tracker.active_loop_name and _is_unanswered(events):  # the open question is no menu's place
        dispatcher.messages.clear()
        if needed:
            send(dispatcher, say("safety", "maybe"))
        return []
    said = dispatcher.messages[-1]
    if needed and over:
        said["text"] = "\n".join([said["text"], say("safety", "over")])
    elif needed:
        said["text"] = "\n".join([say("safety", "maybe"), said["text"]])
    return events


async def _is_peaceful(text: str, before: Before, sure: bool) -> bool:
    """Return whether the library knows the matter as a peaceful one, surely if `sure` of danger."""
    found = await knowledge.search(text, before.context, before.entry)
    near = not sure and (found["band"] == "ask_back" or bool(found.get("suggests")))
    known = found["band"] == "answer" or near
    topics = [hit["topic"] for hit in found.get("hits") or [] if hit["kind"] == "entry"]
    return known and bool(topics) and topics[0] not in GRAVE


def _is_unanswered(events: Events) -> bool:
    return any(one.get("name") in UNANSWERED and one.get("value") for one in events)


def _goes_on(tracker: Tracker) -> Events:
    """Return what lets the form that is open ask its question again; nothing outside the forms."""
    form = tracker.active_loop_name
    return [FollowupAction(form)] if form else []


class Safety(GoalAction):
    """Say whom to call first, then open an urgent case, or answer where it may be a question."""

    goal = "safety"
    looks_back = False
    reads_choices = False
    may_repeat = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the numbers, even where the desk cannot be reached."""
        if wiped := tell_how_to_wipe(dispatcher, tracker):
            return [*wiped, *_goes_on(tracker)]
        text, (_, confidence) = text_of(tracker), intent_of(tracker)
        held, form = is_held(tracker), tracker.active_loop_name
        if not held and (refused := await refuse_a_wrong(dispatcher, tracker)):
            return refused
        if held and not form:  # the gateway has said whom to call, and stays with who asks nothing
            steps = await first_steps(dispatcher, tracker)
            return steps or await answer(dispatcher, text, Before.of(tracker))
        over = holds("safety", "past", text) and not holds("safety", "now", text)
        doubtful = (
            over
            or holds("safety", "denied", text)
            or confidence < CERTAIN
            or not holds("safety", "harm", text)
        )
        if doubtful or held or Before.of(tracker).hit:
            return [*await self._guessed(dispatcher, tracker, over), *_goes_on(tracker)]
        try:
            await desk.open_case(packet(tracker, "danger", "danger"))
            handed_over = say("safety", "opened")
        except ActionError as error:
            logger.error("safety.desk_unavailable error=%s", error)
            handed_over = say("unavailable", "danger")
        lines = [say("safety", "danger"), handed_over]
        lines += [say("safety", "goes_on")] if form else []
        send(dispatcher, "\n".join(lines), options("talk_to_lawyer"))
        return [*danger_is(tracker, text), *_goes_on(tracker)]

    async def _guessed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, over: bool
    ) -> Events:
        for reader in (first_steps, stay, tell_the_share, a_bed_tonight):
            if not holds("safety", "harm", text_of(tracker)) and (
                told := await reader(dispatcher, tracker)
            ):
                return told
        return await _answer(dispatcher, tracker, over)
