"""`python -m bench.load [--per-second 20] [--seconds 300] [--bursts 100 500 1000] [--workers 2]`.

Citizens write through a fake Tencent to gateway processes whose Rasa (a fake, in this process)
takes 6 s for a tenth of the messages. Counts what each citizen saw, and by which way: first at a
steady pace, then in bursts, all at the same moment. Prints one JSON line for each; the exit status
is 1 if a message was lost, answered twice, or left without an HTTP answer.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fakes.rasa import says
from tests.fakes.tencent import SEND, FakeTencent
from tests.gateway.workers.conftest import open_site
from tests.gateway.workers.running import Site, migrated, until
from tests.ports import free_port

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
        twice: shown more than one line, whatever it was.
        fault: shown the platform's own fault sentence.
        unanswered: deliveries that got no HTTP answer, or a refusal, within five seconds.
        pushes: calls to the platform that sent a message.
        seconds: until the citizen saw the answer: median, 95th and 99th of a hundred, longest.
        slowest: until the slowest delivery had its HTTP answer, in seconds.
        left: what was still to be answered or pushed in the end; empty as it should be.
    """

    part: str
    sent: int
    passive: int
    pushed: int
    lost: int
    twice: int
    fault: int
    unanswered: int
    pushes: int
    seconds: list[float]
    slowest: float
    left: str

    @property
    def good(self) -> bool:
        """Says whether everybody saw the answer, once."""
        return not (self.lost or self.twice or self.fault or self.unanswered or self.left)


def main() -> int:
    """Runs all parts; returns 1 if one of them was not good."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--per-second", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=300, help="0: only bursts")
    parser.add_argument("--bursts", type=int, nargs="*", default=[100, 500, 1000])
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
    parts = [("steady", int(given.per_second * given.seconds), 1 / given.per_second)]
    parts += [(f"burst of {count}", count, 0.0) for count in given.bursts]
    async with open_site(folder, empty) as site:
        site.rasa.answer = _slow_for_a_tenth
        port, internal = free_port(), free_port()
        await asyncio.gather(
            *(site.start(port, internal, workers=given.workers) for _ in range(given.workers))
        )
        site.tencent.callback = site.workers[0].callback
        found = [await load(site, *part) for part in parts if part[1]]
    return int(not all(each.good for each in found))


async def load(site: Site, part: str, count: int, gap: float) -> Found:
    """Has `count` citizens write one message each, `gap` seconds apart."""
    tencent = site.tencent
    openids = [f"{uuid.uuid4().hex}-{number}" for number in range(count)]
    began: dict[str, float] = {}
    unanswered: list[int] = []
    took: list[float] = []
    pushes = tencent.calls[SEND]

    async def one(number: int) -> None:
        await asyncio.sleep(number * gap)
        began[openids[number]] = time.monotonic()
        answers = await tencent.say(openids[number], f"第{number}个问题")
        took.append(time.monotonic() - began[openids[number]])
        unanswered.append(sum(answer.status != 200 for answer in answers))

    async with _watching(tencent) as seen_at:
        await asyncio.gather(*(one(number) for number in range(count)))
        left = await _settled(site, openids)
    seen = [tencent.seen[openid] for openid in openids]
    waited = sorted(seen_at[openid] - began[openid] for openid in openids if openid in seen_at)
    found = Found(
        part=part,
        sent=count,
        passive=sum(len(lines) == 1 and lines[0].via == "passive" for lines in seen),
        pushed=sum(len(lines) == 1 and lines[0].via == "push" for lines in seen),
        lost=sum(not lines for lines in seen),
        twice=sum(len(lines) > 1 for lines in seen),
        fault=sum(any(line.via == "platform" for line in lines) for lines in seen),
        unanswered=sum(unanswered),
        pushes=tencent.calls[SEND] - pushes,
        seconds=[round(waited[int(share * (len(waited) - 1))], 2) for share in (*TIMES, 1.0)],
        slowest=round(max(took), 2),
        left=left,
    )
    print(json.dumps(asdict(found)), flush=True)
    return found


@asynccontextmanager
async def _watching(tencent: FakeTencent) -> AsyncIterator[dict[str, float]]:
    """Gives when each citizen saw the first line; one task looks, so that it costs little."""
    at: dict[str, float] = {}

    async def watch() -> None:
        async with tencent.news:
            while True:
                await tencent.news.wait()
                new = time.monotonic()
                at.update({openid: new for openid in tencent.seen if openid not in at})

    watching = asyncio.create_task(watch())
    try:
        yield at
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _settled(site: Site, openids: list[str]) -> str:
    """Waits until everybody has seen something and all is done; returns what is left if not."""

    async def done() -> bool:
        return all(site.tencent.seen.get(openid) for openid in openids) and await site.idle()

    try:
        await until(done, WAIT_S)
    except TimeoutError:
        return await site.waiting()
    return ""


async def _slow_for_a_tenth(_sender: str, text: str) -> dict[str, object]:
    number = int("".join(filter(str.isdigit, text)))
    await asyncio.sleep(SLOW_S if number % 10 == 0 else QUICK_S)
    return says(f"答：{text}")


if __name__ == "__main__":
    sys.exit(main())
