"""Of several entries the likeliest, and those that are not worth naming in a menu."""

from __future__ import annotations

from typing import Any

from actions.before import Before
from actions.shown_entry import MOST_TITLES

# Share from which who was asked which already, and is understood no better, is told of the best.
LEANS_AT_LAST = 0.1
# Share below which a choice is only noise: of the questions of labels.tsv for tuning none has its
# entry among those, and menus are shorter.
NEAR = 0.02
Entries = list[dict[str, Any]]


def worth_naming(entries: Entries) -> list[str]:
    """Return the titles of the likeliest entries, without those that are hardly likely at all."""
    near = entries[:MOST_TITLES]
    return [hit["title"] for hit in near if hit is entries[0] or hit["score"] >= NEAR]


def put_forward(entries: Entries, before: Before) -> tuple[list[str], dict[str, Any] | None]:
    """Return the choices where nothing is sure, and of which one to tell in a sentence, if any.

    Where nothing is near the choices of the turn before stay; found again they help nobody.
    """
    near, offered = worth_naming(entries), list(before.offered)
    likeliest = _likeliest(entries, before) if entries else None
    again = bool(near) and near == offered and not likeliest
    return ([] if again and before.lost else near or offered), likeliest


def _likeliest(entries: Entries, before: Before) -> dict[str, Any] | None:
    """Return the entry to tell of where a menu helped nobody: likely, or the first one again."""
    best = entries[0]
    likely = best["score"] >= LEANS_AT_LAST or best["title"] in before.offered[:1]
    told = any(best["answer"] in one for one in before.said)
    return best if likely and not told else None
