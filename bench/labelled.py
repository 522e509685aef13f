"""What citizens ask about, and what the search makes of questions whose answer is known.

    python bench/labelled.py [--lines FILE] [--use test]

FILE has the citizens' questions, one a line; they are not part of the project (knowledge/labels.tsv
names them by digest). Prints the spread over topics for all labelled questions, then, for those of
one use, how many are answered, asked back and declined, and how often that is right by the labels.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge import labels
from knowledge.labels import Label
from knowledge.ranking import OFFERED
from knowledge.search import Searcher
from knowledge.settings import SHARED, Settings


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, default=SHARED / "questions/citizen_questions.txt")
    parser.add_argument("--use", choices=labels.USES, default="test")
    options = parser.parse_args()
    if not options.lines.exists():
        print("needs the citizens' questions: --lines FILE", file=sys.stderr)
        return 2
    searcher = Searcher.load(Settings(), lambda line: None)
    spread(
        searcher, [pair for use in labels.USES for pair in labels.labelled([options.lines], use)]
    )
    quality(searcher, labels.labelled([options.lines], options.use))
    return 0


def spread(searcher: Searcher, asked: list[tuple[str, Label]]) -> None:
    """A Markdown table: topic, share of questions, share of these with an entry, entries."""
    known = [label for _, label in asked if label.topics]
    topics = Counter(label.topics[0] for label in known)
    answered = Counter(label.topics[0] for label in known if label.entries)
    written = Counter(entry.meta.topic for entry in searcher.entries.values())
    print(f"{len(known)} legal questions, {sum(answered.values())} with an entry")
    print("| 主题 | 问的人 | 有条目可答 | 条目 |\n|---|---|---|---|")
    for topic in sorted(searcher.topics, key=lambda topic: -topics[topic.id]):
        share = answered[topic.id] / max(1, topics[topic.id])
        print(
            f"| {topic.title} | {topics[topic.id] / len(known):.1%} | {share:.0%} |"
            f" {written[topic.id]} |"
        )


def quality(searcher: Searcher, asked: list[tuple[str, Label]]) -> None:
    """Counts of what the search makes of the questions."""
    counts: Counter[str] = Counter()
    first = in_three = 0
    for question, label in asked:
        found = searcher.search(question)
        entries = [hit.docid for hit in found.of_kind("entry")][:OFFERED]
        first += entries[0] in label.entries
        in_three += bool({*entries} & {*label.entries})
        offered = {"answer": entries[:1], "ask_back": entries, "not_sure": []}[found.band]
        fits = bool({*offered} & {*label.entries})
        right = fits if offered else not label.entries
        counts[f"{found.band}, {'right' if right else 'not right'} by the label"] += 1
    answerable = sum(bool(label.entries) for _, label in asked)
    print(f"{len(asked)} questions, {answerable} with an entry that answers them")
    print(f"right entry first {first / answerable:.3f}, in three {in_three / answerable:.3f}")
    for name, count in sorted(counts.items()):
        print(f"{count:4} {name}")


if __name__ == "__main__":
    sys.exit(main())
