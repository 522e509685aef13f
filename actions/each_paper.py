"""Several papers of one citizen, each with its own day: every last day is counted by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clock import today
from actions.goal import Events, reads_before_all, send
from actions.known_deadline import start_told
from actions.other_way import count_the_other_way
from actions.radar import FORM, GOAL
from actions.told_facts import messages
from actions.turn import text_of
from actions.wording import listed, options, say
from eligibility.radar import LastDay, Period, Start, match, shipped, start_in, written
from eligibility.when import mentions
from eligibility.when.reading import normal

SEVERAL = 2
LATELY = 6  # messages
LONG = 30
SHORT = 18  # characters; what is longer tells more than which paper is meant


@dataclass
class Paper:
    """A paper that came: what it is called, the periods it may begin, and its day."""

    name: str
    periods: tuple[Period, ...]
    start: Start | None = None
    names: set[str] = field(default_factory=set)


@reads_before_all
async def count_each_paper(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell the last day of every paper told with its day, or of the one asked about; else nothing.

    A short form that asks for the day of one of them has nothing left to ask.
    """
    if tracker.active_loop_name not in (None, FORM):
        return count_the_other_way(dispatcher, tracker)
    return tell_each_paper(dispatcher, tracker) or count_the_other_way(dispatcher, tracker)


