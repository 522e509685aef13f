"""The client of Rasa's one channel: signed turns, health, and forgetting a tracker."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
from pydantic import BaseModel, ValidationError

from gateway.errors import BotTimeout, BotUnreachable

HEALTH_TIMEOUT_S = 3.0


class BotMessage(BaseModel):
    """One of the messages of a turn."""

    text: str
    options: list[str] = []


class BotTurn(BaseModel):
    """What Rasa made of a turn; "error" when an action failed, "silent" when it is paused
    or leaves the word to the lawyer who is waited for, or to what stays with who is in danger."""

    status: Literal["ok", "silent", "error"]
    messages: list[BotMessage] = []

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n\n".join(message.text.strip() for message in self.messages if message.text)

    @property
    def options(self) -> list[str]:
        """All options once, in order."""
        return list(
            dict.fromkeys(option for message in self.messages for option in message.options)
        )


@dataclass(frozen=True)
class Bot:
    """Talks to Rasa and asks its action server how it is.

    Attributes:
        http: the session to use; the caller closes it.
        rasa_url: base address of Rasa.
        actions_url: base address of the action server.
        key: the key that signs.
        timeout: seconds one turn may take.
    """

    http: aiohttp.ClientSession
    rasa_url: str
    actions_url: str
    key: str
    timeout: float

    async def turn(
        self,
        conversation: str,
        text: str,
        *,
        danger: str = "",
        waiting: bool = False,
        held: bool = False,
        never: bool = False,
        calm: bool = False,
    ) -> BotTurn:
        """Returns Rasa's answer to one text.

        Args:
            conversation: whose text it is.
            text: the text.
            danger: what was said just before and answered here with the numbers to call: Rasa
                has not heard it, and what follows is about it.
            waiting: whether the citizen waits for a lawyer; Rasa then says nothing to what is
                meant for the lawyer.
            held: whether danger told lately is held; Rasa then says nothing to what it has no
                answer for.
            never: whether it is said that there never was the danger that was heard; Rasa then
                forgets the matter that it took it for.
            calm: whether neither the rules nor the net under them hear any danger in the text.

        Raises:
            BotUnreachable: no connection, a refusal, or an answer that is no turn.
            BotTimeout: no answer in time.
        """
        content: dict[str, str | bool] = {"sender": conversation, "text": text}
        around: dict[str, str | bool] = {
            "danger": danger,
            "waiting": waiting,
            "held": held,
            "never": never,
            "calm": calm,
        }
        content |= {name: value for name, value in around.items() if value}
        answer = await self._post("turn", content)
        try:
            return BotTurn.model_validate(answer)
        except ValidationError as error:
            raise BotUnreachable("not a turn") from error

    async def forget(self, conversation: str) -> None:
        """Erases Rasa's tracker of a conversation.

        Raises:
            BotUnreachable, BotTimeout: it is not certain that it is gone.
        """
        await self._post("forget", {"sender": conversation})

    async def healthy(self) -> bool:
        """Says whether Rasa and the action server both answer."""
        return await self.rasa_healthy() and await self.actions_healthy()

    async def rasa_healthy(self) -> bool:
        """Says whether Rasa answers."""
        return await self._answers(f"{self.rasa_url}/webhooks/internal/health")

    async def actions_healthy(self) -> bool:
        """Says whether the action server answers."""
        return await self._answers(f"{self.actions_url}/health")

    async def _answers(self, url: str) -> bool:
        try:
            limit = aiohttp.ClientTimeout(total=HEALTH_TIMEOUT_S)
            async with self.http.get(url, timeout=limit) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _post(self, name: str, content: Mapping[str, str | bool]) -> Any:
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            async with self.http.post(
                f"{self.rasa_url}/webhooks/internal/{name}",
                data=body,
                headers={"Content-Type": "application/json", **signature(self.key, body)},
                timeout=aiohttp.ClientTimeout(total=self.timeout),
            ) as response:
                if response.status != 200:
                    raise BotUnreachable(f"status {response.status}")
                return await response.json()
        except TimeoutError as error:
            raise BotTimeout(name) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise BotUnreachable(type(error).__name__) from error


def signature(key: str, body: bytes) -> dict[str, str]:
    """Returns the two headers that sign a body for Rasa's internal channel."""
    timestamp = str(int(time.time()))
    signed = timestamp.encode() + b"." + body
    digest = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    return {"X-Mingbai-Timestamp": timestamp, "X-Mingbai-Signature": digest}
