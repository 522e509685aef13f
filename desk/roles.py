"""What each role may do, read once from roles.yml."""

from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator


class Role(BaseModel):
    """One role: the word people read, and its actions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    may: frozenset[str]


class Rights(BaseModel):
    """The whole table. Every action that is named anywhere is one of `actions`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    actions: dict[str, str]
    roles: dict[str, Role]
    second_factor: frozenset[str]
    public: frozenset[str]
    routes: dict[str, str]
    menu: dict[str, str]

    @model_validator(mode="after")
    def _known(self) -> Self:
        named = {*self.routes.values(), *(action for r in self.roles.values() for action in r.may)}
        if self.menu.keys() - self.routes.keys():
            raise ValueError("the menu names an unknown route")
        if unknown := named - set(self.actions):
            raise ValueError(f"unknown actions: {', '.join(sorted(unknown))}")
        return self


def load(path: Path) -> Rights:
    """Returns the rights of one file; an unknown action is a ValidationError."""
    return Rights.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


RIGHTS = load(Path(__file__).parent / "roles.yml")


def may(role: str, action: str) -> bool:
    """Returns whether the role has the action; an unknown role has none."""
    known = RIGHTS.roles.get(role)
    return known is not None and action in known.may


def action_of(route: str | None) -> str | None:
    """Returns the action that a route needs, None when none is declared."""
    return RIGHTS.routes.get(route or "")


def title(role: str) -> str:
    """Returns the word for a role."""
    return RIGHTS.roles[role].title if role in RIGHTS.roles else role


def menu(role: str) -> list[tuple[str, str]]:
    """Returns route name and word of each page in the menu of a role."""
    shown = RIGHTS.menu.items()
    return [(route, word) for route, word in shown if may(role, RIGHTS.routes[route])]
