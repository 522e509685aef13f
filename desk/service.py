"""Cases: what citizens, the bot and lawyers can do with them.

Every change is one transaction: the case, its event, who may speak, and the message to the
citizen. Methods that take a session join the caller's transaction; the others open their own.
"""

from collections.abc import Callable, Mapping, Sequence

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk import erasure, store
from desk.accounts import Lawyer
from desk.cases import RANK, CaseView, Fact, NewCase
from desk.citizens import Citizens
from desk.clock import utc_now
from desk.errors import CaseNotFound, CaseTaken, InvalidInput
from desk.tables import Account, Case
from desk.words import WORDS

LONGEST_REPLY = 2000  # characters
LONGEST_NOTE = 2000  # characters

log = structlog.get_logger()


class Desk:
    """The desk.

    Args:
        sessions: where the desk's tables are.
        citizens: the conversations.
        session_key: secret for the sign-in cookie.
        topics: words for topic ids; an id that is missing is shown as it is.
        guess: likely topic ids of a question, best first, for requests that came without a topic.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        citizens: Citizens,
        session_key: str,
        topics: Mapping[str, str] | None = None,
        guess: Callable[[str], Sequence[str]] = lambda question: (),
    ) -> None:
        self.sessions = sessions
        self.citizens = citizens
        self.session_key = session_key
        self.topics = dict(topics or {})
        self._guess = guess

    # The citizen's side

    async def open_case(self, session: AsyncSession, new: NewCase) -> CaseView:
        """Puts a request in the queue and returns its place.

        While the conversation has an open case, that case is returned. Asking again may make it
        more urgent and may bring newer facts; it never makes it less urgent.
        """
        case = await store.open_case_row(session, new.conversation)
        if case is None:
            case = await self._insert(session, self._with_topic(new))
        else:
            _merge(session, case, new)
        return await store.view(session, case)

    async def open_case_of(self, session: AsyncSession, conversation: str) -> CaseView | None:
        """Returns the conversation's open case, if there is one."""
        case = await store.open_case_row(session, conversation)
        return None if case is None else await store.view(session, case)

    async def cases_of(self, session: AsyncSession, conversation: str) -> list[CaseView]:
        """Returns the conversation's cases, the newest first."""
        return await store.views(session, conversation)

    async def position(self, session: AsyncSession, case_id: int) -> int | None:
        """Returns the place in the queue from 1, or None when the case is not waiting."""
        return await store.position(session, case_id)

    async def withdraw(self, session: AsyncSession, conversation: str) -> None:
        """Ends the open case at the citizen's wish; does nothing when there is none."""
        case = await store.open_case_row(session, conversation)
        if case is None:
            return
        case.status, case.closed_at = "withdrawn", utc_now()
        store.record(session, case, "withdrawn")
        await self.citizens.set_owner(session, conversation, "bot")
        log.info("desk.case_withdrawn", case=case.id)

    async def unreachable(self, session: AsyncSession, conversation: str) -> None:
        """Notes on the open case that no message reaches the citizen: somebody has to phone."""
        case = await store.open_case_row(session, conversation)
        if case is not None:
            store.record(session, case, "unreachable")
            log.info("desk.citizen_unreachable", case=case.id)

    async def erase(self, session: AsyncSession, conversation: str) -> list[str]:
        """Erases the conversation's cases and returns sentences on what is kept and why.

        Call it before the conversation's messages are deleted: what a lawyer has accepted is
        copied into the hold from there.
        """
        return await erasure.erase(session, self.citizens, conversation)

    # The lawyer's side

    async def claim(self, case_id: int, lawyer: Lawyer) -> None:
        """Gives a waiting case to a lawyer and tells the citizen.

        Raises:
            CaseTaken: another lawyer was first, or the case is no longer waiting.
            CaseNotFound: there is no such case.
        """
        async with self.sessions.begin() as session:
            now = utc_now()
            won = await session.execute(
                update(Case)
                .where(Case.id == case_id, Case.status == "waiting")
                .values(status="claimed", lawyer_id=lawyer.id)
            )
            case = await _case(session, case_id)
            if won.rowcount == 0:  # type: ignore[attr-defined]
                if case.status == "claimed" and case.lawyer_id == lawyer.id:
                    return
                raise await _too_late(session, case)
            case.accepted_at = case.accepted_at or now
            store.record(session, case, "claimed", lawyer_id=lawyer.id)
            await self.citizens.set_owner(session, case.conversation, "lawyer")
            await self._tell(session, case, "joined", lawyer)
        log.info("desk.case_claimed", case=case_id, lawyer=lawyer.id)

    async def reply(
        self, case_id: int, lawyer: Lawyer, text: str, submission: str | None = None
    ) -> None:
        """Sends the lawyer's words to the citizen; the same submission is sent once.

        Raises:
            InvalidInput: the text is blank or too long.
            CaseTaken: the lawyer does not have the case now.
        """
        words = _checked(text, LONGEST_REPLY)
        async with self.sessions.begin() as session:
            case = await _claimed_by(session, case_id, lawyer)
            if await store.already_done(session, case_id, submission):
                return
            message = await self.citizens.send(
                session, case.conversation, words, "lawyer", lawyer.display_name
            )
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
        note = _checked(text, LONGEST_NOTE)
        async with self.sessions.begin() as session:
            case = await _claimed_by(session, case_id, lawyer)
            if await store.already_done(session, case_id, submission):
                return
            store.record(
                session, case, "note_added", lawyer_id=lawyer.id, submission=submission, text=note
            )

    async def release(self, case_id: int, lawyer: Lawyer) -> None:
        """Puts the case back in the queue, where its waiting time goes on; tells the citizen.

        Raises:
            CaseTaken: the lawyer does not have the case now.
        """
        async with self.sessions.begin() as session:
            case = await _claimed_by(session, case_id, lawyer)
            case.status, case.lawyer_id = "waiting", None
            store.record(session, case, "released", lawyer_id=lawyer.id)
            place = (await store.view(session, case)).position
            await self.citizens.set_owner(session, case.conversation, "queued")
            await self._tell(session, case, "released", lawyer, position=place)
        log.info("desk.case_released", case=case_id, lawyer=lawyer.id)

    async def resolve(self, case_id: int, lawyer: Lawyer, outcome: str, closing: str = "") -> None:
        """Ends the case: closing words, then the notice that the bot is back.

        Raises:
            InvalidInput: the outcome is not one of words.yml, or the words are too long.
            CaseTaken: the lawyer does not have the case now.
        """
        if outcome not in WORDS.outcome:
            raise InvalidInput("unknown_outcome")
        words = _checked(closing, LONGEST_REPLY) if closing.strip() else ""
        async with self.sessions.begin() as session:
            if await _resolved_by(session, case_id, lawyer):
                return  # the form was sent twice
            case = await _claimed_by(session, case_id, lawyer)
            if words:
                await self.citizens.send(
                    session, case.conversation, words, "lawyer", lawyer.display_name
                )
            await self.citizens.set_owner(session, case.conversation, "bot")
            await self._tell(session, case, "resolved", lawyer)
            # After the last message, so that the case's own transcript ends with it.
            case.status, case.outcome, case.closed_at = "resolved", outcome, utc_now()
            store.record(session, case, "resolved", lawyer_id=lawyer.id, outcome=outcome)
        log.info("desk.case_resolved", case=case_id, lawyer=lawyer.id, outcome=outcome)

    def _with_topic(self, new: NewCase) -> NewCase:
        """Fills in a missing topic; the lawyer reads that it was guessed, and the other guess."""
        guesses = () if new.topic else self._guess(new.question)
        if not guesses:
            return new
        titles = WORDS.guess["or"].join(self.topics.get(topic, topic) for topic in guesses)
        guessed = Fact(label=WORDS.guess["topic"], value=titles)
        return new.model_copy(update={"topic": guesses[0], "facts": [*new.facts, guessed]})

    async def _insert(self, session: AsyncSession, new: NewCase) -> Case:
        case = Case(status="waiting", **new.model_dump())
        try:
            async with session.begin_nested():
                session.add(case)
        except IntegrityError:
            first = await store.open_case_row(session, new.conversation)
            if first is None:
                raise
            _merge(session, first, new)
            return first
        store.record(session, case, "requested", urgency=case.urgency)
        await self.citizens.set_owner(session, new.conversation, "queued")
        log.info("desk.case_requested", case=case.id, urgency=case.urgency, topic=case.topic)
        return case

    async def _tell(
        self,
        session: AsyncSession,
        case: Case,
        key: str,
        lawyer: Lawyer,
        **values: object,
    ) -> None:
        text = WORDS.citizen[key].format(name=lawyer.display_name, **values)
        await self.citizens.send(session, case.conversation, text, "system")


