"""Which facts can still change the result, the place or the papers, in the order to ask them."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.criminal import relatives_may_apply
from eligibility.facts import UNKNOWN, Facts

SUES = ("private_prosecutor", "civil_claimant")


def relevant(facts: Facts, assessment: Assessment) -> tuple[str, ...]:
    """Return the ids of the facts that matter, given what is known so far, known ones included.

    Matters and roles nobody can name go to a person, and a no cannot become anything else, so these
    end the questions. Art. 42 says that hardship is not checked for some people: they are not
    asked.
    """
    if facts.matter == UNKNOWN:
        return ("matter",)
    if assessment.eligible is False:
        return ()
    if assessment.criminal:
        return _chosen(_criminal(facts, assessment))
    return _chosen(_civil(facts, assessment))


def _chosen(wanted: dict[str, bool]) -> tuple[str, ...]:
    return tuple(fact_id for fact_id, needed in wanted.items() if needed)


def _civil(facts: Facts, assessment: Assessment) -> dict[str, bool]:
    matter = assessment.matter
    return {
        "matter": True,
        "victim_of_abuse": matter is not None and "victim_of_abuse" in matter.asks,
        "retrial_acquittal": matter is not None and "retrial_acquittal" in matter.asks,
        "for_whom": True,
        "represented": facts.for_whom == "relative",
        "wrongdoer_is_guardian": _guardian_matters(facts, assessment),
        "groups": assessment.needs_hardship is not False,
        "region": True,
        **_means(assessment),
        "has_lawyer": True,
        "stage": True,
        "urgent": facts.days_left is None,
    }


def _criminal(facts: Facts, assessment: Assessment) -> dict[str, bool]:
    """Art. 24 to 29: each role is asked only what changes something for it."""
    wanted = {"matter": True, "criminal_role": True}
    if not facts.known("criminal_role"):
        return wanted
    accused = facts.criminal_role == "accused"
    over = assessment.defence is not None and assessment.defence.over
    victim = assessment.defence is None
    return {
        **wanted,
        "criminal_stage": accused,
        "victim_of_abuse": victim,
        "for_whom": True,
        "accused_cases": accused and not over and not _appointed_anyway(facts),
        "represented": facts.for_whom == "relative" and (accused or not relatives_may_apply(facts)),
        "wrongdoer_is_guardian": victim and _cannot_apply(facts),
        "has_lawyer": not over,
        "groups": assessment.needs_hardship is not False,
        "region": True,
        **_means(assessment),
        "urgent": facts.criminal_role in SUES and facts.days_left is None,
    }


def _appointed_anyway(facts: Facts) -> bool:
    """Return whether a lawyer must be appointed whatever the answer (Art. 25 items 1 and 5)."""
    return facts.for_whom == "child" or facts.criminal_stage == "death_penalty_review"


def _means(assessment: Assessment) -> dict[str, bool]:
    """Art. 34: the income where the standard is known, else how the person sees it."""
    asked = assessment.needs_hardship is not False and assessment.check_waived is not True
    known = assessment.standard is not None
    return {
        "monthly_income_per_person": asked and known,
        "hardship_self_assessment": asked and not known,
    }


def _guardian_matters(facts: Facts, assessment: Assessment) -> bool:
    """Art. 40: someone else may apply where the guardian is the wrongdoer."""
    matter = assessment.matter
    if matter is None or not _cannot_apply(facts):
        return False
    if facts.victim_of_abuse is not None or "victim_of_abuse" in matter.asks:
        return facts.victim_of_abuse is True  # nobody is asked about a harm that was not told
    return matter.guardian


def _cannot_apply(facts: Facts) -> bool:
    """Return whether someone else must apply for the person (Art. 40)."""
    return facts.for_whom == "child" or (
        facts.for_whom == "relative" and facts.represented == "incapable"
    )
