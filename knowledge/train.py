"""Trains the small encoder that ships with the project.

The model is a bag of character pieces (`ngrams.py`) with learned vectors: no download, no
accelerator, minutes on two cores. It learns to find an article from a few of its own clauses
(the inverse cloze task of Lee et al., 2019, https://aclanthology.org/P19-1612/) and from questions
with known answers, each against all other documents of the batch.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize

from knowledge import answered, ngrams, priors, training_data
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.index import Progress
from knowledge.lay_questions import Asked
from knowledge.normalise import plain
from knowledge.statutes import Article
from knowledge.training_data import FOLDS, Corpus, Ids, Question, Questions

HELD_OUT = "held_out.jsonl"  # what `evaluate` can be given for an encoder trained without a fold


@dataclass(frozen=True)
class Recipe:
    """How the encoder is trained; the shipped one uses the defaults."""

    pieces: int = 52_000
    dimensions: int = 256
    steps: int = 900
    span_share: int = 480  # clauses of articles, in each batch
    answered_share: int = 96  # questions with checked answers
    noisy_share: int = 64  # questions whose answers another system guessed
    entry_share: int = 128  # ways of asking our own entries
    lay_share: int = 128  # questions written for articles
    thinning: float = 0.65  # share of a question's pieces left out each time
    learning_rate: float = 0.01
    temperature: float = 0.05
    seed: int = 20260815


@dataclass
class Data:
    """What there is to learn from."""

    articles: Sequence[Article]
    entries: Sequence[Entry]
    asked: Asked
    answered: list[Question]
    noisy: list[Question]
    lines: list[str]
    files: list[Path]
    held_out: list[Question] = field(default_factory=list)
    fold: int | None = None

    @classmethod
    def read(
        cls,
        articles: Sequence[Article],
        entries: Sequence[Entry],
        asked: Asked,
        answered: Path,
        noisy: Sequence[Path],
        lines: Path,
    ) -> "Data":
        """Read the question files; errors as in `training_data.read_questions`."""
        return cls(
            articles,
            entries,
            asked,
            training_data.read_questions(answered, articles),
            [q for path in noisy for q in training_data.read_questions(path, articles)],
            lines.read_text(encoding="utf-8").splitlines(),
            [answered, *noisy, lines],
        )

    def hold_out(self, fold: int, seed: int) -> None:
        """Take a fifth of the answered questions, and of each entry's variants, out."""
        self.fold = fold
        order = np.random.default_rng(seed).permutation(len(self.answered))
        out = {int(n) for n in order[fold::FOLDS]}
        self.held_out = [q for n, q in enumerate(self.answered) if n in out]
        self.answered = [q for n, q in enumerate(self.answered) if n not in out]


def train(data: Data, out: Path, say: Progress, recipe: Recipe | None = None) -> None:
    """Train an encoder and write it to a folder as a sentence-transformers model.

    Beside the model go `manifest.json` (recipe and hashes of the data), `priors.json`, and
    `answered.npz`.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    random = np.random.default_rng(recipe.seed)
    documents = training_data.documents(data.articles, data.entries)
    own = training_data.entry_questions(data.articles, data.entries, data.fold)
    lay = training_data.article_questions(data.asked)
    asked = [q.text for q in (*data.answered, *data.noisy, *own, *lay)]
    texts = [f"{document.title} {document.text}" for document in documents]
    say(f"train: {len(documents)} documents, {len(asked)} questions")
    tokenizer = ngrams.build(texts, recipe.pieces, asked + data.lines)
    corpus = Corpus(documents, tokenizer)
    shared = (
        (data.answered, recipe.answered_share),
        (data.noisy, recipe.noisy_share),
        (own, recipe.entry_share),
        (lay, recipe.lay_share),
    )
    sources = [Questions(some, share, recipe.thinning, tokenizer) for some, share in shared]
    bag = _untrained(corpus, len(documents), tokenizer, recipe)
    _learn(bag, training_data.batches(corpus, sources, recipe.span_share, random), recipe, say)
    _save(bag, tokenizer, out)
    _write(out / "manifest.json", _manifest(data, recipe))
    priors.save(priors.count(data.answered, [*data.noisy, *own], data.articles), out)
    save_answered(data.answered, data.articles, out)
    if data.held_out:
        _write_questions(out / HELD_OUT, data.held_out, data.articles)


def save_answered(questions: Sequence[Question], articles: Sequence[Article], out: Path) -> None:
    """Write the vectors of questions and what answers them beside their encoder."""
    vectors = Encoder(str(out)).encode([plain(question.text) for question in questions])
    answered.save(out, vectors, [question.answers for question in questions], articles)


def _untrained(
    corpus: Corpus, size: int, tokenizer: Tokenizer, recipe: Recipe
) -> torch.nn.EmbeddingBag:
    """Random directions, longer for rarer pieces: in effect a hashed TF-IDF to start from."""
    pieces = tokenizer.get_vocab_size()
    counts = np.zeros(pieces)
    for place in range(size):
        counts[np.unique(corpus.document(place))] += 1
    rarity = torch.tensor(np.log(size / (1 + counts)), dtype=torch.float32).clamp(min=0.1)
    vectors = torch.randn(pieces, recipe.dimensions) * rarity[:, None]
    vectors /= math.sqrt(recipe.dimensions)
    vectors[0] = 0  # the unknown piece says nothing
    return torch.nn.EmbeddingBag.from_pretrained(vectors, freeze=False, mode="sum", padding_idx=0)


def _learn(bag: torch.nn.EmbeddingBag, batches: Any, recipe: Recipe, say: Progress) -> None:
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.learning_rate)
    warm_up = max(1, recipe.steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm_up, max(0.02, 1 - step / recipe.steps)),
    )
    for step in range(1, recipe.steps + 1):
        batch = next(batches)
        scores = _vectors(bag, batch.queries) @ _vectors(bag, batch.documents).T
        scores = (scores / recipe.temperature).masked_fill(
            torch.from_numpy(batch.also_right()), float("-inf")
        )
        right = torch.arange(len(scores))
        loss = (cross_entropy(scores, right) + cross_entropy(scores.T, right)) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            say(f"train: step {step} of {recipe.steps}, loss {loss.item():.3f}")


def _vectors(bag: torch.nn.EmbeddingBag, texts: list[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *map(len, texts[:-1])])
    vectors = bag(
        torch.from_numpy(np.concatenate(texts)), torch.from_numpy(starts.astype(np.int32))
    )
    return normalize(vectors, dim=1)


def _save(bag: torch.nn.EmbeddingBag, tokenizer: Tokenizer, out: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules

    out.mkdir(parents=True, exist_ok=True)
    static = modules.StaticEmbedding(tokenizer, embedding_weights=bag.weight.detach().half())
    model = SentenceTransformer(modules=[static, modules.Normalize()], device="cpu")
    model.save(str(out), create_model_card=False)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)  # a third smaller


def _manifest(data: Data, recipe: Recipe) -> dict[str, Any]:
    return {
        "recipe": vars(recipe),
        "documents": {"articles": len(data.articles), "entries": len(data.entries)},
        "questions": {
            "answered": len(data.answered),
            "noisy": len(data.noisy),
            "lay": sum(map(len, data.asked.values())),
        },
        "sha256": training_data.manifest(data.files),
        "libraries": {"torch": torch.__version__, "numpy": np.__version__},
    }


def _write(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    path.write_text(text + "\n", encoding="utf-8")


def _write_questions(
    path: Path, questions: Sequence[Question], articles: Sequence[Article]
) -> None:
    rows = [{"query": q.text, "relevant": [articles[n].id for n in q.answers]} for q in questions]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
