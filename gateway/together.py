"""Doing many small things in one go: what comes in while one go runs is done in the next.

An idle process does each thing at once and alone; a busy one shares the costs of a transaction (the
wait for the one writer that SQLite admits, the disk) among all that came in meanwhile.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from gateway.database import busy

AT_MOST = 100

A = TypeVar("A")
B = TypeVar("B")


class Together(Generic[A, B]):
    """Collects things to do and does them in order, several at a time, one go after the other.

    Args:
        work: does all it is given and returns as many results; when it raises it has done nothing.
    """

    def __init__(self, work: Callable[[Sequence[A]], Awaitable[Sequence[B]]]) -> None:
        self._work = work
        self._waiting: deque[tuple[A, asyncio.Future[B]]] = deque()
        self._going: asyncio.Task[None] | None = None

    async def add(self, item: A) -> B:
        """Returns an item's result, or raises what the work raised for it.

        Cancelling the caller does not undo what has been added.
        """
        result: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._work_off())
        return await result

    async def _work_off(self) -> None:
        while self._waiting:
            count = min(AT_MOST, len(self._waiting))
            await self._do([self._waiting.popleft() for _ in range(count)])

    async def _do(self, these: Sequence[tuple[A, asyncio.Future[B]]]) -> None:
        try:
            results = await self._work([item for item, _ in these])
        except Exception as error:
            if len(these) > 1 and not busy(error):  # one of them must not spoil the others
                for each in these:
                    await self._do([each])
                return
            for _, result in these:
                if not result.done():
                    result.set_exception(error)
            return
        for (_, result), value in zip(these, results, strict=True):
            if not result.done():
                result.set_result(value)
