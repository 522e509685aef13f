"""What people would ask of an article, in everyday words, written by us article by article.

Statutes share few words with the people who need them; these questions are learnt from and indexed
with the articles. They hold for one version of a law: a revision may give a number another meaning.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.errors import ContentError
from knowledge.statutes import Article

FILE = "lay_questions.tsv"  # law, version, article, question; one a line
Asked = Mapping[int, Sequence[str]]  # place of an article: its questions


def load(content: Path, articles: Sequence[Article]) -> dict[int, list[str]]:
    """The questions for the articles at hand, by place; none without the file.

    Those for other versions than the imported one are left out.

    Raises:
        ContentError: a row has other columns, or is there twice.
    """
    places = {(a.law, a.version, a.article): n for n, a in enumerate(articles) if not a.superseded}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for law, version, article, question in _rows(content / FILE):
        place = places.get((law, version, article))
        if place is not None:
            found[place].append(question)
    return dict(found)


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 1):
        if len(row) != 4 or not all(cell.strip() for cell in (row[0], *row[2:])):
            raise ContentError(f"{path}:{number}: not a law, version, article and question")
        if tuple(row) in seen:
            raise ContentError(f"{path}:{number}: the same question for the same article again")
        seen.add(tuple(row))
    return rows
