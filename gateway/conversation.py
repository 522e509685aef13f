"""The turn engine (signatures first; the body follows)."""

from gateway.channels import Inbound, Turn


class Conversations:
    """Receives what citizens send and gives one stored turn for each message."""

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message, then answers it; a repeated ``dedup_key`` joins the same turn.

        Cancelling the caller (a deadline, a closed connection) does not cancel the turn.
        """
        raise NotImplementedError

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims "passive" or "push" for the reply to a message; returns the path that holds.

        Once "push" holds, the reply, stored already or when it comes, gets an outbox row.

        Raises:
            UnknownMessage: no inbound message has this key.
        """
        raise NotImplementedError

    async def erase(self, channel: str, citizen: str) -> None:
        """Erases everything held about one person, after the turn that is running."""
        raise NotImplementedError
