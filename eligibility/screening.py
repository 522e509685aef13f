"""The screening: from facts and a day to a result with reasons, papers, places and time limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eligibility.assessment import Assessment, assess
from eligibility.deadlines import deadlines, urgency
from eligibility.documents import documents
from eligibility.facts import UNKNOWN, Facts
from eligibility.offices import offices
from eligibility.own_parameters import in_use
from eligibility.parameters import Parameters
from eligibility.reasons import reasons, why_spared
from eligibility.relevance import relevant
from eligibility.result import Reason, Screening
from eligibility.sentences import say, say_in_force

STATES = {True: "yes", False: "no", None: "unknown"}
NOTES = (
    "decision",
    "free",
    "unpaid",
    "charged",
    "refusal",
    "truth",
    "evidence",
    "secret",
    "fees",
    "fees_deferred",
    "expert_fees",
    "duty",
    "rights",
    "termination",
    "informed",
)
FEE_GROUPS = ("disabled", "social_assistance", "preferential_treatment")


def screen(facts: Facts, on: date, parameters: Parameters | None = None) -> Screening:
    """Screen a request for legal aid by the law in force on a day.

    The result is a first look; the institution decides (Art. 43). A fact that is not known can
    leave the result open and never makes it a no.

    Raises:
        NotInForceError: the Act has no force on that day.
    """
    parameters = parameters or in_use()
    assessment = assess(facts, on, parameters)
    if assessment.matter and not assessment.criminal:  # told for another matter, in another answer
        facts = replace(facts, criminal_role=None, criminal_stage=None, accused_cases=None)
    urgent = urgency(facts, on, parameters)
    state = STATES[assessment.eligible]
    wanted = relevant(facts, assessment)
    return Screening(
        state=state,
        label=say(f"state_{state}").text,
        reasons=reasons(facts, assessment),
        documents=documents(facts, assessment, urgent.near),
        offices=offices(facts, assessment, on, parameters),
        deadlines=deadlines(facts, assessment, urgent, on, parameters),
        notes=_notes(facts, assessment, on, parameters),
        missing=tuple(fact_id for fact_id in wanted if not facts.known(fact_id)),
        provisional=urgent.provisional,
        priority="migrant_worker" in assessment.waivers,
        refer=_needs_a_person(facts, assessment),
    )


def spared(facts: Facts, on: date, parameters: Parameters | None = None) -> Reason | None:
    """Return why nobody asks about money in this request; None where it may still be asked.

    Raises:
        NotInForceError: the Act has no force on that day.
    """
    return why_spared(facts, assess(facts, on, parameters or in_use()))


def _needs_a_person(facts: Facts, assessment: Assessment) -> bool:
    """Return whether a person should take over: criminal cases, and matters nobody can name."""
    return assessment.criminal or facts.matter == UNKNOWN


def _notes(
    facts: Facts, assessment: Assessment, on: date, parameters: Parameters
) -> tuple[Reason, ...]:
    """Return what everybody is told: not a decision, free, how to object, and the rest."""
    groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
    keys = [*NOTES, *(assessment.matter.notes if assessment.matter else ())]
    keys += [f"fees_{group}" for group in FEE_GROUPS if group in groups]
    if assessment.defence is not None and assessment.defence.severe:
        keys.append("defender_experience")
    if groups & {"elderly", "disabled"}:
        keys += ["access", "access_law"]
    told = (say_in_force(f"note_{key}", on, parameters) for key in keys)
    return tuple(note for note in told if note is not None)
