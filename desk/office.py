"""Words of the supervisor's, curators' and administrators' pages, read once from office.yml."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class OfficeWords(BaseModel):
    """Labels by code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    right: dict[str, str]
    audit: dict[str, str]
    audit_broken: dict[str, str]
    clock: dict[str, str]
    report: dict[str, str]
    language: dict[str, str]


OFFICE = OfficeWords.model_validate(
    yaml.safe_load((Path(__file__).parent / "office.yml").read_text(encoding="utf-8"))
)
