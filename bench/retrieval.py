"""Quality and speed of article search, next to BM25 alone; all from one run.

Usage: python bench/retrieval.py [QUERIES] [--statutes FILE]
QUERIES are lines of {"query", "relevant"}. The default is the questions held out of an encoder
trained with `python -m knowledge train --hold-out 0 --out var/encoder-fold0`; it is measured then.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge import lay_questions
from knowledge.encode import Encoder
from knowledge.evaluate import Methods, measure, read_queries
from knowledge.index import Part
from knowledge.settings import Settings
from knowledge.statutes import Statutes
from knowledge.train import HELD_OUT

FOLD_ENCODER = Path("var/encoder-fold0")


def main() -> int:
    """Print one line per method: recall, rank, milliseconds per question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path, nargs="?", default=FOLD_ENCODER / HELD_OUT)
    parser.add_argument("--statutes", type=Path, default=Settings().statutes_path)
    parser.add_argument("--encoder", default=None)
    options = parser.parse_args()
    if options.statutes is None or not options.queries.exists():
        print("needs statute texts and queries: see the first lines of this file", file=sys.stderr)
        return 2
    own = options.queries.parent == FOLD_ENCODER
    model = options.encoder or (str(FOLD_ENCODER) if own else Settings().embedding_model)
    statutes = Statutes.load(options.statutes)
    queries = read_queries(options.queries)
    start = time.perf_counter()
    content = Settings().content_dir
    asked = lay_questions.load(content, statutes.articles)
    part = Part.of_articles(statutes.articles, Encoder(model), asked)
    print(f"{len(statutes)} articles indexed in {time.perf_counter() - start:.0f} s; {model}")
    methods = Methods(statutes, part, model, content)
    print(f"{len(queries)} questions   recall@5  @10  @30  @100   mrr@10   ms/question")
    for name in ("bm25", "dense", "hybrid"):
        method = getattr(methods, name)
        method(queries[0][0])  # the first call loads what is loaded late
        start = time.perf_counter()
        found = measure(method, queries)
        each = (time.perf_counter() - start) / len(queries) * 1000
        print(f"{name:8}", *(f"{value:.3f}" for value in found.values()), f"{each:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
