"""The channel's own words, from `words.yml`."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Button(_Part):
    """One button of the account's menu and the words it stands for."""

    name: str
    says: str


class Unread(_Part):
    """What is no text: how it stands in the transcript, and what its sender is told."""

    note: str
    reply: str


class Picture(Unread):
    """The same of a picture that is kept; ``lost`` when it could not be."""

    lost: str


class Rating(_Part):
    """Marks: which replies invite one, how they are asked for, typed and answered."""

    after: tuple[str, ...]
    ask: str
    useful: tuple[str, ...]
    useless: tuple[str, ...]
    thanks_useful: str
    thanks_useless: str


class Place(_Part):
    """A location: the question it stands for, and what is said when it names no place."""

    asks: str
    leagues: tuple[str, ...]
    unknown: Unread


class Words(_Part):
    """The sentences that the channel says and the words that menu keys stand for."""

    welcome: str
    welcome_back: str
    menu: dict[str, Button]
    unread: dict[str, Unread]
    not_understood: Unread
    picture: Picture
    place: Place
    rating: Rating
    people: tuple[str, ...]
    trouble: str
    shortened: str
    read_all: str
    notify: dict[str, str]
    fetch_later: str


@cache
def words() -> Words:
    """Returns the words; raises pydantic.ValidationError when the file is wrong."""
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
