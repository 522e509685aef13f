"""The life of a site whose gateway dies at one step and is started again."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select

from desk import Desk, NewCase, create_account
from desk.accounts import Lawyer
from desk.tables import Account
from gateway.citizens import GatewayCitizens
from gateway.tables import Conversation, Message, OutboxRow
from gateway.words import words
from tests.fakes.rasa import says
from tests.fakes.tencent import Seen
from tests.gateway.workers.crashes import ARMED, BOTS
from tests.gateway.workers.running import Site, Worker, until
from tests.ports import free_port

QUICK, LATE, SERVED, LEAVER = "quick", "late", "served", "leaver"
LATE_TEXT, LEAVERS_TEXT = "长", "走"
LATE_S = 4.3
LAWYER_TEXT = "请带上合同来。"
ATTEMPTS = 3


@dataclass(frozen=True)
class Life:
    """What came of one run.

    Attributes:
        point: where the gateway was to die.
        died: whether it did.
        lost: inbound messages that were stored and never settled, or never stored.
        doubled: bot messages that a citizen saw more than once.
        bot_unknown: bot messages of which it is not known whether they arrived (not sent again).
        lawyer_lost: lawyer's messages that were never seen.
        lawyer_again: lawyer's messages that were seen once more, marked.
        lawyer_too_often: lawyer's messages that were seen more often, or again without the mark.
        not_erased: people who left, and are neither erased nor about to be.
    """

    point: str
    died: bool
    lost: int
    doubled: int
    bot_unknown: int
    lawyer_lost: int
    lawyer_again: int
    lawyer_too_often: int
    not_erased: int


async def live(site: Site, point: str) -> Life:
    """Starts a gateway that dies at `point`, has people write, starts it again, and counts."""
    conversation = await _case(site)
    site.rasa.answer = _slowly_for_some
    port, internal = free_port(), free_port()
    worker = await site.start(port, internal, crash_at=point)
    await until(site.idle)  # what the desk said when it took the case
    (site.var / ARMED).touch()
    restarting = asyncio.create_task(_restart(site, worker, port, internal))
    lawyer = asyncio.create_task(_lawyer_writes(site, conversation))
    await asyncio.gather(
        *(_says(site, worker, citizen, text) for citizen, text in _said().items()),
        _leaves(site, worker),
    )
    await lawyer
    await until(lambda: _settled(site))
    with suppress(TimeoutError):  # some die after what they did has been seen
        async with asyncio.timeout(10):
            await worker.process.wait()
    died = worker.process.returncode is not None
    restarting.cancel()
    await asyncio.gather(restarting, return_exceptions=True)
    return await _count(site, point, died)


def _said() -> dict[str, str]:
    return {QUICK: "老板拖欠工资", LATE: LATE_TEXT, f"{QUICK}-2": "离婚财产怎么分"}


async def _slowly_for_some(_sender: str, text: str) -> dict[str, object]:
    if text in (LATE_TEXT, LEAVERS_TEXT):
        await asyncio.sleep(LATE_S)
    return says(f"{BOTS}{text}")


async def _case(site: Site) -> str:
    """Makes a conversation that a lawyer has, by the desk's own means."""
    desk = Desk(site.sessions, GatewayCitizens(frozenset({"wechat"})), "0" * 64)
    site.tencent.note(site.tencent.message(SERVED, "text", Content="x"))
    async with site.sessions.begin() as session:
        session.add(Conversation(id="0" * 32, channel="wechat", citizen=SERVED))
        await session.flush()
        await create_account(session, "wang", "a long password", "王")
        case = await desk.open_case(
            session, NewCase(conversation="0" * 32, question="问", reason="找律师")
        )
    async with site.sessions() as session:
        account = (await session.scalars(select(Account))).one()
    await desk.claim(case.id, Lawyer(account.id, account.display_name, account.session_number))
    return "0" * 32


async def _lawyer_writes(site: Site, conversation: str) -> None:
    async with site.sessions.begin() as session:
        await GatewayCitizens(frozenset({"wechat"})).send(
            session, conversation, LAWYER_TEXT, "lawyer", "王"
        )


async def _restart(site: Site, worker: Worker, port: int, internal: int) -> None:
    """Starts the gateway again after its death, as the supervisor does."""
    await worker.process.wait()
    await site.end_leases()
    await site.start(port, internal)


async def _says(site: Site, worker: Worker, citizen: str, text: str) -> None:
    await _deliver(site, worker, site.tencent.message(citizen, "text", Content=text))


async def _leaves(site: Site, worker: Worker) -> None:
    """Has somebody leave while the answer to them is being made."""
    asking = asyncio.create_task(_says(site, worker, LEAVER, LEAVERS_TEXT))
    await until(lambda: _asked(site))
    await _deliver(site, worker, site.tencent.message(LEAVER, "event", Event="unsubscribe"))
    await asking


async def _asked(site: Site) -> bool:
    return LEAVERS_TEXT in site.rasa.texts


async def _deliver(site: Site, worker: Worker, message: dict[str, str]) -> None:
    """Delivers as the platform does: again after silence, three times in all."""
    citizen = message["FromUserName"]
    site.tencent.note(message)
    for _ in range(ATTEMPTS):
        status, body = await site.deliver(message, worker)
        if status == 200:
            if body not in ("", "success"):
                content = site.tencent.open(body)["Content"]
                site.tencent.seen[citizen].append(Seen("passive", content))
            return
        await until(lambda: site.healthy(worker))


async def _settled(site: Site) -> bool:
    """Says whether nothing more will happen."""
    async with site.sessions() as session:
        inbound = await session.scalar(
            select(func.count()).where(
                Message.direction == "in", Message.text.in_(_said().values())
            )
        )
        open_turns = await session.scalar(
            select(func.count()).where(Message.status.in_(("received", "answering", "promised")))
        )
        waiting = await session.scalar(
            select(func.count()).where(OutboxRow.status.in_(("queued", "leased")))
        )
    settled = inbound == len(_said()) and not open_turns and not waiting
    return settled and not await _not_erased(site)


async def _count(site: Site, point: str, died: bool) -> Life:
    async with site.sessions() as session:
        answered = set(
            await session.scalars(select(Message.text).where(Message.status == "answered"))
        )
        unknown = await session.scalar(
            select(func.count()).where(OutboxRow.status == "unknown", ~OutboxRow.resent)
        )
    times = [_times(site, citizen, f"{BOTS}{text}") for citizen, text in _said().items()]
    lawyer = [line.text for line in site.tencent.seen[SERVED] if LAWYER_TEXT in line.text]
    unmarked = [text for text in lawyer if words().resent not in text]
    return Life(
        point=point,
        died=died,
        lost=len(set(_said().values()) - answered) + max(0, times.count(0) - (unknown or 0)),
        doubled=sum(count > 1 for count in times),
        bot_unknown=unknown or 0,
        lawyer_lost=int(not lawyer),
        lawyer_again=int(len(lawyer) == 2),
        lawyer_too_often=int(len(lawyer) > 2 or len(unmarked) > 1),
        not_erased=await _not_erased(site),
    )


async def _not_erased(site: Site) -> int:
    """Counts who left and is still there: a last reply is swept ten minutes after an erasure."""
    async with site.sessions() as session:
        found = await session.scalar(
            select(func.count()).where(
                Conversation.citizen == LEAVER, Conversation.erased_at.is_(None)
            )
        )
    return found or 0


def _times(site: Site, citizen: str, text: str) -> int:
    return sum(text in line.text for line in site.tencent.seen[citizen])
