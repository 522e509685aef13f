"""Talking to the running bot from a terminal, over REST. Starts fast: it imports little."""

import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from dotenv import dotenv_values

from gateway.terminal import sentence

TIMEOUT_S = 90


def ask(text: str, user: str | None, as_json: bool) -> int:
    """Says one thing, prints what comes back, and returns the exit status: 1 on an error."""
    answer = _say(text, user or _this_terminal())
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for message in answer["messages"]:
            print(message["text"])
    return 1 if answer["status"] == "error" else 0


def _say(text: str, user: str) -> dict[str, Any]:
    environment = _environment()
    host = environment.get("HOST") or "127.0.0.1"
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (not a bind)
    url = f"http://{host}:{environment.get('PORT') or 8080}"
    request = Request(  # noqa: S310 (http only)
        f"{url}/api/v1/messages",
        data=json.dumps({"sender": user, "text": text}).encode(),
        headers={
            "Content-Type": "application/json",
            "X-Api-Key": environment.get("REST_KEY") or "",
        },
    )
    try:
        # A proxy setting must not catch our own address.
        with build_opener(ProxyHandler({})).open(request, timeout=TIMEOUT_S) as response:
            answer: dict[str, Any] = json.load(response)
            return answer
    except HTTPError as error:
        return _error(sentence("refused", status=error.code, detail=_detail(error)))
    except (URLError, OSError, ValueError):
        return _error(sentence("not_running", url=url))


def _detail(error: HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError):
        return str(error.reason)


def _error(sentence: str) -> dict[str, Any]:
    return {"messages": [{"text": sentence}], "status": "error"}


def _environment() -> dict[str, str | None]:
    """Returns the settings as the gateway itself reads them: environment, .env, secrets."""
    own = {**dotenv_values(".env"), **os.environ}
    folder = Path(own.get("VAR_DIR") or "var")
    return {**dotenv_values(folder / "secrets.env"), **own}


def _this_terminal() -> str:
    """Returns the same name each time for one person at one terminal."""
    try:
        terminal = Path(os.ttyname(sys.stdin.fileno())).name
    except (OSError, ValueError):
        terminal = "none"
    return f"terminal-{getpass.getuser()}-{terminal}"
