"""Why the result is what it is, one sentence per condition, each with its article."""

from __future__ import annotations

from dataclasses import replace

from eligibility.assessment import Assessment
from eligibility.facts import UNKNOWN, Facts
from eligibility.result import Reason
from eligibility.sentences import say

OTHER_LAWS = ("minor", "elderly", "disabled", "preferential_treatment")
CRIMINAL = ("apply", "appointed", "victim", "duty_lawyer", "person")


def reasons(facts: Facts, assessment: Assessment) -> tuple[Reason, ...]:
    """Return the reasons in the order in which the conditions are judged."""
    if assessment.matter is not None and assessment.matter.basis == "criminal":
        return tuple(say(f"criminal_{part}") for part in CRIMINAL)
    told = [
        *_matter(facts, assessment),
        *_exempt(facts, assessment),
        *_hardship(facts, assessment),
        *_lawyer(assessment),
        *_representation(facts, assessment),
        *_other_laws(facts, assessment),
    ]
    if assessment.eligible is not True:
        told += [say("call_first"), say("free_forms")]
    return tuple(told)


def _matter(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 31, 32, 33: what kind of matter it is."""
    matter = assessment.matter
    if matter is None:
        told = say("matter_missing")
    elif matter.basis == "outside" and assessment.exempt is True:
        return []  # Art. 32 carries it, whatever the lists say
    elif matter.basis == "outside":
        key = {True: "added", False: "not_added", None: "outside"}[assessment.listed]
        told = say(f"matter_{key}", matter=matter.label)
    else:
        told = replace(
            say(f"matter_{matter.basis}", matter=matter.label), reference=matter.reference
        )
    return [told, say("retrial")] if assessment.retrial is True else [told]


def _exempt(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 32, and the laws beside it that say the same for violence and heroes."""
    matter = assessment.matter
    if matter is None:
        return [say("exempt_victim_possible")] if facts.victim_of_abuse is True else []
    if matter.id == "domestic_violence":
        return [say("violence_duty")]
    if matter.id == "heroes":
        return [say("heroes_duty")]
    told = []
    for fact_id, key in (
        ("victim_of_abuse", "exempt_victim"),
        ("retrial_acquittal", "exempt_acquittal"),
    ):
        answer = getattr(facts, fact_id)
        if fact_id in matter.asks and answer is not False:
            told.append(say(key if answer is True else f"{key}_open"))
    return told


def _hardship(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 31, 34, 41, 42: nothing where hardship is no condition."""
    if assessment.needs_hardship is False:
        return []
    told = [say(f"waived_{group}") for group in assessment.waivers]
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
    return say("standard_met" if income <= standard else "standard_exceeded", standard=standard)


def _lawyer(assessment: Assessment) -> list[Reason]:
    """Art. 31 and 48: an agent of one's own."""
    if assessment.unrepresented is True:
        return []
    if assessment.exempt is True:
        has_one = assessment.unrepresented is False
        return [say("lawyer_would_end_aid")] if has_one else []
    return [say("lawyer_missing" if assessment.unrepresented is None else "has_lawyer")]


def _representation(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 40: who may apply for somebody else; Art. 33 itself lets close relatives apply."""
    relative_may = assessment.retrial is True and facts.for_whom == "relative"
    if relative_may or facts.for_whom in (None, UNKNOWN, "self"):
        return []
    key = facts.for_whom or ""
    if key == "relative":
        key = "relative_open" if not facts.known("represented") else facts.represented or ""
    told = [say(f"representation_{key}")]
    if facts.wrongdoer_is_guardian is True and key in ("child", "incapable"):
        told.append(say("guardian_wrongdoer"))
    return told


def _other_laws(facts: Facts, assessment: Assessment) -> list[Reason]:
    """What other laws add (Art. 31 item 9, Art. 45), and the priority of wage claims."""
    matter = assessment.matter
    if matter is None:
        return []
    if matter.basis == "outside" and isinstance(facts.groups, frozenset):
        return [say(f"other_law_{group}") for group in OTHER_LAWS if group in facts.groups]
    if matter.id == "labour_pay" and "migrant_worker" in assessment.waivers:
        return [say("priority")]
    return []
