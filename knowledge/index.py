"""The index over entries and articles: built once, saved, read by the searcher."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import entries as entry_files
from knowledge import lay_questions
from knowledge.dense import DenseIndex, Places, Rows
from knowledge.encode import Encoder, Vectors
from knowledge.entries import Entry
from knowledge.errors import IndexMissing
from knowledge.lay_questions import Asked
from knowledge.lexical import LexicalIndex
from knowledge.normalise import plain
from knowledge.replaced import ARTICLES, LAWS, Replaced
from knowledge.settings import Settings
from knowledge.statutes import Article, Statutes, fingerprint

LEXICAL, DENSE, TEXTS, ASKED, OWNERS = "bm25", "dense", "texts.npy", "asked", "owners.npy"
FORMAT = 5  # raise it when what is saved changes
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Asking:
    """Known ways of asking for documents; `owners[n]` is the document that way n asks for."""

    dense: DenseIndex
    owners: Places

    @classmethod
    def build(cls, ways: Sequence[Vectors]) -> "Asking | None":
        """Index the ways of asking, one array of unit vectors per document; None without any."""
        if not sum(map(len, ways)):
            return None
        owners = np.repeat(np.arange(len(ways)), [len(some) for some in ways])
        return cls(DenseIndex.build(np.concatenate(ways)), owners)


@dataclass(frozen=True)
class Part:
    """One kind of document, searched by words and by meaning; row n is document n.

    `dense` mixes a document's text with the ways of asking for it; `texts` is the text alone.
    """

    lexical: LexicalIndex
    dense: DenseIndex
    texts: Rows
    asking: Asking | None

    @classmethod
    def of_articles(
        cls,
        articles: Sequence[Article],
        encoder: Encoder,
        asked: Asked | None = None,
        lexical: LexicalIndex | None = None,
    ) -> "Part":
        """Index articles; the law's name is part of the text.

        Args:
            articles: the articles.
            encoder: makes vectors of texts.
            asked: questions written for articles, by place.
            lexical: that of a part of the same texts for another encoder, which is the same.
        """
        texts = [f"{article.law} {article.text}" for article in articles]
        ways = [(asked or {}).get(n, ()) for n in range(len(texts))]
        return cls.of_texts(texts, ways, encoder, lexical)

    @classmethod
    def of_entries(cls, entries: Sequence[Entry], encoder: Encoder) -> "Part":
        """Index entries."""
        texts = [f"{e.meta.question} {e.body} {e.detail}" for e in entries]
        return cls.of_texts(texts, [ways_of_asking(entry) for entry in entries], encoder)

    @classmethod
    def of_texts(
        cls,
        texts: Sequence[str],
        asked: Sequence[Sequence[str]],
        encoder: Encoder,
        lexical: LexicalIndex | None = None,
    ) -> "Part":
        """A document's vector lies between its text and the middle of all ways of asking for it.

        That finds new ways of asking better than the nearest known way does (docs/adr/0002).
        """
        texts = [plain(text) for text in texts]
        flat = encoder.encode([plain(way) for some in asked for way in some])
        ways = np.split(flat, np.cumsum([len(some) for some in asked])[:-1])
        vectors = encoder.encode(texts)
        of_texts = Rows.of(vectors)
        for n, some in enumerate(ways):
            if len(some):
                vectors[n] = _unit(_unit(some.mean(axis=0)) + vectors[n])
        if lexical is None:
            both = zip(asked, texts, strict=True)
            lexical = LexicalIndex.build(
                [" ".join((*map(plain, some), text)) for some, text in both]
            )
        return cls(lexical, DenseIndex.build(vectors), of_texts, Asking.build(ways))

    def save(self, folder: Path) -> None:
        """Write to a folder, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.lexical.save(folder / LEXICAL)
        self.dense.save(folder / DENSE)
        self.texts.save(folder / TEXTS)
        if self.asking:
            self.asking.dense.save(folder / ASKED)
            np.save(folder / OWNERS, self.asking.owners)

    @classmethod
    def load(cls, folder: Path) -> "Part":
        """Read what `save` wrote."""
        asking = None
        if (folder / ASKED).exists():
            asking = Asking(DenseIndex.load(folder / ASKED), np.load(folder / OWNERS))
        lexical, dense = LexicalIndex.load(folder / LEXICAL), DenseIndex.load(folder / DENSE)
        return cls(lexical, dense, Rows.load(folder / TEXTS), asking)


def _unit(vector: Vectors) -> Vectors:
    return vector / (np.linalg.norm(vector) + np.float32(1e-6))


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
        asked = lay_questions.load(settings.content_dir, articles)
        part = Part.of_articles(articles, encoder, asked)
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
    entries, articles = (Part.load(p) if (p / DENSE).exists() else None for p in places)
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
        paths = [settings.content_dir / name for name in (LAWS, ARTICLES, lay_questions.FILE)]
        lists = [_hash(path) for path in paths if path.exists()]
        stamps["articles"] = _digest(model, fingerprint(settings.statutes_path), *lists)
    return stamps


def _read_stamps(settings: Settings) -> dict[str, str]:
    path = folder(settings) / "stamps.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _hash(path: Path) -> str:
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join((str(FORMAT), *parts)).encode()).hexdigest()
