"""Imports point one way (docs/architecture.md): a lower room never knows a higher one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"gateway", "knowledge", "desk", "aid", "eligibility", "bot", "actions", "launch"}
ALLOWED = {
    "eligibility": set(),
    "knowledge": set(),
    "desk": set(),
    "bot": set(),
    "launch": set(),
    "actions": {"eligibility"},
    "aid": {"eligibility"},
    "gateway": {"knowledge", "desk", "aid"},
}
# Rasa's Python has neither of these; Rasa's libraries are not in the main environment.
FOREIGN = {
    "actions": {"pydantic_settings", "rasa"},
    "eligibility": {"pydantic", "rasa", "rasa_sdk", "sqlalchemy", "aiohttp"},
    "gateway": {"rasa", "rasa_sdk"},
    "knowledge": {"rasa", "rasa_sdk"},
    "desk": {"rasa", "rasa_sdk"},
    "aid": {"rasa", "rasa_sdk"},
}


def imported(path: Path) -> Iterator[str]:
    """Yields the dotted name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    allowed = ALLOWED[room] | {room}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in imported(path)
        if name.split(".")[0] in ROOMS - allowed
    ]
    assert not wrong


@pytest.mark.parametrize("room", sorted(FOREIGN))
def test_a_room_keeps_out_the_frameworks_of_others(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in imported(path)
        if name.split(".")[0] in FOREIGN[room]
    ]
    assert not wrong


def test_the_gateway_uses_only_the_public_side_of_desk_and_knowledge() -> None:
    """Nobody outside a room touches its tables, views or index."""
    private = {
        "desk.views",
        "knowledge.index",
        "knowledge.encode",
        "knowledge.entries",
        "aid.views",
        "aid.saved",
        "aid.documents",
    }
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "gateway").rglob("*.py"))
        for name in imported(path)
        if name in private
    ]
    assert not wrong


def test_every_room_exists() -> None:
    assert {room for room in ROOMS if (ROOT / room / "__init__.py").exists()} == ROOMS
