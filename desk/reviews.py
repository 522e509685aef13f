"""Quality review (案件质量评查): a random sample of ended cases, marked one by one."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk import audit
from desk.accounts import Lawyer
from desk.errors import CaseNotFound, InvalidInput
from desk.service import Desk
from desk.supervision import SUPERVISION
from desk.tables import Account, Case, Review

LONGEST_REMARK = 1000  # characters
SHOWN = 100  # reviews
chance = random.SystemRandom()


@dataclass(frozen=True)
class ReviewView:
    """A drawn case and, once somebody has read it, its marks."""

    id: int
    case_id: int
    topic: str | None
    lawyer: str | None
    closed_at: datetime | None
    marks: Mapping[str, int] | None
    remark: str | None
    reviewer: str | None
    reviewed_at: datetime | None

    @property
    def average(self) -> float | None:
        """The mean of the marks."""
        return sum(self.marks.values()) / len(self.marks) if self.marks else None


async def draw(desk: Desk, lawyer: Lawyer) -> int:
    """Draws a sample by chance from recently resolved cases; returns how many.

    A case is drawn once, and nobody draws their own.
    """
    rules = SUPERVISION.review
    since = desk.now() - timedelta(days=rules.within_days)
    async with desk.sessions.begin() as session:
        ids = await session.scalars(
            select(Case.id).where(
                Case.status == "resolved",
                Case.closed_at >= since,
                Case.lawyer_id != lawyer.id,
                Case.id.not_in(select(Review.case_id)),
            )
        )
        candidates = ids.all()
        drawn = chance.sample(candidates, min(rules.sample, len(candidates)))
        session.add_all(Review(case_id=case_id, drawn_by=lawyer.id) for case_id in drawn)
        if drawn:
            audit.record(session, "review_drawn", actor=lawyer.id, cases=drawn)
    return len(drawn)


async def mark(
    desk: Desk, lawyer: Lawyer, review_id: int, marks: Mapping[str, str], remark: str
) -> None:
    """Keeps the marks of a review; doing it again replaces them.

    Raises:
        CaseNotFound: there is no such review.
        InvalidInput: a mark is missing or out of range, or the remark is too long.
    """
    checked = _checked(marks)
    words = remark.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_REMARK:
        raise InvalidInput("long_text", count=LONGEST_REMARK)
    async with desk.sessions.begin() as session:
        review = await session.get(Review, review_id, with_for_update=True)
        if review is None:
            raise CaseNotFound("case_not_found")
        review.marks, review.remark = checked, words
        review.reviewer_id, review.reviewed_at = lawyer.id, desk.now()
        audit.record(
            session,
            "reviewed",
            actor=lawyer.id,
            subject="case",
            subject_id=review.case_id,
            marks=checked,
        )


async def reviews(desk: Desk) -> Sequence[ReviewView]:
    """Returns the reviews, those still to be marked first, then the newest.

    What was remarked on a case that is erased or on hold is shown to nobody.
    """
    reviewer = aliased(Account)
    async with desk.sessions() as session:
        rows = await session.execute(
            select(Review, Case, Account.display_name, reviewer.display_name)
            .join(Case, Case.id == Review.case_id)
            .outerjoin(Account, Account.id == Case.lawyer_id)
            .outerjoin(reviewer, reviewer.id == Review.reviewer_id)
            .where(Case.status.not_in(("erased", "held")))
            .order_by(Review.reviewed_at.is_not(None), Review.id.desc())
            .limit(SHOWN)
        )
        return [
            ReviewView(
                review.id,
                case.id,
                case.topic,
                lawyer,
                case.closed_at,
                review.marks,
                review.remark,
                by,
                review.reviewed_at,
            )
            for review, case, lawyer, by in rows
        ]


def _checked(marks: Mapping[str, str]) -> dict[str, int]:
    allowed = {str(number): number for number in range(1, SUPERVISION.review.most + 1)}
    wanted = SUPERVISION.review.criteria
    if any(marks.get(name) not in allowed for name in wanted):
        raise InvalidInput("bad_marks")
    return {name: allowed[marks[name]] for name in wanted}
