"""The line of those who want to write to SQLite, within one process.

SQLite admits one writer and lets the others try again and again: some would never get through.
"""

import asyncio
from collections import deque
from contextlib import suppress


class WritingLine:
    """One at a time, first come, first served; but whoever takes something in goes before."""

    def __init__(self) -> None:
        self._free = True
        self._waiting: tuple[deque[asyncio.Future[None]], ...] = (deque(), deque())

    async def enter(self, *, first: bool) -> None:
        """Waits to be the one who writes; `first` goes before all who are not."""
        if self._free:
            self._free = False
            return
        waiting = self._waiting[0 if first else 1]
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.cancelled():
                with suppress(ValueError):  # `leave` has passed it over
                    waiting.remove(mine)
            else:  # it had just been given the place
                self.leave()
            raise

    def leave(self) -> None:
        """Lets the next one write."""
        for waiting in self._waiting:
            while waiting:
                following = waiting.popleft()
                if not following.done():
                    following.set_result(None)
                    return
        self._free = True
