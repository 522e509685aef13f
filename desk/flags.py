"""Answers of the assistant that a lawyer called wrong, for the curators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from desk import store
from desk.accounts import Lawyer
from desk.core import Core, case_in_hand
from desk.errors import CaseNotFound, CaseTaken
from desk.tables import Account, BotFlag

LONGEST_REMARK = 1000  # characters


@dataclass(frozen=True)
class Flag:
    """One answer called wrong: what was asked, what was said, what the lawyer remarked."""

    id: int
    case_id: int
    message_id: str
    asked: str
    said: str
    note: str
    by: str
    flagged_at: datetime
    done_at: datetime | None


class Flags(Core):
    """Flags stay until a curator has settled them."""

    async def flag_bot_wrong(
        self, case_id: int, lawyer: Lawyer, message_id: str, note: str = ""
    ) -> None:
        """Marks a message of the assistant as wrong; a second time only changes the note.

        Raises:
            CaseTaken: the case is not the lawyer's.
            CaseNotFound: the assistant has no such message in the conversation.
        """
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            if case.lawyer_id != lawyer.id:
                raise CaseTaken("not_claimed_by_you")
            asked = ""
            for line in await self.citizens.transcript(session, case.conversation):
                if line.id == message_id and line.author == "bot":
                    break
                asked = line.text if line.author == "citizen" else asked
            else:
                raise CaseNotFound("message_not_found")
            row = await session.scalar(
                select(BotFlag).where(BotFlag.case_id == case_id, BotFlag.message_id == message_id)
            )
            remark = note.strip()[:LONGEST_REMARK]
            if row is not None:
                row.note = remark or row.note
                return
            session.add(
                BotFlag(
                    case_id=case_id,
                    message_id=message_id,
                    account_id=lawyer.id,
                    asked=asked,
                    said=line.text,
                    note=remark,
                )
            )
            store.record(session, case, "bot_flagged", lawyer_id=lawyer.id, message=message_id)

    async def bot_flags(self, *, open_only: bool = True) -> list[Flag]:
        """Returns the flags, the oldest first."""
        query = (
            select(BotFlag, Account.display_name)
            .join(Account, Account.id == BotFlag.account_id)
            .order_by(BotFlag.id)
        )
        if open_only:
            query = query.where(BotFlag.done_at.is_(None))
        async with self.reading() as session:
            return [
                Flag(
                    row.id,
                    row.case_id,
                    row.message_id,
                    row.asked,
                    row.said,
                    row.note,
                    name,
                    row.flagged_at,
                    row.done_at,
                )
                for row, name in await session.execute(query)
            ]

    async def flagged_messages(self, case_id: int) -> frozenset[str]:
        """Returns the ids of the messages of a case that are marked as wrong."""
        async with self.reading() as session:
            rows = await session.scalars(
                select(BotFlag.message_id).where(BotFlag.case_id == case_id)
            )
            return frozenset(rows)

    async def settle_flag(self, flag_id: int, account_id: int) -> None:
        """Notes that a curator has dealt with a flag; does nothing when somebody has before."""
        async with self.sessions.begin() as session:
            await session.execute(
                update(BotFlag)
                .where(BotFlag.id == flag_id, BotFlag.done_at.is_(None))
                .values(done_at=self.now(), done_by=account_id)
            )
