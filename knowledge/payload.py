"""What the internal interface and the command line say, as plain data."""

from dataclasses import asdict
from typing import Any

from knowledge import quiz
from knowledge.article_names import NamedArticle
from knowledge.entries import Entry
from knowledge.plain_text import plain_text
from knowledge.results import Hit, Results
from knowledge.search import Searcher

Payload = dict[str, Any]
MOST_FURTHER = 6
"""Further questions that are told: three are offered at most, and some only the other side asks."""


def results(found: Results, searcher: Searcher) -> Payload:
    """A search's results."""
    return {
        "query": found.query,
        "band": found.band,
        "article": _named(found.article),
        "suggests": found.suggests,
        "context": found.context,
        "hits": [hit(one, searcher) for one in found.hits],
    }


def further(entry: str, text: str, searcher: Searcher) -> Payload:
    """The likeliest further questions of an entry that a text may mean, the nearest first."""
    found, band = searcher.asked_next(entry, text)
    questions = [
        {"says": one.asked.says[0], "answer": one.asked.answer, "share": round(one.share, 4)}
        for one in found[:MOST_FURTHER]
    ]
    return {"entry": entry, "band": band, "questions": questions}


def _named(article: NamedArticle | None) -> Payload | None:
    return asdict(article) if article else None


def hit(found: Hit, searcher: Searcher) -> Payload:
    """One hit; entry hits carry the entry, article hits their text."""
    head = {"docid": found.docid, "kind": found.kind, "title": found.title}
    score = {"score": round(found.score, 4)}
    if found.entry:
        cited = [{"law": c.law, "article": c.article} for c in found.entry.meta.citations]
        return head | score | {"citations": cited} | _entry(found.entry, searcher)
    if found.article:
        cited = [{"law": found.article.law, "article": found.article.article}]
        named = {
            "worth_naming": found.worth_naming,
            "in_force_from": searcher.in_force_from(found.article.law),
        }
        return head | score | named | {"citations": cited, "text": found.article.text}
    raise ValueError("a hit is an entry or an article")


def entry(found: Entry, searcher: Searcher) -> Payload:
    """One entry with its quiz, each citation with the version and text (None when not imported)."""
    citations = []
    for cited in found.meta.citations:
        article = searcher.find_article(cited.law, cited.article)
        citations.append(
            {
                "law": cited.law,
                "article": cited.article,
                "version": article.version if article else searcher.newest_version(cited.law),
                "text": article.text if article else None,
                "in_force_from": searcher.in_force_from(cited.law),
            }
        )
    head = {"docid": found.id, "kind": "entry", "title": found.meta.question}
    asked = [asdict(item) for item in quiz.items(found, searcher)]
    return head | {"citations": citations, "quiz": asked} | _entry(found, searcher)


def _entry(found: Entry, searcher: Searcher) -> Payload:
    body = plain_text(found.body)

    def named(ids: list[str]) -> list[Payload]:
        known = [searcher.entries[other] for other in ids if other in searcher.entries]
        return [{"docid": one.id, "title": one.meta.question} for one in known]

    return {
        "text": body,
        "answer": plain_text(found.answer),
        "body": body,
        "detail": plain_text(found.detail),
        "topic": found.meta.topic,
        "aid": found.meta.aid.model_dump() if found.meta.aid else None,
        "hotlines": found.meta.hotlines,
        "related": named(found.meta.related),
        "routes": named(found.meta.routes),
        "review": found.meta.review,
        "checked_on": found.meta.checked_on.isoformat(),
        "stale": searcher.is_stale(found),
    }
