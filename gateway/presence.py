"""Which of the processes that share the public port are there.

Each that serves holds a lock on a file of its own. The system takes the lock away when its process
ends, however it ends, so that a dead process is known at once, and by any of the others.
"""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOOK_S = 0.2


@dataclass(frozen=True)
class Presence:
    """Knows who is there.

    Attributes:
        folder: where the files are; one for all the processes that share a port, and no others.
        workers: how many processes there should be.
    """

    folder: Path
    workers: int

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Is there for as long as the context lasts; waits while all the places are taken."""
        self.folder.mkdir(parents=True, exist_ok=True)
        while (place := self._take()) is None:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_S)  # nothing tells when a lock is let go
        try:
            yield
        finally:
            place.close()

    def here(self) -> int:
        """Returns how many processes are there now."""
        return sum(self._taken(place) for place in self._places())

    def _take(self) -> IO[bytes] | None:
        for path in self._places():
            file = path.open("ab")
            if _locked(file, fcntl.LOCK_EX):
                return file
            file.close()
        return None

    def _taken(self, path: Path) -> bool:
        with suppress(FileNotFoundError), path.open("rb") as file:
            return not _locked(file, fcntl.LOCK_SH)  # those who look do not see each other
        return False

    def _places(self) -> list[Path]:
        return [self.folder / f"gateway-{number}.lock" for number in range(self.workers)]


def _locked(file: IO[bytes], how: int) -> bool:
    """Locks a file until it is closed; says whether others let us."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
