"""`python -m bench.crash [-n 50] [--start 0]`: kills a gateway at each step of a message's way.

Each run starts a gateway that kills itself (SIGKILL) the first time it reaches one step, lets
citizens write, one of them leave and a lawyer answer, starts the gateway again after its death, and
counts: inbound messages without an answer, bot messages that came twice, lawyer's messages that
came more often than once and once more, marked, and people who left and were not erased. Prints
one line a run and the sum; the exit status is 1 if any rule was broken. See
`tests/gateway/workers/crashes.py` for the steps.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.gateway.workers.conftest import open_site
from tests.gateway.workers.crashes import POINTS
from tests.gateway.workers.lives import Life, live
from tests.gateway.workers.running import migrated


@dataclass(frozen=True)
class Sum:
    """What all runs came to."""

    runs: int
    died: int
    lost: int
    doubled: int
    lawyer_lost: int
    lawyer_too_often: int
    lawyer_again: int
    bot_unknown: int
    not_erased: int


def main() -> int:
    """Runs; returns 1 if a rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("-n", type=int, default=50, help="how many runs")
    parser.add_argument("--start", type=int, default=0, help="the first run's number, for parts")
    given = parser.parse_args()
    names = list(POINTS)
    with tempfile.TemporaryDirectory() as folder:
        empty = migrated(Path(folder))
        lives = [
            one(names[run % len(names)], empty, run)
            for run in range(given.start, given.start + given.n)
        ]
    found = add_up(lives)
    print(json.dumps(asdict(found)))
    return int(bool(_broken(found)))


def _broken(found: Sum) -> int:
    broken = found.lost + found.doubled + found.lawyer_lost + found.lawyer_too_often
    return broken + found.not_erased


def one(point: str, empty: Path, run: int) -> Life:
    """Returns one run."""
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    try:
        life = asyncio.run(_one(point, empty, folder))
    finally:
        shutil.rmtree(folder)
    print(run, json.dumps(asdict(life), ensure_ascii=False), flush=True)
    return life


async def _one(point: str, empty: Path, folder: Path) -> Life:
    async with open_site(folder, empty) as site:
        return await live(site, point)


def add_up(lives: list[Life]) -> Sum:
    """Returns the sum of all runs."""
    total: Counter[str] = Counter()
    for life in lives:
        total.update({name: int(value) for name, value in asdict(life).items() if name != "point"})
    return Sum(runs=len(lives), **total)


if __name__ == "__main__":
    sys.exit(main())
