"""The desk's sentences and labels, read once from words.yml."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """All words people read that are not in a template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    citizen: dict[str, str]
    errors: dict[str, str]
    notices: dict[str, str]
    urgency: dict[str, str]
    reason: dict[str, str]
    status: dict[str, str]
    eligibility: dict[str, str]
    outcome: dict[str, str]
    author: dict[str, str]
    voice: dict[str, str]
    delivery: dict[str, str]
    event: dict[str, str]
    guess: dict[str, str]
    why: dict[str, str]
    group: dict[str, str]
    rating_options: tuple[str, ...]
    offer_options: tuple[str, ...]
    ask_phrases: tuple[str, ...]
    call_phrases: tuple[str, ...]
    no_call_phrases: tuple[str, ...]
    asks_for_mongolian: tuple[str, ...]
    call_signs: dict[str, str]
    callback: dict[str, str]
    language: dict[str, str]
    section: dict[str, str]


def load(path: Path) -> Words:
    """Returns the words of one file; a missing or unknown section is a ValidationError."""
    return Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


WORDS = load(Path(__file__).parent / "words.yml")
