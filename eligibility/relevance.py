"""Which facts can still change the result, the place or the papers, in the order to ask them."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.facts import UNKNOWN, Facts


def relevant(facts: Facts, assessment: Assessment) -> tuple[str, ...]:
    """Return the ids of the facts that matter, given what is known so far, known ones included.

    Criminal matters and matters nobody can name go to a person, and a no cannot become anything
    else, so these end the questions. Art. 42 says that hardship is not checked for some people:
    they are not asked.
    """
    matter = assessment.matter
    if facts.matter == UNKNOWN or (matter is not None and matter.basis == "criminal"):
        return ("matter",)
    if assessment.eligible is False:
        return ()
    wanted = {
        "matter": True,
        "victim_of_abuse": matter is not None and "victim_of_abuse" in matter.asks,
        "retrial_acquittal": matter is not None and "retrial_acquittal" in matter.asks,
        "for_whom": True,
        "represented": facts.for_whom == "relative",
        "wrongdoer_is_guardian": _guardian_matters(facts, assessment),
        "groups": assessment.needs_hardship is not False,
        "region": True,
        "monthly_income_per_person": _hardship_open(assessment) and assessment.standard is not None,
        "hardship_self_assessment": _hardship_open(assessment) and assessment.standard is None,
        "has_lawyer": True,
        "stage": True,
        "urgent": facts.days_left is None,
    }
    return tuple(fact_id for fact_id, needed in wanted.items() if needed)


def _guardian_matters(facts: Facts, assessment: Assessment) -> bool:
    """Art. 40: someone else may apply where the guardian is the wrongdoer."""
    cannot_apply = facts.for_whom == "child" or (
        facts.for_whom == "relative" and facts.represented == "incapable"
    )
    abused = facts.victim_of_abuse is True
    return cannot_apply and assessment.matter is not None and (assessment.matter.guardian or abused)


def _hardship_open(assessment: Assessment) -> bool:
    return assessment.needs_hardship is not False and assessment.check_waived is not True
