"""Putting right, again and again, what time or a dead process has left behind."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, update

from desk import queue_order, store
from desk.accounts import may_take_cases
from desk.cases import LIVING, OWNER
from desk.citizen_side import CitizenSide
from desk.core import case_in_hand, hold_conversation
from desk.tables import Account, Case
from desk.timing import TIMING
from desk.words import WORDS

log = structlog.get_logger()

SWEEP_EVERY_S = 15.0


class Sweeping(CitizenSide):
    """Safe with any number of workers: each step changes only what still needs it."""

    async def run(self) -> None:
        """Sweeps until it is cancelled; a failure is logged and the next sweep tries again."""
        while True:
            try:
                await self.sweep()
            except Exception as error:
                log.error("desk.sweep_failed", error=type(error).__name__)
            await asyncio.sleep(SWEEP_EVERY_S)

    async def sweep(self) -> None:
        """Wakes, counts days, takes from the absent, refills, offers another way, repairs."""
        await self._wake_due()
        await self._count_next_days()
        await self._return_absent()
        await self.assign_waiting()
        await self._offer_other_ways()
        await self._repair_owners()

    async def _wake_due(self) -> None:
        due = (Case.status == "snoozed", Case.snoozed_until <= self.now())
        for case_id in await self._ids(*due):
            async with self.sessions.begin() as session:
                await hold_conversation(session, self.citizens, case_id)
                case = await session.scalar(
                    select(Case).where(Case.id == case_id, *due).with_for_update()
                )
                if case is None:
                    continue
                await self._back_to_work(session, case)
                if case.status == "pending":
                    place = await store.position(session, case.id, self.now())
                    await self._tell(session, case, "back_to_queue", position=place)

    async def _count_next_days(self) -> None:
        """Has a living case whose last day has passed stand for the next one among its facts."""
        passed = (Case.status.in_(LIVING), queue_order.has_passed(self.now()))
        async with self.reading() as session:
            rows = await session.execute(select(Case.id, Case.facts, Case.last_day).where(*passed))
            due = [
                case_id
                for case_id, facts, day in rows
                if queue_order.last_day_of(facts, self.now()) != day
            ]
        for case_id in due:
            async with self.sessions.begin() as session:
                case = await session.scalar(
                    select(Case).where(Case.id == case_id, *passed).with_for_update()
                )
                if case is not None:
                    case.last_day = queue_order.last_day_of(case.facts, self.now())

    async def _return_absent(self) -> None:
        """Returns cases of whoever may take none any more, and of lawyers who are away.

        A lawyer is away whose page has long been closed while the citizen waits.
        """
        since = self.now() - timedelta(minutes=TIMING.away_minutes)
        lawyer_seen = func.coalesce(
            select(Account.last_seen_at)
            .where(Account.id == Case.lawyer_id, Account.last_seen_at > Case.assigned_at)
            .scalar_subquery(),
            Case.assigned_at,
        )
        away = and_(Case.unanswered_at.is_not(None), lawyer_seen < since)
        gone = Case.lawyer_id.not_in(select(Account.id).where(may_take_cases()))
        absent = and_(Case.status == "open", or_(away, gone))
        for case_id in await self._ids(absent):
            async with self.sessions.begin() as session:
                await hold_conversation(session, self.citizens, case_id)
                case = await session.scalar(
                    select(Case).where(Case.id == case_id, absent).with_for_update()
                )
                if case is None:
                    continue
                lawyer = await session.get(Account, case.lawyer_id)
                name = lawyer.display_name if lawyer else ""
                await self._back_to_queue(session, case, "returned", name)
                log.warning("desk.case_returned", case=case_id)

    async def _offer_other_ways(self) -> None:
        """Offers the assistant, a call or the hotline once to whoever has waited too long."""
        now = self.now()
        before = now - timedelta(minutes=TIMING.offer_minutes)
        waiting = (
            Case.status == "pending",
            Case.offered_at.is_(None),
            Case.opened_at <= before,
        )
        for case_id in await self._ids(*waiting):
            async with self.sessions.begin() as session:
                await hold_conversation(session, self.citizens, case_id)
                won = await session.execute(
                    update(Case)
                    .where(Case.id == case_id, *waiting)
                    .values(offered_at=now, asked=func.coalesce(Case.asked, "choices"))
                    .execution_options(synchronize_session=False)
                )
                if not won.rowcount:  # type: ignore[attr-defined]
                    continue
                case = await case_in_hand(session, self.citizens, case_id)
                place = await store.position(session, case_id, now)
                store.record(session, case, "offered")
                await self._tell(session, case, "offer", WORDS.offer_options, position=place)

    async def _repair_owners(self) -> None:
        """Makes who may speak agree with the cases, whatever was cut short in between."""
        async with self.reading() as session:
            handed_over = await self.citizens.handed_over(session)
            living = dict(
                (
                    await session.execute(
                        select(Case.conversation, Case.status).where(Case.status.in_(LIVING))
                    )
                )
                .tuples()
                .all()
            )
        for conversation in {*handed_over, *living}:
            wanted = OWNER[living[conversation]] if conversation in living else "bot"
            if handed_over.get(conversation, "bot") != wanted:
                await self._repair(conversation)

    async def _repair(self, conversation: str) -> None:
        async with self.sessions.begin() as session:
            owner = await self.citizens.owner_of(session, conversation)
            case = await store.living_case(session, conversation)
            wanted = OWNER[case.status] if case else "bot"
            if owner == wanted:
                return
            log.warning("desk.owner_repaired", conversation=conversation, was=owner, now=wanted)
            if case is not None and owner is None:  # the conversation itself is gone
                case.status, case.closed_at = "withdrawn", self.now()
                store.record(session, case, "withdrawn")
                return
            await self.citizens.set_owner(session, conversation, wanted)
            if case is not None:
                store.record(session, case, "repaired", was=owner)
            elif owner is not None:
                await self.citizens.send(session, conversation, WORDS.citizen["repaired"], "system")

    async def _ids(self, *conditions: ColumnElement[bool]) -> list[int]:
        async with self.reading() as session:
            rows = await session.scalars(select(Case.id).where(*conditions).order_by(Case.id))
            return list(rows)
