"""SQLite connections whose statements make one trip to their thread instead of four.

aiosqlite makes one for the cursor, one to execute, one to fetch and one to close. In a busy process
each trip waits for the event loop and for the interpreter's lock, and meanwhile the transaction
keeps everybody else from writing.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

import aiosqlite

BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
LOOK_S = 0.002
AHEAD = 500


class _Cursor(aiosqlite.Cursor):
    """Fetches the first rows, mostly all, in the trip that executes."""

    _rows: list[Any]
    _more: bool

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        self._rows = await self._execute(self._executed, sql, parameters or ())  # type: ignore[no-untyped-call]
        self._more = len(self._rows) == AHEAD
        return self

    def _executed(self, sql: str, parameters: Any) -> list[Any]:
        if sql == BEGIN_TO_WRITE:
            self._begin_to_write()
        else:
            self._cursor.execute(sql, parameters)
        return self._cursor.fetchmany(AHEAD) if self._cursor.description else []

    def _begin_to_write(self) -> None:
        """Begins as soon as no other process writes.

        SQLite's own waiting looks ten times a second; a process that writes all the time would
        keep the others out for long.
        """
        (patience,) = self._cursor.execute("PRAGMA busy_timeout").fetchone()
        end = time.monotonic() + patience / 1000
        self._cursor.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self._cursor.execute(BEGIN_TO_WRITE)
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if time.monotonic() > end:
                        raise
                time.sleep(LOOK_S)
        finally:
            self._cursor.execute(f"PRAGMA busy_timeout={patience}")

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


class _Connection(aiosqlite.Connection):
    """Makes cursors, and sees that there is nothing to roll back, without a trip."""

    _stopping = False

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

    async def rollback(self) -> None:
        if self.in_transaction:
            await super().rollback()


def connector(database: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Returns what opens a connection to a database file."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(database, check_same_thread=False)

    async def opened() -> aiosqlite.Connection:
        connection = _Connection(connect, iter_chunk_size=64)
        connection._thread.daemon = True  # as SQLAlchemy does: a lost one keeps no process alive
        return await connection

    return opened
