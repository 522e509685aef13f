"""What Tencent's errcodes mean, from `refusals.yml`."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel

Meaning = Literal[
    "token", "retry", "parked", "split", "day", "minute", "dead", "plain", "stop", "path"
]


class Refusal(BaseModel):
    """One errcode: what the sender does and what a person in charge is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meaning: Meaning = Field(alias="as")
    say: str


class _Refusals(RootModel[dict[int, Refusal]]):
    pass


@cache
def refusals() -> dict[int, Refusal]:
    """Returns what each errcode means; pydantic.ValidationError when the file is wrong."""
    text = Path(__file__).with_name("refusals.yml").read_text(encoding="utf-8")
    return _Refusals.model_validate(yaml.safe_load(text)).root


def meaning(errcode: int) -> Meaning:
    """Returns what an errcode means; one that nobody has listed is worth another try."""
    found = refusals().get(errcode)
    return found.meaning if found else "retry"
