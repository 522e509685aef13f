"""What the knowledge base has for a question, to be put into a reply."""

import asyncio
from collections.abc import Sequence

from desk.core import Core
from desk.ports import Suggestion


class Suggestions(Core):
    """The search itself is given at wiring."""

    async def suggest(self, text: str) -> Sequence[Suggestion]:
        """Returns suggestions, best first; none for a blank text."""
        if not text.strip():
            return ()
        return await asyncio.to_thread(self._suggest, text)
