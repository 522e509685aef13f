"""Where handlers find what was wired once."""

from aiohttp import web

from aid.documents import Writer
from aid.saved import Saved

WRITER = web.AppKey("writer", Writer)
SAVED = web.AppKey("saved", Saved)
