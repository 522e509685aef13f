"""The call that a waiting citizen asks for: left in any words, read back, changed and asked about.

The number is never read out whole: who reads over the shoulder learns no more than its end.
"""

import re

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.callbacks import LONGEST_CONTACT, Callbacks
from desk.cases import Said
from desk.tables import Callback, Case
from desk.typed import phone_end, without_phone
from desk.words import WORDS

log = structlog.get_logger()

LONGEST = 60  # characters of words about the call; what is longer tells a matter


class Contact(Callbacks):
    """What is said of the call that was asked for."""

    async def _leave_number(self, session: AsyncSession, case: Case, text: str) -> Said:
        """Books the call for when a person is there, and gives the conversation to the bot."""
        due_at = await self.next_duty(session, self.now())
        contact = text.strip()[:LONGEST_CONTACT]
        await self._book(session, case, "asked", contact, due_at)
        case.status, case.asked, case.snoozed_until = "snoozed", None, None
        await self.citizens.set_owner(session, case.conversation, "bot")
        return self._said("call_booked", contact, self._when(due_at))

    async def _heard_of_the_call(self, session: AsyncSession, case: Case, text: str) -> Said | None:
        """Changes the call, or says what is written down; None where neither is meant."""
        if len(text) > LONGEST:
            return None
        call = await session.scalar(_OPEN_CALL.where(Callback.case_id == case.id))
        if call is None:
            return self._nothing_left(case) if _asks_of_it(text) else None
        if _asks_of_it(text):
            return self._said("call_kept", call.contact, self._when(call.due_at))
        if not (_means("changes_call", text) or leaves_number(text)):
            return None
        before = WORDS.citizen["call_before"].format(contact=call.contact)
        kept = "" if phone_end(text) and len(without_phone(text)) > 0 else before
        call.contact = f"{text.strip()}{kept}"[:LONGEST_CONTACT]
        log.info("desk.callback_changed", case=case.id, callback=call.id)
        return self._said("call_changed", call.contact, self._when(call.due_at), text)

    def _nothing_left(self, case: Case) -> Said | None:
        """Asks who waits for the number; who does not wait asks about something else."""
        if case.status != "pending":
            return None
        case.asked = "contact"
        return Said(WORDS.citizen["call_not_kept"])

    @staticmethod
    def _said(key: str, contact: str, when: str, now: str | None = None) -> Said:
        """Returns what is written down, or only what has just changed (`now`)."""
        written = without_phone(contact if now is None else now)
        words = WORDS.citizen["call_words"].format(words=written) if written else ""
        return Said(WORDS.citizen[key].format(end=phone_end(contact), words=words, when=when))


_OPEN_CALL = (
    select(Callback)
    .where(Callback.why == "asked", Callback.done_at.is_(None))
    .order_by(Callback.id.desc())
    .limit(1)
)


def leaves_number(text: str) -> bool:
    """Returns whether a short text is a number to be called at, not that of somebody else."""
    short = len(text) <= LONGEST and bool(phone_end(text))
    return short and re.search(WORDS.call_signs["number_of_another"], text) is None


def _asks_of_it(text: str) -> bool:
    return _means("asks_of_call", text)


def _means(key: str, text: str) -> bool:
    """Returns whether a text is about the call; who tells of somebody else is not, unless sure."""
    if re.search(WORDS.call_signs["surely"], text):
        return key == "changes_call"
    of_another = re.search(WORDS.call_signs["of_another"], text)
    return not of_another and re.search(WORDS.call_signs[key], text) is not None
