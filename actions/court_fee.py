"""What a court asks for taking a case: counted from the sum claimed, wherever it is told."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.beside import reads
from actions.clock import today
from actions.goal import Events, reads_before_all, send, text_of
from actions.told_facts import messages
from actions.wording import options, say
from eligibility.money import Amount, amounts_in
from eligibility.sums import court_fee, rule
from eligibility.told import plain

GOAL = "court_fee"
INTERVIEW = "eligibility_form"
MOST_PARTS = 3
SHORT = 24  # characters of a sum told after the fee: 「我是两万。算下多少钱」
NUMERAL = re.compile(
    r"[\d.,一二两三四五六七八九十百千万半w]*[百千万w][\d一二两三四五六七八九十百千万半多来几]*"
)


@reads_before_all
async def tell_the_fee(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count the fee that is asked for, where a sum is claimed and has been told; else nothing."""
    text = text_of(tracker)
    if tracker.active_loop_name not in (None, INTERVIEW) or not _asks(text):
        return []
    if _is_another_kind(tracker, text):
        return []
    told = _claimed(text) or _told_before(tracker)
    return _tell(dispatcher, text, told[-1]) if told else []


@reads(GOAL)
async def _another_sum(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count again from a sum told after the fee: 「那十五万呢」, 「我是两万。算下多少钱」."""
    text = text_of(tracker)
    told = _claimed(text) if len(text) <= SHORT else []
    if not told or re.search(say(GOAL, "other_sums"), text):
        return []
    return _tell(dispatcher, text, told[-1])


def _asks(text: str) -> bool:
    said = plain(text)
    return bool(re.search(say(GOAL, "asks"), said)) and not re.search(say(GOAL, "other_sums"), said)


def _is_another_kind(tracker: Tracker, text: str) -> bool:
    """Return whether the case is of a kind whose fee has another rule: divorce, wages, injuries.

    What the message itself names counts first.
    """
    kinds, money = say(GOAL, "other_kinds"), say(GOAL, "money_cases")
    if re.search(kinds, text) or re.search(money, text):
        return re.search(kinds, text) is not None
    said = [str(tracker.get_slot(one) or "") for one in ("last_question", "context")]
    read = Before.of(tracker).read or ""
    other = read and re.match(say(GOAL, "money_topics"), read) is None
    return bool(other) or any(re.search(kinds, one) for one in said)


def _told_before(tracker: Tracker) -> list[Amount]:
    """Return the one sum told before; several that differ leave open which is claimed."""
    told = [one for text, _ in messages(tracker) for one in amounts_in(text)]
    return told[-1:] if len({one.yuan for one in told}) == 1 else []


def _claimed(text: str) -> list[Amount]:
    """Return the sums of a text, also without a word of money: 「20w的官司费」, 「我是两万」."""
    if found := amounts_in(text):
        return found
    alone = [amounts_in(one[0]) for one in NUMERAL.finditer(re.sub(say(GOAL, "counted"), "", text))]
    return [one for found in alone for one in found]


def _tell(dispatcher: CollectingDispatcher, text: str, claim: Amount) -> Events:
    """Say what the fee comes to, from what, when it is halved, and who pays it."""
    fee = court_fee(claim.yuan, today())
    names = ("least", "settled", "simple", "appeal", "advanced", "borne", "relief")
    basis = {one: rule(f"court_fee_{one}", today()).reference for one in names}
    law = basis["least"].split("》")[0] + "》"  # named once
    basis |= {one: said.replace(law, "") for one, said in basis.items() if one != "least"}
    parts = [say(GOAL, "part", yuan=_yuan(one.yuan), percent=one.percent) for one in fee.parts]
    made_of = " + ".join([say(GOAL, "least", yuan=_yuan(fee.least)), *parts])
    sum_of = say(GOAL, "made_of", parts=made_of) if 0 < len(parts) <= MOST_PARTS else ""
    appeals = re.search(say(GOAL, "appeals"), text) is not None
    key = "appeal_says" if appeals else "says"
    about = say(GOAL, "about") if claim.rough else ""
    values = {"claim": about + _yuan(claim.yuan), "fee": _yuan(fee.yuan), "made_of": sum_of}
    lines = [say(GOAL, key, **values, **basis)]
    lines.append(say(GOAL, "halved", halved=_yuan(fee.halved), **basis))
    lines.append(say(GOAL, "who_pays", **basis))
    send(dispatcher, "\n".join(lines), options("talk_to_lawyer"))
    return [SlotSet("last_question", text), SlotSet(BESIDE, GOAL), SlotSet("lost", None)]


def _yuan(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
