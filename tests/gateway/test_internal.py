"""The internal listener opens with its key only, and on loopback only."""

import pytest

from tests.gateway.conftest import World


@pytest.mark.parametrize("headers", [{}, {"X-Internal-Key": "wrong"}, {"X-Internal-Key": ""}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/cases?conversation=x"),
        ("DELETE", f"/v1/conversations/{'0' * 32}"),
        ("GET", "/"),
    ],
)
async def test_without_the_key_nothing_opens(
    world: World, method: str, path: str, headers: dict[str, str]
) -> None:
    async with world.http.request(method, world.internal + path, headers=headers) as response:
        assert response.status == 403


async def test_internal_addresses_are_not_public(world: World) -> None:
    async with world.http.get(
        f"{world.url}/v1/cases?conversation=x", headers={"X-Internal-Key": "internal"}
    ) as response:
        assert response.status == 404


async def test_a_case_opened_by_an_action_queues_the_citizen(world: World) -> None:
    await world.say("你好")
    conversation = (await world.conversation()).id
    async with world.http.post(
        f"{world.internal}/v1/cases",
        json={"conversation": conversation, "question": "欠薪", "reason": "想找律师"},
        headers={"X-Internal-Key": "internal"},
    ) as response:
        assert response.status == 201
    assert (await world.conversation()).owner == "queued"
