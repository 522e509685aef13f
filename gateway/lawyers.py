"""What the turn engine needs from the desk; ``desk.Desk`` is one."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from desk.cases import CaseView, NewCase


class Lawyers(Protocol):
    """Cases, by conversation. Each call joins the transaction of the session it is given."""

    async def open_case(self, session: AsyncSession, new: NewCase, /) -> CaseView:
        """Opens a case, or returns the one already open."""
        ...

    async def open_case_of(self, session: AsyncSession, conversation: str, /) -> CaseView | None:
        """Returns the open case of a conversation."""
        ...

    async def withdraw(self, session: AsyncSession, conversation: str, /) -> object:
        """Takes a waiting case back."""
        ...

    async def erase(self, session: AsyncSession, conversation: str, /) -> list[str]:
        """Erases what the desk may erase; returns sentences on what it keeps and why."""
        ...
