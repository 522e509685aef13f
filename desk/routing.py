"""Which lawyer gets which case by itself, and which cases a lawyer is shown.

A case is given to a lawyer who is on duty, whose page is open, who handles its topic, region and
language, and who has room. A case that no account handles is everybody's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from desk import queue_order, store
from desk.accounts import Lawyer, may_take_cases
from desk.cases import OWNER
from desk.core import hold_conversation
from desk.roster import Roster
from desk.tables import Account, Case

log = structlog.get_logger()


@dataclass(frozen=True)
class Ability:
    """What an account handles; an empty set of topics or regions is all of them."""

    topics: frozenset[str]
    regions: frozenset[str]
    languages: frozenset[str]

    @classmethod
    def of(cls, account: Account) -> "Ability":
        """Returns what an account handles."""
        return cls(
            frozenset(account.topics), frozenset(account.regions), frozenset(account.languages)
        )


def fits(ability: Ability, topic: str | None, region: str | None, language: str) -> bool:
    """Returns whether a case is for somebody; what is not known about a case excludes nobody."""
    return (
        (topic is None or not ability.topics or topic in ability.topics)
        and (region is None or not ability.regions or region in ability.regions)
        and language in ability.languages
    )


class Routing(Roster):
    """Giving cases to those who are there, safely with any number of workers."""

    async def routed_to(self, session: AsyncSession, lawyer: Lawyer) -> ColumnElement[bool]:
        """Returns the condition for the cases that a lawyer handles, or that nobody handles."""
        accounts = list(await session.scalars(select(Account).where(may_take_cases())))
        own = next((Ability.of(row) for row in accounts if row.id == lawyer.id), None)
        if own is None:
            return false()
        everybody = {Ability.of(row) for row in accounts}
        return or_(_handled(own), and_(*(not_(_handled(ability)) for ability in everybody)))

    async def assign_waiting(self) -> int:
        """Gives pending cases to those who have room, in the queue's order; returns how many."""
        given, tried = 0, set[int]()
        while (waiting := await self._next_waiting()) is not None and waiting not in tried:
            tried.add(waiting)
            async with self.sessions.begin() as session:
                await hold_conversation(session, self.citizens, waiting)
                case = await session.get_one(Case, waiting)
                if case.status == "pending":
                    given += await self._give_to_somebody(session, case, None)
        return given

    async def _next_waiting(self) -> int | None:
        """Returns the first case of the queue for which somebody has room, as it looks now."""
        async with self.reading() as session:
            room = await self._room(session)
            case = await self._next_for(session, room) if room else None
            return None if case is None else case.id

    async def _give_to_somebody(
        self, session: AsyncSession, case: Case, previous: Case | None
    ) -> bool:
        """Gives a pending case to whoever had the last one, or to whoever has most room."""
        await self._hold_room(session)
        room = await self._room(session)
        former = [account for account in room if previous and account.id == previous.lawyer_id]
        able = [
            account
            for account in room
            if fits(Ability.of(account), case.topic, case.region, case.language)
        ]
        if not former and not able:
            return False
        lawyer = former[0] if former else _emptiest(room, case)
        if not await self._take(session, case.id, lawyer.id):
            return False
        await session.refresh(case)
        await self._announce(session, case, lawyer.display_name)
        return True

    async def _back_to_work(self, session: AsyncSession, case: Case) -> None:
        """Wakes a snoozed case: to its lawyer if they are there, else into the queue."""
        store.record(session, case, "woken")
        there = case.lawyer_id in await self.present(session, self.now())
        lawyer = await session.get(Account, case.lawyer_id) if there else None
        if lawyer is not None:
            await self._take_over(session, case, lawyer.id)
            await self._tell(session, case, "joined", name=lawyer.display_name)
            return
        case.status, case.lawyer_id, case.snoozed_until = "pending", None, None
        case.offered_at = None
        store.record(session, case, "queued")
        await self.citizens.set_owner(session, case.conversation, OWNER["pending"])

    async def _take_over(self, session: AsyncSession, case: Case, account_id: int) -> None:
        """Makes a case in hand an account's open case; the caller tells the citizen."""
        now = self.now()
        case.status, case.lawyer_id, case.assigned_at = "open", account_id, now
        case.accepted_at = case.accepted_at or now
        case.snoozed_until, case.asked = None, None
        case.unanswered_at = case.unanswered_at or now  # a person is announced: a word is owed
        store.record(session, case, "assigned", lawyer_id=account_id)
        await self.citizens.set_owner(session, case.conversation, OWNER["open"])

    async def _room(self, session: AsyncSession) -> dict[Account, int]:
        """Returns who is present and has room, with how many cases more each can take."""
        now = self.now()
        has = (
            select(func.count())
            .where(Case.lawyer_id == Account.id, Case.status == "open")
            .scalar_subquery()
        )
        rows = await session.execute(
            select(Account, Account.capacity - has)
            .where(Account.id.in_(await self.present(session, now)), has < Account.capacity)
            .execution_options(populate_existing=True)
        )
        return dict(rows.tuples().all())

    async def _hold_room(self, session: AsyncSession) -> None:
        """Keeps who is present from others: two workers must not fill the same room.

        The room is counted after it, by a statement that sees what the other has given.
        """
        present = await self.present(session, self.now())
        await session.execute(
            select(Account.id).where(Account.id.in_(present)).order_by(Account.id).with_for_update()
        )

    async def _next_for(self, session: AsyncSession, accounts: Iterable[Account]) -> Case | None:
        handled = or_(*(_handled(Ability.of(account)) for account in accounts))
        found: Case | None = await session.scalar(
            select(Case)
            .where(Case.status == "pending", handled)
            .order_by(*queue_order.order(self.now()))
            .limit(1)
        )
        return found

    async def _take(self, session: AsyncSession, case_id: int, account_id: int) -> bool:
        """Gives a case that nobody has to an account; False when another was first."""
        now = self.now()
        won = await session.execute(
            update(Case)
            .where(Case.id == case_id, or_(Case.status == "pending", _nobodys))
            .values(
                status="open",
                lawyer_id=account_id,
                assigned_at=now,
                accepted_at=func.coalesce(Case.accepted_at, now),
                unanswered_at=func.coalesce(Case.unanswered_at, now),
                snoozed_until=None,
                asked=None,
            )
            .execution_options(synchronize_session=False)
        )
        return bool(won.rowcount)  # type: ignore[attr-defined]

    async def _announce(self, session: AsyncSession, case: Case, name: str) -> None:
        """Records who has the case now, lets them speak, and tells the citizen."""
        store.record(session, case, "assigned", lawyer_id=case.lawyer_id)
        await self.citizens.set_owner(session, case.conversation, OWNER["open"])
        await self._tell(session, case, "joined", name=name)

    async def _back_to_queue(
        self,
        session: AsyncSession,
        case: Case,
        kind: str,
        name: str,
        lawyer_id: int | None = None,
    ) -> None:
        """Puts a case in hand back; `kind` names both the event and the sentence."""
        case.status, case.lawyer_id, case.offered_at = "pending", None, None
        store.record(session, case, kind, lawyer_id=lawyer_id)
        store.record(session, case, "queued")
        place = (await store.view(session, case, self.now())).position
        await self.citizens.set_owner(session, case.conversation, OWNER["pending"])
        await self._tell(session, case, kind, name=name, position=place)


# Set aside until a promised call; whoever makes it takes it.
_nobodys = and_(Case.status == "snoozed", Case.lawyer_id.is_(None))


def _handled(ability: Ability) -> ColumnElement[bool]:
    """Returns `fits` as a condition."""
    conditions: list[ColumnElement[bool]] = [Case.language.in_(ability.languages)]
    if ability.topics:
        conditions.append(or_(Case.topic.is_(None), Case.topic.in_(ability.topics)))
    if ability.regions:
        conditions.append(or_(Case.region.is_(None), Case.region.in_(ability.regions)))
    return and_(*conditions)


def _emptiest(room: dict[Account, int], case: Case) -> Account:
    """Returns who has the most room among those who handle the case; the lowest id of equals."""
    able = [
        account
        for account in room
        if fits(Ability.of(account), case.topic, case.region, case.language)
    ]
    return min(able, key=lambda account: (-room[account], account.id))
