"""Rasa's SQL tracker store, kept open and told less often what it knows already.

Rasa opens the SQLite file anew for each query, waits for the disk twice for each commit, counts a
conversation's events again before it stores new ones, and looks for the class of every event it
reads among all subclasses. A third of a turn in Rasa went there (docs/adr/0029). Events are
read and written as rows: as SQLAlchemy's objects each of them would be watched for changes.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

_ROWS = SQLTrackerStore.SQLEvent.__table__
_HIS = _ROWS.c.sender_id == sa.bindparam("sender")
_ALL_SESSIONS = sa.select(_ROWS.c.data).where(_HIS).order_by(_ROWS.c.id)
_STARTED = (
    sa.select(sa.func.max(_ROWS.c.timestamp))
    .where(_HIS, _ROWS.c.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
_LAST_SESSION = _ALL_SESSIONS.where(
    sa.or_(_ROWS.c.timestamp >= _STARTED, _STARTED.is_(None)),
)
_STORE = _ROWS.insert()
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
        with self.session_scope() as session:
            asked = _ALL_SESSIONS if fetch_events_from_all_sessions else _LAST_SESSION
            found = session.execute(asked, {"sender": sender_id}).scalars().all()
        if not found or not self.domain:
            return None
        events = [json.loads(data) for data in found]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        setattr(tracker, STORED, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, all or none of them."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            events = self._additional_events(session, tracker)
            if events:
                session.execute(_STORE, [_row(tracker.sender_id, event) for event in events])
            session.commit()

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


def _row(sender: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get(INTENT_NAME_KEY),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _configure(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
