"""What becomes of a citizen's cases when they ask for everything to be deleted.

A case no lawyer has taken is emptied. One that a lawyer has accepted goes on hold: stored and
shown to nobody (Personal Information Protection Law, Art. 47, last paragraph). Events stay;
they hold no words of the citizen.
"""

from collections.abc import Sequence

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.cases import CLOSED, LIVING
from desk.citizens import Citizens, Line
from desk.clock import utc_now
from desk.tables import BotFlag, Callback, Case
from desk.words import WORDS

log = structlog.get_logger()


async def erase(session: AsyncSession, citizens: Citizens, conversation: str) -> list[str]:
    """Empties or holds the conversation's cases; returns sentences on what is kept."""
    await citizens.owner_of(session, conversation)  # before the cases, as a turn does
    cases = await _living(session, conversation)
    if any(case.status in LIVING for case in cases):
        await citizens.set_owner(session, conversation, "bot")
    lines = await citizens.transcript(session, conversation) if cases else []
    for case in cases:
        if case.accepted_at is None:
            _empty(case)
            await _empty_calls(session, case)
        else:
            _hold(case, lines)
        await _empty_flags(session, case)
        store.record(session, case, "erased", kept=case.status == "held")
        log.info("desk.case_erased", case=case.id, kept=case.status == "held")
    held = await session.scalar(
        select(func.count()).where(Case.conversation == conversation, Case.status == "held")
    )
    return [WORDS.citizen["held"].format(count=held)] if held else []


async def _living(session: AsyncSession, conversation: str) -> Sequence[Case]:
    rows = await session.scalars(
        select(Case)
        .where(Case.conversation == conversation, Case.status.in_(LIVING + CLOSED))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return rows.all()


def _empty(case: Case) -> None:
    case.status = "erased"
    case.closed_at = case.closed_at or utc_now()
    case.conversation = case.question = case.reason = ""
    case.topic, case.facts, case.eligibility = None, [], None
    case.region, case.groups, case.priority, case.last_day = None, [], False, None
    case.asked = None


async def _empty_calls(session: AsyncSession, case: Case) -> None:
    await session.execute(
        update(Callback)
        .where(Callback.case_id == case.id)
        .values(contact="", result="", done_at=func.coalesce(Callback.done_at, utc_now()))
    )


async def _empty_flags(session: AsyncSession, case: Case) -> None:
    """The curators' copies go in any case: they are no part of the file that must be kept."""
    await session.execute(
        update(BotFlag).where(BotFlag.case_id == case.id).values(asked="", said="", note="")
    )


def _hold(case: Case, lines: Sequence[Line]) -> None:
    case.status = "held"
    case.held_at = utc_now()
    case.closed_at = case.closed_at or case.held_at
    # The case's own time only: what was said to the bot before or after is not part of it.
    case.held_transcript = [
        {"at": line.at.isoformat(), "author": line.author, "text": line.text}
        for line in lines
        if case.opened_at <= line.at <= case.closed_at
    ]
