"""What is documented exists, and what exists for users is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    """Returns a document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def settings_in_code() -> set[str]:
    """Returns the names of the environment variables that the settings classes and Rasa read."""
    names: set[str] = set()
    for path in ROOT.rglob("settings.py"):
        if ".venv" not in str(path):
            fields = re.findall(r"^    ([a-z]\w+): [^=\n]+(?:=|$)", path.read_text("utf-8"), re.M)
            names |= {field.upper() for field in fields}
    for name in ("endpoints.yml", "credentials.yml"):
        names |= set(re.findall(r"\$\{([A-Z_]+)\}", text(name)))
    return names


def test_every_setting_is_in_the_table_of_operations() -> None:
    table = set(re.findall(r"^\| `([A-Z_]+)`", text("docs/operations.md"), re.M))
    assert settings_in_code() - table == set()


def test_every_make_target_with_help_is_in_the_readme_or_operations() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.M)
    documented = text("README.md") + text("docs/operations.md") + text("CONTRIBUTING.md")
    assert [name for name in targets if f"make {name}" not in documented and name != "help"] == []


def test_every_intent_is_explained_in_the_architecture() -> None:
    domain = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "domain").glob("*.yml")]
    intents = [
        intent if isinstance(intent, str) else next(iter(intent))
        for part in domain
        for intent in part.get("intents", [])
    ]
    assert intents
    assert [name for name in intents if f"`{name}`" not in text("docs/architecture.md")] == []


@pytest.mark.parametrize("address", ["/chat", "/lookup", "/desk", "/wechat", "/health", "/metrics"])
def test_every_address_is_in_operations(address: str) -> None:
    assert f"`{address}`" in text("docs/operations.md")


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = text("README.md")[:1500]
    assert "make run" in opening
    assert "make test" in opening


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)} -> {target}"
        for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_every_room_of_the_readme_map_exists() -> None:
    rooms = re.findall(r"^\| `([\w./-]+)/` ", text("README.md"), re.M)
    assert len(rooms) >= 8
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []
