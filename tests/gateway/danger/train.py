"""Teaches the second net of danger (`gateway/danger_net.py`) from labelled lines.

`python -m tests.gateway.danger.train --citizens QUESTIONS.txt` writes
`gateway/data/danger_net.tsv`. It learns from every set of labelled lines but the unread one, from
examples of what is said to the bot (`data/nlu`), and from citizens' questions of law, one a line,
of which hardly any tells of danger.
With `--folds N` it writes nothing and prints, by threshold, what it finds in lines left out.
"""

import argparse
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import diags
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from gateway.danger_net import PATH, SHORT, Net, pieces_of, written
from gateway.safety import as_read, danger_in
from tests.gateway.danger.figures import NONE, READ, lines

NLU = Path(__file__).parents[3] / "data" / "nlu"
CALM_TURN_WEIGHT = 3.0  # against 1: in the middle of a matter hardly anybody is in danger
STRENGTH = 10.0  # of the logistic regression; how little its weights are held back
RARE = 2  # a piece in fewer lines is left out
THRESHOLD = -1.7  # by cross-validation: docs/evaluation.md
_EXAMPLE = re.compile(r"^\s*-\s+(.+)$", re.MULTILINE)
_ENTITY = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")

Labelled = list[tuple[str, bool, float]]


def labelled_lines(sets: Sequence[str] = READ) -> Labelled:
    """Returns the lines of some sets, whether each is danger, and what it weighs."""
    return [
        (text, kind != NONE, CALM_TURN_WEIGHT if (name, kind) == ("turns", NONE) else 1.0)
        for name in sets
        for kind, texts in lines(name).items()
        for text in texts
    ]


def digest(labelled: Labelled) -> str:
    """Returns what tells one set of labelled lines from another."""
    return hashlib.sha256(repr(sorted(labelled)).encode()).hexdigest()[:16]


def calm_lines(citizens: Path) -> list[str]:
    """Returns what people say without danger: questions of law, and examples of other intents."""
    said = [line.strip() for line in citizens.read_text("utf-8").splitlines()]
    for path in sorted(NLU.rglob("*.yml")):
        for group in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            if group.get("intent", "danger") != "danger":
                examples = _EXAMPLE.findall(group["examples"])
                said += [_ENTITY.sub(r"\1", example) for example in examples]
    return [text for text in said if text and danger_in(text) is None]


def learn(labelled: Labelled, calm: Sequence[str]) -> tuple[float, dict[str, tuple[float, float]]]:
    """Returns the bias, moved by the threshold, and by piece its weight and its rarity."""
    texts = [as_read(text) for text in (*(text for text, *_ in labelled), *calm)]
    counts = TfidfVectorizer(analyzer=pieces_of, binary=True, min_df=RARE, norm=None)
    rows = counts.fit_transform(texts)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
        diags(1 / np.maximum(lengths, SHORT)) @ rows,
        [danger for _, danger, _ in labelled] + [False] * len(calm),
        sample_weight=[weight for *_, weight in labelled] + [1.0] * len(calm),
    )
    learnt = zip(counts.get_feature_names_out(), model.coef_[0], counts.idf_, strict=True)
    weights = {piece: (float(weight), float(rarity)) for piece, weight, rarity in learnt}
    return float(model.intercept_[0]) - THRESHOLD, weights


def check(labelled: Labelled, calm: Sequence[str], folds: int) -> None:
    """Prints what is found, by rules or net, in lines that the net has not learnt."""
    scored: list[tuple[float, bool, bool]] = []
    calm_scores: list[float] = []
    for fold in range(folds):
        learnt = [one for n, one in enumerate(labelled) if n % folds != fold]
        bias, weights = learn(learnt, [text for n, text in enumerate(calm) if n % folds != fold])
        net = Net.of(bias, weights)
        for text, danger, _ in labelled[fold::folds]:
            scored.append((net.score(as_read(text)), danger_in(text) is not None, danger))
        calm_scores += [net.score(as_read(text)) for text in calm[fold::folds]]
    for step in (*range(-6, 7, 2), *range(10, 36, 5)):
        threshold = step / 10
        seen = [danger for score, ruled, danger in scored if ruled or score > threshold]
        recall = sum(seen) / sum(danger for *_, danger in scored)
        precision = sum(seen) / len(seen)
        alone = [danger for score, _, danger in scored if score > threshold]
        print(
            f"{THRESHOLD + threshold:+.1f}: recall {recall:.3f}  precision {precision:.3f}"
            f"  net alone {sum(alone)}, {len(alone) - sum(alone)} wrong"
            f"  calm {sum(score > threshold for score in calm_scores) / len(calm):.4f}"
        )


def main() -> None:
    """Writes what was learnt, or checks how well it is learnt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=Path, required=True, help="questions, one a line")
    parser.add_argument("--folds", type=int, help="only check, leaving out one part after another")
    options = parser.parse_args()
    labelled, calm = labelled_lines(), calm_lines(options.citizens)
    if options.folds:
        check(labelled, calm, options.folds)
        return
    bias, weights = learn(labelled, calm)
    PATH.write_text(written(f"# learnt from lines {digest(labelled)}", bias, weights), "utf-8")


if __name__ == "__main__":
    main()
