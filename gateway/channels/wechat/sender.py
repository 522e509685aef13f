"""Pushing replies to citizens on WeChat; the outbox calls it."""

import time
from collections.abc import Callable
from dataclasses import replace

import structlog

from gateway.channels import Outcome, Reply, render_plain
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable
from gateway.channels.wechat.text import LIMIT, capacity, parts, shorten
from gateway.channels.wechat.words import words

_BOT_PARTS = 2  # of the five that a citizen's message allows; three stay for the lawyer
_SMALLEST = 255
_STOPPED = 600.0

_TOO_LONG = 45002
_PARKED = {45015, 45047}  # the 48 hours are over; the five are used up
_DEAD = {40003, 43004, 43019, 48002, 50002}
_STOPPING = {48001, 48004, 40164, 61004, 40125, 40013}
_DAY_LIMIT, _MINUTE_LIMIT = 45009, 45011

log = structlog.get_logger()


class WechatSender:
    """Sends one account's replies as customer-service messages."""

    def __init__(self, client: WechatClient, clock: Callable[[], float] = time.time) -> None:
        """Takes the account's client and a clock in Unix seconds."""
        self._client = client
        self._clock = clock
        self._stopped_until = 0.0

    async def send(
        self, citizen: str, reply: Reply, start: int = 0, at_most: int | None = None
    ) -> Outcome:
        """Pushes one reply, in numbered parts if it must; says what became of it."""
        if self._clock() < self._stopped_until:
            return Outcome("retry", "stopped", self._stopped_until - self._clock())
        sent, outcome = await self._try(citizen, reply, LIMIT, start, at_most)
        return replace(outcome, parts=sent)

    async def _try(
        self, citizen: str, reply: Reply, limit: int, start: int, at_most: int | None
    ) -> tuple[int, Outcome]:
        """Returns how many parts went out, and the outcome."""
        sent = 0
        left = _parts(reply, limit)[start:]
        try:
            for part in left[:at_most]:
                await self._client.send_text(citizen, part)
                sent += 1
        except Unreachable as error:
            return sent, Outcome("retry", str(error))
        except Unanswered as error:
            return sent, Outcome("unknown", str(error))
        except ApiError as error:
            if error.errcode == _TOO_LONG and limit // 2 >= _SMALLEST and not start + sent:
                return await self._try(citizen, reply, limit // 2, 0, at_most)
            return sent, self._outcome(error.errcode)
        return sent, Outcome("sent" if sent == len(left) else "parked", "")

    def _outcome(self, errcode: int) -> Outcome:
        """Returns what Tencent's refusal means for the outbox."""
        detail = str(errcode)
        if errcode in _PARKED:
            return Outcome("parked", detail)
        if errcode in _DEAD or errcode == _TOO_LONG:
            return Outcome("dead", detail)
        if errcode in _STOPPING:
            log.error("wechat.sender_stopped", errcode=errcode, seconds=_STOPPED)
            self._stopped_until = self._clock() + _STOPPED
            return Outcome("retry", detail, _STOPPED)
        if errcode == _DAY_LIMIT:
            return Outcome("retry", detail, _until_midnight(self._clock()))
        return Outcome("retry", detail, 60.0 if errcode == _MINUTE_LIMIT else None)


def _parts(reply: Reply, limit: int) -> list[str]:
    text = render_plain(reply)
    if reply.author == "lawyer":
        return parts(text, limit)
    return parts(shorten(text, capacity(_BOT_PARTS, limit), words().shortened), limit)


def _until_midnight(now: float) -> float:
    """Returns the seconds until the day ends in China (UTC+8), when daily quotas start anew."""
    return 86_400 - (now + 8 * 3_600) % 86_400
