"""Who has a case: taking it, giving it back, handing it on."""

import structlog
from sqlalchemy import not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.accounts import Lawyer, takes_cases
from desk.core import case_in_hand, case_of_lawyer, hold_conversation
from desk.errors import CaseTaken, InvalidInput, NotAllowed
from desk.routing import Routing
from desk.tables import Account, Case

log = structlog.get_logger()

LONGEST_REMARK = 500  # characters


class Claiming(Routing):
    """Each change is one transaction, and of two lawyers only one wins."""

    async def claim(self, case_id: int, lawyer: Lawyer) -> None:
        """Gives a pending case to a lawyer and tells the citizen.

        Raises:
            CaseTaken: another lawyer was first, or the case is no longer pending.
            CaseNotFound: there is no such case.
            NotAllowed: the case is not one that the lawyer handles.
        """
        async with self.sessions.begin() as session:
            await self._check_routed(session, case_id, lawyer)
            await hold_conversation(session, self.citizens, case_id)
            won = await self._take(session, case_id, lawyer.id)
            case = await case_in_hand(session, self.citizens, case_id)
            if won:
                await self._announce(session, case, lawyer.display_name)
            elif case.status != "open" or case.lawyer_id != lawyer.id:
                raise await self._too_late(session, case)
        log.info("desk.case_claimed", case=case_id, lawyer=lawyer.id)

    async def arrived(self, lawyer: Lawyer) -> None:
        """Notes that the lawyer's page is open and fills the room that this makes."""
        if await self.seen(lawyer):
            await self.assign_waiting()

    async def release(self, case_id: int, lawyer: Lawyer) -> None:
        """Puts the case back in the queue, where its waiting time goes on; tells the citizen.

        Raises:
            CaseTaken: the lawyer does not have the case now.
        """
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            await self._back_to_queue(session, case, "released", lawyer.display_name, lawyer.id)
        await self.assign_waiting()
        log.info("desk.case_released", case=case_id, lawyer=lawyer.id)

    async def transfer(
        self, case_id: int, by: Lawyer, to: int, note: str = "", *, supervising: bool = False
    ) -> None:
        """Hands an open or pending case to another account and tells the citizen.

        A lawyer hands on what is theirs; with `supervising` any living case can be given to
        somebody. The note is for the colleague.

        Raises:
            CaseTaken: the case is not the lawyer's, or has moved on.
            InvalidInput: there is no such account, or it already has the case.
        """
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            allowed = (
                case.status in ("open", "pending", "snoozed")
                if supervising
                else (case.status == "open" and case.lawyer_id == by.id)
            )
            if not allowed:
                raise CaseTaken("not_claimed_by_you")
            colleague = await session.get(Account, to)
            if (
                colleague is None
                or not takes_cases(colleague)
                or (case.status == "open" and case.lawyer_id == to)
            ):
                raise InvalidInput("unknown_colleague")
            before = case.lawyer_id
            await self._take_over(session, case, colleague.id)
            store.record(
                session,
                case,
                "transferred",
                lawyer_id=by.id,
                to=to,
                was=before,
                note=note.strip()[:LONGEST_REMARK],
            )
            await self._tell(session, case, "transferred", name=colleague.display_name)
        await self.assign_waiting()
        log.info("desk.case_transferred", case=case_id, by=by.id, to=to)

    async def _check_routed(self, session: AsyncSession, case_id: int, lawyer: Lawyer) -> None:
        """Refuses a waiting case of another topic, region or language; a supervisor takes any."""
        if lawyer.may("read_all_cases"):
            return
        routed = await self.routed_to(session, lawyer)
        waiting = select(Case.id).where(Case.id == case_id, Case.status == "pending", not_(routed))
        if await session.scalar(waiting) is not None:
            raise NotAllowed("not_routed")

    async def _too_late(self, session: AsyncSession, case: Case) -> CaseTaken:
        if case.status == "open":
            owner = await session.get(Account, case.lawyer_id)
            if owner is not None:
                return CaseTaken("case_taken", name=owner.display_name)
        return CaseTaken("case_not_waiting")
