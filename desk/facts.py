"""Correcting what the assistant gathered."""

from datetime import date

from desk import queue_order, store
from desk.accounts import Lawyer
from desk.core import Core, case_of_lawyer, checked

LONGEST_VALUE = 4000  # characters


class Facts(Core):
    """A corrected fact keeps the citizen's own value beside it, and an event keeps both."""

    async def correct_fact(
        self,
        case_id: int,
        lawyer: Lawyer,
        label: str,
        value: str,
        submission: str | None = None,
        last_day: date | None = None,
    ) -> None:
        """Changes the fact with that label, or adds one; a new last day moves the case.

        Raises:
            InvalidInput: the value is blank or too long, or the label is.
            CaseTaken: the lawyer does not have the case now.
        """
        new, name = checked(value, LONGEST_VALUE), checked(label, 200)
        async with self.sessions.begin() as session:
            case = await case_of_lawyer(session, self.citizens, case_id, lawyer)
            if await store.already_done(session, case_id, submission):
                return
            facts = [dict(fact) for fact in case.facts]
            known = next((fact for fact in facts if fact["label"] == name), None)
            if known is None:
                known = {"label": name, "value": "", "section": "other", "last_day": None}
                facts.append(known)
            if known["value"] == new and last_day is None:
                return
            old = known["value"]
            known["was"], known["value"] = known.get("was", old), new
            if last_day is not None:
                known["last_day"] = last_day.isoformat()
            case.facts = facts
            case.last_day = queue_order.last_day_of(facts, self.now())
            store.record(
                session,
                case,
                "fact_corrected",
                lawyer_id=lawyer.id,
                submission=submission,
                label=name,
                old=old,
                new=new,
            )
