"""Two processes on one database behave as one."""

import asyncio

import pytest
from sqlalchemy import select

from gateway.presence import LOOK_S
from gateway.tables import Conversation, Message
from tests.fakes.rasa import says
from tests.gateway.workers.running import Site, Worker, until
from tests.ports import free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _messages(site: Site, citizen: str) -> list[Message]:
    async with site.sessions() as session:
        rows = await session.scalars(
            select(Message)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(Conversation.citizen == citizen)
            .order_by(Message.id)
        )
        return list(rows)


async def test_four_deliveries_at_once_on_two_workers_are_one_turn_with_one_reply(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    site.rasa.gates["四次"] = asyncio.Event()
    message = site.tencent.message("four", "text", Content="四次")
    deliveries = [asyncio.create_task(site.deliver(message, worker)) for worker in (*pair, *pair)]
    await site.rasa.arrived["四次"].wait()
    site.rasa.gates["四次"].set()
    replies = [site.tencent.open(body) for _, body in await asyncio.gather(*deliveries)]
    assert len({reply["Content"] for reply in replies}) == 1
    assert "您说的是：四次" in replies[0]["Content"]
    assert site.rasa.texts.count("四次") == 1
    assert len(await _messages(site, "four")) == 2


async def test_messages_of_one_citizen_are_answered_in_order_by_two_workers(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    texts = [f"第{number}句" for number in range(6)]
    messages = [site.tencent.message("order", "text", Content=text) for text in texts]
    await asyncio.gather(
        *(site.deliver(message, pair[at % 2]) for at, message in enumerate(messages))
    )
    came = [each.text for each in await _messages(site, "order") if each.direction == "in"]
    assert sorted(came) == texts
    assert [text for text in site.rasa.texts if text in texts] == came
    assert site.rasa.most_at_once == 1


async def test_a_reply_around_the_deadline_takes_exactly_one_path(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    """Rasa answers 3.9, 4.0 and 4.1 s after it was asked; the deadline is 4.0 s."""
    site.tencent.callback = pair[0].callback
    loop = asyncio.get_running_loop()
    texts = {"三点九": 3.9, "四": 4.0, "四点一": 4.1}
    for text, seconds in texts.items():
        site.rasa.gates[text] = asyncio.Event()
        loop.call_later(seconds, site.rasa.gates[text].set)
    messages = [site.tencent.message(text, "text", Content=text) for text in texts]
    # The platform delivers to one worker and shows what comes; the other gets the same message.
    await asyncio.gather(
        *(site.tencent.deliver(message) for message in messages),
        *(site.deliver(message, pair[1]) for message in messages),
    )
    for text in texts:
        await asyncio.wait_for(site.tencent.wait_seen(text, 1), 30)
    await until(site.idle)
    assert [len(site.tencent.seen[text]) for text in texts] == [1, 1, 1]
    assert [site.rasa.texts.count(text) for text in texts] == [1, 1, 1]
    assert site.tencent.faults == []


async def test_a_conversation_in_one_worker_s_turn_is_left_alone_by_the_other(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    first, second = pair
    site.rasa.gates["先"] = asyncio.Event()
    asking = asyncio.create_task(
        site.deliver(site.tencent.message("alone", "text", Content="先"), first)
    )
    await site.rasa.arrived["先"].wait()
    later = asyncio.create_task(
        site.deliver(site.tencent.message("alone", "text", Content="后"), second)
    )

    async def received() -> bool:
        return len(await _messages(site, "alone")) == 2

    await until(received)
    assert "后" not in site.rasa.texts
    site.rasa.gates["先"].set()
    await asyncio.gather(asking, later)
    assert [text for text in site.rasa.texts if text in "先后"] == ["先", "后"]


async def test_in_a_burst_every_delivery_is_answered_and_everybody_sees_the_answer_once(
    site: Site,
) -> None:
    """A hundred at once, for whom the assistant takes far longer than the platform waits."""
    site.rasa.answer = _slowly
    port, internal = free_port(), free_port()
    workers = await asyncio.gather(*(site.start(port, internal, workers=2) for _ in range(2)))
    site.tencent.callback = workers[0].callback
    citizens = [f"burst-{number}" for number in range(100)]
    deliveries = await asyncio.gather(
        *(site.tencent.say(citizen, f"{citizen}的问题") for citizen in citizens)
    )
    for citizen in citizens:
        await asyncio.wait_for(site.tencent.wait_seen(citizen, 1), 60)
    await until(site.idle)
    site.rasa.answer = None
    assert [len(answers) for answers in deliveries] == [1] * len(citizens)  # none ran into its end
    assert {answers[0].status for answers in deliveries} == {200}
    seen = {citizen: [line.text for line in site.tencent.seen[citizen]] for citizen in citizens}
    assert [len(lines) for lines in seen.values()] == [1] * len(citizens)
    assert all(f"答{citizen}的问题" in lines[0] for citizen, lines in seen.items())
    await asyncio.gather(*(worker.kill() for worker in workers))


async def _slowly(_sender: str, text: str) -> dict[str, object]:
    await asyncio.sleep(2.0)
    return says(f"答{text}")


async def test_whoever_leaves_is_in_no_row_and_no_file_any_more(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    openid = "o-leaves-6f1d2c"
    messages = [
        site.tencent.message(openid, "text", Content=text)
        for text in ("老板拖欠工资", "还有加班费")
    ]
    for worker, message in zip(pair, messages, strict=True):
        await site.deliver(message, worker)
    assert openid.encode() in _everything(site)
    gone = site.tencent.message(openid, "event", Event="unsubscribe")
    assert (await site.deliver(gone, pair[0]))[0] == 200

    async def forgotten() -> bool:
        return openid.encode() not in _everything(site)

    await until(forgotten)
    late = [await site.deliver(message, pair[1]) for message in (*messages, gone)]
    assert late == [(200, "success")] * 3
    assert await forgotten()
    assert await _messages(site, openid) == []
    assert site.rasa.forgotten


def _everything(site: Site) -> bytes:
    """Returns the bytes of every file that the processes write: database, its log, their logs."""
    return b"".join(path.read_bytes() for path in site.var.rglob("*") if path.is_file())


async def test_what_a_dead_worker_had_begun_is_finished_by_the_other(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    first, second = pair
    site.rasa.gates["断"] = asyncio.Event()
    message = site.tencent.message("cut", "text", Content="断")
    lost = asyncio.create_task(site.deliver(message, first))
    await site.rasa.arrived["断"].wait()
    await first.kill()
    assert await lost == (0, "")
    site.rasa.gates.pop("断").set()
    await site.end_leases()
    status, body = await site.deliver(message, second)
    assert status == 200
    assert "您说的是：断" in site.tencent.open(body)["Content"]
    assert [each.status for each in await _messages(site, "cut")] == ["answered", None]


async def test_two_workers_share_a_port_and_one_tells_of_the_other_and_goes_on_alone(
    site: Site, pair: tuple[Worker, Worker]
) -> None:
    """Processes at other ports, as `pair` is, neither count nor step in for the one that died."""
    assert pair[1].process.returncode is None
    port, internal = free_port(), free_port()
    workers = await asyncio.gather(*(site.start(port, internal, workers=2) for _ in range(2)))
    await until(lambda: _gateways(site, workers[1], "ok"))
    message = site.tencent.message("before", "text", Content="以前")
    before = await site.deliver(message, workers[1])
    assert before[1]
    await workers[0].kill()
    await until(lambda: _gateways(site, workers[1], "1/2"))
    after = await site.deliver(message, workers[1])
    assert site.tencent.open(after[1])["Content"] == site.tencent.open(before[1])["Content"]
    assert site.rasa.texts.count("以前") == 1
    # Long enough for another to have taken the dead one's place, if it could.
    site.rasa.gates["以后"] = asyncio.Event()
    asyncio.get_running_loop().call_later(5 * LOOK_S, site.rasa.gates["以后"].set)
    await site.deliver(site.tencent.message("before", "text", Content="以后"), workers[1])
    assert await _gateways(site, workers[1], "1/2")


async def _gateways(site: Site, worker: Worker, state: str) -> bool:
    """Says whether /health calls the gateways so, whichever of them answers."""
    return bool((await site.health(worker))["components"]["gateway"] == state)
