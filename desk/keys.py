"""Where handlers find what was wired once."""

from aiohttp import web

from desk.accounts import Lawyer
from desk.service import Desk
from desk.sign_in import SignIns

DESK = web.AppKey("DESK", Desk)
SIGN_INS = web.AppKey("SIGN_INS", SignIns)
LAWYER = web.RequestKey("LAWYER", Lawyer)
