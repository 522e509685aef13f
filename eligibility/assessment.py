"""The conditions of Articles 24 to 34 and 42, each by name, before they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility import criminal
from eligibility.conditions import Truth, all_of, any_of
from eligibility.errors import NotInForceError
from eligibility.facts import UNKNOWN, Facts
from eligibility.matters import Matter, all_matters
from eligibility.parameters import Parameters


@dataclass(frozen=True)
class Assessment:
    """Each condition as True, False or None (not known), and what was read to judge it.

    `listed` Art. 31, and Art. 29 for the victim's side of a criminal case; `exempt` Art. 32
    (hardship is no condition); `retrial` Art. 33; `unrepresented` no agent or defender of one's
    own; `waivers` the groups for which the check falls away (Art. 42); `hardship` Art. 31 and 34;
    `standard` the region's monthly figure in yuan, None if not known; `defence` the side of the
    accused (Art. 24, 25, 28), None in every other matter.
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
    defence: criminal.Defence | None = None

    @property
    def criminal(self) -> bool:
        """Return whether it is a criminal case, on either side."""
        return self.matter is not None and self.matter.basis == "criminal"

    @property
    def needs_hardship(self) -> Truth:
        """Return whether aid depends on hardship: a listed matter or a retrial, not exempt.

        Art. 24 also lets the accused apply "for other reasons", so hardship helps but is not all.
        """
        if self.defence is not None:
            return self.defence.means_matter
        return False if self.exempt is True else any_of(self.listed, self.retrial)

    @property
    def eligible(self) -> Truth:
        """Return the conditions joined: hardship path (Art. 31, 33) or exempt path (Art. 32).

        An agent of one's own would end aid given under Art. 32 (Art. 48), which leaves that path
        open, not closed: the person may have ended the mandate.
        """
        if self.defence is not None:
            return self.defence.joined(self.unrepresented, self.hardship)
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
        exempt=_exempt(facts, matter, on, parameters),
        retrial=_retrial(facts, matter),
        unrepresented=not facts.has_lawyer if facts.known("has_lawyer") else None,
        waivers=waivers,
        check_waived=check_waived,
        standard=standard,
        hardship=_hardship(facts, standard, check_waived, exemptions_known(facts, on, parameters)),
        defence=criminal.defence(facts, matter),
    )


def _listed(facts: Facts, matter: Matter | None, on: date, parameters: Parameters) -> Truth:
    """Art. 31: listed there, or added by other laws and regulations (item 9); Art. 29."""
    if matter is None:
        return None
    if matter.basis == "criminal":
        return True if criminal.is_victims_side(facts) else None
    if matter.basis == "outside":
        return _added("added_matters", facts, matter, on, parameters)
    return matter.basis == "hardship"


def _added(name: str, facts: Facts, matter: Matter, on: date, parameters: Parameters) -> Truth:
    """Return whether a region's own list names the matter; None where the list is not known."""
    added = parameters.value(name, on) if _local(facts) else None
    return matter.id in added if isinstance(added, tuple) else None


def _local(facts: Facts) -> bool:
    """Return whether the request is known to belong to Inner Mongolia."""
    return facts.region not in (None, UNKNOWN, "outside")


def _exempt(facts: Facts, matter: Matter | None, on: date, parameters: Parameters) -> Truth:
    """Art. 32: hardship is no condition; item 5 leaves more cases to the region."""
    if matter is None:
        return None
    if matter.basis == "criminal":
        return _answer(facts, "victim_of_abuse") if criminal.is_victims_side(facts) else None
    if matter.basis == "exempt":
        return True
    if _added("added_exempt_matters", facts, matter, on, parameters) is True:
        return True
    return any_of(*(_answer(facts, fact_id) for fact_id in matter.asks))


def _retrial(facts: Facts, matter: Matter | None) -> Truth:
    """Art. 33: a court has ordered a retrial or a procuratorate has protested."""
    fact_id = "criminal_stage" if matter is not None and matter.basis == "criminal" else "stage"
    return getattr(facts, fact_id) == "retrial" if facts.known(fact_id) else None


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


def exemptions_known(facts: Facts, on: date, parameters: Parameters) -> bool:
    """Return whether the region's own list under Art. 32 item 5 is known."""
    return _local(facts) and parameters.value("added_exempt_matters", on) is not None


def _hardship(
    facts: Facts, standard: int | float | None, check_waived: Truth, exemptions: bool
) -> Truth:
    """Art. 31, 34, 42: the condition stands for waived persons too, but nobody checks it.

    So a waived person counts as in hardship unless what they said speaks against it, and then the
    answer is open: never a no. An income over the standard is a no only where the region's own
    exemptions (Art. 32 item 5) are known.
    """
    within: Truth = None
    income = facts.monthly_income_per_person
    if standard is not None and isinstance(income, int | float):
        within = income <= standard
    if within is True:
        return True
    if check_waived is False:
        return False if within is False and exemptions else None
    if check_waived is None:
        return None
    return None if within is False or facts.hardship_self_assessment is False else True


def _answer(facts: Facts, fact_id: str) -> Truth:
    value = getattr(facts, fact_id)
    return value if isinstance(value, bool) else None
