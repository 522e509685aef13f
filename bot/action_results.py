"""Checking what actions answer without checking the check each time.

Rasa validates every answer of the action server with `jsonschema.validate`, which first validates
the schema itself against the meta-schema: 20 ms of each custom action, several in a turn. The
schema never changes, so here a validator is built once. The check of the answer stays the same.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def validate_once() -> None:
    """Let every remote action use one validator. Calling it again changes nothing."""
    RemoteAction._validate_action_result = _is_valid


def _is_valid(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Return True for a valid answer of the action server.

    Raises:
        ValidationError: the answer is not valid.
    """
    wrong: ValidationError | None = next(_validator().iter_errors(result), None)
    if wrong is not None:
        raise ValidationError(f"{action.name()}: not a valid answer: {wrong.message}")
    return True


@cache
def _validator() -> Draft7Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
