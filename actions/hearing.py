"""Telling an answer from everything else that is said in the middle of the interview.

Whether the text answers the question is asked first; the classifier's intent decides only about
what is not an answer, apart from a few commands whose words could pass for one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from actions.already_told import without_origin
from actions.asking import is_overwhelmed
from actions.before import Before
from actions.bidding import bids_a_reminder
from actions.clock import today
from actions.correcting import (
    CORRECTABLE_KINDS,
    NONE,
    contradicted,
    named_to_change,
    thought_better,
    without_corrections,
)
from actions.turn import intent_of, text_of
from actions.wording import holds, listed
from eligibility import UNKNOWN, Question, parse_answer
from eligibility.radar import asks_about_a_period

# "算了" holds a yes, "不对，我是低保户" a no: sure commands go before parsing.
COMMANDS = ("stop", "start_over", "correct", "delete_my_data", "talk_to_lawyer", "resume")
SIDE_QUESTIONS = (
    "ask_law",
    "deadlines",
    "required_documents",
    "find_office",
    "application_status",
    "after_application",
    "apply_legal_aid",
    "why",
    "show_article",
    "more_detail",
    "related_questions",
    "what_can_you_do",
    "are_you_human",
    "greet",
    "thanks",
    "goodbye",
    "danger",
    "insult",
    "private_data",
    "break_law",
    "predict_outcome",
    "prompt_injection",
    "politics",
    "medicine",
    "persona",
    "download_papers",
    "remind_me",
    "cancel_reminder",
    "my_deadline",
    "lesson",
    "nlu_fallback",
)
# What holds words of answers but is none: 「你扮演我女朋友」 names a friend.
NEVER_ANSWERS = (
    *("insult", "persona", "prompt_injection", "politics", "medicine", "lesson", "are_you_human"),
    *("private_data", "break_law", "danger", "remind_me", "cancel_reminder", "my_deadline"),
    "show_article",
)
# Questions whose answers may well sound like that: what happened, and by whom.
OF_HARM = ("matter", "victim_of_abuse", "wrongdoer_is_guardian", "criminal_role", "urgent")
SOUND_OF_HARM = ("danger", "private_data", "break_law", "medicine", "insult")
# Its answers are told as questions ("...怎么办").
OPEN_QUESTION = "matter"
# Its answers are told in words of the command `talk_to_lawyer`.
LAWYER_QUESTION = "has_lawyer"
OTHER = "other"
PLACE = "region"
# What a plain statement may be taken for.
STATEMENTS = (
    "ask_law",
    "inform",
    "nlu_fallback",
    "more_detail",
    "out_of_scope",
    "check_eligibility",
)
SHORTEST = 4  # characters of a statement
LATELY, TWICE = 3, 2  # messages of the bot, and how often one of them may ask for the matter
CERTAIN = 0.8
SURE = 0.6
LIKELY = 0.4


@dataclass(frozen=True)
class Heard:
    """What a text is: an `answer` with its value, `missed`, or `overwhelmed` by the question.

    `aside`: another rule replies.
    """

    kind: str
    value: Any = None


def hear(question: Question, text: str, intent: str | None, confidence: float) -> Heard:
    """Return what a text means while `question` is open."""
    if _is_an_option(question, text):
        return Heard("answer", _parsed(question, text))
    if (better := _thought_better(question, text)) is not None:
        return Heard("answer", better)
    if intent in COMMANDS and confidence >= SURE and not _about_lawyers(question, intent):
        return Heard("aside")
    if is_overwhelmed(text):
        return Heard("overwhelmed")
    if bids_a_reminder(text):
        return Heard("aside")
    if _is_certainly_none(question, intent, confidence):
        return Heard("aside")
    asking = any(mark in text for mark in listed("interview", "questioning"))
    if asking and question.id != OPEN_QUESTION and intent in SIDE_QUESTIONS and confidence >= SURE:
        return Heard("aside")
    value = _parsed(question, text)
    if (asking or value is None) and asks_about_a_period(text, today()):
        return Heard("aside")
    if value is not None:
        return Heard("answer", value)
    if intent == "dont_know" and confidence >= LIKELY:
        return Heard("answer", UNKNOWN)
    return Heard("aside" if leaves(intent, confidence, text) else "missed")


def put_right_at_once(question: Question, tracker: Tracker) -> Heard | None:
    """Return the answer in a correction that means the open question itself.

    「不是 我说的是给我自己」 answers for whom it is, whatever else was told before.
    """
    text, (intent, _) = text_of(tracker), intent_of(tracker)
    left = without_corrections(text)
    if intent != "correct" or question.kind not in CORRECTABLE_KINDS or left == text:
        return None
    if named_to_change(text, tracker) or contradicted(text, tracker):
        return None
    value = parse_answer(question, left, picks=False)
    return None if value in (None, UNKNOWN, NONE) else Heard("answer", value)


def named_by_nobody(question: Question, heard: Heard, tracker: Tracker) -> Heard | None:
    """Return the matter as another one, where it was told twice and is none of those listed.

    Nobody is asked a third time what it is about.
    """
    if question.id != OPEN_QUESTION or heard.kind != "aside" or not tells_something(tracker):
        return None
    asked = [one for one in Before.of(tracker).said[:LATELY] if question.ask in one]
    return Heard("answer", OTHER) if len(asked) >= TWICE else None


def tells_something(tracker: Tracker) -> bool:
    """Return whether a message is a statement that the classifier took for a question of law."""
    text, (intent, _) = text_of(tracker), intent_of(tracker)
    asking = any(mark in text for mark in listed("interview", "questioning"))
    return intent in STATEMENTS and not asking and len(text) >= SHORTEST


def _parsed(question: Question, text: str) -> Any:
    """Return what a text answers; a number picks only of a list that is shown in its order."""
    said = without_origin(text) if question.id == PLACE else text
    return parse_answer(question, said, picks=question.id != OPEN_QUESTION)


def leaves(intent: str | None, confidence: float, text: str) -> bool:
    """Return whether a text that is no answer is for another rule: a command or a side question."""
    asking = any(mark in text for mark in listed("interview", "questioning"))
    if intent == "danger" and not asking and confidence < SURE and not tells_of_harm(text):
        return False  # a guess, and not one word of harm: it is an answer not understood
    return intent in (*COMMANDS, *SIDE_QUESTIONS) and (asking or _likely(intent, confidence))


def tells_of_harm(text: str) -> bool:
    """Return whether a text has a word of harm to somebody."""
    return holds("safety", "harm", text)


def _thought_better(question: Question, text: str) -> Any:
    """Return the second of two answers where the first is taken back in the same text."""
    first, second = thought_better(text)
    if not second or question.id == OPEN_QUESTION or parse_answer(question, first) is None:
        return None
    return parse_answer(question, second)


def _is_an_option(question: Question, text: str) -> bool:
    said = _plain(text)
    return any(said == _plain(option.label) for option in question.options)


def _about_lawyers(question: Question, intent: str | None) -> bool:
    return question.id == LAWYER_QUESTION and intent == "talk_to_lawyer"


def _is_certainly_none(question: Question, intent: str | None, confidence: float) -> bool:
    if question.id in OF_HARM and intent in SOUND_OF_HARM:
        return False
    return intent in NEVER_ANSWERS and confidence >= CERTAIN


def _likely(intent: str | None, confidence: float) -> bool:
    return intent != "nlu_fallback" and confidence >= LIKELY


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().rstrip("。.！!").lower()
