"""Logs: one JSON object a line, a named event with fields, never what somebody wrote."""

import logging

import structlog


def configure() -> None:
    """Sets up structlog, and keeps libraries to warnings."""
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
