"""Reminders of a last day that was told."""

from __future__ import annotations

from datetime import date

from tests.actions.conftest import Citizen

ASK, REMIND, CANCEL = "action_deadlines", "action_remind_me", "action_cancel_reminder"
MINE, SEARCH, GREETED = "action_my_deadline", "action_answer_question", "action_greet"
LAST = date(2026, 12, 1)  # for what `knows` was told


async def reminded(citizen: Citizen) -> Citizen:
    """Have the citizen reminded."""
    await citizen.runs(REMIND, "到时候提醒我", "remind_me")
    return citizen
