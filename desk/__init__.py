"""The desk: where duty lawyers take over conversations that the assistant hands to them."""

from desk.accounts import AccountError, create_account
from desk.api import routes
from desk.app import create_app
from desk.audit_check import Verdict
from desk.cases import CaseView, Eligibility, Fact, NewCase, Point, Said
from desk.citizens import Allowance, Citizens, Line
from desk.commands import reset, verify_audit
from desk.errors import DeskError
from desk.ports import Clock, Suggestion
from desk.roles import RIGHTS
from desk.service import Desk

__all__ = [
    "RIGHTS",
    "AccountError",
    "Allowance",
    "CaseView",
    "Citizens",
    "Clock",
    "Desk",
    "DeskError",
    "Eligibility",
    "Fact",
    "Line",
    "NewCase",
    "Point",
    "Said",
    "Suggestion",
    "Verdict",
    "create_account",
    "create_app",
    "reset",
    "routes",
    "verify_audit",
]
