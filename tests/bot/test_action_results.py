"""An action's answer is checked as Rasa checks it, but the schema itself only once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

from bot import action_results
from bot.action_results import validate_once

RASAS_OWN = RemoteAction._validate_action_result
SLOT = {"event": "slot", "name": "matter", "value": "labour_pay"}
VALID: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {"events": [SLOT], "responses": [{"text": "好"}]},
    {"events": [SLOT], "responses": [{"text": "好", "buttons": [{"title": "a", "payload": "a"}]}]},
    {"events": [{"event": "active_loop", "name": None}], "responses": []},
    {},
]
BROKEN: list[Any] = [
    {"events": "none", "responses": []},
    {"events": [{"name": "matter"}], "responses": []},
    {"events": [{"event": 3}], "responses": []},
    {"events": [], "responses": "好"},
    {"events": [], "responses": [1]},
    [],
    "好",
    None,
]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave Rasa as it was found."""
    found = RemoteAction._validate_action_result
    yield
    RemoteAction._validate_action_result = found
    action_results._validator.cache_clear()


def checked(result: Any) -> bool:
    """Check an answer with whatever check Rasa uses now."""
    action = RemoteAction("action_screen_eligibility", None)
    return bool(action._validate_action_result(result))


def is_valid_for_rasa(result: Any) -> bool:
    """Return whether Rasa's own check lets an answer pass."""
    RemoteAction._validate_action_result = RASAS_OWN
    try:
        return checked(result)
    except ValidationError:
        return False


@pytest.mark.parametrize("result", VALID)
def test_what_rasa_takes_is_taken(result: dict[str, Any]) -> None:
    assert is_valid_for_rasa(result)
    validate_once()
    assert checked(result)


@pytest.mark.parametrize("result", BROKEN, ids=repr)
def test_what_rasa_refuses_is_refused_naming_the_action(result: Any) -> None:
    assert not is_valid_for_rasa(result)
    validate_once()
    with pytest.raises(ValidationError, match="action_screen_eligibility"):
        checked(result)


def test_the_schema_is_checked_once_for_many_answers() -> None:
    validate_once()
    kind = validator_for(RemoteAction.action_response_format_spec())
    with patch.object(kind, "check_schema", side_effect=kind.check_schema) as check:
        action_results._validator.cache_clear()
        for _ in range(5):
            checked(VALID[1])
    assert check.call_count == 1


def test_rasas_own_check_reads_the_schema_each_time() -> None:
    """What this replaces: when it no longer holds, the module can go."""
    RemoteAction._validate_action_result = RASAS_OWN
    kind = validator_for(RemoteAction.action_response_format_spec())
    with patch.object(kind, "check_schema", side_effect=kind.check_schema) as check:
        checked(VALID[0])
        checked(VALID[0])
    assert check.call_count == 2


def test_doing_it_twice_changes_nothing() -> None:
    validate_once()
    first = RemoteAction._validate_action_result
    validate_once()
    assert RemoteAction._validate_action_result is first
