"""A whole running system: the three real processes, and the ways people reach them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
PYTHON = str(ROOT / ".venv/bin/python")
PASSWORD = "a-long-enough-password"
T = TypeVar("T")


def wait_until(condition: Callable[[], T], limit: float = 60.0) -> T:
    """Returns the first true value of `condition`; fails after `limit` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError(f"did not happen in {limit} s: {condition}")


@dataclass
class System:
    """One running copy, with its own folder and ports."""

    port: int
    env: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of the public gateway."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, text: str, user: str) -> dict[str, Any]:
        """Says one thing through `python -m gateway ask`, as a person at a terminal would."""
        done = subprocess.run(
            [PYTHON, "-m", "gateway", "ask", text, "--user", user, "--json"],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=90,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def say(self, text: str, user: str) -> str:
        """Says one thing and returns the words of the reply; the turn must have succeeded."""
        answer = self.ask(text, user)
        assert answer["status"] == "ok", answer
        return "\n".join(message["text"] for message in answer["messages"])

    def rest(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Calls the REST channel with its key; returns the JSON."""
        request = urllib.request.Request(
            self.url + path,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"X-Api-Key": self.secret("REST_KEY"), "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    def secret(self, name: str) -> str:
        """Returns one of the keys that the launcher made."""
        lines = Path(self.env["VAR_DIR"], "secrets.env").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)[name]

    def health(self) -> dict[str, Any]:
        """Returns what /health says."""
        with urllib.request.urlopen(f"{self.url}/health", timeout=10) as response:
            state: dict[str, Any] = json.load(response)
            return state

    def add_lawyer(self, name: str, display: str) -> None:
        """Creates an account for the desk with the documented command."""
        command = [PYTHON, "-m", "gateway", "account", "add", name, "--display-name", display]
        subprocess.run(
            [*command, "--password-stdin"],
            cwd=ROOT,
            env=self.env,
            input=PASSWORD,
            text=True,
            check=True,
        )

    def kill(self, program: str) -> None:
        """Kills one of the three processes without a warning; the supervisor restarts it."""
        port = {"rasa": self.port + 1, "actions": self.port + 2}[program]
        pids = subprocess.run(
            ["pgrep", "-f", "--", f"--port {port}"], capture_output=True, text=True
        ).stdout.split()
        assert pids, f"{program} is not running"
        for pid in pids:
            os.kill(int(pid), signal.SIGKILL)


def start(var: Path, port: int, **settings: str) -> System:
    """Starts a copy with its files under `var` and returns it once it says that it is ready."""
    env = {**os.environ, "VAR_DIR": str(var), "PORT": str(port), **settings}
    log = (var / "launch.log").open("wb")
    # Jobs in the background of a script are started deaf to Ctrl-C; this one is to hear it.
    command = ["env", "--default-signal=INT", PYTHON, "-m", "launch"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)

    def ready() -> bool:
        output = (var / "launch.log").read_text("utf-8")
        assert process.poll() is None, output
        return "明白已经启动" in output

    wait_until(ready, limit=300)
    return System(port, env, process)


def stop(system: System) -> None:
    """Stops a copy as Ctrl-C does."""
    system.process.send_signal(signal.SIGINT)
    system.process.wait(timeout=60)
