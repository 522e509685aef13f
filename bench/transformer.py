"""A small transformer trained from scratch, next to the bag of character pieces that ships.

Usage: python bench/transformer.py FOLD_ENCODER [--pretrain MINUTES] [--tune MINUTES]
FOLD_ENCODER is a bag trained with `python -m knowledge train --hold-out 0`. The transformer first
guesses hidden characters of statutes and questions (Devlin et al., 2019), then learns the pairs of
the bag, against each other and against a hard negative that the bag puts before the answer, with
the bag's vectors as a teacher. Prints what each finds of the held-out questions, and both together.
`docs/encoder.md` states what came of it.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch import nn
from torch.nn.functional import cross_entropy, normalize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge import lay_questions, training_data
from knowledge.__main__ import BENCH, NOISY
from knowledge.encode import Encoder, Vectors
from knowledge.entries import load_all
from knowledge.evaluate import measure, read_queries
from knowledge.settings import SHARED, Settings
from knowledge.statutes import Article, Statutes
from knowledge.train import HELD_OUT, Data, Recipe
from knowledge.training_data import Ids, Question

PAD, MASK, FIRST = 0, 1, 2
CHARACTERS = 6000
LENGTH = 128  # characters of a document; the longest two fifths are cut


@dataclass(frozen=True)
class Shape:
    """Size of the network."""

    width: int = 256
    layers: int = 3
    heads: int = 4


class Transformer(nn.Module):
    """Characters to one unit vector: the mean over all places of the last layer."""

    def __init__(self, characters: int, shape: Shape) -> None:
        super().__init__()
        self.characters = nn.Embedding(characters, shape.width, padding_idx=PAD)
        self.places = nn.Embedding(LENGTH, shape.width)
        layer = nn.TransformerEncoderLayer(
            shape.width,
            shape.heads,
            2 * shape.width,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.layers = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(shape.width)

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        """Shape (texts, places) to (texts, places, width)."""
        at = self.places(torch.arange(ids.shape[1]))
        states = self.layers(self.characters(ids) + at, src_key_padding_mask=ids == PAD)
        return self.norm(states)  # type: ignore[no-any-return]

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Shape (texts, places) to unit vectors (texts, width)."""
        kept = (ids != PAD)[:, :, None].float()
        states = self.states(ids) * kept
        return normalize(states.sum(1) / kept.sum(1).clamp(min=1), dim=1)


def build_tokenizer(texts: list[str]) -> Tokenizer:
    """One number per character; 0 pads and is unknown, 1 hides."""
    counts: dict[str, int] = {}
    for text in texts:
        for character in text.lower():
            counts[character] = counts.get(character, 0) + 1
    common = sorted(counts, key=lambda character: -counts[character])
    kept = [c for c in common if not c.isspace()][: CHARACTERS - FIRST]
    vocabulary = {"[PAD]": PAD, "[MASK]": MASK} | {c: n for n, c in enumerate(kept, FIRST)}
    unknown = next(iter(vocabulary))
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=unknown))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    return tokenizer


def padded(texts: list[Ids]) -> torch.Tensor:
    """Token numbers as one array, cut to `LENGTH`."""
    longest = min(LENGTH, max(len(text) for text in texts))
    out = np.full((len(texts), longest), PAD, dtype=np.int64)
    for row, text in enumerate(texts):
        out[row, : min(len(text), longest)] = text[:longest]
    return torch.from_numpy(out)


def schedule(optimizer: torch.optim.Optimizer, done: float, rate: float) -> None:
    """Warm up over a twentieth, then fall linearly; `done` is the share of time that has passed."""
    for group in optimizer.param_groups:
        group["lr"] = rate * min(done / 0.05 + 0.01, 1.02 - done)


def pretrain(network: Transformer, texts: list[Ids], seconds: float, batch: int = 32) -> None:
    """Guess 15% of the characters, hidden nine times in ten."""
    random = np.random.default_rng(1)
    head = nn.Linear(network.characters.embedding_dim, network.characters.embedding_dim)
    optimizer = torch.optim.AdamW([*network.parameters(), *head.parameters()], weight_decay=0.01)
    start, step = time.monotonic(), 0
    while (done := (time.monotonic() - start) / seconds) < 1:
        chosen = [texts[n] for n in random.integers(0, len(texts), batch)]
        starts = [int(random.integers(0, max(1, len(text) - LENGTH))) for text in chosen]
        ids = padded([text[start:] for text, start in zip(chosen, starts, strict=True)])
        hidden = (torch.rand(ids.shape) < 0.15) & (ids != PAD)
        if not hidden.any():
            continue
        seen = ids.masked_fill(hidden & (torch.rand(ids.shape) < 0.9), MASK)
        states = head(network.states(seen)[hidden])
        loss = cross_entropy(states @ network.characters.weight.T, ids[hidden])
        schedule(optimizer, done, 1e-3)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 100 == 0:
            print(f"pretrain: {done:.2f}, step {step}, loss {loss.item():.3f}", flush=True)


@dataclass(frozen=True)
class Pairs:
    """Questions of several sources with their answers, and all documents; texts and vectors."""

    questions: list[list[Question]]
    shares: list[int]
    asked: list[list[Ids]]
    asked_vectors: list[torch.Tensor]
    documents: list[Ids]
    document_vectors: torch.Tensor

    def batch(self, random: np.random.Generator) -> tuple[list[tuple[int, int, int]], np.ndarray]:
        """Source, question and answer of each pair, and which other answers are right too."""
        drawn, right = [], []
        for source, share in enumerate(self.shares):
            for n in map(int, random.integers(0, len(self.questions[source]), share)):
                answers = self.questions[source][n].answers
                drawn.append((source, n, int(random.choice(answers))))
                right.append(answers)
        places = [place for *_, place in drawn]
        also = np.stack([np.isin(places, answers) for answers in right])
        np.fill_diagonal(also, False)
        return drawn, also


