"""What the citizen and the bot can do: ask for a person, ask where it stands, take it back."""

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from desk import erasure, queue_order, store
from desk.cases import RANK, CaseView, Fact, NewCase
from desk.routing import Routing
from desk.tables import Case
from desk.words import WORDS

log = structlog.get_logger()

MONGOLIAN = ("\u1800", "\u18af")  # the letters of the traditional script


class Requests(Routing):
    """Each method joins the transaction of the session it is given."""

    async def open_case(self, session: AsyncSession, new: NewCase) -> CaseView:
        """Puts a request in the queue and returns its place.

        While the conversation has a living case, that case is returned, woken if it was snoozed.
        Asking again may make it more urgent and may bring newer facts; it never makes it less
        urgent: a last day that is not mentioned again stays, and so does a fact that a lawyer has
        corrected.
        """
        await self.citizens.owner_of(session, new.conversation)  # before the case, as a turn does
        case = await store.living_case(session, new.conversation)
        if case is None:
            case = await self._insert(session, self._with_topic(new))
        else:
            await self._ask_again(session, case, new)
        return await store.view(session, case, self.now())

    async def open_case_of(self, session: AsyncSession, conversation: str) -> CaseView | None:
        """Returns the conversation's living case, if there is one."""
        case = await store.living_case(session, conversation)
        return None if case is None else await store.view(session, case, self.now())

    async def cases_of(self, session: AsyncSession, conversation: str) -> list[CaseView]:
        """Returns the conversation's cases, the newest first."""
        return await store.views(session, conversation, self.now())

    async def position(self, session: AsyncSession, case_id: int) -> int | None:
        """Returns the place in the queue from 1, or None when the case is not pending."""
        return await store.position(session, case_id, self.now())

    async def withdraw(self, session: AsyncSession, conversation: str) -> None:
        """Ends the living case at the citizen's wish; does nothing when there is none."""
        case = await store.living_case(session, conversation)
        if case is None:
            return
        case.status, case.closed_at, case.asked = "withdrawn", self.now(), None
        store.record(session, case, "withdrawn")
        await self.citizens.set_owner(session, conversation, "bot")
        log.info("desk.case_withdrawn", case=case.id)

    async def unreachable(self, session: AsyncSession, conversation: str) -> None:
        """Notes on the living case that no message reaches the citizen: somebody has to phone."""
        case = await store.living_case(session, conversation)
        if case is not None:
            store.record(session, case, "unreachable")
            log.info("desk.citizen_unreachable", case=case.id)

    async def erase(self, session: AsyncSession, conversation: str) -> list[str]:
        """Erases the conversation's cases and returns sentences on what is kept and why.

        Call it before the conversation's messages are deleted: what a lawyer has accepted is
        copied into the hold from there.
        """
        return await erasure.erase(session, self.citizens, conversation)

    def _with_topic(self, new: NewCase) -> NewCase:
        """Fills in a missing topic; the lawyer reads that it was guessed, and the other guess."""
        guesses = () if new.topic else self._guess(new.question)
        if not guesses:
            return new
        titles = WORDS.guess["or"].join(self.topics.get(topic, topic) for topic in guesses)
        guessed = Fact(label=WORDS.guess["topic"], value=titles, section="matter")
        return new.model_copy(update={"topic": guesses[0], "facts": [*new.facts, guessed]})

    async def _insert(self, session: AsyncSession, new: NewCase) -> Case:
        previous = await store.last_case(session, new.conversation)
        new = new.model_copy(update={"language": _language(new)})
        case = Case(
            status="pending",
            opened_at=self.now(),
            previous_id=previous.id if previous else None,
            priority=bool(new.groups),
            **new.model_dump(mode="json"),
        )
        case.last_day = queue_order.last_day_of(case.facts, self.now())
        try:
            async with session.begin_nested():
                session.add(case)
        except IntegrityError:
            first = await store.living_case(session, new.conversation)
            if first is None:
                raise
            await self._ask_again(session, first, new)
            return first
        store.record(session, case, "requested", urgency=case.urgency)
        store.record(session, case, "queued")
        await self.citizens.set_owner(session, new.conversation, "queued")
        log.info("desk.case_requested", case=case.id, urgency=case.urgency, topic=case.topic)
        await self._give_to_somebody(session, case, previous)
        return case

    async def _ask_again(self, session: AsyncSession, case: Case, new: NewCase) -> None:
        changed = _merged(case, new)
        case.last_day = queue_order.last_day_of(case.facts, self.now())
        if case.status == "snoozed":
            changed = True
            await self._back_to_work(session, case)
        if changed:
            store.record(session, case, "requested", urgency=case.urgency)
            log.info("desk.case_requested_again", case=case.id, urgency=case.urgency)


def _language(new: NewCase) -> str:
    """Returns what the citizen wants to be served in: Mongolian if they write or ask for it."""
    written = any(MONGOLIAN[0] <= character <= MONGOLIAN[1] for character in new.question)
    asked = any(word in new.question for word in WORDS.asks_for_mongolian)
    return "mn" if written or asked else new.language


def _merged(case: Case, new: NewCase) -> bool:
    """Takes what is newer or more urgent into the case; returns whether anything changed."""
    changed = False
    if RANK[new.urgency] < RANK[case.urgency]:
        case.urgency, case.reason, changed = new.urgency, new.reason, True
    asked = new.model_dump(mode="json")
    asked["facts"] = _with_kept(asked["facts"], case.facts)
    for field in ("topic", "region", "facts", "eligibility", "groups"):
        if asked[field] and asked[field] != getattr(case, field):
            setattr(case, field, asked[field])
            changed = True
    case.priority = bool(case.groups)
    return changed


def _with_kept(
    facts: list[dict[str, object]], before: list[dict[str, object]]
) -> list[dict[str, object]]:
    """Returns newer facts with what stays: what a lawyer corrected, and last days of others."""
    if not facts:
        return facts
    corrected = {fact["label"]: fact for fact in before if "was" in fact}
    told = {fact["label"] for fact in facts}
    stays = [
        fact
        for fact in before
        if fact["label"] not in told and ("was" in fact or fact.get("last_day"))
    ]
    return [*(corrected.get(fact["label"], fact) for fact in facts), *stays]
