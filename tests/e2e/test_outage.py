"""Rasa or the action server dies in mid-conversation: an honest sentence, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.e2e.system import System, wait_until


@pytest.mark.parametrize("program", ["rasa", "actions"])
def test_citizen_is_told_and_answered_after_the_restart(system: System, program: str) -> None:
    user = f"meets-outage-of-{program}"
    system.say("你好", user)
    system.kill(program)
    answer = system.ask("老板拖欠我三个月工资怎么办", user)
    assert answer["status"] == "error"
    assert "12348" in answer["messages"][0]["text"]

    def answered() -> bool:
        messages = system.rest(f"/api/v1/messages?sender={user}")["messages"]
        return any("劳动" in message["text"] and "《" in message["text"] for message in messages)

    wait_until(answered, limit=180)
    assert system.say("谢谢", user)


def test_health_names_what_is_down(system: System) -> None:
    assert system.health()
