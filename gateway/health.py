"""/health for people and the launcher, /metrics for Prometheus."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import prometheus_client
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import push_stops
from gateway.bot import Bot
from gateway.presence import Presence


@dataclass(frozen=True)
class Health:
    """Asks every part how it is.

    Attributes:
        reading: the database.
        bot: Rasa and its action server.
        library: the knowledge's state: "loading", "ready", "failed" or "absent".
        channels: the names of the channels that are on.
        presence: the processes that share the port.
    """

    reading: async_sessionmaker[AsyncSession]
    bot: Bot
    library: Callable[[], str]
    channels: tuple[str, ...]
    presence: Presence

    async def health(self, _request: web.Request) -> web.Response:
        """Answers 200 when people can be served, fully ("ok") or not ("degraded"); else 503."""
        stops, rasa, actions = await asyncio.gather(
            self._push_stops(), self.bot.rasa_healthy(), self.bot.actions_healthy()
        )
        database = stops is not None
        library = self.library()
        here, workers = self.presence.here(), self.presence.workers
        components = {
            "gateway": "ok" if here == workers else f"{here}/{workers}",
            "database": _word(database),
            "rasa": _word(rasa),
            "actions": _word(actions),
            "knowledge": library,
            **{f"{channel}_push": detail for channel, detail in (stops or {}).items()},
        }
        if not database:
            status = "down"
        elif library == "loading":
            status = "starting"
        else:
            whole = rasa and actions and library == "ready" and here == workers and not stops
            status = "ok" if whole else "degraded"
        return web.json_response(
            {"status": status, "components": components, "channels": self.channels},
            status=200 if status in ("ok", "degraded") else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def metrics(self, _request: web.Request) -> web.Response:
        """Answers in Prometheus's text format."""
        return web.Response(
            body=prometheus_client.generate_latest(),
            headers={"Content-Type": prometheus_client.CONTENT_TYPE_LATEST},
        )

    async def _push_stops(self) -> dict[str, str] | None:
        """Returns channels on which nothing goes out, and why; None when the database is away."""
        try:
            async with self.reading() as session:
                return await push_stops.reasons(session)
        except (SQLAlchemyError, OSError):
            return None


def _word(well: bool) -> str:
    return "ok" if well else "down"
