"""Pushing replies to citizens on WeChat; the outbox calls it."""

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from gateway.channels import Outcome, Reply
from gateway.channels.wechat import rendering
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable
from gateway.channels.wechat.refusals import meaning
from gateway.channels.wechat.template import Template
from gateway.channels.wechat.text import LIMIT
from gateway.reading import Pages

_SMALLEST = 255
_STOPPED = 600.0
_MINUTE = 60.0

log = structlog.get_logger()


class WechatSender:
    """Sends one account's replies as customer-service messages."""

    def __init__(
        self,
        client: WechatClient,
        *,
        pages: Pages | None = None,
        subscribe: Template | None = None,
        notify: Template | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Takes the account's client and its templates.

        Args:
            client: the account's API.
            pages: where long answers can be read; None: they are cut.
            subscribe: the subscription notice for whoever may not be pushed to any more.
            notify: the template message for the same.
            clock: Unix seconds.
        """
        self._client = client
        self._pages = pages
        self._subscribe = subscribe
        self._notify = notify
        self._clock = clock

    async def send(
        self, citizen: str, reply: Reply, start: int = 0, at_most: int | None = None
    ) -> Outcome:
        """Pushes one reply, in numbered parts if it must; says what became of it."""
        menu = rendering.menu(reply) if not start and at_most != 0 else None
        if menu:
            outcome = await self._once(self._client.send_menu(citizen, *menu))
            if outcome.detail not in ("plain", "split"):
                return replace(outcome, parts=int(outcome.kind == "sent"))
        sent, outcome = await self._parts(citizen, reply, LIMIT, start, at_most)
        return replace(outcome, parts=sent)

    async def notify(self, citizen: str) -> Outcome:
        """Says that something waits: a subscription notice, else a template message; else dead."""
        outcome = Outcome("dead", "no template")
        at = datetime.fromtimestamp(self._clock(), UTC)
        if self._subscribe:
            data = self._subscribe.data(at)
            call = self._client.send_subscribed(citizen, self._subscribe.id, data)
            outcome = await self._once(call)
        if outcome.kind in ("dead", "stopped", "parked") and self._notify:
            call = self._client.send_template(
                citizen, self._notify.id, self._notify.data(at), uuid.uuid4().hex
            )
            outcome = await self._once(call)
        lasts = outcome.kind == "stopped" and meaning(int(outcome.detail)) == "stop"
        if lasts or outcome.kind == "parked":
            return Outcome("dead", outcome.detail)
        return outcome

    async def _parts(
        self, citizen: str, reply: Reply, limit: int, start: int, at_most: int | None
    ) -> tuple[int, Outcome]:
        """Returns how many parts went out, and the outcome.

        What Tencent finds too long is split smaller; `start` then counts the smaller parts.
        """
        left = rendering.messages(reply, self._pages, limit)[start:]
        if not left and limit // 2 >= _SMALLEST:  # so many can only have been smaller ones
            return await self._parts(citizen, reply, limit // 2, start, at_most)
        for sent, part in enumerate(left[:at_most]):
            outcome = await self._once(self._client.send_text(citizen, part))
            if outcome.detail == "split":
                if limit // 2 >= _SMALLEST and not sent:
                    return await self._parts(citizen, reply, limit // 2, start, at_most)
                return sent, Outcome("dead", "45002")
            if outcome.kind != "sent":
                return sent, outcome
        gone = len(left[:at_most])
        return gone, Outcome("sent" if gone == len(left) else "parked")

    async def _once(self, call: Awaitable[None]) -> Outcome:
        try:
            await call
        except Unreachable as error:
            return Outcome("retry", str(error))
        except Unanswered as error:
            return Outcome("unknown", str(error))
        except ApiError as error:
            return self._refused(error.errcode)
        return Outcome("sent")

    def _refused(self, errcode: int) -> Outcome:
        """Returns what Tencent's refusal means for the outbox."""
        detail = str(errcode)
        match meaning(errcode):
            case "parked":
                return Outcome("parked", detail)
            case "dead" | "path":
                return Outcome("dead", detail)
            case "stop":
                log.error("wechat.sender_stopped", errcode=errcode, seconds=_STOPPED)
                return Outcome("stopped", detail, _STOPPED)
            case "day":  # these are the account's quotas: whoever else is written to waits too
                return Outcome("stopped", detail, _until_midnight(self._clock()))
            case "minute":
                return Outcome("stopped", detail, _MINUTE)
            case "split" | "plain" as way:
                return Outcome("dead", way)
        return Outcome("retry", detail)


def _until_midnight(now: float) -> float:
    """Returns the seconds until the day ends in China (UTC+8), when daily quotas start anew."""
    return 86_400 - (now + 8 * 3_600) % 86_400
