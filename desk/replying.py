"""What a lawyer says to the citizen, notes for colleagues, and has read."""

import structlog

from desk import store
from desk.accounts import Lawyer
from desk.core import Core, case_of_lawyer, checked
from desk.errors import CaseNotFound, CaseTaken

log = structlog.get_logger()


class Replying(Core):
    """Each method needs the lawyer to have the case."""

    async def reply(
        self, case_id: int, lawyer: Lawyer, text: str, submission: str | None = None
    ) -> None:
        """Sends the lawyer's words to the citizen; the same submission is sent once.

        Raises:
            InvalidInput: the text is blank or too long.
            CaseTaken: the lawyer does not have the case now.
        """
        words = checked(text)
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            if await store.already_done(session, case_id, submission):
                return
            message = await self.citizens.send(
                session, case.conversation, words, "lawyer", lawyer.display_name
            )
            now = self.now()
            case.first_reply_at = case.first_reply_at or now
            case.unanswered_at, case.read_at = None, now
            store.record(
                session,
                case,
                "replied",
                lawyer_id=lawyer.id,
                submission=submission,
                message=message,
            )
        log.info("desk.lawyer_replied", case=case_id, lawyer=lawyer.id, message=message)

    async def add_note(
        self, case_id: int, lawyer: Lawyer, text: str, submission: str | None = None
    ) -> None:
        """Keeps a note that the citizen does not see.

        Raises:
            InvalidInput: the text is blank or too long.
            CaseTaken: the lawyer does not have the case now.
        """
        note = checked(text)
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            if await store.already_done(session, case_id, submission):
                return
            store.record(
                session, case, "note_added", lawyer_id=lawyer.id, submission=submission, text=note
            )

    async def mark_read(self, case_id: int, lawyer: Lawyer) -> None:
        """Notes that the case's lawyer has seen the conversation up to now."""
        async with self.sessions.begin() as session:
            try:
                case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            except (CaseNotFound, CaseTaken):
                return
            case.read_at = self.now()
