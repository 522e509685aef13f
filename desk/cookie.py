"""The sign-in cookie and the form token inside it."""

import hashlib
import secrets
import time
from collections.abc import Callable

from aiohttp import web
from aiohttp_session import Session, get_session, new_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from desk.accounts import Lawyer
from desk.keys import SIGN_INS

COOKIE = "mingbai_desk"
IDLE_SECONDS = 60 * 60
LONGEST_SECONDS = 12 * 60 * 60  # however busy somebody is
CODE_SECONDS = 5 * 60  # between the password and the second factor


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
    if "account" not in session or _older(session["at"], LONGEST_SECONDS):
        return None
    return await request.app[SIGN_INS].current(session["account"], session["number"])


async def remember(request: web.Request, lawyer: Lawyer) -> None:
    """Starts a fresh session, with a fresh token, for somebody who has just signed in."""
    session = await new_session(request)
    session["account"] = lawyer.id
    session["number"] = lawyer.session_number
    session["at"] = int(time.time())


async def await_code(request: web.Request, lawyer: Lawyer) -> None:
    """Keeps, in a fresh session, whose password was right, until the second factor is given."""
    session = await new_session(request)
    session["pending"] = [lawyer.id, lawyer.session_number, int(time.time())]


async def awaiting_code(request: web.Request) -> Lawyer | None:
    """Returns whose password was right a moment ago."""
    pending = (await get_session(request)).get("pending")
    if pending is None or _older(pending[2], CODE_SECONDS):
        return None
    return await request.app[SIGN_INS].current(pending[0], pending[1])


async def offered_secret(request: web.Request, make: Callable[[], str]) -> str:
    """Returns the second factor's secret that this session is being shown; makes one if need be."""
    session = await get_session(request)
    if "offered" not in session:
        session["offered"] = make()
    secret: str = session["offered"]
    return secret


async def drop_offered_secret(request: web.Request) -> None:
    """Forgets the secret that was shown."""
    (await get_session(request)).pop("offered", None)


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


def _older(at: int, seconds: int) -> bool:
    return time.time() - at > seconds
