"""Conversations are kept as Rasa keeps them: all events, once, until they are erased."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from bot.trackers import Trackers

SENDER = "0" * 32
DOMAIN = Domain.from_dict(
    {"slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}, "intents": ["ask"]}
)


@pytest.fixture
def store(tmp_path: Path) -> Trackers:
    return Trackers(DOMAIN, db=str(tmp_path / "tracker.db"))


def said(text: str) -> list[Event]:
    return [UserUttered(text, {"name": "ask"}), SlotSet("topic", text), ActionExecuted("act")]


async def add(store: TrackerStore, *events: Event, sender: str = SENDER) -> None:
    """Do with a tracker what Rasa does in a turn: read it, or make it, then save it."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.update_with_events(list(events), DOMAIN)
    await store.save(tracker)


async def kept(store: TrackerStore, sender: str = SENDER) -> DialogueStateTracker:
    tracker = await store.retrieve(sender)
    assert tracker is not None
    return tracker


def texts(tracker: DialogueStateTracker) -> list[str | None]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_every_event_is_kept_once_and_in_order(store: Trackers) -> None:
    for text in ("一", "二", "三"):
        await add(store, *said(text))
    tracker = await kept(store)
    assert texts(tracker) == ["一", "二", "三"]
    assert len(tracker.events) == 9
    assert tracker.get_slot("topic") == "三"


async def test_a_tracker_that_is_saved_twice_is_kept_once(store: Trackers) -> None:
    await add(store, *said("一"))
    tracker = await kept(store)
    tracker.update_with_events(said("二"), DOMAIN)
    await store.save(tracker)
    tracker.update_with_events(said("三"), DOMAIN)
    await store.save(tracker)
    assert texts(await kept(store)) == ["一", "二", "三"]


async def test_a_session_that_starts_within_a_turn_leaves_the_one_before(store: Trackers) -> None:
    await add(store, *said("一"))
    await add(store, SessionStarted(), *said("二"))
    await add(store, *said("三"))
    everything = await store.retrieve_full_tracker(SENDER)
    assert texts(await kept(store)) == ["二", "三"]
    assert everything is not None
    assert texts(everything) == ["一", "二", "三"]


async def test_what_rasas_own_store_wrote_is_read_and_the_other_way_round(tmp_path: Path) -> None:
    theirs = SQLTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    await add(theirs, *said("一"))
    await add(Trackers(DOMAIN, db=str(tmp_path / "tracker.db")), *said("二"))
    assert texts(await kept(theirs)) == ["一", "二"]


async def test_what_is_erased_is_in_no_file_of_the_database(
    store: Trackers, tmp_path: Path
) -> None:
    await add(store, UserUttered("erase-this-sentence", {"name": "ask"}))
    await add(store, UserUttered("leave-this-sentence", {"name": "ask"}), sender="b" * 32)
    store.erase(SENDER)
    left = everything_in(tmp_path)
    assert b"erase-this-sentence" not in left
    assert b"leave-this-sentence" in left
    assert await store.retrieve(SENDER) is None


async def test_a_commit_reaches_the_disk(store: Trackers) -> None:
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


async def test_another_reader_sees_what_was_committed(store: Trackers, tmp_path: Path) -> None:
    await add(store, *said("一"))
    with sqlite3.connect(tmp_path / "tracker.db") as other:
        assert other.execute("select count(*) from events").fetchone() == (3,)


def test_an_unknown_event_is_still_an_error(store: Trackers) -> None:
    with pytest.raises(ValueError, match="no such event"):
        Event.resolve_by_type("no such event")


def test_the_configuration_names_this_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASA_TRACKER_DB", str(tmp_path / "tracker.db"))
    monkeypatch.setenv("ACTIONS_URL", "http://127.0.0.1:1")
    made = TrackerStore.create(read_endpoint_config("endpoints.yml", "tracker_store"), DOMAIN)
    assert isinstance(FailSafeTrackerStore(made)._tracker_store, Trackers)
