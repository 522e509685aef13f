"""What the turn engine needs from the desk; ``desk.Desk`` is one."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from desk.cases import CaseView, NewCase, Said


class Lawyers(Protocol):
    """Cases, by conversation. Each call joins the transaction of the session it is given."""

    async def open_case(self, session: AsyncSession, new: NewCase, /) -> CaseView:
        """Opens a case, or returns the one already open."""
        ...

    async def open_case_of(self, session: AsyncSession, conversation: str, /) -> CaseView | None:
        """Returns the open case of a conversation."""
        ...

    async def standing(self, session: AsyncSession, conversation: str, /) -> Said | None:
        """Returns where a waiting citizen stands; None when no case of theirs waits."""
        ...

    async def heard(
        self, session: AsyncSession, conversation: str, text: str, /, *, numbers: bool = True
    ) -> Said | None:
        """Takes what a citizen typed to the desk (a choice, a call, marks); None if it is not."""
        ...

    async def wrote(self, session: AsyncSession, conversation: str, /) -> None:
        """Notes that a citizen whom people serve has written."""
        ...

    async def withdraw(self, session: AsyncSession, conversation: str, /) -> object:
        """Takes the living case back."""
        ...

    async def erase(self, session: AsyncSession, conversation: str, /) -> list[str]:
        """Erases what the desk may erase; returns sentences on what it keeps and why."""
        ...
