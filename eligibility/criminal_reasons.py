"""What is told in criminal cases, for each side, the most useful first."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.criminal import Defence
from eligibility.facts import UNKNOWN, Facts
from eligibility.hardship_reasons import hardship
from eligibility.representation import representation
from eligibility.result import Reason
from eligibility.sentences import all_sentences, say

ROLE_OPEN = ("apply", "appointed", "victim", "duty_lawyer", "person")


def criminal_reasons(facts: Facts, assessment: Assessment) -> tuple[Reason, ...]:
    """Return the reasons for the side the person is on; all sides where it is not known."""
    defence = assessment.defence
    if not facts.known("criminal_role"):
        return tuple(say(f"criminal_{part}") for part in ROLE_OPEN)
    if defence is None:
        told = _victims_side(facts, assessment)
    elif defence.over:
        told = [say("accused_final"), say("prisoner_applies"), *representation(facts, assessment)]
    else:
        told = [
            *_defence(facts, assessment, defence),
            *representation(facts, assessment),
            *_until_then(facts, assessment, defence),
        ]
    if assessment.eligible is not True:
        told += [say("call_first")]
    return (*told, say("criminal_person"))


def _defence(facts: Facts, assessment: Assessment, defence: Defence) -> list[Reason]:
    """Art. 24 to 28, 33: what opens aid for the accused."""
    told = [say(f"case_{case}") for case in defence.cases]
    told += _defender(assessment, defence)
    if assessment.retrial is True:
        told.append(say("accused_retrial"))
    if defence.cases:
        asked = [] if assessment.unrepresented is False else [say("ask_for_notice")]
        laws = [f"law_{case}" for case in defence.cases if f"law_{case}" in all_sentences()]
        return [*told, *asked, say("own_choice"), *map(say, laws)]
    told += [say("accused_apply"), *_cases_open(facts)]
    if facts.criminal_stage in ("trial", "retrial"):
        told.append(say("court_may_notify"))
    return [*told, *hardship(facts, assessment)]


def _defender(assessment: Assessment, defence: Defence) -> list[Reason]:
    """Art. 24, 28: a defender or agent of one's own."""
    if assessment.unrepresented is True:
        return []
    has_one = assessment.unrepresented is False
    if defence.role == "compulsory_treatment":
        return [say("treatment_has_agent" if has_one else "treatment_agent_missing")]
    return [say("has_defender" if has_one else "defender_missing")]


def _cases_open(facts: Facts) -> list[Reason]:
    """Return what Art. 25 still leaves to find out."""
    if facts.accused_cases in (None, UNKNOWN):
        return [say("cases_open")]
    return [say("case_other_by_law")] if facts.accused_cases else []


def _until_then(facts: Facts, assessment: Assessment, defence: Defence) -> list[Reason]:
    """Art. 30, 37, 39: the duty lawyer, while nobody defends."""
    if assessment.unrepresented is False or defence.role != "accused":
        return []
    keys = ("duty_lawyer_right", "duty_lawyer_help", "plea_with_lawyer")
    return [say(key) for key in keys]


def _victims_side(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Art. 29, 32 item 4, 33: the victim, the private prosecutor, the civil claimant."""
    told = [say(f"role_{facts.criminal_role}")]
    if assessment.exempt is not False:
        told.append(say("exempt_victim" if assessment.exempt else "exempt_victim_open"))
    if _is_minor(facts):
        told.append(say("minor_victim"))
    if assessment.retrial is True:
        told.append(say("retrial"))
    if assessment.unrepresented is None and assessment.exempt is not True:
        told.append(say("victim_agent_missing"))
    elif assessment.unrepresented is False:
        told.append(say("lawyer_would_end_aid" if assessment.exempt else "victim_has_agent"))
    return [*told, *hardship(facts, assessment), *representation(facts, assessment)]


def _is_minor(facts: Facts) -> bool:
    groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
    return facts.for_whom == "child" or "minor" in groups
