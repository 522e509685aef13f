"""The figures of the danger rules, and of the net under them, on labelled lines.

`python -m tests.gateway.danger.figures` prints them for every set; with files (`kind<TAB>line`,
kind `none` for a near miss) for those, and with `--wrong` the lines that were missed or taken for
danger.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from gateway.safety import danger_in, perhaps_danger

FOLDER = Path(__file__).parent
READ = (
    "tuning",
    "measuring",
    "fresh",
    "blind",
    "rounds",
    "spoken",
    "people",
    "others",
    "turns",
    "writers",
)
RULED = "crises"  # the rules were written with it, the net has not learnt it
UNREAD = "unread"
SETS = (*READ, RULED, UNREAD)
NONE = "none"

Labelled = dict[str, list[str]]


@dataclass(frozen=True)
class Figures:
    """How danger is found in a set.

    Attributes:
        dangers: by kind, its lines and how many of them were seen as any danger.
        missed: the dangers that were not seen.
        alarms: the lines without danger that were taken for one.
        harmless: how many lines there are without danger.
    """

    dangers: dict[str, tuple[int, int]]
    missed: list[str]
    alarms: list[str]
    harmless: int

    @property
    def recall(self) -> float:
        """The share of the dangers that were seen."""
        return 1 - len(self.missed) / sum(lines for lines, _ in self.dangers.values())

    @property
    def precision(self) -> float:
        """The share of true dangers in what was taken for one."""
        seen = sum(seen for _, seen in self.dangers.values())
        return seen / (seen + len(self.alarms))


def lines(name: str) -> Labelled:
    """Returns the lines of a set by their kind."""
    found: Labelled = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    return found


def lines_of(path: Path) -> Labelled:
    """Returns the lines of a file of kinds and lines, by their kind."""
    labelled: Labelled = {NONE: []}
    for row in filter(str.strip, path.read_text("utf-8").splitlines()):
        kind, text = row.split("\t", 1)
        labelled.setdefault(kind, []).append(text)
    return labelled


def by_rules(text: str) -> bool:
    """Returns whether a rule finds danger."""
    return danger_in(text) is not None


def by_any(text: str) -> bool:
    """Returns whether numbers are said, for a rule or for the net."""
    return by_rules(text) or perhaps_danger(text)


def measure(labelled: Labelled, found: Callable[[str], bool]) -> Figures:
    """Returns how danger is found in labelled lines."""
    missed: list[str] = []
    dangers = {}
    for kind, texts in labelled.items():
        if kind != NONE:
            unseen = [text for text in texts if not found(text)]
            missed += unseen
            dangers[kind] = (len(texts), len(texts) - len(unseen))
    alarms = [text for text in labelled[NONE] if found(text)]
    return Figures(dangers, missed, alarms, len(labelled[NONE]))


def report(name: str, labelled: Labelled, wrong: bool) -> None:
    """Prints what rules, and rules and net, find in labelled lines."""
    for way, found in (("rules", by_rules), ("with the net", by_any)):
        figures = measure(labelled, found)
        kinds = "  ".join(f"{kind} {seen}/{all_}" for kind, (all_, seen) in figures.dangers.items())
        alarms = f"alarms {len(figures.alarms)}/{figures.harmless}"
        shares = f"recall {figures.recall:.3f}  precision {figures.precision:.3f}"
        print(f"{name}, {way}: {shares}  {alarms}\n  {kinds}")
        if wrong:
            print("\n".join(["  missed:", *figures.missed, "  alarms:", *figures.alarms]))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    for path in options.files:
        report(path.name, lines_of(path), options.wrong)
    for name in () if options.files else SETS:
        report(name, lines(name), options.wrong)


if __name__ == "__main__":
    main()
