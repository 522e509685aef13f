"""Drafts in Word: layouts -> templates (`draw`), templates + facts -> papers (`fill`)."""

from aid.documents.content import Request
from aid.documents.fill import Writer
from aid.documents.papers import Paper, all_papers, wanted
from aid.documents.particulars import Particulars

__all__ = ["Paper", "Particulars", "Request", "Writer", "all_papers", "wanted"]
