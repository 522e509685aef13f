"""The gateway: erasing what is held about a citizen, and saying something on a later day."""

from __future__ import annotations

from datetime import date

from actions.clients.internal import call


async def erase(conversation: str) -> list[str]:
    """Erase what is held about a citizen; return the sentences that say what is kept and why.

    Raises:
        ServiceUnavailable: the gateway did not confirm the erasure.
    """
    answer = await call("DELETE", f"/v1/conversations/{conversation}")
    return [str(sentence) for sentence in answer.get("kept", [])]


async def remind(conversation: str, on: date, text: str, key: str) -> None:
    """Have a text said on the morning of a day, instead of what has the same key.

    Raises:
        NotFound: the conversation has been erased.
        ServiceUnavailable: the gateway did not take it.
    """
    body = {"conversation": conversation, "on": on.isoformat(), "text": text, "key": key}
    await call("POST", "/v1/reminders", body=body)


async def cancel_reminder(conversation: str, key: str) -> None:
    """Have nothing said for a key.

    Raises:
        ServiceUnavailable: the gateway did not confirm it.
    """
    await call("DELETE", f"/v1/reminders/{conversation}", query={"key": key})
