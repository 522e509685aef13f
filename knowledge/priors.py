"""How often laws and articles answered the training questions: a head start for the likely ones."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ContentError
from knowledge.statutes import Article
from knowledge.training_data import Question

PRIORS = "priors.json"  # beside the encoder
COLUMNS = 3
Columns = NDArray[np.float32]
Counts = dict[str, dict[str, list[float]]]  # law, article: share of checked and of other answers


def count(
    checked: Iterable[Question], other: Iterable[Question], articles: Sequence[Article]
) -> Counts:
    """Count answers; a question with several answers gives each its share.

    Args:
        checked: questions whose answers a person has checked.
        other: questions with noisy answers, and the entries' ways of asking.
        articles: what the questions' answers point into; places beyond its end are entries.
    """
    counts: defaultdict[str, defaultdict[str, list[float]]]
    counts = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for column, questions in enumerate((checked, other)):
        for question in questions:
            for place in question.answers:
                if place < len(articles):
                    article = articles[place]
                    counts[article.law][article.article][column] += 1 / len(question.answers)
    return {
        law: {name: [round(n, 2) for n in pair] for name, pair in sorted(of_law.items())}
        for law, of_law in sorted(counts.items())
    }


def save(counts: Counts, folder: Path) -> None:
    """Write the counts beside the encoder, one law a line."""
    lines = [
        f"{json.dumps(law, ensure_ascii=False)}: {json.dumps(of_law, ensure_ascii=False)}"
        for law, of_law in counts.items()
    ]
    (folder / PRIORS).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def load(folder: Path, articles: Sequence[Article]) -> Columns | None:
    """What `save` wrote, as a row per article; None if the encoder came without it.

    Returns:
        Logarithms, shape (articles, 3): checked answers of the article's law, checked answers of
        the article, other answers of the article; 0 for the commonest law, less for others.

    Raises:
        ContentError: the file is not what `save` writes.
    """
    path = folder / PRIORS
    if not path.exists():
        return None
    try:
        counts: Counts = json.loads(path.read_text(encoding="utf-8"))
        laws = {
            law: math.log1p(2 * sum(checked for checked, _ in of_law.values()))
            for law, of_law in counts.items()
        }
        most = max(laws.values(), default=0.0)
        rows = [
            (laws.get(a.law, 0.0) - most, *counts.get(a.law, {}).get(a.article, (0.0, 0.0)))
            for a in articles
        ]
        columns = np.array(rows, dtype=np.float32).reshape(-1, COLUMNS)
        columns[:, 1:] = np.log1p(columns[:, 1:])
        return columns
    except (ValueError, TypeError, AttributeError) as error:
        raise ContentError(f"{path}: not a file of priors ({error!r})") from error
