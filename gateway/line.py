"""The line in front of the assistant: how many turns of one process may ask it at the same time.

Without a bound a burst would have Rasa work on hundreds of turns at once, each of them slow, and
the receipts of what still comes in would wait behind all of them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 16


class Line:
    """First come, first served; `AT_ONCE` are served at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._since: dict[int, float] = {}  # message: when it began to wait; oldest first

    @asynccontextmanager
    async def place(self, message: int) -> AsyncIterator[None]:
        """Waits for a message's turn to begin, and keeps its place until the turn has ended."""
        self._since[message] = asyncio.get_running_loop().time()
        try:
            await self._places.acquire()
        finally:
            del self._since[message]
        try:
            yield
        finally:
            self._places.release()

    def waits(self, message: int) -> bool:
        """Says whether a message stands in line; one whose turn has begun or ended does not."""
        return message in self._since

    @property
    def waited(self) -> float:
        """The seconds that the first in line has waited, 0 when nobody waits."""
        first = next(iter(self._since.values()), None)
        return 0.0 if first is None else asyncio.get_running_loop().time() - first
