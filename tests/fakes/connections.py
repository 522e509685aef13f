"""A server that counts the connections by which it is called, and can be started again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web


class Counting:
    """Gives every call to one handler and notes the connection that it came by."""

    def __init__(self, answer: Callable[[web.Request], Awaitable[web.Response]]) -> None:
        """Start with no connection."""
        self.connections: list[object] = []
        self.port = 0
        self._answer = answer

    async def start(self) -> web.AppRunner:
        """Listen on the port of before, the first time on a free one."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._count)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = runner.addresses[0][1]
        return runner

    async def _count(self, request: web.Request) -> web.Response:
        self.connections.append(request.transport)
        return await self._answer(request)
