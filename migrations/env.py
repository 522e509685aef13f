"""Runs the one migration history of all packages, over the gateway's own engine.

``config.attributes["url"]`` names the database; without it the gateway's settings do.
"""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection

import aid.tables
import desk.tables
import gateway.annexes  # declares its tables
import gateway.tables
from gateway.database import make_engine
from gateway.settings import DatabaseSettings

TARGETS = [
    gateway.tables.Base.metadata,
    desk.tables.Base.metadata,
    aid.tables.Base.metadata,
]


def run(connection: Connection) -> None:
    """Applies the wanted revisions in one transaction."""
    context.configure(connection=connection, target_metadata=TARGETS, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Connects and migrates."""
    engine = make_engine(context.config.attributes.get("url") or DatabaseSettings().database_url)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main())
