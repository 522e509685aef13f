"""Downloading a paper. What was typed goes onto it and nowhere else."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from aid.documents import Particulars, Request, all_papers
from aid.guard import Refused
from aid.interview import from_fields
from aid.keys import WRITER, today
from aid.views.result import ticked
from eligibility import screen

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def download(request: web.Request) -> web.Response:
    """One paper as a Word file."""
    form = await request.post()
    paper = all_papers().get(str(form.get("paper", "")))
    if paper is None:
        raise Refused("bad_form")
    on = today(request)
    facts = from_fields(form)
    screening = screen(facts, on)
    wanted = Request(
        facts,
        screening,
        Particulars.from_form(form),
        ticked(screening, [str(item) for item in form.getall("have", [])]),
        on,
    )
    disposition = (
        f"attachment; filename={paper.id}.docx; filename*=UTF-8''{quote(paper.title)}.docx"
    )
    return web.Response(
        body=request.config_dict[WRITER].write(paper.id, wanted),
        content_type=WORD,
        headers={"Content-Disposition": disposition},
    )
