"""The end of a case, and taking it up again."""

import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.accounts import Lawyer
from desk.cases import LIVING, OWNER
from desk.core import case_in_hand, checked
from desk.errors import CaseTaken, InvalidInput
from desk.routing import Routing
from desk.tables import Case
from desk.words import WORDS

log = structlog.get_logger()


class Closing(Routing):
    """An end is announced, and asks how it was."""

    async def resolve(self, case_id: int, lawyer: Lawyer, outcome: str, closing: str = "") -> None:
        """Ends the case: closing words, the notice that the bot is back, and the asking for marks.

        Raises:
            InvalidInput: the outcome is not one of words.yml, or the words are too long.
            CaseTaken: the lawyer does not have the case now.
        """
        if outcome not in WORDS.outcome:
            raise InvalidInput("unknown_outcome")
        words = checked(closing) if closing.strip() else ""
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            if case.status == "resolved" and case.lawyer_id == lawyer.id:
                return  # the form was sent twice
            if case.status not in ("open", "snoozed") or case.lawyer_id != lawyer.id:
                raise CaseTaken("not_claimed_by_you")
            if words:
                await self.citizens.send(
                    session, case.conversation, words, "lawyer", lawyer.display_name
                )
            await self.citizens.set_owner(session, case.conversation, "bot")
            await self._tell(
                session, case, "resolved", WORDS.rating_options, name=lawyer.display_name
            )
            # After the last message, so that the case's own transcript ends with it.
            case.status, case.outcome, case.closed_at = "resolved", outcome, self.now()
            case.unanswered_at, case.snoozed_until, case.asked = None, None, "rating"
            store.record(session, case, "resolved", lawyer_id=lawyer.id, outcome=outcome)
        log.info("desk.case_resolved", case=case_id, lawyer=lawyer.id, outcome=outcome)
        await self.assign_waiting()

    async def reopen(self, case_id: int, lawyer: Lawyer, *, supervising: bool = False) -> None:
        """Takes a resolved case up again and tells the citizen; the lawyer has it then.

        Raises:
            CaseTaken: the case is another lawyer's, is not resolved, or the citizen has a new one.
        """
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            if case.status != "resolved" or not (supervising or case.lawyer_id == lawyer.id):
                raise CaseTaken("cannot_reopen")
            if await _has_later(session, case):
                raise CaseTaken("has_new_case")
            now = self.now()
            case.status, case.lawyer_id, case.assigned_at = "open", lawyer.id, now
            case.closed_at, case.outcome, case.asked = None, None, None
            case.unanswered_at = now
            store.record(session, case, "reopened", lawyer_id=lawyer.id)
            await self.citizens.set_owner(session, case.conversation, OWNER["open"])
            await self._tell(session, case, "reopened", name=lawyer.display_name)
        log.info("desk.case_reopened", case=case_id, lawyer=lawyer.id)


async def _has_later(session: AsyncSession, case: Case) -> bool:
    """Returns whether a later case lives, or was a lawyer's: its words are not this one's."""
    later = await session.scalar(
        select(func.count()).where(
            Case.conversation == case.conversation,
            Case.id > case.id,
            or_(Case.status.in_(LIVING), Case.accepted_at.is_not(None)),
        )
    )
    return bool(later)
