"""Why the result is what it is, one sentence per condition, each with its article."""

from __future__ import annotations

from dataclasses import replace

from eligibility.assessment import Assessment
from eligibility.criminal_reasons import criminal_reasons
from eligibility.facts import Facts
from eligibility.hardship_reasons import hardship
from eligibility.representation import representation
from eligibility.result import Reason
from eligibility.sentences import say

OTHER_LAWS = ("minor", "elderly", "disabled", "preferential_treatment")
EMPLOYMENT = ("labour_pay", "work_injury")


def reasons(facts: Facts, assessment: Assessment) -> tuple[Reason, ...]:
    """Return the reasons in the order in which the conditions are judged."""
    if assessment.criminal:
        return criminal_reasons(facts, assessment)
    told = [
        *_matter(facts, assessment),
        *_exempt(facts, assessment),
        *hardship(facts, assessment),
        *_lawyer(assessment),
        *representation(facts, assessment),
        *_other_laws(facts, assessment),
    ]
    if assessment.eligible is not True:
        told += [say("call_first"), say("free_forms")]
    return tuple(told)


def why_spared(facts: Facts, assessment: Assessment) -> Reason | None:
    """Return why hardship is no condition (Art. 32) or is not checked (Art. 42); else None."""
    if assessment.exempt is True:
        matter = assessment.matter
        told = [] if matter is None or matter.basis != "exempt" else _matter(facts, assessment)
        return next(iter([*told, *_told_harm(facts)]), None)
    if assessment.check_waived is True and assessment.needs_hardship is True:
        return say(f"waived_{assessment.waivers[0]}")
    return None


def _told_harm(facts: Facts) -> list[Reason]:
    """Art. 32 items 3 and 4, by what the person told."""
    told = {"victim_of_abuse": "exempt_victim", "retrial_acquittal": "exempt_acquittal"}
    return [say(key) for fact_id, key in told.items() if getattr(facts, fact_id) is True]


def _matter(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 31, 32, 33: what kind of matter it is."""
    matter = assessment.matter
    if matter is None:
        told = say("matter_missing")
    elif matter.basis == "outside" and assessment.exempt is True:
        # Art. 32 carries it, whatever the lists say
        return [] if facts.victim_of_abuse is True else [say("exempt_added", matter=matter.label)]
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
    if assessment.exempt is True and matter.basis == "hardship" and not _told_exempt(facts):
        told.append(say("exempt_added", matter=matter.label))
    for fact_id, key in (
        ("victim_of_abuse", "exempt_victim"),
        ("retrial_acquittal", "exempt_acquittal"),
    ):
        answer = getattr(facts, fact_id)
        if fact_id in matter.asks and answer is not False:
            told.append(say(key if answer is True else f"{key}_open"))
    return told


def _told_exempt(facts: Facts) -> bool:
    return facts.victim_of_abuse is True or facts.retrial_acquittal is True


def _lawyer(assessment: Assessment) -> list[Reason]:
    """Art. 31 and 48: an agent of one's own."""
    if assessment.unrepresented is True:
        return []
    if assessment.exempt is True:
        has_one = assessment.unrepresented is False
        return [say("lawyer_would_end_aid")] if has_one else []
    return [say("lawyer_missing" if assessment.unrepresented is None else "has_lawyer")]


def _other_laws(facts: Facts, assessment: Assessment) -> list[Reason]:
    """What other laws add (Art. 31 item 9, Art. 45), and the priority of wage claims."""
    matter = assessment.matter
    if matter is None:
        return []
    groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
    told = []
    if matter.basis == "outside":
        told += [say(f"other_law_{group}") for group in OTHER_LAWS if group in groups]
        if "preferential_treatment" in groups:
            told.append(say("other_law_veteran"))
    if matter.id == "labour_pay" and "migrant_worker" in assessment.waivers:
        told.append(say("priority"))
    if matter.id in EMPLOYMENT and "disabled" in groups:
        told.append(say("other_law_disabled_worker"))
    if facts.stage == "other_organ":
        told.append(say("reconsideration_aid"))
    return told
