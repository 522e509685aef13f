"""The promise of a first reply: by when it was due, and what became of it.

While somebody is on duty a reply is due within the minutes of timing.yml; the supervisor watches
the share that keeps them. In any case it is due one working day later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.clock import CHINA
from desk.roster import Duty, working_days_after
from desk.supervision import SUPERVISION
from desk.timing import TIMING


@dataclass(frozen=True)
class Promise:
    """One case's first reply.

    Attributes:
        opened_at: when the citizen asked for a person.
        soon: when it is due because somebody was on duty; None when nobody was.
        latest: when it is due in any case.
        answered_at: when it was given; None when it was not.
    """

    opened_at: datetime
    soon: datetime | None
    latest: datetime
    answered_at: datetime | None

    @property
    def kept_soon(self) -> bool:
        """Whether somebody was on duty and answered in time."""
        return None not in (self.soon, self.answered_at) and self.answered_at <= self.soon  # type: ignore[operator]

    def state(self, now: datetime) -> str:
        """Returns answered, slow_answered, late_answered, running, slow or breached."""
        at = self.answered_at or now
        late = "late" if at > self.latest else "slow" if self.soon and at > self.soon else ""
        if self.answered_at:
            return f"{late}_answered" if late else "answered"
        return {"late": "breached", "slow": "slow", "": "running"}[late]


@dataclass(frozen=True)
class Kept:
    """How the promises of a stretch of time were kept.

    Attributes:
        on_duty: how many were asked while somebody was on duty, and are no longer running.
        soon: how many of these were answered within the minutes.
        breached: how many of all were not answered within a working day.
        all: how many there were.
    """

    on_duty: int
    soon: int
    breached: int
    all: int

    @property
    def share(self) -> float | None:
        """The share answered within the minutes; None when there were none."""
        return self.soon / self.on_duty if self.on_duty else None

    @property
    def reached(self) -> bool | None:
        """Whether the share is the promised one."""
        return None if self.share is None else self.share >= SUPERVISION.targets.first_reply.share


def promise(opened_at: datetime, answered_at: datetime | None, roster: Sequence[Duty]) -> Promise:
    """Returns the promise of a case; `roster` must hold the duties of the day it was opened."""
    days = SUPERVISION.targets.first_reply.otherwise_working_days
    local = opened_at.astimezone(CHINA)
    latest = datetime.combine(working_days_after(local.date(), days), local.time(), CHINA)
    on_duty = any(duty.begins_at <= opened_at < duty.ends_at for duty in roster)
    soon = opened_at + timedelta(minutes=TIMING.first_reply_minutes) if on_duty else None
    return Promise(opened_at, soon, latest, answered_at)


def kept(promises: Iterable[Promise], now: datetime) -> Kept:
    """Returns how promises were kept; one that can still be kept counts for nothing yet."""
    states = [(each, each.state(now)) for each in promises]
    decided = [each for each, state in states if each.soon and state != "running"]
    return Kept(
        len(decided),
        sum(each.kept_soon for each in decided),
        sum(state in ("breached", "late_answered") for _, state in states),
        len(states),
    )
