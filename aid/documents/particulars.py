"""What a person may type for the papers. It goes onto the paper and is not kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eligibility import strict_yaml

PATH = Path(__file__).parent / "fields.yml"
LONGEST_LINE, LONGEST_TEXT = 120, 4000  # characters


@dataclass(frozen=True)
class Field:
    """One thing to type: its name within its group, its label, and its height in lines."""

    name: str
    label: str
    lines: int = 1


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Particulars:
    """Typed words by group and field; what was not typed is an empty text."""

    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def from_form(cls, form: Mapping[str, object]) -> Particulars:
        """Return what a form holds under names like `applicant.name`; other names are not read."""
        return cls(
            {
                group.id: {
                    field.name: clean(str(form.get(f"{group.id}.{field.name}", "")), field.lines)
                    for field in group.fields
                }
                for group in all_groups()
            }
        )


def clean(text: str, lines: int = 1) -> str:
    """Return a text without control characters, cut to a length that paper can bear.

    Line breaks stay where a field has several lines; elsewhere they become spaces.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if lines == 1:
        unified = unified.replace("\n", " ")
    kept = "".join(sign for sign in unified if sign == "\n" or unicodedata.category(sign)[0] != "C")
    return kept[: LONGEST_LINE if lines == 1 else LONGEST_TEXT]


@lru_cache(maxsize=1)
def all_groups() -> tuple[Group, ...]:
    """Return every group of fields, in the order of the file."""
    return read(PATH)


def read(path: Path) -> tuple[Group, ...]:
    """Read a file of fields.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    found = []
    for group_id, value in strict_yaml.load(path).items():
        group = strict_yaml.mapping(path, value, required={"title", "fields"})
        fields = []
        for name, item in group["fields"].items():
            given = strict_yaml.mapping(path, item, required={"label"}, optional={"lines"})
            fields.append(Field(name, given["label"], given.get("lines", 1)))
        found.append(Group(group_id, group["title"], tuple(fields)))
    return tuple(found)
