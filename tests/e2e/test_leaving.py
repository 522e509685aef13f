"""Whoever leaves the account is in no row and no file any more, Rasa's tracker included."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Tencent
from tests.e2e.system import System, wait_until

OPENID = "o-leaves-for-good-6f1d2c"
SAID = "我叫其木格，老板拖欠我三个月工资怎么办"


def test_citizen_who_leaves_is_nowhere_any_more(system: System, tencent: Tencent) -> None:
    var = Path(system.env["VAR_DIR"])
    tencent.say(OPENID, SAID)
    wait_until(lambda: tencent.seen(OPENID))
    conversation = _rows(
        var / "mingbai.db", "SELECT id FROM conversations WHERE citizen = ?", OPENID
    )[0][0]
    tracked = "SELECT count(*) FROM events WHERE sender_id = ?"
    assert _rows(var / "rasa.db", tracked, conversation)[0][0] > 0
    assert OPENID.encode() in _everything(var)
    tencent.leave(OPENID)
    wait_until(lambda: OPENID.encode() not in _everything(var), limit=90)
    assert "其木格".encode() not in _everything(var, "mingbai.db*")
    assert _rows(var / "rasa.db", tracked, conversation)[0][0] == 0


def _rows(database: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _everything(var: Path, pattern: str = "*") -> bytes:
    """Returns the bytes of every file under a folder: databases, their logs, logs."""
    return b"".join(path.read_bytes() for path in var.rglob(pattern) if path.is_file())
