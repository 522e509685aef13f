"""An entry's Markdown as plain text, for channels without formatting."""

import re
from functools import lru_cache

MOST = 4096
"""Texts of entries that are remembered: each search shows several."""


@lru_cache(MOST)
def plain_text(markdown: str) -> str:
    """The text without emphasis and heading marks; lists stay numbered, paragraphs apart."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", markdown)
    text = re.sub(r"^#+\s*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[*-]\s+", "· ", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
