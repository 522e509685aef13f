"""What other bots are known to suffer from, the conversation that shows it cannot happen here, and
the proof that the conversation is able to fail: it is held again with the mechanism taken out.

The table for readers is docs/conversations.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from rasa_sdk.events import ConversationPaused

from actions.hearing import SIDE_QUESTIONS, Heard, hear
from actions.known_facts import forgotten
from eligibility import Question
from tests.conversations.bot import Bot
from tests.conversations.spoken import conversations, failures_of
from tests.fakes.internal_api import WAGES


@dataclass(frozen=True)
class Pain:
    """A pain by its public reference; `instead` replaces each of the names in `mechanism`."""

    reference: str
    conversation: str
    mechanism: tuple[str, ...]
    instead: Callable[..., Any] | int


def _never_aside(question: Question, text: str, *intent: Any) -> Heard:
    heard = hear(question, text, *intent)
    return Heard("missed") if heard.kind == "aside" else heard


def _intent_first(question: Question, text: str, intent: str | None, confidence: float) -> Heard:
    aside = intent in (*SIDE_QUESTIONS, "talk_to_lawyer")
    return Heard("aside") if aside else hear(question, text, intent, confidence)


async def _only_pause(*_: Any) -> list[dict[str, Any]]:
    return [ConversationPaused()]


async def _forget(*_: Any) -> list[dict[str, Any]]:
    return forgotten()


async def _always_sure(*_: Any) -> dict[str, Any]:
    return {"band": "answer", "article": None, "hits": [WAGES]}


PAINS = (
    Pain(
        "rasa#6583", "digressions/asks_a_side_question_and_is_asked_the_same_again",
        ("actions.interview.hear",), _never_aside,
    ),
    Pain(
        "rasa#9006", "corrections/corrects_an_answer_two_questions_ago",
        ("actions.steer_interview.correction", "actions.interview.correction"),
        lambda *_: (None, None),
    ),
    Pain(
        "rasa#5343", "handoff/takes_the_person_after_two_misses",
        ("actions.asking.MOST_MISSES",), 99,
    ),
    Pain(
        "rasa-sdk#317", "resumption/answers_after_days_and_looks_over_what_was_told",
        ("actions.interview._was_away",), lambda _: False,
    ),
    Pain(
        "rasa-sdk#317", "resumption/begins_for_another_person_without_mixing",
        ("actions.interview.FALLS_WITH",), dict,
    ),
    Pain(
        "rasa-demo#542", "digressions/answers_with_a_question_word_and_is_heard",
        ("actions.interview.hear",), _intent_first,
    ),
    Pain(
        "rasa#1945, #3683, #8119", "handoff/asks_for_a_lawyer_inside_the_interview",
        ("actions.request_handoff.RequestHandoff.reply",), _only_pause,
    ),
    Pain(
        "rasa#5972", "corrections/corrects_while_answering_the_same_question",
        ("actions.hearing.parse_answer",), lambda _, text, **_how: text,
    ),
    Pain(
        "rasa#387", "nonsense/talks_nonsense_until_a_person_is_offered",
        ("actions.answer_question._find",), _always_sure,
    ),
    Pain(
        "docassemble#482, #74", "resumption/stops_and_resumes",
        ("actions.steer_interview.StopInterview.reply",), _forget,
    ),
    Pain(
        "MAEvictionDefense#251", "digressions/cries_for_help_in_the_middle",
        ("actions.hearing.is_overwhelmed", "actions.asking.is_overwhelmed"), lambda _: False,
    ),
    Pain(
        "the same answer again and again", "nonsense/asks_the_same_three_times",
        ("actions.goal.mark_repetitions",), lambda *_: None,
    ),
)  # fmt: skip


async def unproved(bot: Bot) -> list[str]:
    """Returns a line for each pain whose conversation also passes without its mechanism."""
    spoken, found = conversations(), []
    for pain in PAINS:
        with _taken_out(pain):
            if not await failures_of(bot, pain.conversation, spoken[pain.conversation]):
                found.append(f"{pain.reference}: {pain.conversation} cannot fail")
    return found


@contextmanager
def _taken_out(pain: Pain) -> Iterator[None]:
    patches = [patch(name, _replaced(pain.instead)) for name in pain.mechanism]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _replaced(instead: Callable[..., Any] | int) -> Any:
    return {} if instead is dict else instead
