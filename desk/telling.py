"""What a waiting citizen is told: place, time, duty, and what else they can do."""

import statistics
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.cases import Said
from desk.clock import china_words
from desk.roster import Roster
from desk.tables import Case
from desk.timing import TIMING
from desk.words import WORDS

HOUR = 60  # minutes


class Telling(Roster):
    """No time is told that the roster or the history does not show."""

    async def standing(self, session: AsyncSession, conversation: str) -> Said | None:
        """Returns where the citizen stands: place, expected time, what else they can do.

        With nobody on duty the other ways are offered as choices. None when no case of the
        conversation is pending.
        """
        case = await store.living_case(session, conversation)
        if case is None or case.status != "pending":
            return None
        place = await store.position(session, case.id, self.now())
        say = WORDS.citizen
        lines = [say["waiting"].format(position=place), await self._time(session)]
        if await self.on_duty(session, self.now()):
            return Said("\n".join([*lines, say["ways"]]))
        case.asked = case.asked or "choices"
        return Said("\n".join([*lines, say["choose"]]), WORDS.offer_options)

    async def expected_wait(self, session: AsyncSession) -> timedelta | None:
        """Returns the median time to a first reply lately; None without enough history."""
        rows = await session.execute(
            select(Case.opened_at, Case.first_reply_at)
            .where(Case.first_reply_at.is_not(None))
            .order_by(Case.first_reply_at.desc())
            .limit(TIMING.history_cases)
        )
        waits = [(first - asked).total_seconds() for asked, first in rows.tuples() if first]
        if len(waits) < TIMING.history_least:
            return None
        return timedelta(seconds=statistics.median(waits))

    async def _time(self, session: AsyncSession) -> str:
        """Returns what is known of when somebody comes, in words."""
        now, say = self.now(), WORDS.citizen
        next_duty = await self.next_duty(session, now)
        if next_duty is not None and next_duty > now:
            return say["off_duty"].format(time=china_words(next_duty))
        wait = await self.expected_wait(session)
        if wait is not None:
            return say["expected"].format(wait=duration_words(wait))
        return say["expected_unknown" if next_duty else "duty_unknown"]

    def _when(self, due_at: datetime | None) -> str:
        """Returns when a call comes, in words."""
        if due_at is None:
            return WORDS.citizen["call_unknown"]
        key = "call_at" if due_at > self.now() else "call_soon"
        return WORDS.citizen[key].format(time=china_words(due_at))


def duration_words(wait: timedelta) -> str:
    """Returns a wait in minutes below an hour, in hours below a day, in days above."""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < HOUR:
        return WORDS.citizen["minutes"].format(count=minutes)
    hours = round(minutes / HOUR)
    if hours < 24:
        return WORDS.citizen["hours"].format(count=hours)
    return WORDS.citizen["days"].format(count=round(hours / 24))
