"""Learns the re-ranker from questions that the encoder of their fold was trained without."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from knowledge import priors, reranker
from knowledge.encode import Encoder
from knowledge.errors import ContentError
from knowledge.evaluate import read_queries
from knowledge.index import Part, Progress
from knowledge.normalise import Words
from knowledge.ranking import Reader, candidates
from knowledge.reranker import FEATURES, Features, Network
from knowledge.statutes import Article
from knowledge.train import HELD_OUT

HIDDEN = 16
EPOCHS = 10
BATCH = 8  # questions
SEED = 20261122


@dataclass(frozen=True)
class Example:
    """A question's candidates and which of them answer it."""

    features: Features
    right: Features


def examples(articles: Sequence[Article], encoder: Path, content: Path) -> list[Example]:
    """Candidates for the questions held out of one encoder; those without a right one left out.

    Raises:
        ContentError: the encoder was trained on everything, or came without priors.
    """
    known = priors.load(encoder, articles)
    if known is None or not (encoder / HELD_OUT).exists():
        raise ContentError(f"{encoder}: not an encoder made by train --hold-out")
    part = Part.of_articles(articles, Encoder(str(encoder)))
    reader = Reader(Words.load(content), Encoder(str(encoder)))
    length = reranker.lengths(articles)
    ids = np.array([article.id for article in articles])
    found = []
    for question, relevant in read_queries(encoder / HELD_OUT):
        these = candidates(part, reader.read(question))
        right = np.isin(ids[these.rows], list(relevant)).astype(np.float32)
        if right.any():
            found.append(Example(reranker.features(these, known, length), right))
    return found


def fuse(
    articles: Sequence[Article], folds: Sequence[Path], content: Path, out: Path, say: Progress
) -> None:
    """Train a re-ranker and write it beside the encoder that ships.

    Args:
        articles: all articles, as they were when the encoders were trained.
        folds: encoders that were each trained without a part of the questions.
        content: the folder with the words.
        out: the encoder's folder.
        say: called with a sentence for each step.
    """
    known: list[Example] = []
    for encoder in folds:
        known += examples(articles, encoder, content)
        say(f"fuse: {len(known)} questions, with {encoder}")
    path = out / reranker.RERANKER
    path.write_text(learn(known).model_dump_json(indent=None) + "\n", encoding="utf-8")


def learn(known: Sequence[Example]) -> Network:
    """A network that gives the right candidates the greater share of likelihood (ListNet:
    Cao et al., 2007, https://doi.org/10.1145/1273496.1273513)."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    everything = torch.from_numpy(np.concatenate([example.features for example in known]))
    centre, scale = everything.mean(0), everything.std(0) + 1e-6
    hidden = torch.nn.Linear(len(FEATURES), HIDDEN)
    out = torch.nn.Linear(HIDDEN, 1, bias=False)
    network = torch.nn.Sequential(hidden, torch.nn.ReLU(), torch.nn.Dropout(0.1), out)
    batches = max(1, len(known) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=EPOCHS * batches)
    for _ in range(EPOCHS):
        for batch in np.array_split(order.permutation(len(known)), batches):
            optimizer.zero_grad()
            for n in batch:
                x = (torch.from_numpy(known[n].features) - centre) / scale
                right = torch.from_numpy(known[n].right)
                shares = torch.log_softmax(network(x).squeeze(1), 0)
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
    )
