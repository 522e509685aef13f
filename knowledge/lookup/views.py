"""The pages: home, results, one entry, one topic, one article, offices."""

import asyncio
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from knowledge import quiz
from knowledge.results import Results
from knowledge.search import Searcher

SEARCHER = web.AppKey("searcher", Searcher)
OFFICES = web.AppKey("offices", list[dict[str, str]])
HITS = 5
routes = web.RouteTableDef()
Context = dict[str, Any]


@routes.get("", name="start")
@routes.get("/", name="home")
async def home(request: web.Request) -> web.Response:
    """The search box and topics; with `q`, what was found."""
    query = request.query.get("q", "").strip()
    searcher = request.app[SEARCHER]
    if not query:
        return _page(request, "home.html", {"topics": _topics(searcher), "query": ""})
    found = await asyncio.to_thread(searcher.search, query, HITS)
    shown = _named(searcher, found) if found.article and found.article.text else _found(found)
    return _page(request, "results.html", {"query": query, "found": found, **shown})


def _named(searcher: Searcher, found: Results) -> Context:
    """Beside an article that was asked for by name: the entries that rest on it."""
    named = found.article
    citing = searcher.citing(named.law, named.article) if named else []
    return {"entries": citing, "doubtful": [], "articles": []}


def _found(found: Results) -> Context:
    sure = found.band != "not_sure"
    entries = [hit.entry for hit in found.of_kind("entry")]
    return {
        "entries": entries if sure else [],
        "doubtful": [] if sure else entries[:3],
        "articles": found.of_kind("article"),
    }


def _topics(searcher: Searcher) -> list[Context]:
    counts: dict[str, int] = {}
    for entry in searcher.entries.values():
        counts[entry.meta.topic] = counts.get(entry.meta.topic, 0) + 1
    return [
        {"id": topic.id, "title": topic.title, "count": counts[topic.id]}
        for topic in searcher.topics
        if topic.id in counts
    ]


@routes.get("/topic/{id}", name="topic")
async def topic(request: web.Request) -> web.Response:
    """All entries of one topic."""
    searcher = request.app[SEARCHER]
    titles = {topic.id: topic.title for topic in searcher.topics}
    name = request.match_info["id"]
    entries = [entry for entry in searcher.entries.values() if entry.meta.topic == name]
    if not entries:
        return _missing(request)
    return _page(request, "topic.html", {"title": titles[name], "entries": entries, "query": ""})


@routes.get("/entry/{id:.+}", name="entry")
async def entry(request: web.Request) -> web.Response:
    """One entry with its legal basis."""
    searcher = request.app[SEARCHER]
    found = searcher.entries.get(request.match_info["id"])
    if found is None:
        return _missing(request)
    cited = [
        (c, searcher.find_article(c.law, c.article), searcher.in_force_from(c.law))
        for c in found.cited
    ]
    related = [searcher.entries[i] for i in found.meta.related if i in searcher.entries]
    context = {
        "entry": found,
        "cited": cited,
        "related": related,
        "stale": searcher.is_stale(found),
        "quiz": quiz.items(found, searcher)[:1],
        "query": "",
    }
    return _page(request, "entry.html", context)


@routes.get("/law/{law}/{article}", name="article")
async def article(request: web.Request) -> web.Response:
    """One article as imported."""
    law, number = request.match_info["law"], request.match_info["article"]
    searcher = request.app[SEARCHER]
    found = searcher.find_article(law, number)
    context = {
        "law": law,
        "number": number,
        "found": found,
        "in_force_from": searcher.in_force_from(law),
        "query": "",
    }
    return _page(request, "article.html", context, 200 if found else 404)


@routes.get("/offices", name="offices")
async def offices(request: web.Request) -> web.Response:
    """Where to ask; only what the deploying institution has entered."""
    return _page(request, "offices.html", {"offices": request.app[OFFICES], "query": ""})


def _missing(request: web.Request) -> web.Response:
    return _page(request, "missing.html", {"query": ""}, 404)


def _page(request: web.Request, name: str, context: Context, status: int = 200) -> web.Response:
    return aiohttp_jinja2.render_template(name, request, context, status=status)
