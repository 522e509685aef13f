"""Learns the re-ranking networks from questions that encoder, classifier and index do not know."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge import also_right, entry_scores, strict_yaml
from knowledge.encode import Encoder, Remembering
from knowledge.entries import Entry
from knowledge.evaluate_entries import without_variants
from knowledge.fuse_articles import Searched, article_parts, learn_order, searched
from knowledge.index import Part, Progress
from knowledge.labels import Label
from knowledge.learning import Course, Example, learn
from knowledge.ranking import Reader
from knowledge.reranker import BEST, RERANKER, Network, Networks, doubts, entry_features
from knowledge.statutes import Article

TAUGHT = 100  # candidates of a variant that the network learns from; the rest are far behind
TURNS = 2  # variants of each entry, of every fold, that the network learns from
REAL = 3  # times that a citizen's question counts, against a variant's one


VARIANTS = Course(epochs=8, batch=32)
FITTING = Course(epochs=40, batch=32)


def variant_examples(entries: Sequence[Entry], encoder: Path, content: Path) -> list[Example]:
    """Candidates for variants held out of one encoder, at most two an entry, while the index
    lacks them.

    Raises:
        ContentError: its classifier was trained on everything.
    """
    model = Remembering(str(encoder))
    reader = Reader.load(content, model, entries)
    others = also_right.load(content, entries)
    found = []
    turns = without_variants(entries, model, entry_scores.fold_of(encoder))
    for part, asked in islice(turns, TURNS):
        for place, variant in asked:
            these, features = entry_features(part, reader.read(variant))
            right = np.isin(these.rows, (place, *others.get((place, variant), ()))).astype(
                np.float32
            )
            if right.any():
                found.append(_shortened(Example(features, right)))
    return found


def entry_examples(
    entries: Sequence[Entry], asked: Sequence[tuple[str, Label]], encoder: Path, content: Path
) -> list[Example]:
    """Candidates for citizens' questions, given with their labels, and for off-topic lines.

    Every other line of `off_topic.yml` is left for measuring.
    """
    model = Encoder(str(encoder))
    part, reader = Part.of_entries(entries, model), Reader.load(content, model, entries)
    ids = np.array([entry.id for entry in entries])
    found = []
    strange = strict_yaml.read(content / "off_topic.yml")[::2]
    answers = [(question, label.entries) for question, label in asked]
    for question, right_ids in [*answers, *((str(line), ()) for line in strange)]:
        these, features = entry_features(part, reader.read(question))
        right = np.isin(ids[these.rows], right_ids).astype(np.float32)
        found.append(Example(features, right))
    return found


def fuse(
    articles: Sequence[Article],
    entries: Sequence[Entry],
    folds: Sequence[Path],
    asked: Sequence[tuple[str, Label]],
    content: Path,
    out: Path,
    say: Progress,
) -> None:
    """Train the networks and write them beside the encoder that ships.

    Args:
        articles: all articles, as they were when the encoders were trained.
        entries: all entries.
        folds: encoders that were each trained without a part of the questions and variants.
        asked: citizens' questions with their labels, not those that entries were written after.
        content: the folder with the words.
        out: the encoder's folder.
        say: called with a sentence for each step.
    """
    known: list[Searched] = []
    for encoder, part in zip(folds, article_parts(articles, folds, content), strict=True):
        known += searched(articles, entries, part, encoder, content)
        say(f"fuse: {len(known)} questions about articles, with {encoder}")
    first, again = learn_order(known)
    variants: list[Example] = []
    for encoder in folds:
        variants += variant_examples(entries, encoder, content)
        say(f"fuse: {len(variants)} variants, with {encoder}")
    real = entry_examples(entries, asked, out, content)
    say(f"fuse: {len(asked)} citizens' questions")
    order = learn([*variants, *fitting(real) * REAL], False, VARIANTS)
    networks = Networks(
        articles=first,
        again=again,
        entries=order,
        fits=learn([_doubted(order, example) for example in real], True, FITTING),
    )
    (out / RERANKER).write_text(networks.model_dump_json() + "\n", encoding="utf-8")


def fitting(examples: Sequence[Example]) -> list[Example]:
    """Those that a candidate answers, with the best candidates only."""
    return [_shortened(example) for example in examples if example.right.any()]


def _shortened(example: Example) -> Example:
    """The right candidates and those that look best by words, meaning and classifier."""
    words, meaning, *_, likely = BEST
    features = example.features
    looks = features[:, words] + features[:, meaning] + 0.1 * features[:, likely]
    order = np.argsort(-(looks + 100 * example.right), kind="stable")[:TAUGHT]
    return Example(features[order], example.right[order])


def _doubted(order: Network, example: Example) -> Example:
    """One row that says whether any candidate fits; right if one answers."""
    row = doubts(order.shares(example.features), example.features)
    return Example(row, np.array([example.right.max()], dtype=np.float32))
