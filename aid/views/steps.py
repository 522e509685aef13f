"""The questions, one at a time, and the result when enough is known."""

from __future__ import annotations

from aiohttp import web

from aid.interview import SEVERAL, TYPED, Step, step, to_fields
from aid.keys import today
from aid.pages import page
from aid.views import result
from aid.words import told, words
from eligibility import Facts, next_question


async def start(request: web.Request) -> web.Response:
    """What this is, and the first question."""
    on = today(request)
    return _asked(request, Step(Facts(), next_question(Facts(), on)), first=True)


async def answer(request: web.Request) -> web.Response:
    """The next question, or the result."""
    now = step(await request.post(), today(request))
    if now.question is None:
        return result.show(request, now.facts, frozenset())
    return _asked(request, now, first=False)


def go_on(request: web.Request, facts: Facts) -> web.Response:
    """The next question for facts that were told elsewhere, or the result."""
    following = next_question(facts, today(request))
    if following is None:
        return result.show(request, facts, frozenset())
    return _asked(request, Step(facts, following), first=False)


def _asked(request: web.Request, now: Step, *, first: bool) -> web.Response:
    asked = now.question
    assert asked is not None
    error = words()["errors"][now.error] if now.error else ""
    return page(
        request,
        "question.html",
        status=422 if now.error else 200,
        first=first,
        question=asked,
        several=asked.id in SEVERAL,
        typed=asked.kind == "number" or asked.id in TYPED,
        fields=to_fields(now.facts),
        told=told(now.facts, today(request)),
        number=len(now.facts.to_dict()) + 1,
        danger=in_danger(now.facts),
        error=error,
    )


def in_danger(facts: Facts) -> bool:
    """Return whether somebody may be hurt now, so that the police come before any question."""
    return facts.matter in ("domestic_violence", "abuse_abandonment") or (
        facts.victim_of_abuse is True
    )
