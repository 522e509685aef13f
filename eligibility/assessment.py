"""The conditions of Articles 31 to 34 and 42, each by name, before they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.conditions import Truth, all_of, any_of
from eligibility.errors import NotInForceError
from eligibility.facts import UNKNOWN, Facts
from eligibility.matters import Matter, all_matters
from eligibility.parameters import Parameters


@dataclass(frozen=True)
class Assessment:
    """Each condition as True, False or None (not known), and what was read to judge it.

    `listed` Art. 31; `exempt` Art. 32 (hardship is no condition); `retrial` Art. 33;
    `unrepresented` no agent of one's own; `waivers` the groups for which the check falls away
    (Art. 42); `hardship` Art. 31 and 34; `standard` the region's monthly figure in yuan, None
    if not known.
    """

    matter: Matter | None
    listed: Truth
    exempt: Truth
    retrial: Truth
    unrepresented: Truth
    waivers: tuple[str, ...]
    check_waived: Truth
    standard: int | float | None
    hardship: Truth

    @property
    def needs_hardship(self) -> Truth:
        """Return whether aid depends on hardship: a listed matter or a retrial, not exempt."""
        return False if self.exempt is True else any_of(self.listed, self.retrial)

    @property
    def eligible(self) -> Truth:
        """Return the conditions joined: hardship path (Art. 31, 33) or exempt path (Art. 32).

        An agent of one's own would end aid given under Art. 32 (Art. 48), which leaves that path
        open, not closed: the person may have ended the mandate.
        """
        hardship_path = all_of(self.needs_hardship, self.unrepresented, self.hardship)
        exempt_path = None if self.exempt and self.unrepresented is False else self.exempt
        return any_of(hardship_path, exempt_path)


def assess(facts: Facts, on: date, parameters: Parameters) -> Assessment:
    """Judge each condition by the law in force on a day.

    Raises:
        NotInForceError: the Act has no force on that day.
    """
    if parameters.value("in_force", on) is not True:
        raise NotInForceError(f"the Legal Aid Act is not in force on {on.isoformat()}")
    matter = all_matters()[facts.matter] if facts.known("matter") and facts.matter else None
    standard = _standard(facts, on, parameters)
    waivers = _waivers(facts, matter)
    check_waived = _check_waived(facts, matter, waivers)
    return Assessment(
        matter=matter,
        listed=_listed(facts, matter, on, parameters),
        exempt=_exempt(facts, matter),
        retrial=_retrial(facts, matter),
        unrepresented=not facts.has_lawyer if facts.known("has_lawyer") else None,
        waivers=waivers,
        check_waived=check_waived,
        standard=standard,
        hardship=_hardship(facts, standard, check_waived),
    )


def _listed(facts: Facts, matter: Matter | None, on: date, parameters: Parameters) -> Truth:
    """Art. 31: listed there, or added by other laws and regulations (item 9)."""
    if matter is None or matter.basis == "criminal":
        return None
    if matter.basis == "outside":
        added = parameters.value("added_matters", on) if _local(facts) else None
        return matter.id in added if isinstance(added, tuple) else None
    return matter.basis == "hardship"


def _local(facts: Facts) -> bool:
    """Return whether the request is known to belong to Inner Mongolia."""
    return facts.region not in (None, UNKNOWN, "outside")


def _exempt(facts: Facts, matter: Matter | None) -> Truth:
    """Art. 32: hardship is no condition."""
    if matter is None or matter.basis == "criminal":
        return None
    if matter.basis == "exempt":
        return True
    return any_of(*(_answer(facts, fact_id) for fact_id in matter.asks))


def _retrial(facts: Facts, matter: Matter | None) -> Truth:
    """Art. 33: a court has ordered a retrial or a procuratorate has protested."""
    if matter is not None and matter.basis == "criminal":
        return None
    return facts.stage == "retrial" if facts.known("stage") else None


def _waivers(facts: Facts, matter: Matter | None) -> tuple[str, ...]:
    """Art. 42: the person's groups that free them from the check in this matter."""
    if not isinstance(facts.groups, frozenset):
        return ()
    migrant_counts = matter is not None and matter.migrant_waiver
    return tuple(
        group for group in sorted(facts.groups) if group != "migrant_worker" or migrant_counts
    )


def _check_waived(facts: Facts, matter: Matter | None, waivers: tuple[str, ...]) -> Truth:
    if waivers:
        return True
    if not isinstance(facts.groups, frozenset):
        return None
    return None if "migrant_worker" in facts.groups and matter is None else False


def _standard(facts: Facts, on: date, parameters: Parameters) -> int | float | None:
    """Art. 34: the figure where the request belongs; elsewhere in the country it is not known."""
    if not _local(facts):
        return None
    return parameters.number(f"hardship_standard/{facts.region}", on)


def _hardship(facts: Facts, standard: int | float | None, check_waived: Truth) -> Truth:
    """Art. 31, 34, 42: the condition stands for waived persons too, but nobody checks it.

    So a waived person counts as in hardship unless what they said speaks against it, and then the
    answer is open: never a no.
    """
    within: Truth = None
    income = facts.monthly_income_per_person
    if standard is not None and isinstance(income, int | float):
        within = income <= standard
    if within is True or check_waived is False:
        return within
    if check_waived is None:
        return None
    return None if within is False or facts.hardship_self_assessment is False else True


def _answer(facts: Facts, fact_id: str) -> Truth:
    value = getattr(facts, fact_id)
    return value if isinstance(value, bool) else None
