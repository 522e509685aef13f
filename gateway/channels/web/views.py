"""The chat page, its messages as JSON, and a person's own data."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from markdown_it import MarkdownIt
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.channels import Inbound, render_plain
from gateway.channels.web.pages import HERE, page, render, say
from gateway.conversation import Conversations
from gateway.history import Entry, History, View
from gateway.pace import Pace

CHANNEL = "web"
COOKIE = "citizen"
COOKIE_DAYS = 90
LONGEST_TEXT = 20_000  # characters
LARGEST_BODY = 256 * 1024  # bytes; a form encodes one Chinese character in nine
SHOWN_AT_ONCE = 100
POLL_S = {"bot": 15, "queued": 5, "lawyer": 3}

NEWCOMER = web.RequestKey("newcomer", str)

_COOKIE_FORM = re.compile(r"[0-9a-f]{32}")
_ID_FORM = re.compile(r"[0-9a-f]{8,64}")


class Said(BaseModel):
    """What the script sends: the same ``id`` is the same message again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(pattern=r"^[0-9a-f]{8,64}$")
    text: str = Field(max_length=LONGEST_TEXT)
    after: int = Field(ge=0, lt=2**53)


@dataclass(frozen=True)
class Web:
    """Serves browsers; who somebody is, is a random number in a cookie."""

    conversations: Conversations
    history: History
    pace: Pace
    retention_days: int

    async def home(self, _request: web.Request) -> web.Response:
        """The first page: three doors."""
        return page("home.html")

    async def chat(self, request: web.Request) -> web.Response:
        """The whole transcript as a page."""
        return await self._chat_page(request)

    async def say_by_form(self, request: web.Request) -> web.Response:
        """One message from a browser without the script; answers with a redirect to the page."""
        _refuse_other_sites(request)
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge:
            return await self._chat_page(request, status=413, error=say()["too_large"])
        text = str(form.get("option") or form.get("text") or "")
        citizen = _citizen(request)
        if len(text) > LONGEST_TEXT:
            return await self._chat_page(request, status=413, error=say()["too_large"])
        if self.pace.wait(citizen):
            return await self._chat_page(
                request, status=429, error=say()["too_fast_page"], draft=text
            )
        await self.conversations.receive(_inbound(citizen, text, str(form.get("id", ""))))
        done = web.Response(status=303, headers={"Location": "/chat#end"})
        return _remember(request, done, citizen)

    async def say_by_script(self, request: web.Request) -> web.Response:
        """One message from the script; answers with everything it has not seen yet."""
        _refuse_other_sites(request)
        if request.content_type != "application/json":
            return web.json_response({}, status=415)
        try:
            said = Said.model_validate(json.loads(await request.read()))
        except (ValidationError, ValueError, RecursionError):
            return web.json_response({}, status=400)
        citizen = _citizen(request)
        if self.pace.wait(citizen):
            return web.json_response({}, status=429)
        await self.conversations.receive(_inbound(citizen, said.text, said.id))
        return _remember(request, await self._news(citizen, said.after), citizen)

    async def news(self, request: web.Request) -> web.Response:
        """What came after a message."""
        after = request.query.get("after", "")
        if not re.fullmatch(r"[0-9]{1,15}", after):
            return web.json_response({}, status=400)
        return await self._news(_citizen(request), int(after))

    async def privacy(self, _request: web.Request) -> web.Response:
        """What is kept, for how long, and the two buttons."""
        return self._privacy_page()

    async def export(self, request: web.Request) -> web.Response:
        """A person's own conversation as a text file."""
        view = await self.history.since(CHANNEL, _citizen(request), 0, limit=100_000)
        lines = [say()["export_note"], *(_exported(entry) for entry in view.entries)]
        disposition = "attachment; filename=conversation.txt"
        return web.Response(
            text="\n\n".join(lines) + "\n",
            headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
        )

    async def erase(self, request: web.Request) -> web.Response:
        """Erases a person's conversation and forgets their cookie."""
        _refuse_other_sites(request)
        if (await request.post()).get("sure") != "yes":
            return self._privacy_page(status=400, error=say()["erase_missing"])
        kept = await self.conversations.erase(CHANNEL, _citizen(request))
        response = self._privacy_page(done=True, kept=kept)
        response.del_cookie(COOKIE)
        return response

    def _privacy_page(self, *, status: int = 200, **values: Any) -> web.Response:
        source = (HERE / "privacy.md").read_text("utf-8")
        notice = MarkdownIt("commonmark", {"html": False}).render(
            source.format(days=self.retention_days)
        )
        defaults = {"notice": Markup(notice), "done": False, "kept": [], "error": ""}  # noqa: S704
        return page("privacy.html", status=status, **{**defaults, **values})

    async def _chat_page(
        self, request: web.Request, *, status: int = 200, error: str = "", draft: str = ""
    ) -> web.Response:
        citizen = _citizen(request)
        view = await self.history.since(CHANNEL, citizen, 0, limit=SHOWN_AT_ONCE)
        response = page(
            "chat.html",
            status=status,
            error=error,
            draft=draft,
            entries=Markup("").join(Markup(piece) for piece in _pieces(view)),  # noqa: S704
            last_id=view.entries[-1].id if view.entries else 0,
            truncated=SHOWN_AT_ONCE if len(view.entries) == SHOWN_AT_ONCE else 0,
            token=secrets.token_hex(16),
            status_line=_status(view),
        )
        return _remember(request, response, citizen)

    async def _news(self, citizen: str, after: int) -> web.Response:
        view = await self.history.since(CHANNEL, citizen, after)
        messages = [
            {"id": entry.id, "author": entry.author, "html": piece}
            for entry, piece in zip(view.entries, _pieces(view), strict=True)
        ]
        poll = POLL_S["lawyer"] if view.owed else POLL_S[view.owner]
        content = {"messages": messages, "status": _status(view), "poll": poll}
        return web.json_response(content, headers={"Cache-Control": "no-store"})


