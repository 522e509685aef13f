"""/health names what is down; /metrics counts without naming anybody."""

from tests.gateway.conftest import World


async def test_health_names_what_is_down_and_still_serves(world: World) -> None:
    await world.rasa.stop()
    async with world.http.get(f"{world.url}/health") as response:
        state = await response.json()
    assert response.status == 200
    assert state["status"] == "degraded"
    assert state["components"]["rasa"] == "down"
    assert state["components"]["database"] == "ok"


async def test_metrics_count_turns(world: World) -> None:
    await world.say("我叫林某某")
    async with world.http.get(f"{world.url}/metrics") as response:
        text = await response.text()
    assert 'mingbai_turns_total{channel="rest",status="answered"}' in text
    assert "林某某" not in text
