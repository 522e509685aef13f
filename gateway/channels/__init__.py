"""What every channel speaks: one thing in, one turn out, and how a reply reads as plain text.

A channel turns a request into an :class:`Inbound` and a :class:`Turn` into a response. It decides
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from gateway.words import words

Status = Literal["ok", "silent", "error"]
OutcomeKind = Literal["sent", "retry", "parked", "dead", "unknown", "stopped"]
Kind = Literal["text", "voice", "image", "location", "link", "event"]
Grant = Literal["message", "menu", "scan", "subscribe"]


@dataclass(frozen=True)
class Inbound:
    """One thing a citizen sent or did.

    Attributes:
        channel: "web", "rest" or "wechat".
        citizen: the channel's own id of the person (openid, cookie id, REST sender).
        text: the words as they were typed, or what stands for them in the transcript; may be empty.
        dedup_key: unique per delivery over all channels; the same key is the same message again.
        kind: what it is; everything but "text" and "voice" comes with a ``notice``.
        attachment: where the channel keeps a picture or a recording that belongs to it.
        grant: what it allows to be pushed, on channels with a quota.
        sent_at: when it was sent by the platform's clock, where the channel says so.
        notice: what the channel answers by itself; the turn is then this sentence, stored like any
            other, and Rasa is not asked. While a lawyer owns the chat there is no answer.
    """

    channel: str
    citizen: str
    text: str
    dedup_key: str
    kind: Kind = "text"
    attachment: str | None = None
    grant: Grant = "message"
    notice: str | None = None
    sent_at: datetime | None = None


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
            message); "dead" (will never arrive); "unknown" (may or may not have arrived);
            "stopped" (nothing goes out on this channel until somebody repairs it).
        detail: a short machine word for logs and the desk, never message text.
        after: seconds to wait before a retry; None leaves it to the outbox's back-off.
        parts: how many of the reply's messages went out in this attempt.
    """

    kind: OutcomeKind
    detail: str = ""
    after: float | None = None
    parts: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Allotment:
    """What one act of a citizen allows: so many pushes, for so long."""

    pushes: int
    lasts: timedelta


@dataclass(frozen=True)
class Quota:
    """How much may be pushed.

    Attributes:
        grants: what each act of a citizen allows. A grant starts its window anew, it adds nothing.
        bot: how many of a message's pushes the bot may use; the rest is the lawyer's.
    """

    grants: Mapping[Grant, Allotment]
    bot: int


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do; the engine asks this and never for a channel's name.

    Attributes:
        passive_reply: seconds within which a turn can be the answer to its delivery; None where
            the caller waits for as long as it takes, or where nothing can be answered.
        quota: what limits pushes; None for no limit.
        idempotent_send: a push that may have arrived can be repeated under the same id.
        typing: the channel can show that an answer is being written.
    """

    passive_reply: float | None = None
    quota: Quota | None = None
    idempotent_send: bool = False
    typing: bool = False


class Sender(Protocol):
    """One per channel that can push; the outbox calls it."""

    async def send(
        self, citizen: str, reply: Reply, start: int = 0, at_most: int | None = None
    ) -> Outcome:
        """Pushes one reply to one person; raises nothing it can name as an outcome.

        Args:
            citizen: the channel's own id of the person.
            reply: what to say; a long one goes out as several messages.
            start: how many of its messages went out before.
            at_most: how many may go out now; None for all. When more are left, "parked".
        """
        ...


@runtime_checkable
class Notifier(Protocol):
    """A sender that can also call a person back whom it may not push to any more."""

    async def notify(self, citizen: str) -> Outcome:
        """Says that something waits, without a word about the case; "dead" when it cannot."""
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
