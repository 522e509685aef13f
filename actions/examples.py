"""Two examples of what can be said, near to what somebody said who was not understood."""

from __future__ import annotations

import re

from actions.wording import records

WORDS = "examples"


def near_examples(said: str) -> dict[str, str]:
    """Return two examples as the places `one` and `other` of a text."""
    rows = records(WORDS, "examples")
    one, other = next(row["says"] for row in rows if re.search(row["signs"], said))
    return {"one": one, "other": other}
