"""The pages as an aiohttp application, to be mounted under any prefix."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from aid import clock, guard, pages
from aid.carried import Carried
from aid.documents import Writer
from aid.keys import CARRIED, SAVED, TODAY, WRITER
from aid.pages import Site
from aid.saved import Saved
from aid.views import deadline, from_chat, papers, refused, saved, steps


def create_app(
    sessions: async_sessionmaker[AsyncSession],
    site: Site,
    keep_days: int,
    templates: Path | None = None,
    today: Callable[[], date] = clock.today,
) -> web.Application:
    """Return the helper's pages for `add_subapp`.

    Args:
        sessions: makes sessions on the database.
        site: the look-up site around these pages.
        keep_days: how long a kept checklist stays.
        templates: a folder with an institution's own Word templates.
        today: the calendar.

    Raises:
        TemplateError: one of the templates cannot be used.
    """
    app = web.Application(middlewares=[guard.error_pages, guard.own_forms])
    app[WRITER] = Writer(templates)
    app[SAVED] = Saved(sessions, keep_days)
    app[CARRIED] = Carried(sessions)
    app[TODAY] = today
    pages.set_up(app, site)
    app.on_response_prepare.append(guard.add_headers)
    one = r"/saved/{token:[\w-]{20,64}}"
    told = r"/from-chat/{token:[\w-]{20,64}}"
    app.add_routes(
        [
            web.get("", steps.start, name="start"),
            web.get("/", steps.start),
            web.post("/", steps.answer, name="steps"),
            web.post("/papers", papers.download, name="papers"),
            web.post("/saved", saved.keep, name="keep"),
            web.get(one, saved.show, name="saved"),
            web.post(one, saved.tick),
            web.post(f"{one}/delete", saved.delete, name="delete"),
            web.get(told, from_chat.ask),
            web.post(told, from_chat.take),
            web.get("/refused", refused.form, name="refused"),
            web.post("/refused", refused.answer),
            web.get("/deadline", deadline.form, name="deadline"),
            web.post("/deadline", deadline.answer),
            web.post("/deadline/calendar", deadline.calendar, name="calendar"),
            web.static("/static", pages.HERE / "static", name="static"),
        ]
    )
    app.cleanup_ctx.append(_purging)
    return app


async def _purging(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[SAVED].purge_for_ever())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
