"""A day that corrects what was just counted or noted: 「不对，是上周五收到的」."""

from __future__ import annotations

import re
from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.after_application import tell_from_another_day
from actions.after_the_day import ask_for_the_day, take_the_day_back, tell_what_is_left
from actions.before import Before
from actions.bidding import bids_a_reminder
from actions.clients import knowledge
from actions.clock import today
from actions.day_of_the_period import day_of_the_period
from actions.day_sums import sum_of_days
from actions.entry_parts import Entry, part
from actions.facets import facet_of
from actions.goal import Events, clipped, intent_of, reads_first
from actions.known_deadline import deadline_of, start_told
from actions.known_reminders import GOAL, OWN, SLOT, cancel, own_days, reminded
from actions.limits import counted, is_vague, limits_in
from actions.no_paper_yet import still_nothing
from actions.of_the_matter import clear_with_the_matter, of_the_matter_told, with_the_same_length
from actions.open_day import answer_the_open_day
from actions.planned_day import tell_of_a_planned_day, tell_when_it_takes_effect
from actions.radar import GOAL as DEADLINES
from actions.radar import ask_what_it_is, begin, begin_again, may_lie_ahead, recall
from actions.reminders import remind_of
from actions.told_facts import messages
from actions.turn import send, text_of
from actions.where_it_begins import tell_where_it_begins
from actions.wording import listed, options, say
from eligibility.numerals import read_numeral
from eligibility.radar import Start, match, shipped, start_of, tells_a_hearing, written
from eligibility.when import coming, due, fallen_due, mentions, nears_a_mark, received, understand

BARE = 12  # characters: a last day is asked for, and nothing else is said
LONGEST = 40  # characters; what is longer tells more than a day
NOTHING = ("out_of_scope", "nlu_fallback")


@reads_first
async def count_from_the_day_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count anew, or remind of another day, where a short text tells it; else nothing."""
    text = text_of(tracker)
    hearing = tells_a_hearing(text, today()) and not bids_a_reminder(text)
    if len(text) > LONGEST or text in Before.of(tracker).offered or hearing:
        return []
    if bids_a_reminder(text) and (day := _own_day_meant(tracker) or _only_day(text)):
        if _corrects(text) or _own_day_meant(tracker):
            return await _instead(dispatcher, tracker, day)
        return await remind_of(dispatcher, tracker, day)
    told, start = deadline_of(tracker), start_told(tracker.get_slot("deadline_day"))
    if told and start and re.search(say(DEADLINES, "asks_again"), text):
        return recall(dispatcher, shipped()[told.period], start)
    for of_the_day in (tell_of_a_planned_day, tell_when_it_takes_effect):
        if events := of_the_day(dispatcher, tracker):
            return events
    if after := tell_what_is_left(dispatcher, tracker):
        return after
    if of_the_period := day_of_the_period(dispatcher, tracker):
        return of_the_period
    if tracker.active_loop_name:
        return []
    if not_yet := still_nothing(dispatcher, tracker):
        return not_yet
    changes = (say(DEADLINES, key) for key in ("guesses", "takes_back"))
    if told and any(re.search(one, text) for one in changes):
        vague = begin_again(dispatcher, tracker, LONGEST) or ask_for_the_day(dispatcher, tracker)
        if vague:
            return vague
    for follows in (take_the_day_back, answer_the_open_day):
        if events := await follows(dispatcher, tracker):
            return events
    denied = told and any(word in text for word in listed(GOAL, "corrects"))
    if denied and not own_days(tracker) and may_lie_ahead(text):
        return ask_what_it_is(dispatcher, text)
    if not match(text).periods and (said := with_the_same_length(tracker)):
        return begin(dispatcher, tracker, said, text)
    if not match(text).periods and (counted_days := sum_of_days(text)):
        send(dispatcher, counted_days, options("talk_to_lawyer"))
        return [SlotSet("lost", None), SlotSet("misses", 0)]
    if of_a_claim := _claim_told(tracker):
        return begin(dispatcher, tracker, of_a_claim, text)
    if begins := await tell_where_it_begins(dispatcher, tracker):
        return begins
    if not _corrects(text):
        return await _counted_for_what_was_asked(dispatcher, tracker)
    if own_days(tracker) and tracker.get_slot("recent") == GOAL and (day := _only_day(text)):
        return await _instead(dispatcher, tracker, day)
    return tell_from_another_day(dispatcher, tracker) or begin_again(dispatcher, tracker, LONGEST)


async def _counted_for_what_was_asked(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count from a bare day where the last day is asked for, or was in the message before.

    So is one that nothing else can be made of, right after an answered matter. Where no period is
    known of it, say what the entry just read tells of periods, or ask what came on that day.
    """
    text, before = text_of(tracker), Before.of(tracker)
    wanted = say(DEADLINES, "asks_last_day")
    asks_now = re.search(wanted, text) is not None or nears_a_mark(text, today())
    asked_before = any(
        re.search(one, before.question or "") for one in (wanted, say(DEADLINES, "asks_from_when"))
    )
    named = bool(match(text).periods)
    if due(text, today()) or (tracker.get_slot("recent") == DEADLINES and not (asks_now and named)):
        return []
    if named:
        said = clear_with_the_matter(tracker) or text
        meant = asks_now or (asked_before and mentions(text, today())) or _objects(tracker)
        return begin(dispatcher, tracker, said, text) if meant else []
    start = start_of(understand(text, today()))
    if asks_now and start is None and facet_of(text) is None and len(text) <= BARE:
        return await _of_what_was_told(dispatcher, tracker)
    if before.question and may_lie_ahead(text) and (asks_now or asked_before):
        return ask_what_it_is(dispatcher, text)
    told_only = before.read is not None and _is_only_told(tracker)
    if start is None or not (asks_now or asked_before or told_only):
        return []
    entry = await knowledge.entry(before.read) if before.read else {}
    limits = part(entry, "期限")
    asked = before.question if asked_before else ""
    for said in filter(None, (_meant_of(tracker, entry), asked, before.context)):
        if match(said).periods:
            return begin(dispatcher, tracker, f"{said}，{text}")
    if not limits and not (asked_before or told_only):
        return []
    remembered = SlotSet("last_question", before.question if asked_before else text)
    return [remembered, *_without_a_period(dispatcher, entry, limits, start)]


