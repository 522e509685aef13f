"""Where to apply (Art. 38, 39). Addresses are not known here; 12348 knows them."""

from __future__ import annotations

from datetime import date

from eligibility.assessment import Assessment
from eligibility.facts import Facts
from eligibility.parameters import Parameters
from eligibility.questions import labels
from eligibility.result import Office
from eligibility.sentences import say, say_in_force

HOTLINE = "12348"
BY_STAGE = {
    "court": ("court",),
    "retrial": ("court",),
    "mediation_or_arbitration": ("dispute_body",),
    "other_organ": ("other_organ",),
    "not_started": ("matter_place", "if_court"),
}
ANY_STAGE = ("matter_place", "dispute_body", "other_organ", "court")


def offices(
    facts: Facts, assessment: Assessment, on: date, parameters: Parameters
) -> tuple[Office, ...]:
    """Return where the request goes, the likeliest place first, then the wider offer."""
    if assessment.criminal:
        ids: tuple[str, ...] = _criminal(facts, assessment)
    else:
        ids = BY_STAGE.get(facts.stage or "", ANY_STAGE)
        if facts.detained:
            ids = (*ids, "custody", "prison")
    if facts.region != "outside":
        ids = (*ids, "nearby")
    found = (_office(office_id, facts, on, parameters) for office_id in ids)
    return tuple(office for office in found if office is not None)


def _criminal(facts: Facts, assessment: Assessment) -> tuple[str, ...]:
    """Return the organ's seat, and the way out of custody (Art. 39) where somebody may be held."""
    if facts.known("criminal_role") and assessment.defence is None:
        return ("criminal",)
    stands_free = facts.represented in ("capable", "incapable")
    free = facts.for_whom == "self" or (facts.for_whom == "relative" and stands_free)
    over = assessment.defence is not None and assessment.defence.over
    if free and not over:
        return ("criminal",)
    return ("criminal", "custody", "prison") if over else ("criminal", "custody")


def _office(office_id: str, facts: Facts, on: date, parameters: Parameters) -> Office | None:
    """Return one place, or None where the rule that names it has ended."""
    region = facts.region if facts.known("region") else None
    where = labels("region")[region] if region and region != "outside" else ""
    said = say_in_force(f"office_{office_id}", on, parameters, where=where)
    if said is None:
        return None
    return Office(
        id=office_id,
        text=said.text,
        reference=said.reference,
        region=region,
        address=None,
        address_note=say("address_unknown").text,
        phone=HOTLINE,
    )
