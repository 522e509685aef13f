"""Where a gateway can be made to die: every step between receipt and delivery.

The gateway itself knows nothing of this. A worker that is started with a name here kills itself
with SIGKILL the first time it gets there.
"""

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from gateway.bot import Bot
from gateway.channels.wechat.client import WechatClient
from gateway.conversation import Conversations
from gateway.outbox import Outbox
from gateway.turns import Turns


@dataclass(frozen=True)
class Point:
    """A moment: before or after a function, once it has returned something true."""

    owner: type
    name: str
    when: Literal["before", "after"]
    result: Callable[[Any], bool] = lambda _result: True


POINTS = {
    "delivered": Point(Conversations, "receive", "before"),
    "stored": Point(Conversations, "_turn_task", "before"),
    "decided": Point(Turns, "decide", "after"),
    "asking": Point(Bot, "turn", "before"),
    "asked": Point(Bot, "turn", "after"),
    "settled": Point(Turns, "answer", "after"),
    "claiming": Point(Conversations, "claim_path", "before"),
    "claimed": Point(Conversations, "claim_path", "after"),
    "leased": Point(Outbox, "lease", "after", bool),
    "sending": Point(WechatClient, "send_text", "before"),
    "sent": Point(WechatClient, "send_text", "after"),
    "noted": Point(Outbox, "deliver", "after"),
}


def install(name: str) -> None:
    """Makes this process die at a point; an empty name leaves it alone."""
    if not name:
        return
    point = POINTS[name]
    original = getattr(point.owner, point.name)

    def reached(result: Any = True) -> None:
        if point.result(result):
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(original)
    def at_once(*given: Any, **named: Any) -> Any:
        if point.when == "before":
            reached()
        return original(*given, **named)

    @functools.wraps(original)
    async def awaited(*given: Any, **named: Any) -> Any:
        if point.when == "before":
            reached()
        result = await original(*given, **named)
        if point.when == "after":
            reached(result)
        return result

    setattr(point.owner, point.name, awaited if inspect.iscoroutinefunction(original) else at_once)
