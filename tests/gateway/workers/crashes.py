"""Where a gateway can be made to die: every step between receipt and delivery.

The gateway itself knows nothing of this. A worker that is started with a name here kills itself
with SIGKILL the first time it gets there, once the file `ARMED` lies in its folder.
"""

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gateway.bot import Bot
from gateway.channels.wechat.client import WechatClient
from gateway.conversation import Conversations
from gateway.erasing import Erasing
from gateway.outbox import Outbox
from gateway.turns import Turns

ARMED = "armed"
BOTS = "答："
"""What the stand-in for Rasa begins every answer with."""


def _always(*_given: Any, **_named: Any) -> bool:
    return True


def _sends_bots(*given: Any, **_named: Any) -> bool:
    """Says whether a push carries the bot's words: `send_text(self, openid, text)`."""
    return BOTS in given[2]


def _sends_lawyers(*given: Any, **named: Any) -> bool:
    return not _sends_bots(*given, **named)


def _leased(author: str) -> Callable[[Any], bool]:
    return lambda parcels: any(parcel.reply.author == author for parcel in parcels)


def _notes(author: str) -> Callable[..., bool]:
    """Says whose parcel an attempt is about: `deliver(self, parcel)`."""
    return lambda *given, **_named: given[1].reply.author == author


@dataclass(frozen=True)
class Point:
    """A moment: before or after a function, called with certain things, returning others."""

    owner: type
    name: str
    when: Literal["before", "after"]
    result: Callable[[Any], bool] = bool
    given: Callable[..., bool] = _always


POINTS = {
    "delivered": Point(Conversations, "receive", "before"),
    "stored": Point(Conversations, "_turn_task", "before"),
    "decided": Point(Turns, "decide", "after", _always),
    "asking": Point(Bot, "turn", "before"),
    "asked": Point(Bot, "turn", "after"),
    "settled": Point(Turns, "answer", "after"),
    "claiming": Point(Conversations, "claim_path", "before"),
    "claimed": Point(Conversations, "claim_path", "after"),
    "claimed for pushing": Point(
        Conversations, "claim_path", "after", lambda path: bool(path == "push")
    ),
    "leased, a lawyer's": Point(Outbox, "lease", "after", _leased("lawyer")),
    "leased, the bot's": Point(Outbox, "lease", "after", _leased("bot")),
    "sending a lawyer's": Point(WechatClient, "send_text", "before", given=_sends_lawyers),
    "sending the bot's": Point(WechatClient, "send_text", "before", given=_sends_bots),
    "sent a lawyer's": Point(WechatClient, "send_text", "after", _always, _sends_lawyers),
    "sent the bot's": Point(WechatClient, "send_text", "after", _always, _sends_bots),
    "begun, a lawyer's": Point(Outbox, "_begun", "after", given=_notes("lawyer")),
    "begun, the bot's": Point(Outbox, "_begun", "after", given=_notes("bot")),
    "noted a lawyer's": Point(Outbox, "deliver", "after", _always, _notes("lawyer")),
    "noted the bot's": Point(Outbox, "deliver", "after", _always, _notes("bot")),
    "leaving": Point(Erasing, "leave", "before"),
    "left": Point(Erasing, "leave", "after"),
    "erasing": Point(Erasing, "_erase", "before"),
}


def install(name: str) -> None:
    """Makes this process die at a point; an empty name leaves it alone."""
    if not name:
        return
    point = POINTS[name]
    original = getattr(point.owner, point.name)

    def reached(given: Any, named: Any, result: Any = True) -> None:
        if Path(ARMED).exists() and point.given(*given, **named) and point.result(result):
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(original)
    def at_once(*given: Any, **named: Any) -> Any:
        if point.when == "before":
            reached(given, named)
        return original(*given, **named)

    @functools.wraps(original)
    async def awaited(*given: Any, **named: Any) -> Any:
        if point.when == "before":
            reached(given, named)
        result = await original(*given, **named)
        if point.when == "after":
            reached(given, named, result)
        return result

    setattr(point.owner, point.name, awaited if inspect.iscoroutinefunction(original) else at_once)