def tell_each_paper(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell what `count_each_paper` tells, whatever form is open."""
    text = text_of(tracker)
    if not _names(text):
        return []
    if instead := _meant_instead(text, tracker):
        return _tell(dispatcher, [instead])
    papers = _told(tracker)
    if len(papers) < SEVERAL:
        return []
    of_now = _in(text)
    if len(of_now) >= SEVERAL and _wants_a_day(tracker):
        return _tell(dispatcher, papers)
    if of_now or mentions(text, today()) or len(text) > SHORT:
        return []
    asked = _asked_about(text, papers)
    return _tell(dispatcher, [asked]) if asked else []


def _meant_instead(text: str, tracker: Tracker) -> Paper | None:
    """Return the paper that a text says it was, not the one just counted from, with the same day.

    「我没复议过，我收到的是处罚决定书」.
    """
    start = start_told(tracker.get_slot("deadline_day"))
    if tracker.get_slot("recent") != GOAL or start is None or mentions(text, today()):
        return None
    names = _names(text)
    if not names or len(text) > LONG or not re.search(say(GOAL, "another_paper"), text):
        return None
    counted = _of_the_paper(_after_denial(text))
    told = tracker.get_slot("deadline_period")
    if not counted or told in [one.id for one in counted]:
        return None
    return Paper(names[-1], counted, start, set(names))


def _after_denial(text: str) -> str:
    """Return a text without the paper that it denies: 「不是判决书，是裁定书」."""
    return re.sub(say(GOAL, "denied_paper"), "", text)


def _of_the_paper(part: str) -> tuple[Period, ...]:
    """Return the periods in which to act once the paper of a text came."""
    meant = match(say(GOAL, "objected_to", paper=part)).periods
    ways = listed(GOAL, "both_ways")
    if any(one.id in ways for one in meant):  # a decision may be objected to in both ways
        meant = tuple(shipped()[one] for one in ways)
    return tuple(one for one in meant if one.kind == "act" and one.at(today()).length)


def _wants_a_day(tracker: Tracker) -> bool:
    """Return whether a last day is asked for now, or was in the turn before."""
    asks = (say(GOAL, "asks_last_day"), say(GOAL, "objects"))
    counts = tracker.active_loop_name == FORM or tracker.get_slot("recent") == GOAL
    said = (text_of(tracker), Before.of(tracker).question or "")
    return counts or any(re.search(one, text) for one in asks for text in said)


def _told(tracker: Tracker) -> list[Paper]:
    """Return the papers told of lately, each with the day that was told for it last."""
    found: list[Paper] = []
    said = [text for text, _ in messages(tracker, corrections=True)]
    text = text_of(tracker)
    for one in [*(was for was in said if was != text), text][-LATELY:]:
        for paper in _in(one):
            _merge(found, paper)
    return [paper for paper in found if paper.periods and paper.start]


def _merge(found: list[Paper], paper: Paper) -> None:
    """Take a paper up among those found; one named in fewer words is the one told before."""
    same = [one for one in found if _is_same(one, paper)]
    if not same:
        found.append(paper)
        return
    same[0].periods = same[0].periods or paper.periods
    same[0].start = paper.start or same[0].start
    same[0].names |= paper.names


def _is_same(one: Paper, other: Paper) -> bool:
    """Return whether two are one paper: by its periods, by its name where one tells no more."""
    if one.periods and other.periods:
        return one.periods == other.periods
    return bool(one.names & other.names)


def _in(text: str) -> list[Paper]:
    """Return the papers of a text that are told with a day each."""
    found: list[Paper] = []
    for part in _parts(text):
        start, names = start_in(part, today(), None), _names(part)
        if start is None or not names:
            continue
        _merge(found, Paper(names[-1], _of_the_paper(part), start, set(names)))
    return found


def _parts(text: str) -> list[str]:
    """Return the parts of a text that tell one day and one paper each, as far as they do.

    「裁决书6月3号收的罚单上个月28号收的」 parts where the second begins as the first did.
    """
    plain = normal(re.sub(r"\s+", "，", text.strip()))
    marks = [(one.start, "day") for one in mentions(plain, today())]
    marks += [(one.start(), "paper") for one in re.finditer(say(GOAL, "papers"), plain)]
    marks += [(one.start(), "stop") for one in re.finditer(r"[,。;!?、]", plain)]
    cuts, kinds = [0], list[str]()
    for place, kind in sorted(marks):
        whole = {"day", "paper"} <= set(kinds)
        if whole and (kind == "stop" or kind == kinds[0]):
            cuts.append(place)
            kinds = []
        if kind != "stop":
            kinds.append(kind)
    return [plain[a:b].strip(",。;!?、") for a, b in zip(cuts, [*cuts[1:], None], strict=True)]


def _names(part: str) -> list[str]:
    return [one.group() for one in re.finditer(say(GOAL, "papers"), part)]


def _asked_about(text: str, papers: list[Paper]) -> Paper | None:
    """Return the one paper that a short question names: 「那罚款那个呢」."""
    names = set(_names(text))
    if not names or not re.search(say(GOAL, "asks_of_a_paper"), text):
        return None
    meant = _of_the_paper(text)
    named = [one for one in papers if one.names & names or set(one.periods) & set(meant)]
    return named[0] if len(named) == 1 else None


def _tell(dispatcher: CollectingDispatcher, papers: list[Paper]) -> Events:
    lines, counted = [], []
    for paper in papers:
        assert paper.start is not None
        told = [paper.start.counted(one.id, today()) for one in paper.periods]
        counted += [(one, paper.start) for one in told]
        head = say(GOAL, "paper", name=paper.name, day=_day(paper.start))
        lines += [head, *(_line(one) for one in told)]
    open_still = [one for one in counted if one[0].days_left is None or not one[0].passed]
    nearest, start = min(open_still or counted, key=_urgency)
    lead = [say(GOAL, "each_paper")] if len(papers) > 1 else []
    over = [say(GOAL, "paper_over")] if any(one.passed for one, _ in counted) else []
    todo = [say(GOAL, "papers_do" if len(papers) > 1 else "paper_do")]
    send(
        dispatcher,
        "\n".join([*lead, *lines, *over, *todo]),
        options("remind_me", "apply_legal_aid", "talk_to_lawyer"),
    )
    return [
        SlotSet("deadline_period", nearest.period),
        SlotSet("deadline_day", start.to_dict()),
        SlotSet("deadline_reminded_on", today().isoformat()),
        SlotSet("recent", GOAL),
        SlotSet("detail", None),
        SlotSet("lost", None),
        SlotSet("misses", 0),
    ]


def _urgency(one: tuple[LastDay, Start]) -> int:
    return one[0].days_left if one[0].days_left is not None else 0


def _day(start: Start) -> str:
    if start.other:
        return say(GOAL, "from_to", first=written(start.day), last=written(start.other))
    return written(start.day)


def _line(told: LastDay) -> str:
    reference = shipped()[told.period].at(today()).reference
    if told.days_left is None or told.last is None:
        text = told.headline.text.rstrip("。")
    else:
        key = "paper_is_over" if told.passed else "paper_is_open"
        text = say(GOAL, key, last=written(told.last), days=abs(told.days_left))
    return say(GOAL, "paper_line", name=told.name, text=text, reference=reference)
