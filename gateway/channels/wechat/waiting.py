"""Tasks that outlive the request which began them, and waiting for one until a deadline."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from gateway.errors import AnsweredLater

T = TypeVar("T")
log = structlog.get_logger()


class Late(Exception):
    """A task was not done in its time; it goes on."""


class Tasks:
    """Keeps tasks until they are done."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Returns a task that outlives the request; its failure is logged."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error and not isinstance(error, AnsweredLater):
            # Only the kind: a database error's text can hold what the citizen wrote.
            log.error("wechat.task_failed", error=type(error).__name__)


async def result(task: asyncio.Task[T], due: float) -> T:
    """Returns the task's result, or raises its error.

    Raises:
        Late: it is not done when the event loop's clock reads `due`.
    """
    timeout = max(0.0, due - asyncio.get_running_loop().time())
    done, _ = await asyncio.wait({task}, timeout=timeout)
    if not done:
        raise Late
    return task.result()


def succeeded(task: asyncio.Task[T]) -> bool:
    """Says whether a task is done and has a result."""
    return task.done() and not task.cancelled() and task.exception() is None
