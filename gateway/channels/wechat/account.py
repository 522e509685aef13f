"""One official account's parts, made once and given what they need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import reading
from gateway.attachments.keeper import LARGEST, Keeper
from gateway.attachments.vault import Vault
from gateway.channels.wechat import callback
from gateway.channels.wechat.answering import DEADLINE, Answers, Turns
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.errors import ApiError, TooLarge
from gateway.channels.wechat.inbox import CHANNEL, Inbox
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.words import words
from gateway.errors import AttachmentGone
from gateway.reading import Pages
from gateway.spent import Spent

_GONE = {40004, 40007, 48001}  # no such kind of file, no such file (any more), not allowed


@dataclass(frozen=True)
class Account:
    """What the wiring takes of an account: its sender, and who keeps its pictures, if anybody."""

    settings: WechatSettings
    sessions: async_sessionmaker[AsyncSession]
    client: WechatClient
    sender: WechatSender
    keeper: Keeper | None
    pages: Pages | None
    spent: Spent

    def routes(self, conversations: Turns, deadline: float = DEADLINE) -> list[web.RouteDef]:
        """Returns the callback's routes and, with a public address, those of long answers."""
        inbox = Inbox(self.sessions, self.spent, keeps_pictures=self.keeper is not None)
        answers = Answers(
            conversations, inbox, client=self.client, pages=self.pages, deadline=deadline
        )
        pages = reading.routes(reading.Reading(self.pages, self.sessions)) if self.pages else []
        return callback.routes(callback.Callback(self.settings, answers)) + pages


@asynccontextmanager
async def opened(
    settings: WechatSettings,
    sessions: async_sessionmaker[AsyncSession],
    *,
    link_key: str,
    picture_key: str | None,
) -> AsyncIterator[Account]:
    """Gives an account's parts for as long as the context lasts.

    Args:
        settings: enabled settings.
        sessions: the database.
        link_key: signs the addresses of long answers, and what is known of spent deliveries.
        picture_key: encrypts pictures; without it none is kept.

    Raises:
        ValueError: picture_key is not 64 hexadecimal characters.
    """
    pages = Pages(settings.public_base, link_key) if settings.public_base else None
    async with connect(settings, sessions) as client:
        sender = WechatSender(
            client,
            pages=pages,
            subscribe=settings.subscribe_template,
            notify=settings.notify_template,
        )
        keeper = _keeper(sessions, client, picture_key) if picture_key else None
        yield Account(settings, sessions, client, sender, keeper, pages, Spent(link_key))


def _keeper(sessions: async_sessionmaker[AsyncSession], client: WechatClient, key: str) -> Keeper:
    async def fetch(media_id: str) -> bytes:
        try:
            return await client.media(media_id, LARGEST)
        except TooLarge as error:
            raise AttachmentGone("too large") from error
        except ApiError as error:
            if error.errcode in _GONE:
                raise AttachmentGone(str(error.errcode)) from error
            raise

    return Keeper(sessions, Vault(key), CHANNEL, fetch, words().picture.lost)
