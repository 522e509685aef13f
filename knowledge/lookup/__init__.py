"""Look-up pages for village helpers: search, entries, articles; plain HTML, no script."""

from knowledge.lookup.app import create_app

__all__ = ["create_app"]
