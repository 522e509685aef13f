"""The gateway: erasing what is held about a citizen."""

from __future__ import annotations

from actions.clients.internal import call


async def erase(conversation: str) -> list[str]:
    """Erase what is held about a citizen; return the sentences that say what is kept and why.

    Raises:
        ServiceUnavailable: the gateway did not confirm the erasure.
    """
    answer = await call("DELETE", f"/v1/conversations/{conversation}")
    return [str(sentence) for sentence in answer.get("kept", [])]
