"""Which entries answer citizens' real questions, as people judged; the questions lie elsewhere.

The questions are not part of the project: a label names its question by a digest.
"""

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentError

LABELS = Path(__file__).parent / "labels.tsv"
USES = ("written", "learn", "tune", "test")  # written: ways of asking were made from it
DIGITS = 16


@dataclass(frozen=True)
class Label:
    """What a person said of one question.

    `topics` are its best topics, at most two, none for what is no legal question; `entries` are
    all that answer it, best first, none if no entry does.
    """

    digest: str
    use: str
    topics: tuple[str, ...]
    entries: tuple[str, ...]


def read(path: Path = LABELS) -> list[Label]:
    """All labels.

    Raises:
        ContentError: a row has other columns, or a use that is none.
    """
    labels = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            if len(row) != 4 or row[1] not in USES:
                raise ContentError(f"{path}:{number}: not a digest, use, topics and entries")
            digest, use, topics, entries = row
            labels.append(Label(digest, use, tuple(topics.split()), tuple(entries.split())))
    return labels


def digest(question: str) -> str:
    """The digest by which a label names its question."""
    return hashlib.sha256(question.strip().encode()).hexdigest()[:DIGITS]


def labelled(files: Sequence[Path], use: str, path: Path = LABELS) -> list[tuple[str, Label]]:
    """The questions of files that have a label for one use, in the order of the labels.

    Args:
        files: a question a line, or (`.jsonl`) an object a line with the question as `query`.
        use: one of `USES`.
        path: the labels.
    """
    texts = {digest(question): question for file in files for question in _questions(file)}
    return [(texts[x.digest], x) for x in read(path) if x.use == use and x.digest in texts]


def _questions(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines] if file.suffix == ".jsonl" else lines
