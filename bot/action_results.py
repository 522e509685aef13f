"""Checking what actions answer without checking the check each time.

Rasa validates every answer of the action server with `jsonschema.validate`, which first validates
the schema itself against the meta-schema: 20 ms of each custom action, several in a turn. The
schema never changes, so here a validator is built once. And each event is checked by the schema of
its own kind, not against that of every kind there is. The check of the answer stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas.events import EVENTS_SCHEMA


def validate_once() -> None:
    """Let every remote action use one validator. Calling it again changes nothing."""
    RemoteAction._validate_action_result = _is_valid


def _is_valid(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Return True for a valid answer of the action server.

    Raises:
        ValidationError: the answer is not valid.
    """
    wrong: ValidationError | None = next(_faults(result), None)
    if wrong is not None:
        raise ValidationError(f"{action.name()}: not a valid answer: {wrong.message}")
    return True


def _faults(result: Any) -> Iterator[ValidationError]:
    yield from _frame().iter_errors(result)
    events = result.get("events", []) if isinstance(result, dict) else []
    for event in events if isinstance(events, list) else []:
        kind = event.get("event") if isinstance(event, dict) else None
        yield from _kinds().get(str(kind), _any_kind()).iter_errors(event)


@cache
def _frame() -> Draft7Validator:
    """Return what checks an answer apart from its events."""
    schema = RemoteAction.action_response_format_spec()
    properties = {**schema["properties"], "events": {"type": EVENTS_SCHEMA["type"]}}
    return _validator({**schema, "properties": properties})


@cache
def _any_kind() -> Draft7Validator:
    return _validator(EVENTS_SCHEMA["items"])


@cache
def _kinds() -> dict[str, Draft7Validator]:
    """Return what checks an event of each kind."""
    common = {key: value for key, value in EVENTS_SCHEMA["items"].items() if key != "oneOf"}
    return {
        kind["properties"]["event"]["const"]: _validator({**common, "allOf": [kind]})
        for kind in EVENTS_SCHEMA["items"]["oneOf"]
    }


def _validator(schema: dict[str, Any]) -> Draft7Validator:
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
