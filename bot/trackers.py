"""Rasa's SQL tracker store, kept open and told less often what it knows already.

Rasa opens the SQLite file anew for each query, waits for the disk twice for each commit, counts a
conversation's events again before it stores new ones, and looks for the class of every event it
reads among all subclasses. A third of a turn in Rasa went there (docs/adr/0029).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

STORED = "events_stored"  # on a tracker that was read: how many of its events came from the store


class Trackers(SQLTrackerStore):
    """Keeps trackers as Rasa does, in the same table."""

    engine: sa.engine.Engine

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Open the store that `endpoints.yml` describes."""
        super().__init__(*args, **settings)
        if self.engine.dialect.name == "sqlite":
            self.engine = sa.create_engine(self.engine.url, poolclass=sa.pool.QueuePool)
            sa.event.listen(self.engine, "connect", _configure)
            self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        tracker = await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        if tracker is not None:
            setattr(tracker, STORED, len(tracker.events))
        return tracker

    def _additional_events(
        self, session: sa.orm.Session, tracker: DialogueStateTracker
    ) -> list[Event]:
        """Return the events that came after those read; a tracker is read, then saved once."""
        stored = tracker.__dict__.pop(STORED, None)
        if stored is None:
            return list(super()._additional_events(session, tracker))
        return list(tracker.events)[stored:]

    def erase(self, sender_id: str) -> None:
        """Erase every event of a conversation, from the write-ahead log too."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _configure(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
