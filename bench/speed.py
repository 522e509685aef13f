"""Speed and size of search, next to BM25 alone and FAISS flat alone; all from one run, one core.

Usage: python bench/speed.py [--sizes 10000 100000 1000000] [--queries FILE]
First the product itself over all imported articles and all entries: index build, start, memory, and
the time of one question. Then the curve: documents are spans of one to three clauses of articles.
FILE has one question a line.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import faiss
import numpy as np
import torch

from knowledge import index
from knowledge.dense import kind
from knowledge.encode import Encoder
from knowledge.index import Part
from knowledge.lexical import LexicalIndex, tokens
from knowledge.normalise import Words
from knowledge.ranking import Ranking, Reader, rank
from knowledge.search import Searcher
from knowledge.settings import SHARED, Settings
from knowledge.statutes import Article, Statutes

QUESTIONS = 300
DEPTH = 100  # results of each search that is compared
Search = Callable[[str], object]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=Path, default=SHARED / "questions/citizen_questions.txt")
    options = parser.parse_args()
    settings = Settings()
    if settings.statutes_path is None or not options.queries.exists():
        print("needs statute texts and questions", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    questions = options.queries.read_text(encoding="utf-8").splitlines()[:QUESTIONS]
    product(settings, questions)
    articles = Statutes.load(settings.statutes_path).articles
    for size in options.sizes:
        curve(size, articles, settings, questions)
    return 0


def product(settings: Settings, questions: Sequence[str]) -> None:
    """The product's own search, built anew in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = settings.model_copy(update={"models_dir": Path(folder)})
        start = time.perf_counter()
        index.build(fresh, lambda line: None)
        built = time.perf_counter() - start
        start = time.perf_counter()
        searcher = Searcher.load(fresh, lambda line: None)
        loaded = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        _, articles = index.load(fresh)
    assert articles
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(articles.texts.vectors)
    print(f"{count} articles and {len(searcher.entries)} entries: index built in {built:.0f} s")
    print(f"{size / 2**20:.0f} MiB on disk, start {loaded:.1f} s, at most {memory:.0f} MiB in use")
    encoder = Encoder(settings.embedding_model)
    searches = _alone(articles, encoder)
    searches["whole search"] = searcher.search
    compare(searches, questions)


def curve(
    size: int, articles: Sequence[Article], settings: Settings, questions: Sequence[str]
) -> None:
    """Word and meaning search with fusion over so many documents."""
    encoder = Encoder(settings.embedding_model)
    texts = spans(articles, size)
    start = time.perf_counter()
    part = Part.of_texts(texts, [()] * size, encoder)
    built = time.perf_counter() - start
    print(f"{size} documents, {kind(size, part.texts.vectors.shape[1])}: built in {built:.0f} s")
    reader = Reader(Words.load(settings.content_dir), encoder)
    weights = Ranking.load(settings.content_dir).articles
    searches = _alone(part, encoder)
    searches["fused"] = lambda question: rank(part, reader.read(question), weights)
    compare(searches, questions)


def spans(articles: Sequence[Article], count: int) -> list[str]:
    """Random runs of one to three clauses, each with its law's name."""
    random = np.random.default_rng(20261122)
    clauses = [article.text.split("，") for article in articles]
    found = []
    for place in random.integers(0, len(articles), count):
        some = clauses[place]
        start = int(random.integers(0, len(some)))
        end = start + int(random.integers(1, 4))
        found.append(f"{articles[place].law} {'，'.join(some[start:end])}")
    return found


def _alone(part: Part, encoder: Encoder) -> dict[str, Search]:
    """BM25 alone, and an exact FAISS index alone, over the same documents."""
    vectors = part.texts.vectors.astype(np.float32)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return {
        "bm25s alone": lambda question: words_alone(part.lexical, question),
        "FAISS flat alone": lambda question: flat.search(encoder.encode([question]), DEPTH),
    }


def words_alone(lexical: LexicalIndex, question: str) -> object:
    """What bm25s offers by itself."""
    return lexical.bm25.retrieve([tokens(question)], k=DEPTH, show_progress=False)


def compare(searches: dict[str, Search], questions: Sequence[str]) -> None:
    """Time each search on each question in turn; ratios are those of the 95th percentiles."""
    taken: dict[str, list[float]] = {name: [] for name in searches}
    for warm_up, asked in ((True, questions[:20]), (False, questions)):
        for question in asked:
            for name, search in searches.items():
                start = time.perf_counter()
                search(question)
                if not warm_up:
                    taken[name].append((time.perf_counter() - start) * 1000)
    base = np.percentile(taken["bm25s alone"], 95)
    for name, times in taken.items():
        p50, p95 = np.percentile(times, [50, 95])
        print(f"  {name:18} p50 {p50:6.2f} ms  p95 {p95:6.2f} ms  {p95 / base:.1f} x bm25s")


if __name__ == "__main__":
    sys.exit(main())
