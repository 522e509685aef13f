"""Where handlers find what was wired once."""

from aiohttp import web

from desk.accounts import Lawyer
from desk.service import Desk

DESK = web.AppKey("DESK", Desk)
LAWYER = web.RequestKey("LAWYER", Lawyer)
