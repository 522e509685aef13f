"""Trains the classifier that says which entry a question is about (`entry_scores.py`).

It starts from the encoder's own vectors and learns from the ways of asking each entry, from clauses
of the entries, and from citizens' questions that ways of asking were written after; beside that it
learns to tell an entry's further questions apart (`learn_next.py`). Two thirds of what a question
has are left out each time, as in the encoder's training. What ships is the mean of several runs,
which start alike and differ in what is drawn: it knows about as much as all of them together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize

from knowledge import entry_scores, learn_next, training_data
from knowledge.entries import Entry
from knowledge.entry_scores import TOKENIZER
from knowledge.index import Progress
from knowledge.learn_next import Group
from knowledge.normalise import Words, plain
from knowledge.training_data import Ids, known_pieces, thin

WEIGHTS = "model.safetensors"
CLAUSE_THINNING = 0.3


@dataclass(frozen=True)
class Recipe:
    """How the classifier is trained; the shipped one uses the defaults."""

    epochs: int = 10
    runs: int = 3
    batch: int = 512  # questions
    clauses: int = 128  # runs of clauses, in each batch
    thinning: float = 0.65  # share of a question's pieces left out each time
    next_weight: float = 0.15  # of telling further questions apart, against telling entries apart
    least: int = 13  # occurrences of a piece that is worth a vector
    vector_rate: float = 5e-3
    direction_rate: float = 0.05
    scale: float = 12.0  # of the directions at the start
    seed: int = 20261122


@dataclass(frozen=True)
class Asked:
    """Questions as pieces, and the place of the entry that each asks for."""

    pieces: list[Ids]
    places: NDArray[np.int64]


def train(
    entries: Sequence[Entry],
    real: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, str]],
    words: Words,
    encoder: Path,
    fold: int | None,
    say: Progress,
    recipe: Recipe | None = None,
) -> None:
    """Train the classifier for an encoder and write it beside it.

    Args:
        entries: all entries.
        real: citizens' questions with the entry that answers each best; how often each is asked
            for is counted from them.
        more: other people's questions with the same, that are only learnt from.
        words: filler words.
        encoder: the encoder's folder.
        fold: the fold of variants to leave out, as the encoder was trained; None for none.
        say: called with a sentence for each step.
        recipe: the settings.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    tokenizer = Tokenizer.from_file(str(encoder / TOKENIZER))
    asked = _asked(entries, [*real, *more], words, tokenizer, fold)
    clauses = [_clauses(entry, tokenizer) for entry in entries]
    further = learn_next.questions(entries, words, tokenizer, fold)
    counts = Counter(int(piece) for some in asked.pieces for piece in some)
    counts.update(int(piece) for group in further for one in group for piece in one.pieces())
    counts.update({int(piece) for some in clauses for clause in some for piece in clause})
    pieces = sorted(piece for piece, count in counts.items() if count >= recipe.least)
    whole = next(iter(load_file(str(encoder / WEIGHTS)).values())).float()
    rows = np.full(len(whole), -1)
    rows[pieces] = np.arange(len(pieces))
    asked = Asked([known_pieces(some, rows) for some in asked.pieces], asked.places)
    spans = [[known_pieces(clause, rows) for clause in some] for some in clauses]
    known = [[one.known(rows) for one in group] for group in further]
    say(f"train-entries: {len(asked.pieces)} questions, {len(pieces)} pieces")
    learnt: list[list[NDArray[np.float32]]] = []
    for run in range(recipe.runs):
        model = _Model(whole[pieces], len(entries))
        model.point(asked, recipe.scale)
        random = np.random.default_rng(recipe.seed + run)
        _learn(model, asked, spans, known, recipe, random, say)
        weights = (model.bag.weight, model.directions, model.bias)
        learnt.append([weight.detach().numpy().copy() for weight in weights])
    vectors, directions, bias = (np.mean(some, axis=0) for some in zip(*learnt, strict=True))
    ids = [entry.id for entry in entries]
    answers = Counter(right for _, right in real)
    asked_for = [answers[name] for name in ids]
    entry_scores.save(encoder, pieces, vectors, directions, bias, ids, asked_for, fold)


