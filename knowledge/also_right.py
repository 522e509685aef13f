"""Ways of asking one entry that another entry answers just as well, as people judged.

They judged what a search had taken for another entry, without knowing which it was kept under.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from knowledge.entries import Entry
from knowledge.errors import ContentError

FILE = "also_right.tsv"  # entry, way of asking, another entry and further ones; one a line


def load(content: Path, entries: Sequence[Entry]) -> dict[tuple[int, str], tuple[int, ...]]:
    """The other entries that answer a way of asking, by the places of entries; none without a file.

    Raises:
        ContentError: a row has no other entry, or names an entry or a way of asking that is not
            there.
    """
    path = content / FILE
    if not path.exists():
        return {}
    places = {entry.id: place for place, entry in enumerate(entries)}
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            try:
                own, asked, first, *more = row
                place = places[own]
                others = tuple(places[other] for other in (first, *more))
            except (ValueError, KeyError) as error:
                raise ContentError(f"{path}:{number}: not entries and a way of asking") from error
            if asked not in entries[place].meta.variants:
                raise ContentError(f"{path}:{number}: {own} is not asked this way")
            found[place, asked] = others
    return found
