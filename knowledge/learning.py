"""Learns a network that orders candidates, from examples of which are right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from knowledge.reranker import Features, Network

HIDDEN = 16
HEADS = 5  # networks learnt side by side; their mean is steadier than any
SEED = 20261122


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
    network = _Network(everything.shape[1])
    batches = max(1, len(known) // course.batch)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.05)
    steps = course.epochs * batches
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps)
    for _ in range(course.epochs):
        for batch in np.array_split(order.permutation(len(known)), batches):
            features, right = _padded([known[n] for n in batch])
            right = right[..., None]
            scores = network((features - centre) / scale).masked_fill(right.isnan(), float("-inf"))
            right = right.nan_to_num()
            if none:
                scores = torch.cat([scores, network.none.expand(len(batch), 1, HEADS)], 1)
                right = torch.cat([right, 1 - right.amax(1, keepdim=True)], 1)
            shares = torch.log_softmax(scores, 1).clamp(min=-1e4)  # no endless one times nothing
            optimizer.zero_grad()
            loss = -((shares * right).sum(1) / right.sum(1)).mean(0).sum()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return Network(
        centre=centre.tolist(),
        scale=scale.tolist(),
        hidden=network.hidden.weight.tolist(),
        hidden_bias=network.hidden.bias.tolist(),
        out=(network.out / HEADS).flatten().tolist(),
        none=network.none.mean().item() if none else None,
    )


class _Network(torch.nn.Module):
    """Several networks of one hidden layer beside each other; as one, they give their mean."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(columns, HIDDEN * HEADS)
        limit = HIDDEN**-0.5
        self.out = torch.nn.Parameter(torch.empty(HEADS, HIDDEN).uniform_(-limit, limit))
        self.none = torch.nn.Parameter(torch.zeros(HEADS))
        self.dropout = torch.nn.Dropout(0.1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """The score that each network gives each candidate."""
        layer = self.dropout(torch.relu(self.hidden(features)))
        scores: torch.Tensor = (layer.unflatten(-1, (HEADS, HIDDEN)) * self.out).sum(-1)
        return scores


def _padded(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Features and right candidates in one block; `right` is not a number where there is none."""
    most = max(len(example.right) for example in examples)
    features = np.zeros((len(examples), most, examples[0].features.shape[1]), dtype=np.float32)
    right = np.full((len(examples), most), np.nan, dtype=np.float32)
    for n, example in enumerate(examples):
        features[n, : len(example.right)] = example.features
        right[n, : len(example.right)] = example.right
    return torch.from_numpy(features), torch.from_numpy(right)