class _Model(torch.nn.Module):
    def __init__(self, vectors: torch.Tensor, entries: int) -> None:
        super().__init__()
        self.bag = torch.nn.EmbeddingBag.from_pretrained(vectors.clone(), freeze=False, mode="sum")
        self.directions = torch.nn.Parameter(torch.zeros(entries, vectors.shape[1]))
        self.bias = torch.nn.Parameter(torch.zeros(entries))
        self.sharpness = torch.nn.Parameter(torch.tensor(learn_next.SHARPNESS))

    def point(self, asked: Asked, scale: float) -> None:
        """Let each direction be the middle of the entry's questions."""
        with torch.no_grad():
            vectors = self.vectors(asked.pieces)
            self.directions.index_add_(0, torch.from_numpy(asked.places), vectors)
            self.directions.copy_(scale * normalize(self.directions, dim=1))

    def vectors(self, texts: Sequence[Ids]) -> torch.Tensor:
        """Unit vectors of texts."""
        starts = torch.from_numpy(np.cumsum([0, *map(len, texts[:-1])]))
        flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        return normalize(self.bag(flat, starts), dim=1)

    def forward(self, texts: Sequence[Ids]) -> torch.Tensor:
        """Scores of all entries for each text."""
        return self.vectors(texts) @ self.directions.T + self.bias


def _learn(
    model: _Model, asked: Asked, clauses: list[list[Ids]], further: Sequence[Group],
    recipe: Recipe, random: np.random.Generator, say: Progress,
) -> None:  # fmt: skip
    rates = (
        {"params": [model.directions, model.bias], "lr": recipe.direction_rate},
        {"params": [*model.bag.parameters(), model.sharpness], "lr": recipe.vector_rate},
    )
    optimizer = torch.optim.Adam(rates)
    batches = -(-len(asked.pieces) // recipe.batch)
    steps = recipe.epochs * batches
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 20, max(0.02, 1 - step / steps))
    )
    for epoch in range(1, recipe.epochs + 1):
        total = 0.0
        for some in np.array_split(random.permutation(len(asked.pieces)), batches):
            texts = [thin(asked.pieces[n], recipe.thinning, random) for n in some]
            owners = random.integers(0, len(clauses), recipe.clauses)
            texts += [_run(clauses[owner], random) for owner in owners]
            right = torch.from_numpy(np.concatenate([asked.places[some], owners]))
            loss = cross_entropy(model(texts), right)
            if further:
                apart = learn_next.loss(model.vectors, model.sharpness, further, random)
                loss = loss + recipe.next_weight * apart
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += loss.item()
        say(f"train-entries: epoch {epoch} of {recipe.epochs}, loss {total / batches:.3f}")


def _asked(
    entries: Sequence[Entry],
    real: Sequence[tuple[str, str]],
    words: Words,
    tokenizer: Tokenizer,
    fold: int | None,
) -> Asked:
    numbers = {entry.id: n for n, entry in enumerate(entries)}
    texts: list[str] = []
    places: list[int] = []
    for entry in entries:
        kept, _ = training_data.split_variants(entry, fold)
        ways = (entry.meta.question, entry.answer, *kept)
        texts += ways
        places += [numbers[entry.id]] * len(ways)
    for question, right in real:
        if right in numbers:
            texts.append(question)
            places.append(numbers[right])
    ready = [words.without_fillers(plain(text)) for text in texts]
    return Asked(training_data.encode(tokenizer, ready), np.array(places, dtype=np.int64))


def _clauses(entry: Entry, tokenizer: Tokenizer) -> list[Ids]:
    texts = training_data.clauses(plain(f"{entry.body}\n{entry.detail}"))
    return training_data.encode(tokenizer, texts)


def _run(clauses: list[Ids], random: np.random.Generator) -> Ids:
    """One to three neighbouring clauses, thinned."""
    start = int(random.integers(0, len(clauses)))
    some = clauses[start : start + int(random.integers(1, 4))]
    return thin(np.concatenate(some), CLAUSE_THINNING, random)
