"""What the action server answers is taken or refused as Rasa itself would."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.action_results import validate_once

ACTION = RemoteAction("action_test", None)
SLOT = {"event": "slot", "name": "topic", "value": None, "timestamp": None}


@pytest.fixture(autouse=True)
def _once() -> None:
    validate_once()


def check(answer: Any) -> None:
    ACTION._validate_action_result(answer)


VALID: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT, {"event": "pause"}], "responses": [{"text": "好"}]},
    {"events": [{"event": "active_loop", "name": None}]},
    {"events": [{"event": "action", "name": "action_listen", "policy": None}]},
]
WRONG: list[Any] = [
    [],
    {"events": None},
    {"events": {}},
    {"events": ["slot"]},
    {"events": [{"name": "topic"}]},
    {"events": [{"event": "no such event"}]},
    {"events": [{"event": 3}]},
    {"events": [SLOT, {"event": "slot", "value": 1}]},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"events": [{**SLOT, "metadata": 1}]},
    {"responses": [1]},
    {"responses": "好"},
    "好",
    None,
]


@pytest.mark.parametrize("answer", VALID)
def test_a_valid_answer_is_taken(answer: Any) -> None:
    jsonschema.validate(answer, RemoteAction.action_response_format_spec())
    check(answer)


@pytest.mark.parametrize("answer", WRONG)
def test_an_answer_that_rasa_refuses_is_refused(answer: Any) -> None:
    with pytest.raises(ValidationError):
        jsonschema.validate(answer, RemoteAction.action_response_format_spec())
    with pytest.raises(ValidationError, match="action_test"):
        check(answer)
