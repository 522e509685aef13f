"""How to apply for legal aid: the steps, where, and how long it takes."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asks_to_apply import asks_to_apply, asks_whether
from actions.before import Before
from actions.clock import today
from actions.goal import (
    LONGEST,
    Events,
    GoalAction,
    clipped,
    intent_of,
    reads_first,
    send,
    text_of,
)
from actions.known_facts import facts_of, matter_label
from actions.sides import told_plainly
from actions.wording import holds, listed, options, say
from eligibility import Screening, screen
from eligibility.sentences import say as law

GOAL = "guide_application"
INTERVIEW = "eligibility_form"
MAY_ASK = ("ask_law", "after_application", "apply_legal_aid", "nlu_fallback", "more_detail")
CLOCKS = (
    "provisional",
    "preservation",
    "notice",
    "notice_assignment",
    "duty_lawyer_forwards",
    "decision",
    "assignment",
)
CARRIED = ("identity", "matter_papers")
MOST_PAPERS = 2
LONGEST_SIGH = 40  # characters; what is longer tells a story


class GuideApplication(GoalAction):
    """Tell the steps, for the matter if it is known."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the steps in order; who is beaten hears first whom to call."""
        if asks_whether(text_of(tracker), tracker):
            return [ActiveLoop(INTERVIEW)]
        if holds("after_application", "beaten", text_of(tracker)):
            send(dispatcher, say("after_application", "beaten_first"))
        facts = facts_of(tracker)
        if facts.matter is None and tracker.get_slot("aid_matter"):
            facts = replace(facts, matter=tracker.get_slot("aid_matter"))
        steps = _steps(screen(facts, today()), matter_label(facts.matter))
        send(dispatcher, steps, _choices(tracker))
        return []


@reads_first
async def cannot_pay_a_lawyer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell how to apply for legal aid where a told matter meets 「没钱请律师」; else nothing."""
    text = text_of(tracker)
    found = holds(GOAL, "cannot_pay", text)
    told = tracker.get_slot("context") or tracker.get_slot("aid_matter")
    if not found or not told or tracker.active_loop_name or len(text) > LONGEST_SIGH:
        return []
    plain = told_plainly(f"{told}\n{text}", Before.of(tracker).read, sure=True)
    if plain and "律师" in plain.lines:  # for this matter one is sent, and nobody need apply
        return []
    return [*await GuideApplication().reply(dispatcher, tracker), SlotSet("recent", GOAL)]


@reads_first
async def asks_how(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell how to apply to whoever asks it beside a matter (「…法律援助咋弄」); else nothing."""
    heard = intent_of(tracker)[0] in MAY_ASK and not tracker.active_loop_name
    if not heard or not asks_to_apply(text_of(tracker)):
        return []
    told = await GuideApplication().reply(dispatcher, tracker)
    return [*told, SlotSet("recent", GOAL), SlotSet("last_question", text_of(tracker))]


def _steps(screening: Screening, label: str | None) -> str:
    """Return the guide, with as many of the papers as there is room for."""
    for papers in range(MOST_PAPERS, -1, -1):
        text = "\n".join(_lines(screening, label, papers))
        if len(text) <= LONGEST:
            return text
    return clipped(text)


def _lines(screening: Screening, label: str | None, papers: int) -> list[str]:
    title = say(GOAL, "title_matter", matter=label) if label else say(GOAL, "title")
    steps = [f"{place}. {step}" for place, step in enumerate(listed(GOAL, "steps"), start=1)]
    bring = [paper.text for paper in screening.documents if paper.id in CARRIED][:papers]
    brought = [say(GOAL, "bring", papers="；".join(bring))] if bring else []
    place = f"{say(GOAL, 'where')}{screening.offices[0].text}"
    clocks = [f"· {clock.text}" for clock in screening.deadlines if clock.id in CLOCKS]
    after = [_after("granted", "remedy_ask_progress"), _after("refused", "remedy_written_reasons")]
    waits = [say(GOAL, "clocks"), *clocks, say(GOAL, "after"), *(f"· {line}" for line in after)]
    return [title, *steps, *brought, place, *waits, say(GOAL, "free")]


def _after(key: str, sentence_id: str) -> str:
    found = law(sentence_id)
    return say(GOAL, key, text=found.text, reference=found.reference)


def _choices(tracker: Tracker) -> list[str]:
    keys = [] if tracker.get_slot("screened") else ["check_eligibility"]
    return options(*keys, "required_documents", "find_office", "talk_to_lawyer")
