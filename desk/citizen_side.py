"""What a citizen types to the desk while they wait, and after a case has ended."""

from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.cases import Said
from desk.contact import Contact, leaves_number
from desk.requests import Requests
from desk.tables import Case
from desk.timing import TIMING
from desk.typed import has_phone, mark_in, option_in, plain
from desk.words import WORDS

log = structlog.get_logger()

ASSISTANT, CALL, HOTLINE = 1, 2, 3  # the options of words.yml, in order


class CitizenSide(Contact, Requests):
    """The citizen's half of the promise."""

    async def wrote(self, session: AsyncSession, conversation: str) -> None:
        """Notes that the citizen has written something for whoever has the case."""
        case = await store.living_case(session, conversation)
        if case is not None:
            case.unanswered_at = case.unanswered_at or self.now()
            store.record(session, case, "citizen_wrote")

    async def heard(
        self, session: AsyncSession, conversation: str, text: str, *, numbers: bool = True
    ) -> Said | None:
        """Takes what a citizen typed, before anybody else answers it.

        Choices of an offer, a number to be called at, and marks for a case that has ended are
        acted upon; the answer is what to say back. None means that the words are not for the desk:
        they are a message to the lawyer, or the assistant's to answer.

        Args:
            session: the transaction to join.
            conversation: whose words they are.
            text: the words.
            numbers: whether a bare number may be meant for the desk (not when the assistant has
                asked something since).
        """
        case = await store.last_case(session, conversation)
        if case is None:
            return None
        if case.status == "pending":
            return await self._heard_waiting(session, case, text, numbers)
        if case.status == "snoozed":
            return await self._heard_of_the_call(session, case, text)
        if case.status == "resolved" and case.asked == "rating":
            return await self._heard_mark(session, case, text, numbers)
        return None

    async def _heard_waiting(
        self, session: AsyncSession, case: Case, text: str, numbers: bool
    ) -> Said | None:
        if case.asked in ("contact", "contact_again"):
            return await self._heard_contact(session, case, text)
        if plain(text) in WORDS.call_phrases:
            return self._ask_contact(case)
        if said := await self._heard_of_the_call(session, case, text):
            return said
        if leaves_number(text):
            return await self._leave_number(session, case, text)
        numbers = numbers and case.asked == "choices"
        choice = option_in(text, WORDS.offer_options, numbers=numbers)
        if choice == ASSISTANT or plain(text) in WORDS.ask_phrases:
            return Said(WORDS.citizen["ask_meanwhile"])
        if choice == CALL:
            return self._ask_contact(case)
        if choice == HOTLINE:
            return Said(WORDS.citizen["hotline"])
        return None

    def _ask_contact(self, case: Case) -> Said:
        case.asked = "contact"
        return Said(WORDS.citizen["ask_contact"])

    async def _heard_contact(self, session: AsyncSession, case: Case, text: str) -> Said | None:
        """Books the call; a text without a number is asked about once more, then let be."""
        if plain(text) in WORDS.no_call_phrases:
            case.asked = "choices"
            return Said(WORDS.citizen["no_call"])
        if not has_phone(text):
            again = case.asked == "contact"
            case.asked = "contact_again" if again else "choices"
            return Said(WORDS.citizen["ask_contact_again"]) if again else None
        return await self._leave_number(session, case, text)

    async def _heard_mark(
        self, session: AsyncSession, case: Case, text: str, numbers: bool
    ) -> Said | None:
        ended = case.closed_at or case.opened_at
        if self.now() - ended > timedelta(days=TIMING.rating_days):
            return None
        mark = mark_in(text, WORDS.rating_options, numbers=numbers)
        if mark is None:
            return None
        case.rating, case.rated_at, case.asked = mark, self.now(), None
        store.record(session, case, "rated", mark=mark)
        log.info("desk.case_rated", case=case.id, mark=mark)
        if mark > TIMING.low_rating:
            return Said(WORDS.citizen["rated"])
        due_at = await self.next_duty(session, self.now())
        await self._book(session, case, "low_rating", "", due_at)
        return Said(WORDS.citizen["rated_low"].format(when=self._when(due_at)))
