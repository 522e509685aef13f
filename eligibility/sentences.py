"""Every sentence people read, with the article it rests on; the words are in sentences/*.yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.parameters import Parameters
from eligibility.result import Reason

FOLDER = Path(__file__).parent / "sentences"


@dataclass(frozen=True)
class Sentence:
    """A sentence with places to fill in, its article, and words that article must contain."""

    text: str
    reference: str | None
    proof: str | None


@lru_cache(maxsize=1)
def all_sentences() -> dict[str, Sentence]:
    """Return every sentence by id."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> dict[str, Sentence]:
    """Read every file of sentences in a folder.

    Raises:
        DataError: naming the file; also where two files have a sentence of the same id.
    """
    found: dict[str, Sentence] = {}
    for path in sorted(folder.glob("*.yml")):
        sentences = read(path)
        if twice := set(found) & set(sentences):
            raise DataError(f"{path}: already in another file: {', '.join(sorted(twice))}")
        found |= sentences
    return found


def read(path: Path) -> dict[str, Sentence]:
    """Read a file of sentences.

    Raises:
        DataError: naming the file; also where a sentence has a reference without proof.
    """
    found: dict[str, Sentence] = {}
    for key, value in strict_yaml.load(path).items():
        fields = strict_yaml.mapping(
            path, value, required={"text", "reference"}, optional={"proof"}
        )
        if (fields["reference"] is None) != ("proof" not in fields):
            raise DataError(f"{path}: {key}: reference and proof belong together")
        found[key] = Sentence(fields["text"], fields["reference"], fields.get("proof"))
    return found


def say(sentence_id: str, **values: Any) -> Reason:
    """Return a sentence with its places filled in."""
    sentence = all_sentences()[sentence_id]
    return Reason(sentence.text.format(**values), sentence.reference)


def say_in_force(
    sentence_id: str, on: date, parameters: Parameters, **values: Any
) -> Reason | None:
    """Return a sentence with the numbers in force on a day, or None where a rule has ended."""
    fields = {
        name for _, name, _, _ in Formatter().parse(all_sentences()[sentence_id].text) if name
    }
    numbers = {name: parameters.number(name, on) for name in fields - set(values)}
    if None in numbers.values():
        return None
    return say(sentence_id, **numbers, **values)
