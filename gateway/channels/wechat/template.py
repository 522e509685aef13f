"""Notices to people who have not written for 48 hours: which template, and what goes into it.

Tencent names a template's fields by their type and a number (`thing1`, `time2`). What we put in
follows from the type and holds nothing of the case.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Self

from gateway.channels.wechat.words import words

_CHINA = timezone(timedelta(hours=8))
_FIELD = re.compile(r"([a-z_]+?)\d*")


@dataclass(frozen=True)
class Template:
    """A template's id and the names of its fields."""

    id: str
    fields: tuple[str, ...]

    @classmethod
    def read(cls, given: str) -> Self:
        """Returns the template in `ID:field,field`.

        Raises:
            ValueError: it has no id, no field, or a field of a type we have no words for.
        """
        identity, _, names = given.partition(":")
        fields = tuple(name.strip() for name in names.split(",") if name.strip())
        if not identity.strip() or not fields:
            raise ValueError("must read ID:field,field")
        known = {*words().notify, "time", "date"}
        unknown = [name for name in fields if _type(name) not in known]
        if unknown:
            raise ValueError(f"has fields of an unknown type: {', '.join(unknown)}")
        return cls(identity.strip(), fields)

    def data(self, at: datetime) -> dict[str, str]:
        """Returns what goes into each field."""
        local = at.astimezone(_CHINA)
        day = f"{local.year}年{local.month}月{local.day}日"
        moments = {"date": day, "time": f"{day} {local:%H:%M}"}
        return {name: (moments | words().notify)[_type(name)] for name in self.fields}


def _type(field: str) -> str:
    found = _FIELD.fullmatch(field)
    return found[1] if found else ""
