"""/health names what is down; /metrics counts without naming anybody."""

import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from gateway import push_stops
from gateway.words import words
from tests.gateway.conftest import World


async def test_health_names_what_is_down_and_still_serves(world: World) -> None:
    await world.rasa.stop()
    async with world.http.get(f"{world.url}/health") as response:
        state = await response.json()
    assert response.status == 200
    assert state["status"] == "degraded"
    assert state["components"]["rasa"] == "down"
    assert state["components"]["database"] == "ok"


async def test_health_names_a_channel_on_which_nothing_goes_out(world: World) -> None:
    async with world.session() as session, session.begin():
        await push_stops.stop(session, "wechat", "40164", 600)
    async with world.http.get(f"{world.url}/health") as response:
        state = await response.json()
    assert state["status"] == "degraded"
    assert state["components"]["wechat_push"] == "40164"
    assert state["components"]["gateway"] == "ok"


async def test_health_counts_the_gateways_that_are_there(world: World) -> None:
    world.settings = world.settings.model_copy(update={"gateway_workers": 2})
    await world.stop()
    await world.start()
    async with world.http.get(f"{world.url}/health") as response:
        state = await response.json()
    assert (response.status, state["components"]["gateway"]) == (200, "1/2")


async def test_metrics_count_turns(world: World) -> None:
    await world.say("我叫林某某")
    async with world.http.get(f"{world.url}/metrics") as response:
        shown = await response.text()
    assert 'mingbai_turns_total{channel="rest",status="answered"}' in shown
    assert "林某某" not in shown


async def test_a_fault_is_answered_with_a_sentence_and_logged_without_text(world: World) -> None:
    """The table is gone; neither the page nor the log repeats what somebody wrote."""
    async with world.session() as session, session.begin():
        await session.execute(text("ALTER TABLE messages RENAME TO gone"))
    with capture_logs() as logs:
        status, answer = await world.post({"sender": "lin", "text": "我叫林某某"})
    assert status == 500
    assert answer == {"error": words().rest["fault"], "status": "error"}
    assert "request.failed" in [entry["event"] for entry in logs]
    assert "林某某" not in repr(logs)


async def test_a_database_that_stays_busy_is_a_request_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes for longer than anybody waits."""
    url = make_url(world.settings.database_url)
    if url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the whole database")
    await world.stop()
    monkeypatch.setattr("gateway.database.BUSY_TIMEOUT_MS", 100)
    await world.start()
    other = sqlite3.connect(str(url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        status, answer = await world.post({"sender": "lin", "text": "问", "id": "1"})
    finally:
        other.close()
    assert status == 503
    assert answer == {"error": words().rest["fault"], "status": "error"}
    status, answer = await world.post({"sender": "lin", "text": "问", "id": "1"})
    assert (status, answer["messages"][0]["body"]) == (200, "您说的是：问")
