"""Wiring: every part is made once, here, and given what it needs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import date
from functools import partial
from typing import Any, cast

import aiohttp
import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

import aid
import desk
from gateway import faults
from gateway.attachments.keeper import Keeper
from gateway.attachments.vault import Vault
from gateway.bot import Bot
from gateway.channels import Capabilities, Sender, rest
from gateway.channels.web import views
from gateway.channels.wechat import account
from gateway.channels.wechat.answering import DEADLINE
from gateway.channels.wechat.settings import WechatSettings
from gateway.citizens import GatewayCitizens
from gateway.conversation import Conversations
from gateway.database import (
    brief,
    make_engine,
    make_sessions,
    passing_sessions,
    read_sessions,
    scrub,
)
from gateway.health import Health
from gateway.history import History
from gateway.internal import create_internal
from gateway.library import Library
from gateway.outbox import Outbox
from gateway.pace import Pace
from gateway.presence import Presence
from gateway.promises import Promises
from gateway.reminders import Reminders
from gateway.safety import danger_in
from gateway.settings import Settings
from gateway.spent import Spent
from knowledge import lookup, server, topics
from knowledge.search import Searcher
from knowledge.settings import Settings as KnowledgeSettings

log = structlog.get_logger()

SETTINGS = web.AppKey("settings", Settings)
ENGINE = web.AppKey("engine", AsyncEngine)
RESOURCES = web.AppKey("resources", AsyncExitStack)
DESK = web.AppKey("desk", desk.Desk)
CONVERSATIONS = web.AppKey("conversations", Conversations)
REMINDERS = web.AppKey("reminders", Reminders)
OUTBOX = web.AppKey("outbox", Outbox)
PROMISES = web.AppKey("promises", Promises)
INTERNAL = web.AppKey("internal", web.Application)
LIBRARY = web.AppKey("library", Library)
PICTURES = web.AppKey("pictures", Keeper)
PRESENCE = web.AppKey("presence", Presence)

AID = "/lookup/aid"
BACKLOG = 1024
"""Connections that may wait to be accepted: one too many is tried again after a second or three."""


async def create_app(
    settings: Settings,
    wechat: WechatSettings,
    library: Library | None = None,
    senders: Mapping[str, Sender] | None = None,
) -> web.Application:
    """Returns the public application; starting it starts everything else in this process.

    Args:
        settings: the gateway's settings.
        wechat: the official account's settings; its channel is off without a token.
        library: the knowledge, loaded when the application starts; without it there is no
            look-up page.
        senders: one for each channel that can push; by default WeChat's, if it is on.
    """
    engine = make_engine(settings.database_url)
    sessions, reading = make_sessions(engine), read_sessions(engine)
    resources = AsyncExitStack()
    resources.push_async_callback(engine.dispose)
    http = await resources.enter_async_context(aiohttp.ClientSession())
    official = await _official_account(resources, settings, wechat, sessions)
    if senders is None:
        senders = {"wechat": official.sender} if official else {}
    channels = {name: capabilities(name, settings) for name in senders}
    bot = Bot(
        http,
        settings.rasa_url,
        settings.actions_url,
        settings.internal_key.get_secret_value(),
        settings.bot_timeout,
    )
    lawyers = desk.Desk(
        sessions,
        GatewayCitizens(frozenset(senders), _vault(settings)),
        settings.session_key.get_secret_value(),
        topics=topics.titles(KnowledgeSettings()),
        guess=library.topics_of if library else lambda question: (),
        suggest=library.suggestions if library else lambda text: (),
        clocks=_clocks,
        regions=aid.regions(),
        reading=reading,
    )
    by_keys = brief(engine)
    conversations = Conversations(
        make_sessions(by_keys),
        bot,
        lawyers,
        Spent(settings.session_key.get_secret_value()),
        reading=read_sessions(by_keys),
        passing=passing_sessions(by_keys),
        scrub=partial(scrub, engine),
        push_channels=frozenset(senders),
        channels=channels,
        promise_hours=settings.promise_hours,
    )
    reminders = Reminders(sessions, frozenset(senders))
    history, pace = History(sessions, reading), Pace(settings.messages_per_minute)
    presence = Presence(settings.var_dir / "workers" / str(settings.port), settings.gateway_workers)
    health = Health(
        reading,
        bot,
        lambda: library.state if library else "absent",
        ("web", "rest", "wechat") if wechat.enabled else ("web", "rest"),
        presence,
    )

    app = web.Application(middlewares=[faults.sentences], client_max_size=views.LARGEST_BODY)
    app[SETTINGS], app[ENGINE], app[RESOURCES] = settings, engine, resources
    app[DESK], app[CONVERSATIONS], app[REMINDERS] = lawyers, conversations, reminders
    app[OUTBOX] = Outbox(sessions, senders, channels, lawyers.unreachable)
    app[PRESENCE] = presence
    app[PROMISES] = Promises(
        sessions,
        conversations,
        reminders,
        bot,
        promise_hours=settings.promise_hours,
        retention_days=settings.retention_days,
    )
    page = views.Web(conversations, history, pace, settings.retention_days)
    api = rest.Rest(conversations, history, settings.rest_key.get_secret_value(), pace)
    app.add_routes(views.routes(page))
    app.add_routes(rest.routes(api))
    if official:
        app.add_routes(official.routes(conversations))
    if official and official.keeper:
        app[PICTURES] = official.keeper
    app.add_routes([web.get("/health", health.health), web.get("/metrics", health.metrics)])
    second_factor = frozenset(settings.second_factor_roles.replace(" ", "").split(",")) - {""}
    app.add_subapp("/desk", desk.create_app(lawyers, second_factor))
    site = aid.Site(home="/lookup", style="/lookup/static/lookup.css")
    app.add_subapp(
        AID, aid.create_app(sessions, site, settings.aid_keep_days, settings.aid_templates)
    )
    public = str(settings.public_url).rstrip("/") + AID if settings.public_url else None
    internal_routes = [*desk.routes(lawyers), *aid.routes(sessions, public)]
    if library:
        app[LIBRARY] = library
        searcher = cast(Searcher, library)
        app.add_subapp("/lookup", lookup.create_app(searcher, aid=AID))
        internal_routes += server.routes(searcher)
    app[INTERNAL] = create_internal(
        conversations, reminders, settings.internal_key.get_secret_value(), internal_routes
    )
    app.cleanup_ctx.extend([_resources, _internal_listener, _background])
    return app


async def _official_account(
    resources: AsyncExitStack,
    settings: Settings,
    wechat: WechatSettings,
    sessions: async_sessionmaker[AsyncSession],
) -> account.Account | None:
    """Opens the official account; None when its channel is off."""
    if not wechat.enabled:
        return None
    key = settings.attachment_key
    parts = account.opened(
        wechat,
        sessions,
        link_key=settings.session_key.get_secret_value(),
        picture_key=key.get_secret_value() if key else None,
    )
    return await resources.enter_async_context(parts)


def capabilities(channel: str, settings: Settings) -> Capabilities:
    """Returns what a channel that pushes can do; one that is not known here has no limits."""
    if channel == "wechat":
        return Capabilities(passive_reply=DEADLINE, quota=settings.wechat_quota, typing=True)
    return Capabilities()


def _clocks(handed_in_on: date) -> list[desk.Clock]:
    """Returns what runs from the day an application for legal aid was handed in."""
    return [desk.Clock(*clock) for clock in aid.clocks(handed_in_on)]


async def _resources(app: web.Application) -> AsyncIterator[None]:
    """Closes what was opened, last of all."""
    yield
    await app[RESOURCES].aclose()


def _vault(settings: Settings) -> Vault | None:
    key = settings.attachment_key
    return Vault(key.get_secret_value()) if key else None


async def _internal_listener(app: web.Application) -> AsyncIterator[None]:
    """Serves /v1 on loopback; its log of addresses would hold what people ask."""
    runner = web.AppRunner(app[INTERNAL], access_log=None)
    await runner.setup()
    await web.TCPSite(
        runner,
        "127.0.0.1",
        app[SETTINGS].internal_port,
        reuse_port=app[SETTINGS].gateway_workers > 1,
    ).start()
    yield
    await runner.cleanup()


async def _background(app: web.Application) -> AsyncIterator[None]:
    """Runs the outbox, the promises, the desk and the loading of the knowledge."""
    work: list[Coroutine[Any, Any, None]] = [
        app[OUTBOX].run(),
        app[PROMISES].run(),
        app[DESK].run(),
        _be_there(app),
    ]
    if PICTURES in app:
        work.append(app[PICTURES].run())
    danger_in("")  # its patterns are made ready now, and not while the first citizen waits
    tasks = [asyncio.create_task(each) for each in work]
    log.info("gateway.started", port=app[SETTINGS].port)
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await app[CONVERSATIONS].close()


async def _be_there(app: web.Application) -> None:
    """Loads the knowledge; from then on this process counts as one that serves."""
    if LIBRARY in app:
        await app[LIBRARY].load()
    async with app[PRESENCE].held():
        await asyncio.Event().wait()
