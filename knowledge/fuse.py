"""Learns the two re-ranking networks from questions that encoder and index do not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from knowledge import lay_questions, priors, strict_yaml
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.evaluate import read_queries
from knowledge.index import Part, Progress
from knowledge.labels import Label
from knowledge.lay_questions import Asked
from knowledge.normalise import Words
from knowledge.ranking import Reader, candidates
from knowledge.reranker import (
    RERANKER,
    Features,
    Network,
    Networks,
    article_facts,
    common_features,
    entry_features,
)
from knowledge.statutes import Article
from knowledge.train import HELD_OUT

HIDDEN = 16
EPOCHS = 25
BATCH = 8  # questions
SEED = 20261122


@dataclass(frozen=True)
class Example:
    """A question's candidates and which of them answer it (none, if "none of these" is right)."""

    features: Features
    right: Features


def article_examples(
    articles: Sequence[Article], asked: Asked, encoder: Path, content: Path
) -> list[Example]:
    """Candidates for the questions held out of one encoder; those without a right one left out.

    Raises:
        ContentError: the encoder was trained on everything, or came without priors.
    """
    if not (encoder / HELD_OUT).exists() or not (encoder / priors.PRIORS).exists():
        raise ContentError(f"{encoder}: not an encoder made by train --hold-out")
    part = Part.of_articles(articles, Encoder(str(encoder)), asked)
    reader = Reader(Words.load(content), Encoder(str(encoder)))
    facts = article_facts(encoder, articles)
    ids = np.array([article.id for article in articles])
    found = []
    for question, relevant in read_queries(encoder / HELD_OUT):
        these = candidates(part, reader.read(question))
        right = np.isin(ids[these.rows], list(relevant)).astype(np.float32)
        if right.any():
            features = np.hstack([common_features(these), facts[these.rows]])
            found.append(Example(features, right))
    return found


def entry_examples(
    entries: Sequence[Entry], asked: Sequence[tuple[str, Label]], encoder: Path, content: Path
) -> list[Example]:
    """Candidates for citizens' questions, given with their labels, and for off-topic lines.

    Every other line of `off_topic.yml` is left for measuring.
    """
    part = Part.of_entries(entries, Encoder(str(encoder)))
    reader = Reader(Words.load(content), Encoder(str(encoder)))
    ids = np.array([entry.id for entry in entries])
    found = []
    strange = strict_yaml.read(content / "off_topic.yml")[::2]
    answers = [(question, label.entries) for question, label in asked]
    for question, right_ids in [*answers, *((str(line), ()) for line in strange)]:
        query = reader.read(question)
        these = candidates(part, query)
        right = np.isin(ids[these.rows], right_ids).astype(np.float32)
        found.append(Example(entry_features(these, query), right))
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
    """Train both networks and write them beside the encoder that ships.

    Args:
        articles: all articles, as they were when the encoders were trained.
        entries: all entries.
        folds: encoders that were each trained without a part of the questions.
        asked: citizens' questions with their labels, not those that entries were written after.
        content: the folder with the words.
        out: the encoder's folder.
        say: called with a sentence for each step.
    """
    lay = lay_questions.load(content, articles)
    known: list[Example] = []
    for encoder in folds:
        known += article_examples(articles, lay, encoder, content)
        say(f"fuse: {len(known)} questions about articles, with {encoder}")
    say(f"fuse: {len(asked)} questions about entries")
    others = entry_examples(entries, asked, out, content)
    networks = Networks(articles=learn(known, False), entries=learn(others, True))
    (out / RERANKER).write_text(networks.model_dump_json() + "\n", encoding="utf-8")


def learn(known: Sequence[Example], none: bool) -> Network:
    """A network that gives the right candidates the greater share of likelihood.

    The loss is that of ListNet (Cao et al., 2007, https://doi.org/10.1145/1273496.1273513).

    Args:
        known: the examples.
        none: whether "none of these" can be right; its score is learnt as well.
    """
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    everything = torch.from_numpy(np.concatenate([example.features for example in known]))
    centre, scale = everything.mean(0), everything.std(0) + 1e-6
    hidden = torch.nn.Linear(everything.shape[1], HIDDEN)
    out = torch.nn.Linear(HIDDEN, 1, bias=False)
    network = torch.nn.Sequential(hidden, torch.nn.ReLU(), torch.nn.Dropout(0.1), out)
    nothing = torch.nn.Parameter(torch.zeros(1))
    batches = max(1, len(known) // BATCH)
    optimizer = torch.optim.AdamW([*network.parameters(), nothing], weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=EPOCHS * batches)
    for _ in range(EPOCHS):
        for batch in np.array_split(order.permutation(len(known)), batches):
            optimizer.zero_grad()
            for n in batch:
                scores = network((torch.from_numpy(known[n].features) - centre) / scale)[:, 0]
                right = torch.from_numpy(known[n].right)
                if none:
                    scores = torch.cat([scores, nothing])
                    right = torch.cat([right, 1 - right.amax(keepdim=True)])
                shares = torch.log_softmax(scores, 0)
                loss = -(shares * right).sum() / right.sum() / len(batch)
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
