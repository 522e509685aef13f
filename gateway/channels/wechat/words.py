"""The channel's own words, from `words.yml`."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """The sentences that the channel says and the words that menu keys stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    welcome: str
    menu: dict[str, str]
    not_text: dict[str, str]
    not_understood: str
    trouble: str
    shortened: str


@cache
def words() -> Words:
    """Returns the words; raises pydantic.ValidationError when the file is wrong."""
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
