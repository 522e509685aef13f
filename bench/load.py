"""`python -m bench.load [--per-second 20] [--seconds 300] [--burst 500] [--workers 2]`: load.

Citizens write through a fake Tencent to gateway processes whose Rasa (a fake, in this process)
takes 6 s for a tenth of the messages. Counts what each citizen saw, and by which way; then sends a
burst. Prints one JSON line for each; the exit status is 1 if a message was lost or answered twice.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fakes.rasa import says
from tests.gateway.conftest import free_port
from tests.gateway.workers.conftest import open_site
from tests.gateway.workers.running import Site, migrated, until

SLOW_S = 6.0
QUICK_S = 0.15
WAIT_S = 300.0
TIMES = (0.5, 0.95, 0.99)


@dataclass(frozen=True)
class Found:
    """What became of the messages of one part.

    Attributes:
        sent: how many citizens wrote.
        passive: answered in the delivery, within five seconds.
        pushed: answered by a push.
        lost: not answered.
        twice: answered more than once.
        fault: shown the platform's own fault sentence.
        deliveries: attempts of the platform for one message, on average.
        seconds: until the citizen saw the answer: median, 95th and 99th of a hundred, longest.
    """

    part: str
    sent: int
    passive: int
    pushed: int
    lost: int
    twice: int
    fault: int
    deliveries: float
    seconds: list[float]


def main() -> int:
    """Runs both parts; returns 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--per-second", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--burst", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    try:
        site_folder = folder / "site"
        site_folder.mkdir()
        return asyncio.run(_run(site_folder, migrated(folder), given))
    finally:
        shutil.rmtree(folder)


async def _run(folder: Path, empty: Path, given: argparse.Namespace) -> int:
    async with open_site(folder, empty) as site:
        site.rasa.answer = _slow_for_a_tenth
        port, internal = free_port(), free_port()
        await asyncio.gather(
            *(site.start(port, internal, workers=given.workers) for _ in range(given.workers))
        )
        site.tencent.callback = site.workers[0].callback
        count = int(given.per_second * given.seconds)
        steady = await load(site, "steady", count, 1 / given.per_second)
        burst = await load(site, "burst", given.burst, 0)
    for found in (steady, burst):
        print(json.dumps(asdict(found)), flush=True)
    return int(any(found.lost or found.twice or found.fault for found in (steady, burst)))


async def load(site: Site, part: str, count: int, gap: float) -> Found:
    """Has `count` citizens write one message each, `gap` seconds apart."""
    deliveries: list[int] = []
    seen_after: dict[str, float] = {}

    async def one(number: int) -> None:
        openid = f"{part}-{number}"
        started = time.monotonic()
        answers = await site.tencent.say(openid, f"{part}第{number}个问题")
        deliveries.append(len(answers))
        await asyncio.wait_for(site.tencent.wait_seen(openid, 1), WAIT_S)
        seen_after[openid] = time.monotonic() - started

    tasks: list[Awaitable[None]] = []
    started = time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, started + number * gap - time.monotonic()))
        tasks.append(asyncio.create_task(one(number)))
    await asyncio.gather(*tasks, return_exceptions=True)
    await until(site.idle, WAIT_S)
    seen = [site.tencent.seen[f"{part}-{number}"] for number in range(count)]
    waited = sorted(seen_after.values())
    return Found(
        part=part,
        sent=count,
        passive=sum(len(lines) == 1 and lines[0].via == "passive" for lines in seen),
        pushed=sum(len(lines) == 1 and lines[0].via == "push" for lines in seen),
        lost=sum(not lines for lines in seen),
        twice=sum(len(lines) > 1 for lines in seen),
        fault=sum(any(line.via == "platform" for line in lines) for lines in seen),
        deliveries=round(sum(deliveries) / max(1, len(deliveries)), 2),
        seconds=[round(waited[int(share * (len(waited) - 1))], 2) for share in (*TIMES, 1.0)],
    )


async def _slow_for_a_tenth(_sender: str, text: str) -> dict[str, object]:
    number = int("".join(filter(str.isdigit, text)))
    await asyncio.sleep(SLOW_S if number % 10 == 0 else QUICK_S)
    return says(f"答：{text}")


if __name__ == "__main__":
    sys.exit(main())
