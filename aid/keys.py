"""Where handlers find what was wired once."""

from collections.abc import Callable
from datetime import date

from aiohttp import web

from aid.carried import Carried
from aid.documents import Writer
from aid.saved import Saved

WRITER = web.AppKey("writer", Writer)
SAVED = web.AppKey("saved", Saved)
CARRIED = web.AppKey("carried", Carried)
TODAY: web.AppKey[Callable[[], date]] = web.AppKey("today")


def today(request: web.Request) -> date:
    """Return the day that counts as today."""
    return request.config_dict[TODAY]()
