"""Several matters in one message: the most urgent is answered, and none of the others is lost."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.all_of_one import answer_all_of_one
from actions.answer_question import answer
from actions.apart import areas_of
from actions.before import Before, was_offered
from actions.boundaries import refuse_what_is_wrong
from actions.clients import knowledge
from actions.clock import today
from actions.further import answer_of, ask_which_of
from actions.goal import Events, reads_before_all, send
from actions.matters import Matter, matters_of, most_urgent, title_of, titled
from actions.other_questions import Asked, asked_together, offer_the_others
from actions.radar import begin, told_before
from actions.shown_entry import next_steps
from actions.turn import intent_of, text_of
from actions.understanding import the_question_in
from actions.wording import say
from eligibility.radar import asks_about_a_period, match
from eligibility.when import received

WORDS = "apart"
GOAL = "answer_question"
# What these ask is theirs, whatever else is told.
OTHERS = (
    *("talk_to_lawyer", "delete_my_data", "application_status", "stop", "start_over", "correct"),
    *("remind_me", "cancel_reminder", "my_deadline", "private_data", "break_law", "persona"),
    *("prompt_injection", "politics"),
)
OF_NO_LAW = "out_of_scope"
SIDE_QUESTION = "ask_law"


@reads_before_all
async def answer_one_of_several(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer the most urgent of several matters, name the others; nothing where there is one."""
    intent, _ = intent_of(tracker)
    if intent in OTHERS or (tracker.active_loop_name and intent != SIDE_QUESTION):
        return []
    if said := await answer_all_of_one(dispatcher, tracker):
        return said
    if was_offered(tracker):  # the words of a title are not what the citizen asks
        return []
    told = matters_of(text_of(tracker))
    known = all(areas_of(one.words) or title_of(one.words) for one in told)
    if not told or (intent == OF_NO_LAW and not known):
        return []
    if refused := await refuse_what_is_wrong(dispatcher, tracker):
        return refused
    return await answer_first(dispatcher, tracker, told)


async def answer_first(
    dispatcher: CollectingDispatcher, tracker: Tracker, told: list[Matter]
) -> Events:
    """Answer the most urgent of the matters that are told, and offer the others by their names."""
    place = most_urgent([one.words for one in told])
    asked = asked_together(told)
    opening = say(WORDS, "urgent_first", name=told[place].title) if place else ""
    return await answer_at(dispatcher, tracker, asked, place, True, opening)


async def answer_at(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    asked: Asked,
    place: int,
    named: bool = False,
    opening: str = "",
) -> Events:
    """Answer one of the matters that were told together; offer what is left of them."""
    events = await _answer(dispatcher, tracker, asked[place]["asks"])
    if not dispatcher.messages:  # a form asks for what is missing
        send(dispatcher, opening or say(WORDS, "this_one", name=asked[place]["name"]))
    elif opening:
        dispatcher.messages[0]["text"] = f"{opening}\n{dispatcher.messages[0]['text']}"
    return [*events, *offer_the_others(dispatcher, asked, place, events, named)]


async def _answer(dispatcher: CollectingDispatcher, tracker: Tracker, words: str) -> Events:
    """Answer a matter by its own words, by the entry that tells of it where these are too few."""
    paper_came = received(words) and match(words).periods
    if paper_came or asks_about_a_period(words, today()):
        return begin(dispatcher, tracker, words, words)
    question = the_question_in(words)
    before = Before() if areas_of(words) else Before.of(tracker)
    if before.read and (kept := await answer_of(before.read, question, before.told(question))):
        send(dispatcher, kept, next_steps(await knowledge.entry(before.read)))
        return [*told_before(None), SlotSet("last_question", words)]
    sure = (await knowledge.search(question))["band"] == "answer"
    title = None if sure else titled(words)
    if not (sure or title) and (which := await ask_which_of(dispatcher, question, before)):
        return [*told_before(None), *which]
    # The choices of the turn before hold this very one: they are no answer to it.
    before = replace(before, offered=())
    events = [*told_before(None), *await answer(dispatcher, title or question, before)]
    # What was told with the matter is what follow-up questions go on with.
    told = [SlotSet("last_question", words), SlotSet("context", words)] if title else []
    return [*events, *told]
