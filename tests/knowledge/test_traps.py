"""Rules that changed (`traps.yml`): the old rule is never given, neither by entry nor by search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knowledge import entries as entry_files
from knowledge import figures, strict_yaml
from knowledge.entries import Entry
from knowledge.replaced import Replaced
from knowledge.results import Hit
from knowledge.search import Searcher
from knowledge.settings import Settings
from knowledge.statutes import Statutes


@dataclass(frozen=True)
class Trap:
    """One rule that changed; the keys of `traps.yml`, which its first lines explain."""

    name: str
    rule: str
    ask: list[str]
    old: list[str]
    example_of_old: list[str]
    now: dict[str, str]
    entry: tuple[str, ...] = ()
    old_citation: dict[str, str] | None = None
    known: int | None = None

    def old_rule_in(self, text: str) -> str | None:
        """The first words of a text that give the old rule."""
        found = (re.search(pattern, text) for pattern in self.old)
        return next((match[0] for match in found if match), None)


def _read() -> list[Trap]:
    rows: list[dict[str, Any]] = strict_yaml.read(Path(__file__).parent / "traps.yml")
    return [Trap(**row) for row in rows]


TRAPS = _read()


def _each(traps: Iterable[Trap]) -> pytest.MarkDecorator:
    """Runs a test once for each of these traps, under its name."""
    return pytest.mark.parametrize("trap", [pytest.param(trap, id=trap.name) for trap in traps])


each_trap = _each(TRAPS)


def _said(entry: Entry) -> str:
    return "\n".join((entry.meta.question, entry.body, entry.detail))


def _shown(hit: Hit) -> str:
    if hit.entry:
        return _said(hit.entry)
    return f"{hit.title} {hit.article.text if hit.article else ''}"


def _is_superseded(hit: Hit) -> bool:
    return bool(hit.article and hit.article.superseded)


@pytest.fixture(scope="module")
def project_entries() -> list[Entry]:
    """The entries that the product answers with."""
    return entry_files.load_all(Settings().entries_dir)


@pytest.fixture(scope="module")
def replaced(real_statutes: Statutes) -> Replaced:
    """Replaced laws and articles, and what is in their place."""
    return Replaced.load(Settings().content_dir, real_statutes)


@pytest.fixture(scope="module")
def real_searcher(real_statutes_path: Path) -> Searcher:
    """The product's own searcher over the imported statutes."""
    settings = Settings().model_copy(update={"statutes_path": real_statutes_path})
    return Searcher.load(settings, lambda line: None)


def test_the_set_is_whole() -> None:
    assert {trap.known for trap in TRAPS} >= {*range(1, 10)}, (
        "one of the nine known traps is missing"
    )
    assert sum(trap.known is None for trap in TRAPS) >= 30
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
    assert not [trap.name for trap in TRAPS if len(trap.ask) < 2]


@each_trap
def test_each_pattern_finds_the_old_rule(trap: Trap) -> None:
    for pattern in trap.old:
        assert any(re.search(pattern, example) for example in trap.example_of_old), pattern
    for example in trap.example_of_old:
        assert trap.old_rule_in(example), example


@pytest.mark.statutes
@each_trap
def test_the_rule_in_force_is_as_written(
    trap: Trap, real_statutes: Statutes, replaced: Replaced
) -> None:
    law, article, proof = trap.now["law"], trap.now["article"], trap.now["proof"]
    found = real_statutes.find(law, article)
    assert found, f"《{law}》{article}"
    assert not replaced.by(law, article)
    assert figures.occurs(proof, found.text), (proof, found.text)
    assert not trap.old_rule_in(f"{found.title} {found.text}")


@each_trap
def test_no_entry_gives_the_old_rule(trap: Trap, project_entries: list[Entry]) -> None:
    given = {entry.id: trap.old_rule_in(_said(entry)) for entry in project_entries}
    assert not {name: words for name, words in given.items() if words}


@_each(trap for trap in TRAPS if trap.old_citation)
def test_no_entry_cites_the_old_rule(trap: Trap, project_entries: list[Entry]) -> None:
    assert trap.old_citation
    law, article = trap.old_citation["law"], trap.old_citation.get("article")
    # The old number of an article is another rule's number now: only for this matter is it wrong.
    asked = (
        project_entries if article is None else [e for e in project_entries if e.id in trap.entry]
    )
    citing = [
        entry.id
        for entry in asked
        for cited in entry.cited
        if cited.law == law and article in (None, cited.article)
    ]
    assert not citing


@pytest.mark.statutes
@each_trap
def test_search_does_not_show_the_old_rule(
    trap: Trap, real_searcher: Searcher, replaced: Replaced
) -> None:
    wrong = []
    for ask in trap.ask:
        found = real_searcher.search(ask)
        hits = [*found.of_kind("entry")[:3], *found.of_kind("article")]
        shown = [(hit.title, _shown(hit)) for hit in hits]
        places = {(hit.article.law, hit.article.article) for hit in hits if hit.article}
        if found.article and (text := found.article.text):
            shown.append((f"《{found.article.law}》{found.article.article}", text))
            places.add((found.article.law, found.article.article))
        wrong += [(ask, law, "replaced") for law, name in places if replaced.by(law, name)]
        wrong += [(ask, hit.title, "superseded") for hit in hits if _is_superseded(hit)]
        wrong += [(ask, title, words) for title, text in shown if (words := trap.old_rule_in(text))]
    assert not wrong


@pytest.mark.statutes
@_each(trap for trap in TRAPS if trap.entry)
def test_search_finds_the_new_rule(trap: Trap, real_searcher: Searcher) -> None:
    assert {*trap.entry} <= {*real_searcher.entries}
    missed = {}
    for ask in trap.ask:
        first = [hit.docid for hit in real_searcher.search(ask).of_kind("entry")[:3]]
        if not {*first} & {*trap.entry}:
            missed[ask] = first
    assert not missed