def tune(network: Transformer, pairs: Pairs, seconds: float) -> None:
    """Contrast questions with answers in the batch, one hard negative each; follow the teacher."""
    random = np.random.default_rng(2)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    start, step = time.monotonic(), 0
    while (done := (time.monotonic() - start) / seconds) < 1:
        drawn, also = pairs.batch(random)
        hard = _harder(pairs, drawn, random)
        questions = network(padded([pairs.asked[s][n] for s, n, _ in drawn]))
        answers = network(padded([pairs.documents[p] for p in [p for *_, p in drawn] + hard]))
        scores = (questions @ answers.T) / 0.05
        scores[:, : len(drawn)].masked_fill_(torch.from_numpy(also), float("-inf"))
        loss = cross_entropy(scores, torch.arange(len(drawn)))
        taught = torch.stack([pairs.asked_vectors[s][n] for s, n, _ in drawn])
        places = [place for *_, place in drawn]
        loss = loss + 2 - (questions * taught).sum(1).mean()
        loss = loss - (answers[: len(drawn)] * pairs.document_vectors[places]).sum(1).mean()
        schedule(optimizer, done, 7e-4)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"tune: {done:.2f}, step {step}, loss {loss.item():.3f}", flush=True)


def _harder(
    pairs: Pairs, drawn: list[tuple[int, int, int]], random: np.random.Generator
) -> list[int]:
    """For each question a wrong document among the forty that the teacher finds."""
    vectors = torch.stack([pairs.asked_vectors[s][n] for s, n, _ in drawn])
    found = (vectors @ pairs.document_vectors.T).topk(40).indices.numpy()
    wrong = [
        [int(p) for p in row if p not in pairs.questions[s][n].answers]
        for row, (s, n, _) in zip(found, drawn, strict=True)
    ]
    return [int(random.choice(row)) for row in wrong]


def encode(network: Transformer, texts: list[Ids]) -> Vectors:
    """Unit vectors of texts, shape (texts, width); in order of length, which saves time."""
    network.eval()
    order = np.argsort([len(text) for text in texts])
    out = np.zeros((len(texts), network.characters.embedding_dim), dtype=np.float32)
    with torch.no_grad():
        for rows in np.array_split(order, len(texts) // 64 + 1):
            out[rows] = network(padded([texts[n] for n in rows])).numpy()
    return out


def report(
    name: str, articles: list[Article], queries: Vectors, found: Vectors, path: Path
) -> None:
    """Print what vectors find of the held-out questions."""
    ids = np.array([article.id for article in articles])
    asked = read_queries(path)
    ranked = {
        text: ids[np.argsort(-(found @ vector))[:100]].tolist()
        for (text, _), vector in zip(asked, queries, strict=True)
    }
    print(name, measure(ranked.__getitem__, asked), flush=True)


def main() -> None:
    """Train and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--pretrain", type=float, default=30, metavar="MINUTES")
    parser.add_argument("--tune", type=float, default=60, metavar="MINUTES")
    options = parser.parse_args()
    settings = Settings()
    assert settings.statutes_path
    articles = Statutes.load(settings.statutes_path).articles
    entries = load_all(settings.entries_dir)
    data = Data.read(
        articles,
        entries,
        lay_questions.load(settings.content_dir, articles),
        BENCH / "statute_queries.train.jsonl",
        NOISY,
        SHARED / "questions/citizen_questions.txt",
    )
    data.hold_out(0, Recipe.seed)
    documents = [f"{d.title} {d.text}" for d in training_data.documents(articles, entries)]
    sources = [
        data.answered,
        training_data.entry_questions(articles, entries, 0),
        training_data.article_questions(data.asked),
    ]
    texts = [[question.text for question in source] for source in sources]
    tokenizer = build_tokenizer([*documents, *data.lines, *chain(*texts)])
    network = Transformer(tokenizer.get_vocab_size(), Shape())
    ids = training_data.encode(tokenizer, documents)
    asked = [training_data.encode(tokenizer, some) for some in texts]
    lines = [line for line in training_data.encode(tokenizer, data.lines) if len(line) > 1]
    pretrain(network, [*ids, *chain(*asked), *lines], options.pretrain * 60)
    bag = Encoder(str(options.teacher))
    pairs = Pairs(
        sources,
        [20, 20, 24],
        asked,
        [torch.from_numpy(bag.encode(some)) for some in texts],
        ids,
        torch.from_numpy(bag.encode(documents)),
    )
    tune(network, pairs, options.tune * 60)
    held_out = options.teacher / HELD_OUT
    questions = [text for text, _ in read_queries(held_out)]
    ours = encode(network, training_data.encode(tokenizer, questions))
    found = encode(network, ids[: len(articles)])
    theirs, known = bag.encode(questions), pairs.document_vectors.numpy()[: len(articles)]
    report("transformer", articles, ours, found, held_out)
    report("bag", articles, theirs, known, held_out)
    for share in (0.2, 0.4):
        mixed = np.hstack([share * ours, theirs]), np.hstack([found, known])
        report(f"both, transformer {share}", articles, *mixed, held_out)


if __name__ == "__main__":
    main()
