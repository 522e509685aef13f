"""What is told about hardship: the standard, the check and its waivers (Art. 31, 34, 41, 42)."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.facts import UNKNOWN, Facts
from eligibility.result import Reason
from eligibility.sentences import say


def hardship(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 31, 34, 41, 42: nothing where hardship is no condition."""
    if assessment.needs_hardship is False:
        return []
    told = [say(f"waived_{group}") for group in assessment.waivers]
    if "preferential_treatment" in assessment.waivers:
        told.append(say("military"))
    if assessment.waivers:
        told.append(say("condition_stands" if assessment.hardship else "waived_but_not_poor"))
        return told
    if assessment.check_waived is None and facts.groups not in (None, UNKNOWN):
        told.append(say("migrant_matter_open"))
    told.append(_standard(facts, assessment))
    if assessment.standard is None and isinstance(facts.hardship_self_assessment, bool):
        told.append(say("says_poor" if facts.hardship_self_assessment else "says_not_poor"))
    if facts.groups in (None, UNKNOWN):
        told.append(say("waiver_open"))
    return told


def _standard(facts: Facts, assessment: Assessment) -> Reason:
    """Art. 34: the figure, if it is known, and what the income says."""
    standard, income = assessment.standard, facts.monthly_income_per_person
    if standard is None:
        return say("standard_elsewhere" if facts.region == "outside" else "standard_unknown")
    if not isinstance(income, int | float):
        return say("standard_income_missing", standard=standard)
    if income <= standard:
        return say("standard_met", standard=standard)
    # Over the standard and still open: the region's exemptions (Art. 32 item 5) are not known.
    key = "standard_exceeded" if assessment.hardship is False else "standard_exceeded_open"
    return say(key, standard=standard)
