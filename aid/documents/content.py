"""What goes onto a paper: what was said, what was typed, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from aid.documents.papers import wanted
from aid.documents.particulars import Particulars
from aid.documents.words import words
from eligibility import UNKNOWN, Document, Facts, Screening, labels
from eligibility.assessment import assess
from eligibility.own_parameters import in_use
from eligibility.result import Deadline, Office, Reason
from eligibility.sentences import say_in_force

TICKED, OPEN = "■", "□"  # both are in every Chinese font
EVIDENCE_ROWS = 14
SUMMARY_NOTES = ("free", "truth", "refusal")


@dataclass(frozen=True)
class Request:
    """One request for aid: the facts, what the screening says, what was typed, what is at hand.

    `at_hand` holds keys of documents that have been ticked (see `document_key`).
    """

    facts: Facts
    screening: Screening
    particulars: Particulars
    at_hand: frozenset[str]
    on: date


def document_key(document: Document) -> str:
    """Return a short key of one thing to bring; several share an id, so the words count."""
    return hashlib.sha256(document.text.encode()).hexdigest()[:10]


def content(request: Request) -> dict[str, Any]:
    """Return everything the templates may name."""
    facts, screening, on = request.facts, request.screening, request.on
    return {
        **request.particulars.words,
        "matter": _matter(facts),
        "place": _label(facts, "region"),
        "stage": _label(facts, "stage") or _label(facts, "criminal_stage"),
        "income": _income(facts),
        "state": screening.label if facts.known("matter") else "",
        "ground": _grounds(facts),
        "path": _paths(request),
        "evidence": _evidence(request),
        "reasons": _cited(screening.reasons),
        "papers": [
            {"text": item.text, "box": _box(document_key(item) in request.at_hand)}
            for item in screening.documents
        ],
        "places": _cited(screening.offices),
        "clocks": _cited(screening.deadlines),
        "notes": _cited(_notes(SUMMARY_NOTES, on)),
        "say": {"truth": _printed(_notes(("truth",), on))},
        "today": words()["day"].format(on=on),
        "box": _box,
        "tick": lambda fact_id, value: _box(_holds(getattr(facts, fact_id), value)),
    }


def _box(ticked: object) -> str:
    return TICKED if ticked else OPEN


def _holds(given: object, value: str) -> bool:
    return value in given if isinstance(given, frozenset) else given == value


def _matter(facts: Facts) -> str:
    """Return the matter in the words of its question; a matter nobody has named stays empty."""
    return "" if facts.matter in (None, UNKNOWN, "other") else _label(facts, "matter")


def _label(facts: Facts, fact_id: str) -> str:
    value = getattr(facts, fact_id, None)
    return "" if value in (None, UNKNOWN) else labels(fact_id)[value]


def _income(facts: Facts) -> str:
    income = facts.monthly_income_per_person
    return words()["income"].format(amount=income) if isinstance(income, int | float) else ""


def _grounds(facts: Facts) -> dict[str, bool]:
    """Return which ground of Art. 40, 24 or 29 the facts name for applying for somebody else."""
    dependent = facts.for_whom == "child" or (
        facts.for_whom == "relative" and facts.represented == "incapable"
    )
    wronged = dependent and facts.wrongdoer_is_guardian is True
    relative = facts.for_whom in ("relative", "child")
    role = getattr(facts, "criminal_role", None)
    return {
        "legal_representative": dependent and not wronged,
        "guardian_wrongdoer": wronged,
        "detained": facts.for_whom == "relative" and facts.represented == "detained",
        "accused": relative and role == "accused",
        "victim": relative and role == "victim",
    }


def _paths(request: Request) -> dict[str, bool]:
    assessment = assess(request.facts, request.on, in_use())
    return {
        "exempt": assessment.exempt is True,
        "hardship": "hardship" in wanted(request.facts, request.screening)
        and request.facts.hardship_self_assessment is True,
    }


def _evidence(request: Request) -> list[dict[str, Any]]:
    """Return the rows of the list: a row for each typed line, then empty ones."""
    typed = request.particulars.words["case"]["evidence"].splitlines()
    texts = [text.strip() for text in typed if text.strip()]
    texts += [""] * (EVIDENCE_ROWS - len(texts))
    return [{"number": place, "text": text} for place, text in enumerate(texts, start=1)]


def _cited(items: Iterable[Reason | Office | Deadline]) -> list[dict[str, str]]:
    """Return sentences with their articles; those of the Act without its name, to save room."""
    return [
        {
            "text": item.text,
            "cited": _reference(item.reference.removeprefix(words()["act"]))
            if item.reference
            else "",
        }
        for item in items
    ]


def _reference(reference: str) -> str:
    return words()["cited"].format(reference=reference)


def _notes(names: Iterable[str], on: date) -> list[Reason]:
    told = (say_in_force(f"note_{name}", on, in_use()) for name in names)
    return [note for note in told if note is not None]


def _printed(notes: list[Reason]) -> str:
    return "".join(f"{note.text}{_reference(note.reference or '')}" for note in notes)
