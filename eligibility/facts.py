"""What is known about a request for legal aid.

Each fact is None (not asked yet), UNKNOWN (asked, and the person does not know) or a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from eligibility.errors import FactError
from eligibility.matters import all_matters

UNKNOWN = "unknown"

GROUPS = (
    "minor",
    "elderly",
    "disabled",
    "social_assistance",
    "judicial_assistance",
    "preferential_treatment",
    "migrant_worker",
)
ACCUSED_CASES = (
    "minor",
    "sensory_disability",
    "limited_recognition",
    "life_or_death",
    "in_absence",
    "other_by_law",
)
REGIONS = (
    "hohhot",
    "baotou",
    "wuhai",
    "chifeng",
    "tongliao",
    "ordos",
    "hulunbuir",
    "bayannur",
    "ulanqab",
    "hinggan",
    "xilingol",
    "alxa",
    "outside",
)
SETS = {"groups": GROUPS, "accused_cases": ACCUSED_CASES}
CHOICES: dict[str, tuple[str, ...]] = {
    "criminal_role": (
        "accused",
        "victim",
        "private_prosecutor",
        "civil_claimant",
        "compulsory_treatment",
    ),
    "criminal_stage": (
        "investigation",
        "prosecution",
        "trial",
        "death_penalty_review",
        "final",
        "retrial",
    ),
    "for_whom": ("self", "child", "relative", "other"),
    "represented": ("capable", "incapable", "detained"),
    "region": REGIONS,
    "stage": ("not_started", "mediation_or_arbitration", "court", "retrial", "other_organ"),
    "urgent": ("deadline", "preservation", "none"),
}
YES_NO = (
    "wrongdoer_is_guardian",
    "victim_of_abuse",
    "retrial_acquittal",
    "hardship_self_assessment",
    "has_lawyer",
)


@dataclass(frozen=True)
class Facts:
    """The facts of one request; see docs/adr/0003-eligibility.md for what each one changes.

    `groups` holds the groups of Art. 42 the person belongs to (empty: none of them), and
    `accused_cases` the cases of Art. 25 in which a defender must be appointed;
    `monthly_income_per_person` is in yuan; `days_left` counts whole days to the end of a legal
    period, below zero when it has passed.
    """

    matter: str | None = None
    for_whom: str | None = None
    represented: str | None = None
    wrongdoer_is_guardian: bool | str | None = None
    victim_of_abuse: bool | str | None = None
    retrial_acquittal: bool | str | None = None
    criminal_role: str | None = None
    criminal_stage: str | None = None
    accused_cases: frozenset[str] | str | None = None
    groups: frozenset[str] | str | None = None
    region: str | None = None
    monthly_income_per_person: int | float | str | None = None
    hardship_self_assessment: bool | str | None = None
    has_lawyer: bool | str | None = None
    stage: str | None = None
    urgent: str | None = None
    days_left: int | str | None = None

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Facts:
        """Return the facts in a mapping; null means not asked, "unknown" means not known.

        Raises:
            FactError: a key or a value that does not exist; the message names the key.
        """
        if not isinstance(values, Mapping):
            raise FactError("facts", f"expected keys and values, found {values!r}")
        for key in values:
            if key not in FACT_IDS:
                raise FactError(str(key), f"no such fact; known: {', '.join(FACT_IDS)}")
        return cls(**{key: _checked(key, value) for key, value in values.items()})

    def answered(self, fact_id: str, value: Any) -> Facts:
        """Return these facts with one more answer, as `parse_answer` gives it.

        Raises:
            FactError: the fact or the value does not exist.
        """
        checked = Facts.from_dict({fact_id: value})
        return replace(self, **{fact_id: getattr(checked, fact_id)})

    def known(self, fact_id: str) -> bool:
        """Return whether the fact has a value that is neither None nor UNKNOWN."""
        return getattr(self, fact_id) not in (None, UNKNOWN)

    @property
    def detained(self) -> bool:
        """Return whether the person asked for is known to be in custody."""
        return self.for_whom == "relative" and self.represented == "detained"

    def to_dict(self) -> dict[str, Any]:
        """Return the facts that have been asked, as plain values that `from_dict` accepts."""
        given = {key: getattr(self, key) for key in FACT_IDS if getattr(self, key) is not None}
        return {
            key: sorted(value) if isinstance(value, frozenset) else value
            for key, value in given.items()
        }


FACT_IDS = tuple(field.name for field in fields(Facts))


def _checked(key: str, value: Any) -> Any:
    if value is None or value == UNKNOWN:
        return value
    if key == "matter":
        return _one_of(key, value, tuple(all_matters()))
    if key in CHOICES:
        return _one_of(key, value, CHOICES[key])
    if key in YES_NO:
        if not isinstance(value, bool):
            raise FactError(key, f"expected true, false or {UNKNOWN}, found {value!r}")
        return value
    if key in SETS:
        return _set(key, value)
    return _number(key, value)


def _one_of(key: str, value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise FactError(key, f"{value!r} is not one of {', '.join(allowed)}")
    return value


def _set(key: str, value: Any) -> frozenset[str]:
    """Accept one member, "none", or a list of members."""
    if value == "none":
        return frozenset()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple | set | frozenset):
        raise FactError(key, f"expected one of its values or a list of them, found {value!r}")
    return frozenset(_one_of(key, item, SETS[key]) for item in listed)


def _number(key: str, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FactError(key, f"expected a number, found {value!r}")
    if key == "days_left" and not isinstance(value, int):
        raise FactError(key, f"expected a whole number of days, found {value!r}")
    if key == "monthly_income_per_person" and not 0 <= value < float("inf"):
        raise FactError(key, f"expected yuan, zero or more, found {value!r}")
    return value
