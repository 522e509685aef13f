"""Turning a case into the record of an application for legal aid."""

from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import select

from desk import store
from desk.accounts import Lawyer
from desk.clock import CHINA
from desk.core import Core, case_in_hand, checked
from desk.errors import CaseTaken, InvalidInput
from desk.ports import Clock
from desk.tables import Application

log = structlog.get_logger()

LONGEST_NAME = 200  # characters


@dataclass(frozen=True)
class ApplicationView:
    """An application: what it is for, to whom it went, when, and what runs since then."""

    case_id: int
    matter: str
    institution: str
    handed_in_on: date
    clocks: tuple[Clock, ...]


class Applications(Core):
    """The clocks are the Act's, counted by whoever wired the desk."""

    async def convert(
        self, case_id: int, lawyer: Lawyer, matter: str, institution: str, handed_in_on: date
    ) -> ApplicationView:
        """Keeps (or corrects) the application that came out of the lawyer's case.

        Raises:
            InvalidInput: a name is blank or too long, or the day is in the future.
            CaseTaken: the case is not the lawyer's.
        """
        what, where = checked(matter, LONGEST_NAME), checked(institution, LONGEST_NAME)
        if handed_in_on > self.now().astimezone(CHINA).date():
            raise InvalidInput("day_in_future")
        clocks = [
            {
                "name": clock.name,
                "last_day": clock.last_day.isoformat(),
                "reference": clock.reference,
            }
            for clock in self._clocks(handed_in_on)
        ]
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            if case.lawyer_id != lawyer.id or case.status == "withdrawn":
                raise CaseTaken("not_claimed_by_you")
            row: Application | None = await session.scalar(
                select(Application).where(Application.case_id == case_id)
            )
            if row is None:
                row = Application(case_id=case_id)
                session.add(row)
            row.account_id, row.matter, row.institution = lawyer.id, what, where
            row.handed_in_on, row.clocks = handed_in_on, clocks
            store.record(
                session,
                case,
                "converted",
                lawyer_id=lawyer.id,
                handed_in_on=handed_in_on.isoformat(),
            )
            await session.flush()
            return _view(row)

    async def application_of(self, case_id: int) -> ApplicationView | None:
        """Returns the application that came out of a case, None where there is none."""
        async with self.reading() as session:
            row = await session.scalar(select(Application).where(Application.case_id == case_id))
            return None if row is None else _view(row)


def _view(row: Application) -> ApplicationView:
    clocks = tuple(
        Clock(clock["name"], date.fromisoformat(clock["last_day"]), clock["reference"])
        for clock in row.clocks
    )
    return ApplicationView(row.case_id, row.matter, row.institution, row.handed_in_on, clocks)
