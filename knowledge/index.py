"""The index over entries and articles: built once, saved, read by the searcher."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import entries as entry_files
from knowledge.dense import DenseIndex
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import IndexMissing
from knowledge.lexical import LexicalIndex
from knowledge.normalise import plain
from knowledge.replaced import ARTICLES, LAWS, Replaced
from knowledge.settings import Settings
from knowledge.statutes import Article, Statutes, fingerprint

DENSE_FILE = "dense.faiss"
TEXTS_FILE = "texts.faiss"
FORMAT = 3  # raise it when what is saved changes
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Part:
    """One kind of document, searched by words and by meaning; row n is document n.

    `texts` holds the vectors of the texts alone where `dense` holds more than those.
    """

    lexical: LexicalIndex
    dense: DenseIndex
    texts: DenseIndex | None = None

    @classmethod
    def of_articles(cls, articles: Sequence[Article], encoder: Encoder) -> "Part":
        """Index articles; the law's name is part of the text."""
        texts = [plain(f"{article.law} {article.text}") for article in articles]
        return cls(LexicalIndex.build(texts), DenseIndex.build(encoder.encode(texts)))

    @classmethod
    def of_entries(cls, entries: Sequence[Entry], encoder: Encoder) -> "Part":
        """Index entries.

        An entry's vector lies between its text and the middle of all ways of asking it; that
        finds new ways of asking better than the nearest known way does (docs/adr/0002).
        """
        ways = [[plain(way) for way in ways_of_asking(entry)] for entry in entries]
        texts = [plain(f"{e.meta.question} {e.body} {e.detail}") for e in entries]
        middles = np.stack([encoder.encode(some).mean(axis=0) for some in ways])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True) + 1e-6
        of_texts = encoder.encode(texts)
        vectors = middles + of_texts
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
        words = [" ".join((*some, text)) for some, text in zip(ways, texts, strict=True)]
        lexical, dense = LexicalIndex.build(words), DenseIndex.build(vectors)
        return cls(lexical, dense, DenseIndex.build(of_texts))

    def save(self, folder: Path) -> None:
        """Write to a folder, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.lexical.save(folder / "bm25")
        self.dense.save(folder / DENSE_FILE)
        if self.texts:
            self.texts.save(folder / TEXTS_FILE)

    @classmethod
    def load(cls, folder: Path) -> "Part":
        """Read what `save` wrote."""
        texts = folder / TEXTS_FILE
        return cls(
            LexicalIndex.load(folder / "bm25"),
            DenseIndex.load(folder / DENSE_FILE),
            DenseIndex.load(texts) if texts.exists() else None,
        )


def ways_of_asking(entry: Entry) -> list[str]:
    """The entry's question, its variants, and its first paragraph, which restates the matter."""
    return [entry.meta.question, *entry.meta.variants, entry.answer]


def build(settings: Settings, say: Progress) -> None:
    """Build what is missing or out of date, under `models_dir`/index.

    Args:
        settings: where things lie.
        say: called with a sentence for each step.
    """
    if settings.statutes_path is None:
        say("index: no statute texts; set STATUTES_PATH to the imported .jsonl.gz to search them")
    encoder = Encoder(settings.embedding_model)
    stamps = _stamps(settings, encoder)
    if stamps == _read_stamps(settings):
        say("index: up to date")
        return
    if stamps["entries"] != _read_stamps(settings).get("entries"):
        entries = entry_files.load_all(settings.entries_dir)
        say(f"index: {len(entries)} entries")
        part = Part.of_entries(entries, encoder) if entries else None
        _save(part, folder(settings) / "entries")
    if "articles" not in stamps:
        _save(None, folder(settings) / "articles")
    elif stamps["articles"] != _read_stamps(settings).get("articles"):
        articles = searchable(load_statutes(settings), settings)
        say(f"index: {len(articles)} articles, about a minute")
        part = Part.of_articles(articles, encoder)
        _save(part, folder(settings) / "articles")
    (folder(settings) / "stamps.json").write_text(json.dumps(stamps, indent=1))
    say("index: done")


def _save(part: Part | None, place: Path) -> None:
    if part is None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    else:
        part.save(place)


def load(settings: Settings) -> tuple[Part | None, Part | None]:
    """The saved parts for entries and articles; None for a kind that has no documents.

    Raises:
        IndexMissing: nothing is saved, or content, texts or encoder have changed since.
    """
    if _stamps(settings, Encoder(settings.embedding_model)) != _read_stamps(settings):
        raise IndexMissing("the index is missing or out of date: run python -m knowledge build")
    places = [folder(settings) / kind for kind in ("entries", "articles")]
    entries, articles = (Part.load(p) if (p / DENSE_FILE).exists() else None for p in places)
    return entries, articles


def folder(settings: Settings) -> Path:
    """Where the index lies."""
    return settings.models_dir / "index"


def load_statutes(settings: Settings) -> Statutes:
    """The imported statutes; none when no file has been imported."""
    return Statutes.load(settings.statutes_path) if settings.statutes_path else Statutes([])


def searchable(statutes: Statutes, settings: Settings) -> list[Article]:
    """The articles that may be shown: neither superseded nor replaced."""
    replaced = Replaced.load(settings.content_dir, statutes)
    return [a for a in statutes if not a.superseded and not replaced.by(a.law, a.article)]


def _stamps(settings: Settings, encoder: Encoder) -> dict[str, str]:
    """What each part was made from."""
    model = encoder.fingerprint()
    stamps = {"entries": _digest(model, *map(_hash, entry_files.files(settings.entries_dir)))}
    if settings.statutes_path:
        lists = [_hash(settings.content_dir / name) for name in (LAWS, ARTICLES)]
        stamps["articles"] = _digest(model, fingerprint(settings.statutes_path), *lists)
    return stamps


def _read_stamps(settings: Settings) -> dict[str, str]:
    path = folder(settings) / "stamps.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _hash(path: Path) -> str:
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join((str(FORMAT), *parts)).encode()).hexdigest()
