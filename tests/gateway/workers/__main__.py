"""`python -m tests.gateway.workers`: a gateway process without look-up, for tests to kill.

`CRASH_AT` names the step after or before which it kills itself (`tests.gateway.workers.crashes`).
"""

import asyncio
import os

import structlog
from aiohttp import web

from gateway.app import BACKLOG, create_app
from gateway.channels.wechat.settings import WechatSettings
from gateway.logs import configure
from gateway.settings import load
from tests.gateway.workers import crashes

LISTENING = "worker.listening"


def main() -> None:
    """Serves until it is stopped or dies."""
    configure()
    settings = load()
    crashes.install(os.environ.get("CRASH_AT", ""))
    web.run_app(
        create_app(settings, WechatSettings()),
        host="127.0.0.1",
        port=settings.port,
        reuse_port=settings.gateway_workers > 1,
        access_log=None,
        print=lambda _: structlog.get_logger().info(LISTENING),  # called when it listens
        shutdown_timeout=0.1,
        backlog=BACKLOG,
        loop=asyncio.new_event_loop(),
    )


if __name__ == "__main__":
    main()
