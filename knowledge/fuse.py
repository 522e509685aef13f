"""Learns the re-ranking networks from questions that encoder, classifier and index do not know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from knowledge import entry_scores, lay_questions, priors, strict_yaml
from knowledge.cited import Cited
from knowledge.encode import Encoder, Remembering
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.evaluate import read_queries
from knowledge.evaluate_entries import without_variants
from knowledge.index import Part, Progress
from knowledge.labels import Label
from knowledge.lexical import LexicalIndex
from knowledge.ranking import Reader
from knowledge.reranker import (
    BEST,
    RERANKER,
    Features,
    Network,
    Networks,
    article_facts,
    article_features,
    doubts,
    entry_features,
)
from knowledge.statutes import Article
from knowledge.train import HELD_OUT

HIDDEN = 16
SEED = 20261122
TAUGHT = 100  # candidates of a variant that the network learns from; the rest are far behind
TURNS = 2  # variants of each entry, of every fold, that the network learns from
REAL = 3  # times that a citizen's question counts, against a variant's one


@dataclass(frozen=True)
class Example:
    """A question's candidates and which of them answer it (none, if "none of these" is right)."""

    features: Features
    right: Features


@dataclass(frozen=True)
class Course:
    """How long a network learns, and from how many questions at a time."""

    epochs: int = 25
    batch: int = 8


VARIANTS = Course(epochs=8, batch=32)
FITTING = Course(epochs=40, batch=32)


def article_examples(
    articles: Sequence[Article],
    entries: Sequence[Entry],
    part: Part,
    encoder: Path,
    content: Path,
) -> list[Example]:
    """Candidates for the questions held out of one encoder; those without a right one left out.

    `part` is the articles' index with that encoder.

    Raises:
        ContentError: the encoder was trained on everything, or came without priors.
    """
    reader = Reader.load(content, Encoder(str(encoder)), entries)
    facts, cited = article_facts(encoder, articles), Cited.of(entries, articles)
    ids = np.array([article.id for article in articles])
    found = []
    for question, relevant in read_queries(encoder / HELD_OUT):
        these, features = article_features(part, reader.read(question), facts, cited)
        right = np.isin(ids[these.rows], list(relevant)).astype(np.float32)
        if right.any():
            found.append(Example(features, right))
    return found


def article_parts(
    articles: Sequence[Article], folds: Sequence[Path], content: Path
) -> Iterator[Part]:
    """The articles' index with each encoder.

    Raises:
        ContentError: an encoder was trained on everything, or came without priors.
    """
    asked = lay_questions.load(content, articles)
    lexical: LexicalIndex | None = None
    for encoder in folds:
        if not (encoder / HELD_OUT).exists() or not (encoder / priors.PRIORS).exists():
            raise ContentError(f"{encoder}: not an encoder made by train --hold-out")
        part = Part.of_articles(articles, Encoder(str(encoder)), asked, lexical)
        lexical = part.lexical
        yield part


def variant_examples(entries: Sequence[Entry], encoder: Path, content: Path) -> list[Example]:
    """Candidates for variants held out of one encoder, at most two an entry, while the index
    lacks them.

    Raises:
        ContentError: its classifier was trained on everything.
    """
    model = Remembering(str(encoder))
    reader = Reader.load(content, model, entries)
    found = []
    turns = without_variants(entries, model, entry_scores.fold_of(encoder))
    for part, asked in islice(turns, TURNS):
        for place, variant in asked:
            these, features = entry_features(part, reader.read(variant))
            right = (these.rows == place).astype(np.float32)
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
    known: list[Example] = []
    for encoder, part in zip(folds, article_parts(articles, folds, content), strict=True):
        known += article_examples(articles, entries, part, encoder, content)
        say(f"fuse: {len(known)} questions about articles, with {encoder}")
    variants: list[Example] = []
    for encoder in folds:
        variants += variant_examples(entries, encoder, content)
        say(f"fuse: {len(variants)} variants, with {encoder}")
    real = entry_examples(entries, asked, out, content)
    say(f"fuse: {len(asked)} citizens' questions")
    order = learn([*variants, *fitting(real) * REAL], False, VARIANTS)
    networks = Networks(
        articles=learn(known, False),
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


def learn(known: Sequence[Example], none: bool, course: Course | None = None) -> Network:
    """A network that gives the right candidates the greater share of likelihood.

    The loss is that of ListNet (Cao et al., 2007, https://doi.org/10.1145/1273496.1273513).

    Args:
        known: the examples.
        none: whether "none of these" can be right; its score is learnt as well.
        course: how long to learn.
    """
    course = course or Course()
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    everything = torch.from_numpy(np.concatenate([example.features for example in known]))
    centre, scale = everything.mean(0), everything.std(0) + 1e-6
    hidden = torch.nn.Linear(everything.shape[1], HIDDEN)
    out = torch.nn.Linear(HIDDEN, 1, bias=False)
    network = torch.nn.Sequential(hidden, torch.nn.ReLU(), torch.nn.Dropout(0.1), out)
    nothing = torch.nn.Parameter(torch.zeros(1))
    batches = max(1, len(known) // course.batch)
    optimizer = torch.optim.AdamW([*network.parameters(), nothing], weight_decay=0.05)
    steps = course.epochs * batches
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps)
    for _ in range(course.epochs):
        for batch in np.array_split(order.permutation(len(known)), batches):
            features, right = _padded([known[n] for n in batch])
            scores = network((features - centre) / scale)[..., 0]
            scores = scores.masked_fill(right.isnan(), float("-inf"))
            right = right.nan_to_num()
            if none:
                scores = torch.cat([scores, nothing.expand(len(batch), 1)], 1)
                right = torch.cat([right, 1 - right.amax(1, keepdim=True)], 1)
            shares = torch.log_softmax(scores, 1).clamp(min=-1e4)  # no endless one times nothing
            optimizer.zero_grad()
            loss = -((shares * right).sum(1) / right.sum(1)).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return Network(
        centre=centre.tolist(),
        scale=scale.tolist(),
        hidden=hidden.weight.tolist(),
        hidden_bias=hidden.bias.tolist(),
        out=out.weight[0].tolist(),
        none=nothing.item() if none else None,
    )


def _padded(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Features and right candidates in one block; `right` is not a number where there is none."""
    most = max(len(example.right) for example in examples)
    features = np.zeros((len(examples), most, examples[0].features.shape[1]), dtype=np.float32)
    right = np.full((len(examples), most), np.nan, dtype=np.float32)
    for n, example in enumerate(examples):
        features[n, : len(example.right)] = example.features
        right[n, : len(example.right)] = example.right
    return torch.from_numpy(features), torch.from_numpy(right)