def routes(channel: Web) -> list[web.AbstractRouteDef]:
    """Returns the channel's routes."""
    return [
        web.get("/", channel.home),
        web.get("/chat", channel.chat),
        web.post("/chat", channel.say_by_form),
        web.get("/chat/messages", channel.news),
        web.post("/chat/messages", channel.say_by_script),
        web.get("/chat/export", channel.export),
        web.post("/chat/erase", channel.erase),
        web.get("/privacy", channel.privacy),
        web.static("/chat/static", HERE / "static"),
    ]


def _pieces(view: View) -> list[str]:
    """Returns each message as HTML; only the question that still waits keeps its buttons."""
    waiting = None
    for entry in view.entries:
        if entry.author != "system":
            waiting = entry if entry.author == "bot" else None
    return [
        render("entry.html", entry=entry, last=entry is waiting, token=secrets.token_hex(16))
        for entry in view.entries
    ]


def _status(view: View) -> str:
    if view.owner == "bot" and view.owed:
        return str(say()["status"]["bot_owed"])
    return str(say()["status"][view.owner])


def _exported(entry: Entry) -> str:
    who = say()["who"][entry.author]
    words = entry.text if entry.author == "citizen" else render_plain(entry.as_reply())
    return f"[{entry.at:%Y-%m-%d %H:%M} UTC] {who}\n{words}"


def _inbound(citizen: str, text: str, delivery: str) -> Inbound:
    # The text counts too: a form from the browser's history may carry an id already used.
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    if not _ID_FORM.fullmatch(delivery):
        delivery = secrets.token_hex(16)
    return Inbound(CHANNEL, citizen, text, f"web:{citizen}:{delivery}:{digest}")


def _citizen(request: web.Request) -> str:
    """Returns who the browser says it is, or a new random number of 128 bits."""
    given = request.cookies.get(COOKIE, "")
    if _COOKIE_FORM.fullmatch(given):
        return given
    if NEWCOMER not in request:
        request[NEWCOMER] = secrets.token_hex(16)
    return request[NEWCOMER]


def _remember(request: web.Request, response: web.Response, citizen: str) -> web.Response:
    forwarded = request.headers.get("X-Forwarded-Proto", "")
    response.set_cookie(
        COOKIE,
        citizen,
        max_age=COOKIE_DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=request.secure or forwarded == "https",
    )
    return response


def _refuse_other_sites(request: web.Request) -> None:
    """Refuses a form that another site has sent in the citizen's name."""
    origin = request.headers.get("Origin")
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    foreign = origin is not None and origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or fetched == "cross-site":
        raise web.HTTPForbidden(text=say()["expired"])
