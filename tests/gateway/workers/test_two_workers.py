"""Two processes on one database behave as one."""

import asyncio

import aiohttp
from sqlalchemy import select

from gateway.tables import Conversation, Message, OutboxRow
from tests.gateway.conftest import free_port
from tests.gateway.workers.running import Site, Worker, until

ME = "citizen-1"


async def _two(site: Site) -> tuple[Worker, Worker]:
    """Starts two processes, each on a port of its own, so that a test can choose between them."""
    first, second = await asyncio.gather(*(site.start(free_port(), free_port()) for _ in range(2)))
    return first, second


async def _messages(site: Site) -> list[Message]:
    async with site.sessions() as session:
        return list(await session.scalars(select(Message).order_by(Message.id)))


async def test_four_deliveries_at_once_on_two_workers_are_one_turn_with_one_reply(
    site: Site,
) -> None:
    workers = await _two(site)
    site.rasa.gates["问"] = asyncio.Event()
    message = site.tencent.message(ME, "text", Content="问")
    deliveries = [
        asyncio.create_task(site.deliver(message, worker)) for worker in (*workers, *workers)
    ]
    await site.rasa.arrived["问"].wait()
    site.rasa.gates["问"].set()
    replies = [site.tencent.open(body) for _, body in await asyncio.gather(*deliveries)]
    assert len({reply["Content"] for reply in replies}) == 1
    assert "您说的是：问" in replies[0]["Content"]
    assert site.rasa.texts == ["问"]
    assert len(await _messages(site)) == 2
    for worker in workers:
        await worker.kill()
    again = await site.start(free_port(), free_port())
    _, body = await site.deliver(message, again)
    assert site.tencent.open(body)["Content"] == replies[0]["Content"]
    assert site.rasa.texts == ["问"]


async def test_messages_of_one_citizen_are_answered_in_order_by_two_workers(site: Site) -> None:
    workers = await _two(site)
    messages = [site.tencent.message(ME, "text", Content=str(number)) for number in range(6)]
    await asyncio.gather(
        *(site.deliver(message, workers[at % 2]) for at, message in enumerate(messages))
    )
    came = [message.text for message in await _messages(site) if message.direction == "in"]
    assert sorted(came) == [str(number) for number in range(6)]
    assert site.rasa.texts == came
    assert site.rasa.most_at_once == 1


async def test_a_reply_around_the_deadline_takes_exactly_one_path(site: Site) -> None:
    first, second = await _two(site)
    site.tencent.callback = first.callback
    times = {f"{tenth / 10}": tenth / 10 for tenth in (39, 40, 41)}
    loop = asyncio.get_running_loop()
    for text, seconds in times.items():
        site.rasa.gates[text] = asyncio.Event()
        loop.call_later(seconds, site.rasa.gates[text].set)
    say = [site.tencent.say(f"of-{text}", text) for text in times]
    twice = [
        site.deliver(site.tencent.message(f"two-{text}", "text", Content=text), worker)
        for text in times
        for worker in (first, second)
    ]
    await asyncio.gather(*say, *twice)
    for text in times:
        await asyncio.wait_for(site.tencent.wait_seen(f"of-{text}", 1), 20)
    await until(lambda: _nothing_waits(site))
    assert [len(site.tencent.seen[f"of-{text}"]) for text in times] == [1, 1, 1]
    assert site.tencent.faults == []
    async with site.sessions() as session:
        paths = set(
            await session.scalars(select(Message.reply_path).where(Message.dedup_key != ""))
        )
    assert paths <= {"passive", "push"}


async def _nothing_waits(site: Site) -> bool:
    async with site.sessions() as session:
        waiting = await session.scalar(
            select(OutboxRow.id).where(OutboxRow.status.in_(("queued", "leased"))).limit(1)
        )
        unanswered = await session.scalar(
            select(Message.id).where(Message.status.in_(("received", "answering"))).limit(1)
        )
    return waiting is None and unanswered is None


async def test_what_a_dead_worker_had_begun_is_finished_by_the_other(site: Site) -> None:
    first, second = await _two(site)
    site.rasa.gates["问"] = asyncio.Event()
    message = site.tencent.message(ME, "text", Content="问")
    lost = asyncio.create_task(site.deliver(message, first))
    await site.rasa.arrived["问"].wait()
    await first.kill()
    assert await lost == (0, "")
    site.rasa.gates.pop("问").set()
    retry = asyncio.create_task(site.deliver(message, second))
    await site.end_leases()
    status, body = await retry
    assert status == 200
    assert "您说的是：问" in site.tencent.open(body)["Content"]
    assert [message.status for message in await _messages(site)] == ["answered", None]


async def test_a_leased_conversation_is_left_alone_until_the_lease_ends(site: Site) -> None:
    first, second = await _two(site)
    site.rasa.gates["问"] = asyncio.Event()
    asking = asyncio.create_task(
        site.deliver(site.tencent.message(ME, "text", Content="问"), first)
    )
    await site.rasa.arrived["问"].wait()
    later = asyncio.create_task(
        site.deliver(site.tencent.message(ME, "text", Content="再问"), second)
    )

    async def received() -> bool:
        return len(await _messages(site)) == 2

    await until(received)
    assert site.rasa.texts == ["问"]
    async with site.sessions() as session:
        assert (await session.scalars(select(Conversation))).one().turn_worker
    site.rasa.gates["问"].set()
    await asyncio.gather(asking, later)
    assert site.rasa.texts == ["问", "再问"]


async def test_two_workers_share_one_port(site: Site) -> None:
    port = free_port()
    internal = free_port()
    await site.start(port, internal, workers=2)
    await site.start(port, internal, workers=2)
    started: set[str] = set()

    async def both() -> bool:
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://127.0.0.1:{port}/metrics") as response,
        ):
            lines = (await response.text()).splitlines()
        started.update(line for line in lines if line.startswith("process_start_time_seconds"))
        return len(started) == 2

    await until(both)
