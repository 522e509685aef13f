"""Setting a case aside until a known time."""

from datetime import datetime, timedelta

import structlog

from desk import store
from desk.accounts import Lawyer
from desk.cases import OWNER
from desk.clock import china_words
from desk.core import case_of_lawyer
from desk.errors import InvalidInput
from desk.routing import Routing

log = structlog.get_logger()

LONGEST_SNOOZE = timedelta(days=60)


class Snoozing(Routing):
    """While a case is snoozed the assistant answers; asking for a person wakes it."""

    async def snooze(self, case_id: int, lawyer: Lawyer, until: datetime) -> None:
        """Sets an open case aside and tells the citizen until when.

        Raises:
            InvalidInput: the time is past or more than 60 days away.
            CaseTaken: the lawyer does not have the case now.
        """
        if not timedelta(0) < until - self.now() <= LONGEST_SNOOZE:
            raise InvalidInput("bad_snooze")
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            case.status, case.snoozed_until = "snoozed", until
            store.record(session, case, "snoozed", lawyer_id=lawyer.id, until=until.isoformat())
            await self.citizens.set_owner(session, case.conversation, OWNER["snoozed"])
            await self._tell(
                session, case, "snoozed", name=lawyer.display_name, until=china_words(until)
            )
        log.info("desk.case_snoozed", case=case_id, lawyer=lawyer.id)
        await self.assign_waiting()

    async def wake(self, case_id: int, lawyer: Lawyer) -> None:
        """Takes a snoozed case up again before its time.

        Raises:
            CaseTaken: the lawyer does not have the case, or it is not snoozed.
        """
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer, ("snoozed",))
            await self._take_over(session, case, lawyer.id)
            store.record(session, case, "woken", lawyer_id=lawyer.id)
            await self._tell(session, case, "joined", name=lawyer.display_name)
