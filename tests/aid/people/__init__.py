"""People whose papers are drafted in the tests; none of them exists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from aid.documents import Particulars, Request
from aid.documents.content import document_key
from eligibility import Facts, screen, strict_yaml

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 22)
NAMES = sorted(path.stem for path in FOLDER.glob("*.yml"))


def request_of(name: str) -> Request:
    """Return the request of one of them."""
    given = strict_yaml.mapping(
        FOLDER / name,
        strict_yaml.load(FOLDER / f"{name}.yml"),
        required={"facts", "words"},
        optional={"at_hand"},
    )
    facts = Facts.from_dict(given["facts"])
    screening = screen(facts, TODAY)
    typed = {
        f"{group}.{field}": word
        for group, words in given["words"].items()
        for field, word in words.items()
    }
    at_hand = frozenset(
        document_key(document)
        for document in screening.documents
        if any(word in document.text for word in given.get("at_hand", ()))
    )
    return Request(facts, screening, Particulars.from_form(typed), at_hand, TODAY)
