"""An interview that is being held."""

from __future__ import annotations

from typing import Any

from tests.actions.conftest import Citizen

VALIDATE = "validate_eligibility_form"


async def answers(
    citizen: Citizen, fact: str | None, text: str, intent: str = "inform", sure: float = 0.95
) -> list[dict[str, Any]]:
    """Say something while a fact is asked for, and return the events."""
    citizen.loop = "eligibility_form"
    citizen.slots["requested_slot"] = fact
    return await citizen.runs(VALIDATE, text, intent, sure)
