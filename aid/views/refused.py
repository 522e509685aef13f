"""After a refusal, silence or termination: what to do, by when, and the paper for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from aid.documents import all_papers
from aid.documents.particulars import all_groups
from aid.guard import Refused
from aid.keys import today
from aid.pages import page
from aid.words import words
from eligibility import Setback, remedy, setback_questions
from eligibility.remedy_rules import all_remedies
from eligibility.when import understand

OBJECTION_TO = ("refused", "terminated")  # Art. 49 names these two decisions
GROUPS = ("refusal", "applicant", "agent")


async def form(request: web.Request) -> web.Response:
    """Which setback it is."""
    events = [(event, rule.label) for event, rule in all_remedies().items()]
    return page(request, "setbacks.html", events=events)


async def answer(request: web.Request) -> web.Response:
    """The steps for one setback; the reason and the day make them more exact."""
    given = await request.post()
    event = str(given.get("event", ""))
    if event not in all_remedies():
        raise Refused("bad_form")
    on = today(request)
    days, unclear = _days(given, on)
    setback = Setback.from_dict({"event": event, "why": given.get("why") or None, **days})
    return page(
        request,
        "refused.html",
        remedy=remedy(setback, on),
        event=event,
        why=setback.why,
        whys=_whys(event),
        days=[
            (name, words()["days"][name], given.get(f"day.{name}", "")) for name in _asked(event)
        ],
        errors=[words()["errors"]["when_unclear"]] if unclear else [],
        paper=all_papers()["objection"] if event in OBJECTION_TO else None,
        groups=[group for group in all_groups() if group.id in GROUPS],
    )


def _whys(event: str) -> list[tuple[str, str]]:
    """Return the reasons that the institution may have given, in the words of the chat."""
    asked = setback_questions().why.get(event)
    return [(str(option.value), option.label) for option in asked.options] if asked else []


def _asked(event: str) -> list[str]:
    """Return the days that the periods of a setback run from."""
    return list(dict.fromkeys(step.due.start for step in all_remedies()[event].steps if step.due))


def _days(given: MultiMapping[Any], on: date) -> tuple[dict[str, date], bool]:
    """Return the days that were told in words, and whether some were not understood."""
    told = {name: str(given.get(f"day.{name}", ""))[:60].strip() for name in words()["days"]}
    read = {name: understand(text, on).day for name, text in told.items() if text}
    return {name: day for name, day in read.items() if day}, None in read.values()
