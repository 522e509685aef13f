"""Trains and measures the first guesses at topics and matters."""

from pathlib import Path

from knowledge import labels
from knowledge.entries import Entry, load_all
from knowledge.errors import ContentError
from knowledge.labels import LABELS
from knowledge.normalise import Words
from knowledge.settings import Settings
from knowledge.topic_shares import NO_MATTER, TopicShares, matter_of
from knowledge.triage import (
    LINES,
    Example,
    Triage,
    entry_examples,
    written_examples,
)

LEARNT = ("written", "learn", "tune")  # uses of labels; "test" is for measuring alone


def train(settings: Settings, lines: Path, label_file: Path = LABELS) -> Triage:
    """Learn from labelled citizens' questions, messages that we wrote, and ways of asking.

    Raises:
        ContentError: the questions are not there, or a file is wrong.
    """
    if not lines.exists():
        raise ContentError(f"{lines}: the citizens' questions are not there")
    entries = load_all(settings.entries_dir)
    by_id = {entry.id: entry for entry in entries}
    examples = entry_examples(entries)
    for use in LEARNT:
        for text, label in labels.labelled([lines], use, label_file):
            if label.topics:
                examples.append(Example(text, label.topics, _matter(label, by_id)))
    written = settings.content_dir / LINES
    examples += written_examples(written) if written.exists() else []
    return Triage.learn(examples, Words.load(settings.content_dir))


def load(settings: Settings) -> Triage:
    """The trained guesses, with the shares of entries.

    Raises:
        ContentError: nothing is trained, or a file is broken.
    """
    words, entries = Words.load(settings.content_dir), load_all(settings.entries_dir)
    shares = TopicShares.load(Path(settings.embedding_model), entries, words)
    triage = Triage.load(settings.triage_dir, words, shares)
    if triage is None:
        raise ContentError(f"{settings.triage_dir}: not trained; python -m knowledge train-triage")
    return triage


def evaluate(settings: Settings, lines: Path, use: str) -> dict[str, float]:
    """Measure the trained guesses on labelled questions about law.

    Returns:
        `topic_first`, `topic_in_two`: share with a right topic as the first guess, or in two;
        `matter_in_two`: of those whose entry leads to a legal-aid matter. And how many there were.

    Raises:
        ContentError: nothing is trained.
    """
    triage = load(settings)
    by_id = {entry.id: entry for entry in load_all(settings.entries_dir)}
    first, in_two, matters = [], [], []
    for text, label in labels.labelled([lines], use):
        if not label.topics:
            continue
        guesses = triage.guess(text)
        first.append(guesses.topics[0] in label.topics)
        in_two.append(bool({*guesses.topics} & {*label.topics}))
        matter = _matter(label, by_id)
        if matter not in (None, NO_MATTER):
            matters.append(matter in guesses.matters)
    return {
        "questions": len(first),
        "topic_first": _share(first),
        "topic_in_two": _share(in_two),
        "with_matter": len(matters),
        "matter_in_two": _share(matters),
    }


def _matter(label: labels.Label, by_id: dict[str, Entry]) -> str | None:
    """The matter of the entry that answers; None where no entry does."""
    return matter_of(by_id[label.entries[0]]) if label.entries else None


def _share(which: list[bool]) -> float:
    return round(sum(which) / max(1, len(which)), 4)
