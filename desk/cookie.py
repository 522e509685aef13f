"""The sign-in cookie and the form token inside it."""

import hashlib
import secrets
import time

from aiohttp import web
from aiohttp_session import Session, get_session, new_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from desk import accounts
from desk.accounts import Lawyer
from desk.keys import DESK

COOKIE = "mingbai_desk"
IDLE_SECONDS = 60 * 60


class SignInCookie(EncryptedCookieStorage):
    """The library's encrypted cookie, marked Secure when the page came over https."""

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        await super().save_session(request, response, session)
        if request.secure or request.headers.get("X-Forwarded-Proto") == "https":
            response.cookies[self.cookie_name]["secure"] = True


def storage(session_key: str) -> SignInCookie:
    """Returns the cookie storage for a secret of any length."""
    return SignInCookie(
        cookie_key(session_key),
        cookie_name=COOKIE,
        max_age=IDLE_SECONDS,
        httponly=True,
        samesite="Lax",
    )


def cookie_key(session_key: str) -> bytes:
    """Returns the 32 bytes that encrypt the cookie."""
    return hashlib.sha256(b"desk cookie\0" + session_key.encode()).digest()


async def form_token(request: web.Request) -> str:
    """Returns the token that every form of this session carries."""
    session = await get_session(request)
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(32)
    token: str = session["token"]
    return token


async def form_token_matches(request: web.Request, given: str) -> bool:
    """Returns whether a form came from a page of this session."""
    expected = (await get_session(request)).get("token")
    return expected is not None and secrets.compare_digest(expected.encode(), given.encode())


async def current_lawyer(request: web.Request) -> Lawyer | None:
    """Returns who is signed in, looked up again for each request."""
    session = await get_session(request)
    if "account" not in session:
        return None
    sessions = request.app[DESK].sessions
    return await accounts.signed_in(sessions, session["account"], session["number"])


async def remember(request: web.Request, lawyer: Lawyer) -> None:
    """Starts a fresh session, with a fresh token, for a lawyer who has just signed in."""
    session = await new_session(request)
    session["account"] = lawyer.id
    session["number"] = lawyer.session_number


async def keep_alive(request: web.Request) -> None:
    """Starts the idle time anew."""
    (await get_session(request))["seen"] = int(time.time())


async def forget(request: web.Request) -> None:
    """Drops the cookie."""
    (await get_session(request)).invalidate()


async def leave_notice(request: web.Request, sentence: str) -> None:
    """Keeps a sentence for the next page."""
    (await get_session(request))["notice"] = sentence


async def take_notice(request: web.Request) -> str | None:
    """Returns the sentence kept for this page, once."""
    session = await get_session(request)
    if "notice" not in session:
        return None
    notice: str = session["notice"]
    del session["notice"]
    return notice