async def _of_what_was_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell the periods of the entry just read, or of the matter told, where nothing is named.

    「最后一天是哪天」 after a wage that was cut is no question about an appeal.
    """
    read = Before.of(tracker).read
    entry = await knowledge.entry(read) if read else {}
    if limits := part(entry, "期限"):
        text = say(DEADLINES, "limits_of", title=entry.get("title"), limits=limits)
        send(dispatcher, clipped(text), options("talk_to_lawyer"))
        asked = SlotSet("last_question", text_of(tracker))
        return [asked, SlotSet("lost", None), SlotSet("misses", 0)]
    said = _recognition_told(tracker, entry) or of_the_matter_told(tracker)
    return begin(dispatcher, tracker, said, text_of(tracker)) if said else []


def _claim_told(tracker: Tracker) -> str:
    """Return the matter told before with the message, where it tells when a debt fell due.

    「22年就到期了 今年才头一回找我」 after a guarantee is when the guarantee began to run out.
    """
    text, before = text_of(tracker), Before.of(tracker)
    if match(text).periods or not fallen_due(text, today()):
        return ""
    for said in filter(None, (before.context, before.question)):
        periods = match(f"{said}，{text}").periods
        if len(periods) == 1 and periods[0].kind == "claim":
            return f"{said}，{text}"
    return ""


def _recognition_told(tracker: Tracker, entry: Entry) -> str:
    """Return words for the recognition of an injury, where one at work was read or told of."""
    told = "\n".join(said for said, _ in messages(tracker))
    hurt = all(re.search(say(DEADLINES, sign), told) for sign in ("hurt", "at_work"))
    household = re.search(say(DEADLINES, "of_a_household"), told)
    injured = entry.get("topic") == "work_injury" or hurt
    return say(DEADLINES, "of_injury") if injured and not household else ""


def _objects(tracker: Tracker) -> bool:
    """Return whether a short text objects to a decision that may be objected to for days only."""
    text = text_of(tracker)
    periods = match(text).periods
    value = periods[0].at(today()) if len(periods) == 1 else None
    short = value and value.unit in ("day", "workday") and periods[0].kind == "act"
    asks = re.search(say(DEADLINES, "asks_else"), text)
    return bool(short and re.search(say(DEADLINES, "objects"), text) and not asks)


def _is_only_told(tracker: Tracker) -> bool:
    """Return whether a message tells a day gone by and asks nothing that could be looked up."""
    text, (intent, _) = text_of(tracker), intent_of(tracker)
    start = start_of(understand(text, today()))
    gone = start is not None and written(start.day) != written(today()) and start.day <= today()
    came = received(text) and len(text) <= BARE
    asks = re.search(say(DEADLINES, "asks_else"), text)
    return (intent in NOTHING or came) and gone and not asks


def _meant_of(tracker: Tracker, entry: Entry) -> str:
    """Return words for the period that is meant of land taken or of work.

    The recognition of an injury is its own.
    """
    text, limits = text_of(tracker), part(entry, "期限")
    told = "\n".join(text for text, _ in messages(tracker))
    if re.search(say(DEADLINES, "of_a_household"), told):
        return ""
    if entry.get("topic") == "expropriation":
        return say(DEADLINES, "of_expropriation")
    first, *_ = limits.split("。")
    recognised = entry.get("topic") == "work_injury" and re.search(
        say(DEADLINES, "own_recognition"), first
    )
    hurt = re.search(say(DEADLINES, "hurt"), text) and re.search(say(DEADLINES, "at_work"), told)
    if re.search(say(DEADLINES, "recognition"), text) or recognised or hurt:
        return say(DEADLINES, "of_injury")
    of_work = entry.get("topic") == "labour" and "仲裁" in limits
    asked = all(re.search(sign, text) for sign in listed(DEADLINES, "arbitration"))
    return say(DEADLINES, "of_work") if of_work or asked else ""


def _without_a_period(
    dispatcher: CollectingDispatcher, entry: Entry, limits: str, start: Start
) -> Events:
    first, last = written(start.day), written(start.other) if start.other else ""
    stretch = "vague_stretch" if is_vague(start) else "stretch"
    day = say(DEADLINES, stretch, first=first, last=last) if last else first
    words = {"title": entry.get("title"), "limits": limits, "day": day}
    text = say(DEADLINES, "limits", **words) if limits else say(DEADLINES, "say_day")
    if stated := limits_in(limits):
        text = say(DEADLINES, "limits_counted", **words, lines=counted(stated, start))
    send(dispatcher, clipped(text), options("talk_to_lawyer"))
    return [SlotSet("lost", None), SlotSet("misses", 0)]


async def _instead(dispatcher: CollectingDispatcher, tracker: Tracker, day: date) -> Events:
    """Remind of a day in place of the days that the citizen named before."""
    kept, told = reminded(tracker), deadline_of(tracker)
    for key in [key for key in kept if key.startswith(OWN) or (told and key == told.period)]:
        await cancel(tracker, key)
        del kept[key]
    tracker.slots[SLOT] = kept or None
    done = await remind_of(dispatcher, tracker, day)
    if told and told.last:
        stays = say(GOAL, "last_day_stays", name=told.name, last=written(told.last))
        dispatcher.messages[-1]["text"] += "\n" + stays
    return [SlotSet(SLOT, kept or None), *done]


def _own_day_meant(tracker: Tracker) -> date | None:
    """Return the day that was named before, or one of its month, where but its number is said.

    「按30号当天喊我」 after a reminder of the 30th of January is that day, whatever this month is.
    """
    bare = re.fullmatch(say(GOAL, "only_the_number"), understand(text_of(tracker), today()).words)
    named = own_days(tracker)
    if bare is None or len(named) != 1 or tracker.get_slot("recent") not in (GOAL, DEADLINES):
        return None
    number = read_numeral(bare["number"])
    try:
        return named[0].replace(day=int(number)) if number else None
    except ValueError:  # that month has no such day
        return None


def _corrects(text: str) -> bool:
    words = (*listed(GOAL, "corrects"), *listed("interview", "corrections"))
    return text.startswith(tuple(words))


def _only_day(text: str) -> date | None:
    """Return the one exact day to come that a text names."""
    return coming(text, today()).day