def _merge(session: AsyncSession, case: Case, new: NewCase) -> None:
    changed = False
    if RANK[new.urgency] < RANK[case.urgency]:
        case.urgency, case.reason, changed = new.urgency, new.reason, True
    asked = new.model_dump()
    for field in ("topic", "facts", "eligibility"):
        if asked[field] and asked[field] != getattr(case, field):
            setattr(case, field, asked[field])
            changed = True
    if changed:
        store.record(session, case, "requested", urgency=case.urgency)
        log.info("desk.case_requested_again", case=case.id, urgency=case.urgency)


def _checked(text: str, longest: int) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput("blank_text")
    if len(words) > longest:
        raise InvalidInput("long_text", count=longest)
    return words


async def _case(session: AsyncSession, case_id: int) -> Case:
    case: Case | None = await session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if case is None or case.status in ("erased", "held"):
        raise CaseNotFound("case_not_found")
    return case


async def _claimed_by(session: AsyncSession, case_id: int, lawyer: Lawyer) -> Case:
    case = await _case(session, case_id)
    if case.status != "claimed" or case.lawyer_id != lawyer.id:
        raise CaseTaken("not_claimed_by_you")
    return case


async def _resolved_by(session: AsyncSession, case_id: int, lawyer: Lawyer) -> bool:
    case = await _case(session, case_id)
    return case.status == "resolved" and case.lawyer_id == lawyer.id


async def _too_late(session: AsyncSession, case: Case) -> CaseTaken:
    if case.status == "claimed":
        owner = await session.get(Account, case.lawyer_id)
        if owner is not None:
            return CaseTaken("case_taken", name=owner.display_name)
    return CaseTaken("case_not_waiting")
