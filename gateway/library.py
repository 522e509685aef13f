"""The knowledge room in this process: loaded in a thread while the gateway already serves."""

import asyncio
import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web

from desk import Suggestion

if TYPE_CHECKING:
    from knowledge.search import Searcher

log = structlog.get_logger()

SUGGESTED = 5


class NotLoaded(web.HTTPServiceUnavailable):
    """The knowledge is still being loaded, or could not be."""


class Library:
    """Stands in for the searcher until it is loaded; then passes everything on to it.

    Attributes:
        state: "loading", "ready" or "failed".
    """

    def __init__(self) -> None:
        self.state = "loading"
        self._searcher: Searcher | None = None

    def __getattr__(self, name: str) -> Any:
        """Returns the searcher's attribute.

        Raises:
            NotLoaded: there is no searcher yet; as a response it is 503.
        """
        if self._searcher is None:
            raise NotLoaded(headers={"Retry-After": "30"})
        return getattr(self._searcher, name)

    def topics_of(self, question: str) -> Sequence[str]:
        """Returns likely topics of a question, best first; none before the searcher is loaded."""
        return self._searcher.guesses(question).topics if self._searcher else ()

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """Returns what a lawyer could put into a reply, best first; nothing that is stale."""
        searcher = self._searcher
        if searcher is None:
            return ()
        # Imported here for the same reason as the searcher itself.
        from knowledge import payload

        hits = [payload.hit(one, searcher) for one in searcher.search(text, k=SUGGESTED).hits]
        return [_suggestion(hit) for hit in hits if not hit.get("stale")][:SUGGESTED]

    async def load(self) -> None:
        """Loads the searcher; a failure leaves the rest of the gateway at work."""
        try:
            self._searcher = await asyncio.to_thread(_load)
            self.state = "ready"
        except Exception as error:
            self.state = "failed"
            log.error("knowledge.failed", error=type(error).__name__, detail=str(error)[:300])
            return
        log.info("knowledge.ready")


def _suggestion(hit: dict[str, Any]) -> Suggestion:
    cited = tuple(f"《{one['law']}》{one['article']}" for one in hit["citations"])
    return Suggestion(hit["docid"], hit["title"], hit.get("answer") or hit["text"], cited)


def _load() -> "Searcher":
    # Imported here: it brings PyTorch, which takes seconds, and the gateway should serve meanwhile.
    from knowledge.search import Searcher
    from knowledge.settings import Settings

    searcher = Searcher.load(Settings())
    gc.freeze()  # what is loaded is never garbage: collecting need not look through it again
    return searcher
