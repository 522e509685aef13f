"""The environment that every process of one run shares: ports, addresses, folders and keys."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

DEFAULT_PORT = 8080
# In the order of the ports: the public gateway, Rasa, the action server, the internal listener.
PORT_NAMES = ("PORT", "RASA_PORT", "ACTIONS_PORT", "INTERNAL_PORT")
MOST_WORKERS = 16
SECRET_NAMES = ("INTERNAL_KEY", "REST_KEY", "SESSION_KEY", "ATTACHMENT_KEY")


class LaunchError(Exception):
    """Something a person must put right before the system can start; the text says what."""


def compose(given: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment for the child processes.

    Args:
        given: The environment that `make run` was called with; what it sets is kept.

    Raises:
        LaunchError: `PORT` is not a number that leaves room for the three ports after it, or
            `GATEWAY_WORKERS` is not a number of processes.
    """
    env = dict(given)
    for name, port in zip(PORT_NAMES, _ports(env.get("PORT", "")), strict=True):
        env[name] = str(port)
    env.setdefault("HOST", "127.0.0.1")
    env.setdefault("VAR_DIR", "var")
    env.setdefault("MODELS_DIR", "models")
    env["GATEWAY_WORKERS"] = str(_workers(env.get("GATEWAY_WORKERS", "")))
    env["RASA_URL"] = f"http://127.0.0.1:{env['RASA_PORT']}"
    env["ACTIONS_URL"] = f"http://127.0.0.1:{env['ACTIONS_PORT']}"
    env["INTERNAL_URL"] = f"http://127.0.0.1:{env['INTERNAL_PORT']}"
    env.setdefault("RASA_TRACKER_DB", str(Path(env["VAR_DIR"]) / "rasa.db"))
    env["SANIC_HOST"] = "127.0.0.1"  # the action server listens on all interfaces otherwise
    env["PYTHONPATH"] = os.getcwd()
    env["PYTHONUNBUFFERED"] = "1"
    env["RASA_TELEMETRY_ENABLED"] = "false"
    env["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    env["TF_CPP_MIN_LOG_LEVEL"] = "2"
    env["TOKENIZERS_PARALLELISM"] = "false"
    # Sums over small arrays: a second thread only waits, and keeps a processor from the others.
    env.setdefault("OMP_NUM_THREADS", "1")
    for name, value in stored_secrets(Path(env["VAR_DIR"]) / "secrets.env").items():
        env.setdefault(name, value)
    return env


def _ports(text: str) -> range:
    port = int(text) if text.isascii() and text.isdigit() else (0 if text else DEFAULT_PORT)
    if not 1 <= port <= 65535 - 3:
        raise LaunchError(f"PORT={text} 不是可用的端口号，请用 1 到 65532 之间的数字。")
    return range(port, port + 4)


def _workers(text: str) -> int:
    count = int(text) if text.isascii() and text.isdigit() else (0 if text else 1)
    if not 1 <= count <= MOST_WORKERS:
        raise LaunchError(f"GATEWAY_WORKERS={text} 不对，请用 1 到 {MOST_WORKERS} 之间的数字。")
    return count


def stored_secrets(path: Path) -> dict[str, str]:
    """Returns the keys kept in `path` (dotenv lines), creating those that are missing.

    The file is readable by its owner only.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = [name for name in SECRET_NAMES if name not in kept]
    if missing:
        kept |= {name: secrets.token_hex(32) for name in missing}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={value}\n" for name, value in kept.items()), "utf-8")
    return kept
