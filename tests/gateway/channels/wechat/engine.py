"""The turn engine's contract in memory, with answers that a test can hold back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from gateway.channels import Inbound, Reply, Sender, Turn
from gateway.errors import UnknownMessage


def said(text: str, *options: str, author: str = "bot") -> Callable[[Inbound], Awaitable[Turn]]:
    """Returns an answer to everything: one automatic reply."""

    async def answer(inbound: Inbound) -> Turn:
        reply = Reply(f"reply-{inbound.dedup_key}", text, options, author)
        return Turn(inbound.dedup_key, "ok", reply)

    return answer


class Engine:
    """Answers each message once, remembers the turn, pushes once where the path is "push"."""

    def __init__(self) -> None:
        self.answer = said("您可以申请劳动仲裁。")
        self.sender: Sender | None = None
        self.received: list[Inbound] = []
        self.joined: list[str] = []
        self.has_joined: asyncio.Queue[None] = asyncio.Queue()
        self.erased: list[tuple[str, str]] = []
        self.paths: dict[str, str] = {}
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.notices = True
        self.may_push = True
        self.may_claim = asyncio.Event()
        self.may_claim.set()
        self.on_claim: Callable[[], None] = lambda: None
        self.claim_error: Exception | None = None
        self.claim_waits_for_turn = False
        self.leave_error: Exception | None = None
        self.left: list[tuple[str, str]] = []
        self.may_erase = asyncio.Event()
        self.may_erase.set()
        self._turns: dict[str, asyncio.Task[Turn]] = {}
        self._pushes: dict[str, asyncio.Task[None]] = {}

    async def receive(self, inbound: Inbound) -> Turn:
        self.joined.append(inbound.dedup_key)
        self.has_joined.put_nowait(None)
        if inbound.dedup_key not in self._turns:
            self.received.append(inbound)
            self._turns[inbound.dedup_key] = asyncio.create_task(self._turn(inbound))
        return await asyncio.shield(self._turns[inbound.dedup_key])

    async def _turn(self, inbound: Inbound) -> Turn:
        await self.may_answer.wait()
        if inbound.notice is not None and self.notices:
            return await said(inbound.notice, author="system")(inbound)
        return await self.answer(inbound)

    async def claim_path(self, dedup_key: str, path: str) -> str:
        self.on_claim()
        await self.may_claim.wait()
        if self.claim_waits_for_turn:
            await asyncio.wait({self._turns[dedup_key]})
        if self.claim_error:
            raise self.claim_error
        if dedup_key not in self._turns:
            raise UnknownMessage(dedup_key)
        holds = self.paths.setdefault(dedup_key, path)
        if holds == "push" and dedup_key not in self._pushes:
            self._pushes[dedup_key] = asyncio.create_task(self._push(dedup_key))
        return holds

    async def _push(self, dedup_key: str) -> None:
        turn = await self._turns[dedup_key]
        if self.sender and turn.reply:
            citizen = next(i.citizen for i in self.received if i.dedup_key == dedup_key)
            await self.sender.send(citizen, turn.reply)

    async def can_push(self, channel: str) -> bool:
        return self.may_push

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        if self.leave_error:
            raise self.leave_error
        self.left.append((channel, citizen))
        return True

    async def erase(self, channel: str, citizen: str) -> None:
        await self.may_erase.wait()
        self.erased.append((channel, citizen))
