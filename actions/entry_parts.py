"""The parts of an entry: what it says under a name (期限, 找谁), and its lines about a thing."""

from __future__ import annotations

import re
from typing import Any

MOST_LINES = 3
Entry = dict[str, Any]


def part(entry: Entry, name: str) -> str:
    """Return what the entry says under a name, empty where it has no such part."""
    found = re.search(rf"^{re.escape(name)}：(.+)$", str(entry.get("body") or ""), re.MULTILINE)
    return found[1].strip() if found else ""


def lines_about(entry: Entry, signs: str) -> list[str]:
    """Return the first lines of the body and the long part that a regular expression finds."""
    text = "\n".join(str(entry.get(key) or "") for key in ("body", "detail"))
    lines = [re.sub(r"^\d+\.\s*", "", line.strip()) for line in text.splitlines()]
    found = [line for line in dict.fromkeys(lines) if line and re.search(signs, line)]
    return found[:MOST_LINES]
