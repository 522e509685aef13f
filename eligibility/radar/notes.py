"""Sentences that several periods share: what stops them, and what is left when they have passed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.sentences import Sentence, read

PATH = Path(__file__).parent / "notes.yml"


@lru_cache(maxsize=1)
def shipped() -> dict[str, Sentence]:
    """Return every note by id."""
    return read(PATH)


def sentence(path: Path, entry: Any) -> Sentence:
    """Return a sentence written inside another file.

    Raises:
        DataError: naming the file; also where a sentence has a reference without proof.
    """
    fields = strict_yaml.mapping(path, entry, required={"text", "reference"}, optional={"proof"})
    if (fields["reference"] is None) != ("proof" not in fields):
        raise DataError(f"{path}: {fields['text']}: reference and proof belong together")
    return Sentence(fields["text"], fields["reference"], fields.get("proof"))
