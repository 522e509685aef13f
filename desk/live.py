"""What has changed, told to open pages as it happens, whichever process it happened in.

Each process asks the database once a second, while somebody listens, and tells all its listeners.
Only that something changed is told: the page then asks for its own parts, with its own rights.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from desk import cookie, reading
from desk.keys import DESK, LAWYER
from desk.service import Desk

EVERY = 1.0  # seconds between two questions to the database
STILL_HERE = 15.0  # seconds of silence after which a stream says that it lives
AGAIN_AFTER = 2000  # milliseconds until a browser comes back to a broken stream
LONGEST = 600.0  # seconds; then the browser comes back, and its sign-in is looked at again
# Events that are read again: of two transactions the later number may be committed first.
OVERLAP = 50


@dataclass(eq=False)
class Listener:
    """One open page. `case` is the case it shows, None for the queue, which hears everything."""

    case: int | None
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Live:
    """The listeners of this process and the one question they share."""

    def __init__(self, desk: Desk) -> None:
        self.mark = 0
        self.closing = False
        self._desk = desk
        self._known: Collection[int] = ()
        self._listeners: set[Listener] = set()
        self._joining = asyncio.Lock()
        self._wanted = asyncio.Event()

    @asynccontextmanager
    async def listening(self, case: int | None, known: str) -> AsyncIterator[Listener]:
        """Yields a listener that is told of changes from now on, and of those it has missed.

        `known` is the last change that its page knows.
        """
        listener = Listener(case)
        async with self._joining:
            if not self._listeners:
                self.mark = await self._desk.latest_change()
                await self._changed()  # what nobody needs to be told
            self._listeners.add(listener)
        if known != str(self.mark):
            listener.news.set()
        self._wanted.set()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                self._wanted.clear()

    async def run(self) -> None:
        """Asks and tells until cancelled; a database that does not answer is asked again."""
        while True:
            with suppress(SQLAlchemyError, OSError):
                await self._wanted.wait()
                self._tell(await self._changed())
            await asyncio.sleep(EVERY)

    def close(self) -> None:
        """Ends every stream, so that the process can stop; the browsers come back by themselves."""
        self.closing = True
        for listener in self._listeners:
            listener.news.set()

    async def _changed(self) -> set[int]:
        """Returns the cases to which something has happened since the last question."""
        changes = await self._desk.changes_since(max(0, self.mark - OVERLAP))
        cases = {one.case_id for one in changes if one.id not in self._known}
        self._known = {one.id for one in changes}
        self.mark = max(self._known, default=self.mark)
        return cases

    def _tell(self, cases: Collection[int]) -> None:
        for listener in self._listeners:
            if cases and (listener.case is None or listener.case in cases):
                listener.news.set()


LIVE = web.AppKey("LIVE", Live)


@asynccontextmanager
async def _running(live: Live) -> AsyncIterator[None]:
    task = asyncio.create_task(live.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def set_up(app: web.Application) -> None:
    """Starts the question with the application and ends the streams when it stops."""
    live = app[LIVE] = Live(app[DESK])

    async def work(_app: web.Application) -> AsyncIterator[None]:
        async with _running(live):
            yield

    async def close(_app: web.Application) -> None:
        live.close()

    app.cleanup_ctx.append(work)
    app.on_shutdown.append(close)


async def stream(request: web.Request) -> web.StreamResponse:
    """GET /live and /cases/{id}/live: an event for each change, as server-sent events.

    A browser that comes back, or whose page is older than the last change, is told at once.
    """
    desk, live, lawyer = request.app[DESK], request.app[LIVE], request[LAWYER]
    case = int(request.match_info["id"]) if "id" in request.match_info else None
    if case is not None:
        await reading.may_follow(desk, lawyer, case)
    known = request.headers.get("Last-Event-ID") or request.query.get("since", "")
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # a proxy passes each line on at once
        }
    )
    await response.prepare(request)
    await response.write(f"retry: {AGAIN_AFTER}\n\n".encode())
    async with live.listening(case, known) as listener:
        end = asyncio.get_running_loop().time() + LONGEST
        with suppress(ConnectionResetError):  # the browser has gone
            while not live.closing and asyncio.get_running_loop().time() < end:
                if await cookie.current_lawyer(request) is None:
                    break
                await desk.arrived(lawyer)
                await response.write(await _next_line(live, listener))
    return response


async def _next_line(live: Live, listener: Listener) -> bytes:
    try:
        await asyncio.wait_for(listener.news.wait(), STILL_HERE)
    except TimeoutError:
        return b": still here\n\n"
    listener.news.clear()
    return f"id: {live.mark}\ndata: changed\n\n".encode()
