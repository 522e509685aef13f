"""Pairs of a question and a document to learn from, and batches of them as token numbers."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.lay_questions import Asked
from knowledge.statutes import Article

_CLAUSE_END = re.compile(r"[，。；：？！,.;:?!\n*#]+")
FOLDS = 5
Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Document:
    """Something to be found: a title that always stays, and a text."""

    title: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question and the places of the documents that answer it, in the list of documents."""

    text: str
    answers: tuple[int, ...]


def documents(articles: Sequence[Article], entries: Sequence[Entry]) -> list[Document]:
    """All articles, then all entries."""
    laws = [Document(article.law, article.text) for article in articles]
    return laws + [Document(e.meta.question, f"{e.body}\n{e.detail}") for e in entries]


def read_questions(path: Path, articles: Sequence[Article]) -> list[Question]:
    """Read questions with article ids, one JSON object a line.

    A line is `{"query", "relevant": [ids]}`; `candidates` may stand for `relevant`, and `turns`
    (a list of texts) for `query`.

    Raises:
        ContentError: a line is not one of these.
    """
    places = {article.id: place for place, article in enumerate(articles)}
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            text = row["query"] if "query" in row else " ".join(row["turns"])
            ids = row["relevant"] if "relevant" in row else row["candidates"]
        except (ValueError, KeyError, TypeError) as error:
            raise ContentError(f"{path}:{number}: not a question ({error!r})") from error
        found = tuple(places[i] for i in ids if i in places)
        if found:
            questions.append(Question(text, found))
    return questions


def split_variants(entry: Entry, fold: int | None) -> tuple[list[str], list[str]]:
    """An entry's variants to learn from, and those held out for one fold (none for None)."""
    variants = entry.meta.variants
    held = [v for n, v in enumerate(variants) if n % FOLDS == fold]
    return [variant for variant in variants if variant not in held], held


def entry_questions(
    articles: Sequence[Article], entries: Sequence[Entry], fold: int | None = None
) -> list[Question]:
    """Each way of asking of each entry: the entry and the articles it cites answer it.

    Variants held out for a fold are left out.
    """
    places = {(a.law, a.article): n for n, a in enumerate(articles) if not a.superseded}
    questions = []
    for number, entry in enumerate(entries):
        cited = [places.get((c.law, c.article)) for c in entry.meta.citations]
        answers = (len(articles) + number, *(place for place in cited if place is not None))
        kept, _ = split_variants(entry, fold)
        questions += [Question(way, answers) for way in (entry.meta.question, *kept)]
    return questions


def article_questions(asked: Asked) -> list[Question]:
    """Each question written for an article, which answers it."""
    return [Question(text, (place,)) for place, texts in asked.items() for text in texts]


class Corpus:
    """Documents as token numbers, clause by clause; the first clause of each is its title."""

    def __init__(self, texts: Sequence[Document], tokenizer: Tokenizer) -> None:
        parts: list[str] = []
        self._starts = [0]
        for document in texts:
            parts += [document.title, *filter(None, _CLAUSE_END.split(document.text))]
            self._starts.append(len(parts))
        self._ids: list[Ids] = []
        for start in range(0, len(parts), 4096):
            self._ids += encode(tokenizer, parts[start : start + 4096])
        self.with_spans = np.flatnonzero(np.diff(self._starts) >= 3)

    def document(self, place: int) -> Ids:
        """A whole document."""
        return np.concatenate(self._ids[self._starts[place] : self._starts[place + 1]])

    def span_and_rest(self, place: int, random: np.random.Generator) -> tuple[Ids, Ids]:
        """One to three neighbouring clauses, and the document (nine times in ten) without them."""
        first, end = self._starts[place] + 1, self._starts[place + 1]
        length = int(random.integers(1, min(3, end - first - 1) + 1))
        start = int(random.integers(first, end - length + 1))
        span = np.concatenate(self._ids[start : start + length])
        if random.random() < 0.1:
            return span, self.document(place)
        rest = self._ids[first - 1 : start] + self._ids[start + length : end]
        return span, np.concatenate(rest)


def clauses(text: str) -> list[str]:
    """The clauses of a text, without what separates them."""
    return [clause for clause in _CLAUSE_END.split(text) if clause.strip()]


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Token numbers of each text, unknown pieces left out."""
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    ids = [np.array(item.ids, dtype=np.int32) for item in encoded]
    return [item[item > 0] for item in ids]


def known_pieces(pieces: Ids, rows: NDArray[np.int64]) -> Ids:
    """The rows of the pieces that have one; `rows` gives -1 for those that have none."""
    found = rows[pieces]
    return np.asarray(found[found >= 0], dtype=np.int32)


def thin(pieces: Ids, share: float, random: np.random.Generator) -> Ids:
    """The pieces without a share of them, drawn anew each time."""
    return pieces[random.random(len(pieces)) >= share]


@dataclass(frozen=True)
class Batch:
    """Queries and documents as token numbers; document n answers query n.

    `places` are the documents' places and `answers` every right place of each query, so that
    another right answer in the batch does not count as wrong.
    """

    queries: list[Ids]
    documents: list[Ids]
    places: list[int]
    answers: list[tuple[int, ...]]

    def add(self, query: Ids, document: Ids, place: int, answers: tuple[int, ...]) -> None:
        """Add one pair."""
        self.queries.append(query)
        self.documents.append(document)
        self.places.append(place)
        self.answers.append(answers)

    def also_right(self) -> NDArray[np.bool_]:
        """Pairs off the diagonal that are right as well; shape (queries, documents)."""
        places = np.array(self.places)
        right = np.stack([np.isin(places, answers) for answers in self.answers])
        np.fill_diagonal(right, False)
        return right


class Questions:
    """Questions as token numbers, `share` of which go into each batch."""

    def __init__(
        self, questions: Sequence[Question], share: int, thinning: float, tokenizer: Tokenizer
    ) -> None:
        self._queries = encode(tokenizer, [question.text for question in questions])
        self._answers = [question.answers for question in questions]
        self._share = share if questions else 0
        self._thinning = thinning

    def add_to(self, batch: Batch, corpus: Corpus, random: np.random.Generator) -> None:
        """Add this source's share, each with one of its answers drawn by chance."""
        for n in random.integers(0, max(1, len(self._queries)), self._share):
            answers = self._answers[n]
            place = answers[random.integers(len(answers))]
            query = _thin(self._queries[n], self._thinning, random)
            batch.add(query, corpus.document(place), place, answers)


def batches(
    corpus: Corpus, sources: Sequence[Questions], spans: int, random: np.random.Generator
) -> Iterator[Batch]:
    """Endless batches: each source's share of questions, and spans of documents."""
    while True:
        batch = Batch([], [], [], [])
        for source in sources:
            source.add_to(batch, corpus, random)
        for place in map(int, random.choice(corpus.with_spans, spans, replace=False)):
            query, document = corpus.span_and_rest(place, random)
            batch.add(query, document, place, (place,))
        yield batch


def _thin(ids: Ids, share: float, random: np.random.Generator) -> Ids:
    """A question with a share of its pieces left out, so that it is not learnt by heart."""
    kept = ids[random.random(len(ids)) >= share]
    return kept if len(kept) else ids


def manifest(paths: Sequence[Path]) -> dict[str, str]:
    """File name and SHA-256 of each file learnt from."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
