"""What the citizen is told while they wait, and what they type to the desk."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from desk.callbacks import Callbacks
from desk.cases import Said


class CitizenSide(Callbacks):
    """The citizen's half of the promise."""

    async def standing(self, session: AsyncSession, conversation: str) -> Said | None:
        """Returns where the citizen stands: place, expected time, what else they can do.

        None when no case of the conversation is pending.
        """
        raise NotImplementedError

    async def heard(
        self, session: AsyncSession, conversation: str, text: str, *, numbers: bool = True
    ) -> Said | None:
        """Takes what a citizen typed, before anybody else answers it.

        Choices of an offer, a number to be called at, and marks for a case that has ended are
        acted upon; the answer is what to say back. None means that the words are not for the desk:
        they are a message to the lawyer, or the assistant's to answer.

        Args:
            numbers: whether a bare number may be meant for the desk (not when the assistant has
                asked something since).
        """
        raise NotImplementedError

    async def expected_wait(self, session: AsyncSession) -> timedelta | None:
        """Returns the median time to a first reply lately; None without enough history."""
        raise NotImplementedError
