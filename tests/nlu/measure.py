"""How well the trained bot understands what it was never trained on.

    python -m tests.nlu.measure [--citizens QUESTIONS.txt]

prints macro-F1 and the confusions of evaluation.yml; with the file of real questions, which is not
part of the project, also of the lines that citizens.tsv labels by their digest.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import csv
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from rasa.core.agent import Agent

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
MODEL = Path(os.environ.get("MODELS_DIR", "models"), "rasa", "mingbai.tar.gz")
DIGITS = 16

Labelled = tuple[str, str]


@dataclass(frozen=True)
class Figures:
    """What became of labelled lines.

    Attributes:
        results: the label, what was understood, and the text of each line.
    """

    results: list[tuple[str, str, str]]

    @property
    def f1(self) -> dict[str, float]:
        """F1 of every label."""
        labels = {label for label, _, _ in self.results}
        return {label: self._f1_of(label) for label in sorted(labels)}

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return sum(self.f1.values()) / len(self.f1)

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """The lines that were understood as something else."""
        return [one for one in self.results if one[0] != one[1]]

    def _f1_of(self, label: str) -> float:
        right = sum(label == one == found for one, found, _ in self.results)
        said = sum(found == label for _, found, _ in self.results)
        lines = sum(one == label for one, _, _ in self.results)
        return 2 * right / (said + lines)


def examples(path: Path) -> list[Labelled]:
    """Return the texts of a file of examples, each with its intent."""
    return [
        (line.strip().removeprefix("- ").strip(), group["intent"])
        for group in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in group["examples"].splitlines()
    ]


def held_out(name: str = "evaluation") -> list[Labelled]:
    """Return our own labelled lines: "evaluation", or "boundaries" of what must be refused."""
    return examples(FOLDER / f"{name}.yml")


def citizens(questions: Path) -> list[Labelled]:
    """Return the real questions that have a label, in the order of their file."""
    with (FOLDER / "citizens.tsv").open(encoding="utf-8", newline="") as file:
        label_of = dict(csv.reader(file, delimiter="\t"))
    lines = [line.strip() for line in questions.read_text("utf-8").splitlines()]
    return [(line, label_of[digest]) for line in lines if (digest := digest_of(line)) in label_of]


def digest_of(question: str) -> str:
    """Return the digest by which a label names its question."""
    return hashlib.sha256(question.strip().encode()).hexdigest()[:DIGITS]


def alike(text: str) -> str:
    """Return a text without what makes two ways of typing the same sentence differ."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "", folded)


async def measure(lines: Iterable[Labelled], agent: Agent) -> Figures:
    """Return what the bot understands of labelled lines."""
    results = []
    for text, label in lines:
        parsed = await agent.parse_message(text)
        results.append((label, str(parsed["intent"]["name"]), text))
    return Figures(results)


def report(name: str, figures: Figures) -> None:
    """Print macro-F1, the weakest labels and every confusion with its number of lines."""
    wrong = figures.wrong
    lines = len(figures.results)
    print(f"{name}: {lines} lines, macro-F1 {figures.macro_f1:.3f}, wrong {len(wrong)}")
    print("  " + "  ".join(f"{label} {f1:.2f}" for label, f1 in figures.f1.items()))
    for (label, found), number in collections.Counter(one[:2] for one in wrong).most_common():
        texts = [text[:30] for one, other, text in wrong if (one, other) == (label, found)]
        print(f"  {number:3} {label} -> {found}: {' | '.join(texts)}")


async def main() -> None:
    """Measure the trained bot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--citizens", type=Path, help="the file of real questions")
    options = parser.parse_args()
    agent = Agent.load(str(MODEL))
    own = await measure(held_out(), agent)
    report("evaluation.yml", own)
    if options.citizens:
        real = await measure(citizens(options.citizens), agent)
        report("real questions", real)
        report("all", Figures([*own.results, *real.results]))


if __name__ == "__main__":
    asyncio.run(main())
