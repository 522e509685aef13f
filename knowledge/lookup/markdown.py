"""Entry Markdown as HTML; raw HTML in it is shown as text."""

from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})


def to_html(text: str) -> Markup:
    """Markdown as safe HTML."""
    return Markup(_MARKDOWN.render(text))  # noqa: S704 (the renderer escapes)
