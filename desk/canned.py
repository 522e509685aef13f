"""Ready-made replies: those that ship, the desk's own, and a lawyer's own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, or_, select

from desk.accounts import Lawyer
from desk.core import Core, checked
from desk.tables import CannedReply


class _Shipped(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    text: str


@dataclass(frozen=True)
class Canned:
    """A ready-made reply. `id` is None for one that ships, `own` marks the lawyer's own."""

    id: int | None
    title: str
    text: str
    own: bool


class CannedReplies(Core):
    """A lawyer sees the shipped ones, the desk's and their own."""

    async def canned_replies(self, lawyer: Lawyer) -> list[Canned]:
        """Returns what the lawyer can insert, own ones first."""
        async with self.reading() as session:
            rows = await session.scalars(
                select(CannedReply)
                .where(or_(CannedReply.account_id.is_(None), CannedReply.account_id == lawyer.id))
                .order_by(CannedReply.account_id.is_(None), CannedReply.title, CannedReply.id)
            )
            added = [
                Canned(row.id, row.title, row.text, row.account_id is not None) for row in rows
            ]
        return [*added, *(Canned(None, one.title, one.text, False) for one in shipped())]

    async def add_canned(self, title: str, text: str, lawyer: Lawyer | None) -> int:
        """Keeps a reply of the lawyer, or without one of the whole desk; returns its id.

        Raises:
            InvalidInput: the title or the text is blank or too long.
        """
        row = CannedReply(
            account_id=lawyer.id if lawyer else None, title=checked(title, 64), text=checked(text)
        )
        async with self.sessions.begin() as session:
            session.add(row)
        return row.id

    async def remove_canned(self, reply_id: int, lawyer: Lawyer | None) -> None:
        """Removes a reply of the lawyer, or without one a reply of the desk."""
        owner = CannedReply.account_id == lawyer.id if lawyer else CannedReply.account_id.is_(None)
        async with self.sessions.begin() as session:
            await session.execute(delete(CannedReply).where(CannedReply.id == reply_id, owner))


@cache
def shipped() -> tuple[_Shipped, ...]:
    """Returns the replies of canned.yml."""
    path = Path(__file__).parent / "canned.yml"
    return tuple(
        _Shipped.model_validate(one) for one in yaml.safe_load(path.read_text(encoding="utf-8"))
    )
