"""The desk's tables, one idea per file; `metadata` is what migrations compare with."""

from desk.tables.accounts import Account
from desk.tables.applications import Application
from desk.tables.base import Base, UtcDateTime
from desk.tables.callbacks import Callback
from desk.tables.canned import CannedReply
from desk.tables.cases import Case, CaseEvent
from desk.tables.duty import DutyPeriod
from desk.tables.flags import BotFlag

metadata = Base.metadata

__all__ = [
    "Account",
    "Application",
    "Base",
    "BotFlag",
    "Callback",
    "CannedReply",
    "Case",
    "CaseEvent",
    "DutyPeriod",
    "UtcDateTime",
    "metadata",
]
