"""What every part of the desk stands on: the database, the conversations, and a case in hand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk.accounts import Lawyer
from desk.citizens import Citizens
from desk.clock import utc_now
from desk.errors import CaseNotFound, CaseTaken, InvalidInput
from desk.ports import Clock, Suggestion
from desk.tables import Case
from desk.words import WORDS

LONGEST_TEXT = 2000  # characters of a reply, a note, a result


class Core:
    """The parts of the desk inherit from it; see `desk.service.Desk` for what is given.

    `now` is the clock of every decision that compares times.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        citizens: Citizens,
        session_key: str,
        topics: Mapping[str, str] | None = None,
        guess: Callable[[str], Sequence[str]] = lambda question: (),
        suggest: Callable[[str], Sequence[Suggestion]] = lambda text: (),
        clocks: Callable[[date], Sequence[Clock]] = lambda handed_in_on: (),
        regions: Mapping[str, str] | None = None,
        now: Callable[[], datetime] = utc_now,
        reading: async_sessionmaker[AsyncSession] | None = None,
    ) -> None:
        self.sessions = sessions
        self.reading = reading or sessions
        self.citizens = citizens
        self.session_key = session_key
        self.topics = dict(topics or {})
        self.regions = dict(regions or {})
        self.now = now
        self._guess = guess
        self._suggest = suggest
        self._clocks = clocks

    async def _tell(
        self,
        session: AsyncSession,
        case: Case,
        key: str,
        options: Sequence[str] = (),
        **values: object,
    ) -> None:
        """Sends a sentence of words.yml to the citizen of a case."""
        text = WORDS.citizen[key].format(**values)
        await self.citizens.send(session, case.conversation, text, "system", options=options)


def checked(text: str, longest: int = LONGEST_TEXT) -> str:
    """Returns typed text with plain line ends and no blanks around it.

    Raises:
        InvalidInput: it is blank or too long.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput("blank_text")
    if len(words) > longest:
        raise InvalidInput("long_text", count=longest)
    return words


async def hold_conversation(session: AsyncSession, citizens: Citizens, case_id: int) -> None:
    """Keeps a case's conversation from others, before the case itself is locked.

    A citizen's turn locks in this order too: in another, two that meet would wait for each other.
    """
    conversation = await session.scalar(select(Case.conversation).where(Case.id == case_id))
    if conversation:
        await citizens.owner_of(session, conversation)


async def case_in_hand(session: AsyncSession, citizens: Citizens, case_id: int) -> Case:
    """Returns a case as it is now, locked for this transaction.

    Raises:
        CaseNotFound: there is none, or it is erased or on hold.
    """
    await hold_conversation(session, citizens, case_id)
    case: Case | None = await session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if case is None or case.status in ("erased", "held"):
        raise CaseNotFound("case_not_found")
    return case


async def case_of_lawyer(
    session: AsyncSession,
    citizens: Citizens,
    case_id: int,
    lawyer: Lawyer,
    statuses: Sequence[str] = ("open",),
) -> Case:
    """Returns a case in hand that the lawyer has.

    Raises:
        CaseNotFound: there is none, or it is erased or on hold.
        CaseTaken: the lawyer does not have it, or it has moved on.
    """
    case = await case_in_hand(session, citizens, case_id)
    if case.status not in statuses or case.lawyer_id != lawyer.id:
        raise CaseTaken("not_claimed_by_you")
    return case
