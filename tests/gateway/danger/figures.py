"""The figures of the danger rules on labelled lines: recall, precision, by kind.

`python -m tests.gateway.danger.figures` prints them for the halves and the fresh lines.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from gateway.safety import danger_in

FOLDER = Path(__file__).parent
SETS = ("tuning", "measuring", "fresh", "blind")
NONE = "none"


@dataclass(frozen=True)
class Figures:
    """How the rules do on a set.

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


def lines(name: str) -> dict[str, list[str]]:
    """Returns the lines of a set by their kind."""
    found: dict[str, list[str]] = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    return found


def measure(name: str) -> Figures:
    """Returns how the rules do on a set."""
    labelled = lines(name)
    missed: list[str] = []
    dangers = {}
    for kind, texts in labelled.items():
        if kind != NONE:
            unseen = [text for text in texts if danger_in(text) is None]
            missed += unseen
            dangers[kind] = (len(texts), len(texts) - len(unseen))
    alarms = [text for text in labelled[NONE] if danger_in(text)]
    return Figures(dangers, missed, alarms, len(labelled[NONE]))


def main() -> None:
    """Prints a table; the wrong lines only of the half for tuning."""
    for name in SETS:
        figures = measure(name)
        kinds = "  ".join(f"{kind} {seen}/{all_}" for kind, (all_, seen) in figures.dangers.items())
        alarms = f"alarms {len(figures.alarms)}/{figures.harmless}"
        print(f"{name}: recall {figures.recall:.3f}  precision {figures.precision:.3f}  {alarms}")
        print(f"  {kinds}")
        if name == SETS[0]:
            print("\n".join(["  missed:", *figures.missed, "  alarms:", *figures.alarms]))


if __name__ == "__main__":
    main()
