"""What a screening says: small frozen records, ready to be turned into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A sentence in plain Chinese and the article it rests on (None where it states no law)."""

    text: str
    reference: str | None


@dataclass(frozen=True)
class Document:
    """Something to bring."""

    id: str
    text: str
    reference: str | None


@dataclass(frozen=True)
class Office:
    """Where to apply (Art. 38).

    The address is None, as deploying institutions know it and we do not; `address_note` says so.
    """

    id: str
    text: str
    reference: str | None
    region: str | None
    address: str | None
    address_note: str
    phone: str


@dataclass(frozen=True)
class Deadline:
    """A time limit. `days` is None where the law sets a duty without a number of days."""

    id: str
    text: str
    reference: str | None
    days: int | float | None


@dataclass(frozen=True)
class Screening:
    """The outcome of a screening; never a decision, which is the institution's (Art. 43).

    `state` is yes, no or unknown and `label` the words shown for it. `missing` names facts that are
    not known and could change the result, the place or the papers. `provisional` says that aid may
    come before the decision (Art. 44), `priority` that the matter is a migrant worker's wage or
    injury claim, `refer` that a person should take over.
    """

    state: str
    label: str
    reasons: tuple[Reason, ...]
    documents: tuple[Document, ...]
    offices: tuple[Office, ...]
    deadlines: tuple[Deadline, ...]
    notes: tuple[Reason, ...]
    missing: tuple[str, ...]
    provisional: bool = False
    priority: bool = False
    refer: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the screening as plain lists and dictionaries."""
        return {
            key: [*value] if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }
