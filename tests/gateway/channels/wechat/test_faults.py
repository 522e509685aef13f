"""What can go wrong behind the callback, and what the citizen is told then."""

import pytest
from sqlalchemy.exc import OperationalError

from gateway.channels import Inbound, Reply, Turn
from gateway.channels.wechat.words import words
from gateway.errors import UnknownMessage
from tests.fakes.tencent import Seen
from tests.gateway.channels.wechat.conftest import ME, SUCCESS, World, open_world


async def test_a_failing_engine_is_admitted(world: World) -> None:
    async def fail(_: Inbound) -> Turn:
        raise RuntimeError("broken")

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_a_turn_without_words_is_admitted(world: World) -> None:
    async def fail(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "error", None)

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_an_error_with_words_is_answered_with_them(world: World) -> None:
    async def fail(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "error", Reply("1", "现在答不了。", (), "system"))

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", "现在答不了。")]


@pytest.mark.parametrize("deadline", [0, 4])
async def test_a_path_that_cannot_be_claimed_is_admitted(deadline: float) -> None:
    async with open_world(deadline=deadline) as world:
        world.engine.claim_error = OperationalError("UPDATE", None, Exception("away"))
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


@pytest.mark.parametrize("deadline", [0, 4])
async def test_whoever_was_erased_meanwhile_is_not_answered(deadline: float) -> None:
    async with open_world(deadline=deadline) as world:
        world.engine.claim_error = UnknownMessage()
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == []


async def test_a_message_that_is_not_stored_in_time_is_delivered_again() -> None:
    """Words of trouble would be an answer beside the one that is still to come."""
    async with open_world(deadline=0) as world:
        world.engine.may_answer.clear()
        world.engine.claim_error = UnknownMessage()
        fields = world.tencent.message(ME, "text", Content="问题")
        assert (await world.tencent.attempt(fields)).status == 503
        world.engine.claim_error = None
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        world.engine.may_answer.set()


async def test_a_message_that_could_not_be_stored_after_the_deadline_is_delivered_again() -> None:
    """Success would be a promise to answer what nobody holds."""

    async def fail(_: Inbound) -> Turn:
        raise OperationalError("INSERT", None, Exception("away"))

    async with open_world(deadline=0) as world:
        world.engine.may_answer.clear()
        world.engine.answer = fail
        world.engine.on_claim = world.engine.may_answer.set
        world.engine.claim_waits_for_turn = True
        world.engine.claim_error = UnknownMessage()
        fields = world.tencent.message(ME, "text", Content="问题")
        assert (await world.tencent.attempt(fields)).status == 503


async def test_a_database_that_hangs_is_admitted_in_time() -> None:
    async with open_world(deadline=0) as world:
        world.engine.may_claim.clear()
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_nothing_is_said_while_a_lawyer_owns_the_chat(world: World) -> None:
    async def keep_silent(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "silent", None)

    world.engine.answer = keep_silent
    assert await world.tencent.say(ME, "在吗") == SUCCESS
    assert world.tencent.seen[ME] == []
