"""Logs: one JSON object a line, a named event with fields, never what somebody wrote."""

import logging
import traceback

import structlog
from aiohttp.http import HttpProcessingError


def configure() -> None:
    """Sets up structlog, and keeps libraries to warnings."""
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(_no_bad_requests)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


def where(error: BaseException) -> list[str]:
    """Returns where an error came from, innermost last: its own text may hold a person's words."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{frame.filename}:{frame.lineno}" for frame in frames]


def _no_bad_requests(record: logging.LogRecord) -> bool:
    """Drops what is no proper HTTP: the message repeats the address, and with it what was typed."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)
