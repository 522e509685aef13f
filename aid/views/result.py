"""The result: what may be, why, what to bring, where, how long, and the papers."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from aid.clock import CHINA
from aid.documents import all_papers, wanted
from aid.documents.content import document_key
from aid.documents.particulars import all_groups
from aid.interview import to_fields
from aid.keys import today
from aid.pages import page
from aid.saved import Kept
from aid.views import steps
from aid.ways import all_ways
from aid.words import told, words
from eligibility import Facts, Screening, screen

FIRST_NOTES = 3


def show(
    request: web.Request, facts: Facts, at_hand: frozenset[str], kept: Kept | None = None
) -> web.Response:
    """Return the page of a result; `kept` where it was opened at its own address."""
    on = today(request)
    screening = screen(facts, on)
    return page(
        request,
        "result.html",
        facts=facts,
        screening=screening,
        fields=to_fields(facts),
        told=told(facts, on),
        missing=[(fact, words()["facts"][fact]) for fact in screening.missing],
        documents=[(document_key(item), item) for item in screening.documents],
        at_hand=at_hand,
        ways=all_ways(),
        notes=screening.notes[:FIRST_NOTES],
        more_notes=screening.notes[FIRST_NOTES:],
        danger=steps.in_danger(facts),
        kept=kept,
        expires=_day(kept),
        **papers_form(facts, screening),
    )


def papers_form(facts: Facts, screening: Screening) -> dict[str, Any]:
    """Return what the part with the papers needs."""
    needed = wanted(facts, screening)
    return {
        "papers": [all_papers()[paper_id] for paper_id in needed],
        "other_papers": [paper for key, paper in all_papers().items() if key not in needed],
        "groups": [group for group in all_groups() if group.id != "refusal"],
        "refusal_group": next(group for group in all_groups() if group.id == "refusal"),
    }


def ticked(screening: Screening, given: list[str]) -> frozenset[str]:
    """Return the ticks of a form that belong to things on this checklist."""
    return frozenset(given) & {document_key(item) for item in screening.documents}


def _day(kept: Kept | None) -> str:
    if kept is None:
        return ""
    day = kept.expires_at.astimezone(CHINA)
    return f"{day:%Y-%m-%d}"
