"""How laws and articles are shown."""

from __future__ import annotations

from typing import Any

from actions.goal import clipped
from actions.wording import say

GOAL = "answer_question"
MOST_LAWS = 4
MOST_ARTICLES = 3
LONGEST_ARTICLE = 420
# Below this share of the best score in a search that is not sure, an article is noise.
NEAR_THE_BEST = 0.8
# Below this score the nearest article was about the question in fewer than one of three of the
# citizens' questions that were read (docs/evaluation.md); a wrong article is worse than none.
WORTH_NAMING = 0.33
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


def article_text(article: dict[str, Any], limit: int = LONGEST_ARTICLE) -> str:
    """Return an article's own words with its law and version, cut to the limit."""
    return say(
        GOAL,
        "article",
        law=article["law"],
        article=article["article"],
        version=article.get("version") or "—",
        text=clipped(article["text"], limit),
    )


def may_be_related(hits: list[dict[str, Any]]) -> list[str]:
    """Return the articles worth naming although the search is not sure, two at most.

    Only where an article is itself about the best that was found, not far behind an entry.
    """
    if not hits:
        return []
    best = max(hit["score"] for hit in hits)
    near = [
        hit
        for hit in hits
        if hit["kind"] == "article" and hit["score"] >= max(best * NEAR_THE_BEST, WORTH_NAMING)
    ]
    return [grouped_by_law(hit["citations"]) for hit in near[:MOST_POSSIBLE]]


def long_enough_to_cut(hit: dict[str, Any], shown: str) -> bool:
    """Return whether part of the entry's body was left out of what was shown."""
    return len(hit.get("body") or "") > len(shown)
