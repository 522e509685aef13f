"""The desk: where duty lawyers take over conversations that the assistant hands to them."""

from desk.accounts import AccountError, create_account
from desk.api import routes
from desk.app import create_app
from desk.cases import CaseView, Eligibility, Fact, NewCase, Point
from desk.citizens import Allowance, Citizens, Line
from desk.errors import DeskError
from desk.service import Desk

__all__ = [
    "AccountError",
    "Allowance",
    "CaseView",
    "Citizens",
    "Desk",
    "DeskError",
    "Eligibility",
    "Fact",
    "Line",
    "NewCase",
    "Point",
    "create_account",
    "create_app",
    "routes",
]
