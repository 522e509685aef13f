"""Criminal cases: who must get a defender (Art. 25, 28), who may apply (Art. 24, 29).

Nothing here can make a no but a defender of one's own, which each of these articles excludes.
"""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.conditions import Truth, all_of, any_of
from eligibility.facts import Facts
from eligibility.matters import Matter

VICTIMS_SIDE = ("victim", "private_prosecutor", "civil_claimant")
# The victim's close relatives may apply in their own right; for the two others Art. 29 names
# the legal representative only.
RELATIVES_MAY_APPLY = ("accused", "victim")
SEVERE = ("life_or_death", "death_penalty_review")


@dataclass(frozen=True)
class Defence:
    """The side of the accused.

    `role` accused or compulsory_treatment; `cases` the cases in which the organs must have a lawyer
    appointed, in the order of Art. 25; `appointed` whether one of them holds; `over` the judgment
    is in force and no retrial is ordered, so that there is no accused any more.
    """

    role: str
    cases: tuple[str, ...]
    appointed: Truth
    over: bool

    @property
    def means_matter(self) -> bool:
        """Return whether hardship still counts: only where no lawyer must be appointed."""
        return not self.over and self.appointed is not True

    @property
    def severe(self) -> bool:
        """Return whether Art. 26 asks for an experienced lawyer."""
        return any(case in SEVERE for case in self.cases)

    def joined(self, undefended: Truth, hardship: Truth) -> Truth:
        """Return Art. 24 or 25 joined; "other reasons" (Art. 24) keep the lack of hardship open.

        After a final judgment the Act names neither a yes nor a no until a retrial is ordered
        (Art. 33), and regions may add more.
        """
        if self.over:
            return None
        means = True if hardship is True else None
        return all_of(undefended, any_of(self.appointed, means))


def defence(facts: Facts, matter: Matter | None) -> Defence | None:
    """Return the side of the accused, or None where the matter or role is another or not known."""
    if matter is None or matter.basis != "criminal":
        return None
    if facts.criminal_role == "compulsory_treatment":
        return Defence("compulsory_treatment", ("compulsory_treatment",), True, over=False)
    if facts.criminal_role != "accused":
        return None
    if facts.criminal_stage == "final":
        return Defence("accused", (), None, over=True)
    cases = _cases(facts)
    return Defence("accused", cases, _appointed(facts, cases), over=False)


def is_victims_side(facts: Facts) -> bool:
    """Return whether the person is a victim, private prosecutor or civil claimant (Art. 29)."""
    return facts.criminal_role in VICTIMS_SIDE


def relatives_may_apply(facts: Facts) -> bool:
    """Return whether Art. 24 or 29 itself lets close relatives apply, whatever Art. 40 says."""
    return facts.criminal_role in RELATIVES_MAY_APPLY


def _cases(facts: Facts) -> tuple[str, ...]:
    """Return the cases of Art. 25 items 1 to 6 that hold."""
    told = facts.accused_cases if isinstance(facts.accused_cases, frozenset) else frozenset()
    groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
    holds = {
        "minor": "minor" in told or facts.for_whom == "child" or "minor" in groups,
        "sensory_disability": "sensory_disability" in told,
        "limited_recognition": "limited_recognition" in told,
        "life_or_death": "life_or_death" in told,
        "death_penalty_review": facts.criminal_stage == "death_penalty_review",
        "in_absence": "in_absence" in told,
    }
    return tuple(case for case, applies in holds.items() if applies)


def _appointed(facts: Facts, cases: tuple[str, ...]) -> Truth:
    """Return whether a lawyer must be appointed; item 7 (other persons) stays open."""
    if cases:
        return True
    return False if facts.accused_cases == frozenset() else None
