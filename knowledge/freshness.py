"""Which statute texts each entry was checked against, and what has changed in them since.

The texts are not part of the project, so a record of them is: for each entry the version of every
law it cites and a digest of every cited article. A date alone would not do, because a revision
may be imported long after it was adopted.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.statutes import Statutes

RECORD = "checked_texts.jsonl"


class CheckedLaw(BaseModel):
    """A law as it was when the entry was checked: its version, and a digest per cited article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    articles: dict[str, str]


Checked = Mapping[str, Mapping[str, CheckedLaw]]


@dataclass(frozen=True)
class Change:
    """A law that an entry cites and that is no longer as it was when the entry was checked.

    `changed` are the cited articles whose text is different now, `gone` those no longer there.
    Both are empty when no digest was kept, or when only other articles of the law changed.
    """

    law: str
    checked: str | None
    now: str
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __str__(self) -> str:
        checked = self.checked or "no record of the text"
        articles = [f"{a} changed" for a in self.changed] + [f"{a} gone" for a in self.gone]
        what = ", ".join(articles) or "no cited article is known to have changed"
        return f"《{self.law}》 checked: {checked}, now: {self.now}: {what}"


def load(content: Path) -> Checked:
    """The record, by entry and law; empty if there is none.

    Raises:
        ContentError: a line is not what `record` writes.
    """
    path = content / RECORD
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    checked = {}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            laws = {law: CheckedLaw.model_validate(kept) for law, kept in row["laws"].items()}
            checked[str(row["entry"])] = laws
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
            raise ContentError(f"{path}:{number}: not a record ({error!r})") from error
    return checked


def record(content: Path, entries: Iterable[Entry], known: set[str], statutes: Statutes) -> None:
    """Write down the present texts as those that some entries were checked against.

    Args:
        content: the folder that the record lies in.
        entries: the entries that have just been checked.
        known: the ids of all entries; lines of others are dropped.
        statutes: the texts they were checked against.
    """
    rows: dict[str, Any] = {
        entry: {law: kept.model_dump() for law, kept in laws.items()}
        for entry, laws in load(content).items()
        if entry in known
    }
    rows |= {entry.id: _laws(entry, statutes) for entry in entries}
    lines = [
        json.dumps({"entry": entry, "laws": rows[entry]}, ensure_ascii=False)
        for entry in sorted(rows)
    ]
    (content / RECORD).write_text("\n".join(lines) + "\n", encoding="utf-8")


def changes(entry: Entry, checked: Checked, statutes: Statutes) -> list[Change]:
    """What has changed in the laws that an entry cites; laws that are not imported are left out.

    An entry without a record counts as checked against what was in force on `checked_on`.
    """
    found = []
    for law in dict.fromkeys(cited.law for cited in entry.cited):
        now = statutes.versions.get(law, "")
        before = checked.get(entry.id, {}).get(law)
        if before is None:
            if now > entry.meta.checked_on.isoformat():
                found.append(Change(law, None, now))
            continue
        digests = {article: _digest(law, article, statutes) for article in before.articles}
        changed = [a for a, text in before.articles.items() if digests[a] not in (text, None)]
        gone = [a for a, digest in digests.items() if digest is None]
        if law in statutes.versions and (now != before.version or changed or gone):
            found.append(Change(law, before.version, now, tuple(changed), tuple(gone)))
    return found


def _laws(entry: Entry, statutes: Statutes) -> dict[str, dict[str, Any]]:
    laws: dict[str, dict[str, Any]] = {}
    for cited in entry.cited:
        version = statutes.versions.get(cited.law, "")
        kept = laws.setdefault(cited.law, {"version": version, "articles": {}})
        kept["articles"][cited.article] = _digest(cited.law, cited.article, statutes)
    return laws


def _digest(law: str, article: str, statutes: Statutes) -> str | None:
    """Twelve hex digits of the SHA-256 of an article's text; None if there is no such article."""
    found = statutes.find(law, article)
    return hashlib.sha256(found.text.encode()).hexdigest()[:12] if found else None
