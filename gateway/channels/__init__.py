"""What every channel speaks: one thing in, one turn out, and how a reply reads as plain text.

A channel turns a request into an :class:`Inbound` and a :class:`Turn` into a response. It decides
nothing.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from gateway.words import words

Status = Literal["ok", "silent", "error"]
OutcomeKind = Literal["sent", "retry", "parked", "dead", "unknown"]


@dataclass(frozen=True)
class Inbound:
    """One thing a citizen sent.

    Attributes:
        channel: "web", "rest" or "wechat".
        citizen: the channel's own id of the person (openid, cookie id, REST sender).
        text: the words as they were typed; may be empty.
        dedup_key: unique per delivery over all channels; the same key is the same message again.
    """

    channel: str
    citizen: str
    text: str
    dedup_key: str


@dataclass(frozen=True)
class Reply:
    """One stored reply. ``author`` is "bot", "lawyer" or "system"; ``name`` is a lawyer's name."""

    message_id: str
    text: str
    options: tuple[str, ...]
    author: str
    name: str | None = None


@dataclass(frozen=True)
class Turn:
    """What became of one inbound message: "ok", "silent" (a lawyer owns the chat) or "error"."""

    inbound_id: str
    status: Status
    reply: Reply | None


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt to push a reply.

    Attributes:
        kind: "sent"; "retry" (not delivered, try later); "parked" (wait for the citizen's next
            message); "dead" (will never arrive); "unknown" (may or may not have arrived).
        detail: a short machine word for logs and the desk, never message text.
        after: seconds to wait before a retry; None leaves it to the outbox's back-off.
    """

    kind: OutcomeKind
    detail: str = ""
    after: float | None = None


class Sender(Protocol):
    """One per channel that can push; the outbox calls it."""

    async def send(self, citizen: str, reply: Reply) -> Outcome:
        """Pushes one reply to one person; raises nothing it can name as an outcome."""
        ...


def render_plain(reply: Reply) -> str:
    """Returns the reply as plain text: words, numbered options, and who speaks.

    Automatic replies end with a label that says so (AI 生成合成内容标识办法, in force 2025-09-01);
    a lawyer's reply begins with who it is.
    """
    say = words()
    parts = [reply.text]
    if reply.options:
        numbered = [f"{number}. {option}" for number, option in enumerate(reply.options, start=1)]
        parts.append("\n".join([*numbered, say.choose]))
    if reply.author == "bot":
        parts.append(say.automatic)
    if reply.author == "lawyer":
        parts.insert(0, say.lawyer_named.format(name=reply.name) if reply.name else say.lawyer)
    return "\n\n".join(parts)
