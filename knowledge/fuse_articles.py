"""Examples for the networks of articles: questions that one of the encoders does not know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import lay_questions
from knowledge.article_ranker import Known, article_features, features_again
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.evaluate import read_queries
from knowledge.index import Part
from knowledge.learning import Example, learn
from knowledge.lexical import LexicalIndex
from knowledge.ranking import Candidates, Reader, Rows
from knowledge.reranker import Network
from knowledge.statutes import Article
from knowledge.train import HELD_OUT


@dataclass(frozen=True)
class Searched:
    """A question about articles, its candidates, and which of them answer it."""

    part: Part
    known: Known
    found: Candidates
    example: Example

    def again(self, first: Network) -> tuple[Rows, Example]:
        """The best by the first network, and the example that they are for the second."""
        order, features = features_again(
            self.part, self.found, self.example.features, first, self.known
        )
        return self.found.rows[order], Example(features, self.example.right[order])


def searched(
    articles: Sequence[Article],
    entries: Sequence[Entry],
    part: Part,
    encoder: Path,
    content: Path,
) -> list[Searched]:
    """The questions held out of one encoder; `part` is the articles' index with it.

    Raises:
        ContentError: the encoder was trained on everything, or lacks what training writes.
    """
    known = Known.load(encoder, articles, entries)
    if known is None or not (encoder / HELD_OUT).exists():
        raise ContentError(f"{encoder}: not an encoder made by train --hold-out")
    reader = Reader.load(content, Encoder(str(encoder)), entries)
    ids = np.array([article.id for article in articles])
    found = []
    for question, relevant in read_queries(encoder / HELD_OUT):
        these, features = article_features(part, reader.read(question), known)
        right = np.isin(ids[these.rows], list(relevant)).astype(np.float32)
        found.append(Searched(part, known, these, Example(features, right)))
    return found


def article_parts(
    articles: Sequence[Article], folds: Sequence[Path], content: Path
) -> Iterator[Part]:
    """The articles' index with each encoder."""
    asked = lay_questions.load(content, articles)
    lexical: LexicalIndex | None = None
    for encoder in folds:
        part = Part.of_articles(articles, Encoder(str(encoder)), asked, lexical)
        lexical = part.lexical
        yield part


def learn_order(questions: Sequence[Searched]) -> tuple[Network, Network]:
    """Both networks; questions of which no candidate is right teach nothing."""
    taught = [question for question in questions if question.example.right.any()]
    first = learn([question.example for question in taught], False)
    again = [question.again(first)[1] for question in taught]
    return first, learn([example for example in again if example.right.any()], False)
