"""SQLite connections that go to their thread only where they may have to wait.

aiosqlite makes a trip to the thread for the cursor, one to execute, one to fetch and one to close.
In a busy process each waits for the event loop and for the interpreter's lock, and meanwhile the
transaction keeps everybody else from writing. Here a statement makes one trip at most; in a brief
transaction, which touches few rows by their keys, only what waits for the disk or for another
process makes one.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

import aiosqlite

LOOK_S = 0.002
AHEAD = 500
WAITS = ("synchronous=FULL", "wal_autocheckpoint=1000")
WAITS_NOT = ("synchronous=NORMAL", "wal_autocheckpoint=0")  # emptying the log waits for the disk


class _Cursor(aiosqlite.Cursor):
    """Fetches the first rows, mostly all, together with executing."""

    _conn: "Connection"
    _rows: list[Any]
    _more: bool

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        if self._conn.brief:
            self._rows = self._executed(sql, parameters or ())
        else:
            self._rows = await self._execute(self._executed, sql, parameters or ())  # type: ignore[no-untyped-call]
        self._more = len(self._rows) == AHEAD
        return self

    def _executed(self, sql: str, parameters: Any) -> list[Any]:
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchmany(AHEAD) if self._cursor.description else []

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows + list(await super().fetchall()) if self._more else rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        if not self._rows and self._more:
            return list(await super().fetchmany(size))
        count = size or AHEAD
        rows, self._rows = self._rows[:count], self._rows[count:]
        return rows

    async def close(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # broken off while the statement still runs
            self._cursor.close()


class Connection(aiosqlite.Connection):
    """Makes cursors without a trip.

    Attributes:
        brief: whether the statements of the transaction run at once, where the event loop runs.
    """

    brief = False
    _away = False  # something is being done in the thread, or has been broken off there
    _stopping = False
    _waits_for_disk: bool | None = None  # not known while it is being changed
    _changes_before = 0

    def stop(self) -> "asyncio.Future[None] | None":
        """Stops the thread, once: a second order would wait for ever for a thread that has ended.

        Two are given where a task is cancelled again while its connection is being closed.
        """
        if self._stopping:
            return None
        self._stopping = True
        return super().stop()

    def cursor(self) -> _Cursor:  # type: ignore[override]
        return _Cursor(self, self._conn.cursor())

    async def begin(self, *, writing: bool, waits_for_disk: bool, brief: bool) -> None:
        """Begins a transaction.

        Args:
            writing: it begins as soon as nobody else writes; else it may only read.
            waits_for_disk: whether its commit outlives a failure of the machine's power.
            brief: it touches few rows by their keys.
        """
        self.brief = brief
        self._changes_before = self._conn.total_changes
        if waits_for_disk != self._waits_for_disk:
            self._waits_for_disk = None
            for pragma in WAITS if waits_for_disk else WAITS_NOT:
                await self._here_or_there(self._conn.execute, f"PRAGMA {pragma}")
            self._waits_for_disk = waits_for_disk
        if writing:
            await self._begin_to_write()
        else:
            await self._here_or_there(self._conn.execute, "BEGIN")

    async def commit(self) -> None:
        """Commits; a brief transaction makes no trip where nothing waits for the disk."""
        if self._waits_for_disk and self._conn.total_changes > self._changes_before:
            await self._execute(self._conn.commit)
        else:
            await self._here_or_there(self._conn.commit)

    async def rollback(self) -> None:
        """Rolls back; a brief transaction, or one that has not begun, without a trip.

        What has been broken off may yet begin one, or write, in its thread: that comes to its end.
        """
        if self._away or self.in_transaction:
            await self._here_or_there(self._conn.rollback)

    async def _here_or_there(self, work: Callable[..., Any], *arguments: Any) -> None:
        if self.brief and not self._away:
            work(*arguments)
        else:
            await self._execute(work, *arguments)

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._away = True
        try:
            result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        except sqlite3.Error:
            self._away = False
            raise
        self._away = False
        return result

    async def _begin_to_write(self) -> None:
        """Begins as soon as no other process writes.

        It looks by itself, where the event loop runs: SQLite's own waiting keeps a thread, looks
        ten times a second, so that a process that writes all the time would keep the others out
        for long, and cannot be broken off.
        """
        end = time.monotonic() + self._patience_ms() / 1000
        while True:
            try:
                return self._begin_now()
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > end:
                    raise
            await asyncio.sleep(LOOK_S)

    def _begin_now(self) -> None:
        patience = self._patience_ms()
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={patience}")

    def _patience_ms(self) -> int:
        (patience,) = self._conn.execute("PRAGMA busy_timeout").fetchone()
        return int(patience)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def connector(database: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Returns what opens a connection to a database file."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(database, check_same_thread=False)

    async def opened() -> aiosqlite.Connection:
        connection = Connection(connect, iter_chunk_size=64)
        connection._thread.daemon = True  # as SQLAlchemy does: a lost one keeps no process alive
        return await connection

    return opened
