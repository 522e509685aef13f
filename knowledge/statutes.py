"""Statute texts: import from a JSON-lines file, and look-up by law and article."""

import datetime
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import StatutesError

FORMAL_PREFIX = "中华人民共和国"
_IN_FORCE = re.compile(
    r"本(?:法|条例|规定|解释|办法|规则|细则|决定)[自于](\d{4})年(\d{1,2})月(\d{1,2})日起施行"
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one law, in one version.

    `version` is the date of adoption or revision (ISO, may be empty for old texts);
    `superseded` marks an old version that must never be cited or shown.
    """

    id: int
    law: str
    article: str
    version: str
    category: str
    superseded: bool
    text: str

    @property
    def docid(self) -> str:
        """The article's id in search results."""
        return f"article:{self.id}"

    @property
    def title(self) -> str:
        """Law and article as people write them."""
        return f"《{self.law}》{self.article}"


class Statutes:
    """All imported articles.

    Iterating gives every article, superseded ones too; look-up gives only current ones.
    """

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self._current = {(a.law, a.article): a for a in articles if not a.superseded}

    @classmethod
    def load(cls, path: Path) -> "Statutes":
        """Read a `.jsonl` or `.jsonl.gz` file.

        Raises:
            StatutesError: the file is missing, or a line lacks a field.
        """
        try:
            return cls(list(_read(path)))
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise StatutesError(f"{path}: cannot be read ({error})") from error

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def versions(self) -> dict[str, str]:
        """The current version date of each law."""
        return {a.law: a.version for a in self.articles if not a.superseded}

    @cached_property
    def formal_names(self) -> dict[str, str]:
        """Law names with and without the state's name, each to the file's own form."""
        names = {f"{FORMAL_PREFIX}{law}": law for law in self.versions}
        return names | {law: law for law in self.versions}

    @cached_property
    def _in_force_from(self) -> dict[str, datetime.date]:
        """The day that each law names as its first in force."""
        found = {}
        for article in self.articles:
            if not article.superseded and (day := _IN_FORCE.search(article.text)):
                found[article.law] = datetime.date(*map(int, day.groups()))
        return found

    def in_force_from(self, law: str, on: datetime.date) -> datetime.date | None:
        """The day from which a law will hold, if that is later than a given day."""
        first = self._in_force_from.get(law)
        return first if first and first > on else None

    def find(self, law: str, article: str) -> Article | None:
        """The current text of an article, or None."""
        return self._current.get((self.formal_names.get(law, law), article))

    def has_only_superseded(self, law: str, article: str) -> bool:
        """Whether only an old version of this article is at hand."""
        return (law, article) not in self._current and any(
            a.law == law and a.article == article for a in self.articles
        )


def _read(path: Path) -> Iterator[Article]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield Article(**{name: row[name] for name in Article.__slots__})
            except (ValueError, KeyError, TypeError) as error:
                raise StatutesError(f"{path}:{number}: not an article ({error!r})") from error


def fingerprint(path: Path) -> str:
    """SHA-256 of the file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
