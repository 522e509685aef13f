"""How laws and articles are shown."""

from __future__ import annotations

import re
from typing import Any

from actions.goal import clipped
from actions.wording import say

GOAL = "answer_question"
MOST_LAWS = 4
MOST_ARTICLES = 3
LONGEST_ARTICLE = 420
MOST_POSSIBLE = 2


def grouped_by_law(citations: list[dict[str, Any]]) -> str:
    """Return the citations as one line, each law once: 《law》article、article；《law》article."""
    laws: dict[str, list[str]] = {}
    for citation in citations:
        articles = laws.setdefault(citation["law"], [])
        if citation["article"] not in articles:
            articles.append(citation["article"])
    shown = list(laws.items())[:MOST_LAWS]
    return "；".join(f"《{law}》{'、'.join(articles[:MOST_ARTICLES])}" for law, articles in shown)


def basis(citations: list[dict[str, Any]]) -> str:
    """Return the line that says what an answer rests on."""
    return say(GOAL, "basis", citations=grouped_by_law(citations))


def basis_unless_named(text: str, citations: list[dict[str, Any]]) -> list[str]:
    """Return the line that says what a part of an answer rests on, none where it says so itself."""
    return [] if re.search(r"《[^》]+》第", text) else [basis(citations)]


def article_text(article: dict[str, Any], limit: int = LONGEST_ARTICLE) -> str:
    """Return an article's own words with its law and version, cut to the limit."""
    key = "article_in_future" if article.get("in_force_from") else "article"
    return say(
        GOAL,
        key,
        day=article.get("in_force_from"),
        law=article["law"],
        article=article["article"],
        version=article.get("version") or "—",
        text=clipped(article["text"], limit),
    )


def may_be_related(hits: list[dict[str, Any]]) -> list[str]:
    """Return the articles worth naming although the search is not sure, two at most."""
    near = [hit for hit in hits if hit.get("worth_naming")]
    return [grouped_by_law(hit["citations"]) for hit in near[:MOST_POSSIBLE]]


def long_enough_to_cut(hit: dict[str, Any], shown: str) -> bool:
    """Return whether part of the entry's body was left out of what was shown."""
    return len(hit.get("body") or "") > len(shown)
