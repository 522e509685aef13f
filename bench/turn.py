"""A turn of the whole system next to a plain `rasa init` bot, on one machine in one run.

    python bench/turn.py [--turns 150] [--levels 1 8 20]

Ours: REST channel, gateway with its database, Rasa, action server, search. Theirs: what `rasa init`
makes (trained once into var/bench/plain), asked over its own REST channel. Both are started here on
free ports and stopped after. A citizen asks five questions, then comes the next citizen; no text
comes twice, as people's do not. The processor's time of a turn, all processes together, says the
same on a busy machine; it is also given for each process of ours. Last: how busy the machine was.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launch.environment import compose, stored_secrets

VAR = Path("var/bench")
PLAIN = VAR / "plain"
RASA = str(Path(".venv-rasa/bin/python").absolute())
OURS_PORT, PLAIN_PORT = 18700, 18710
TURNS_EACH = 5
START_LIMIT_S = 240
QUESTIONS = [
    "老板拖欠我{}块工资不给怎么办",
    "结婚{}天我想离婚他不同意怎么起诉",
    "在工地摔断腿花了{}老板不管",
    "借给朋友{}块他不还",
    "邻居占了我家宅基地{}天",
    "被车撞了对方不赔{}块医药费",
    "结婚{}天离婚孩子归谁",
    "网上被骗了{}块钱能追回来吗",
    "租房押金{}不退怎么办",
    "干了{}天没签劳动合同能要双倍工资吗",
]
OURS = {"rasa": "rasa run", "actions": "rasa_sdk", "gateway": "gateway serve"}
GREETINGS = ["hello", "I am sad", "yes", "no", "good afternoon", "are you a bot?", "bye"]
_amounts = itertools.count(1000)
Ask = Callable[[aiohttp.ClientSession, str, str], Awaitable[None]]


def main() -> None:
    """Prints a table: turns a second, p50, p95 and the processor's milliseconds, at each level."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=150, help="turns at each level")
    parser.add_argument("--levels", type=int, nargs="+", default=[1, 8, 20])
    options = parser.parse_args()
    _make_plain_bot()
    with _plain_bot() as plain, _our_system() as (ours, key):
        asyncio.run(_compare(key, options.turns, options.levels, plain, ours))


async def _compare(
    key: str, turns: int, levels: list[int], plain_process: int, our_process: int
) -> None:
    async def ours(session: aiohttp.ClientSession, citizen: str, text: str) -> None:
        url = f"http://127.0.0.1:{OURS_PORT}/api/v1/messages"
        headers = {"X-Api-Key": key}
        body = {"sender": citizen, "text": text}
        async with session.post(url, json=body, headers=headers) as response:
            answer = await response.json()
            if answer.get("status") != "ok":
                raise RuntimeError(f"{response.status}: {answer}")

    async def plain(session: aiohttp.ClientSession, citizen: str, text: str) -> None:
        url = f"http://127.0.0.1:{PLAIN_PORT}/webhooks/rest/webhook"
        async with session.post(url, json={"sender": citizen, "message": text}) as response:
            response.raise_for_status()
            await response.json()  # as it was trained this time, it may have nothing to say

    head = f"{'':<8}{'at once':>8}{'a second':>10}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}"
    print(f"{head}  of which; load of the machine")
    systems = (
        ("plain", plain, GREETINGS, plain_process),
        ("ours", ours, QUESTIONS, our_process),
    )
    for level, (name, ask, texts, process) in itertools.product(levels, systems):
        await _measure(ask, texts, level, level * 3)  # warm up
        before = _processor_seconds(process)
        seconds, rate = await _measure(ask, texts, level, turns)
        used = _processor_seconds(process)
        cpu = {part: 1000 * (used[part] - before.get(part, 0)) / turns for part in used}
        cuts = [1000 * cut for cut in quantiles(seconds, n=20)]
        parts = ", ".join(f"{part} {cpu[part]:.1f}" for part in OURS if part in cpu)
        print(
            f"{name:<8}{level:>8}{rate:>10.1f}{cuts[9]:>8.0f}{cuts[18]:>8.0f}"
            f"{sum(cpu.values()):>8.1f}  {parts}; {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def _processor_seconds(root: int) -> dict[str, float]:
    """Returns the processor's seconds that a process and all below it have used, by what they are.

    Works on Linux.
    """
    parents, used = dict[int, int](), dict[int, int]()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = path.read_text().rpartition(")")[2].split()
            number = int(path.parent.name)
            parents[number], used[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    family, newest = {root}, {root}
    while newest:
        newest = {number for number, parent in parents.items() if parent in newest}
        family |= newest
    seconds: dict[str, float] = {}
    for number in family & used.keys():
        part = _part(number)
        seconds[part] = seconds.get(part, 0) + used[number] / os.sysconf("SC_CLK_TCK")
    return seconds


def _part(process: int) -> str:
    """Returns which part of our system a process is; nothing for any other."""
    with suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        return next((part for part, words in OURS.items() if words in command), "")
    return ""


async def _measure(ask: Ask, texts: list[str], level: int, turns: int) -> tuple[list[float], float]:
    """Returns the seconds of each turn and the turns a second of `level` citizens at once."""
    numbers, seconds = iter(range(turns)), list[float]()
    stamp = f"{time.time_ns()}"

    async def citizen(session: aiohttp.ClientSession, place: int) -> None:
        for count in itertools.count():
            number = next(numbers, None)
            if number is None:
                return
            started = time.perf_counter()
            who = f"bench-{stamp}-{place}-{count // TURNS_EACH}"
            text = texts[(number * 7 + place) % len(texts)].format(next(_amounts))
            await ask(session, who, text)
            seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(citizen(session, place) for place in range(level)))
    return seconds, turns / (time.perf_counter() - started)


def _make_plain_bot() -> None:
    if list(PLAIN.glob("models/*.tar.gz")):
        return
    PLAIN.mkdir(parents=True, exist_ok=True)
    print("making and training the plain bot …", flush=True)
    subprocess.run(
        [RASA, "-m", "rasa", "init", "--no-prompt", "--init-dir", "."],
        cwd=PLAIN, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def _plain_bot() -> Iterator[int]:
    command = [RASA, "-m", "rasa", "run", "--port", str(PLAIN_PORT), "-i", "127.0.0.1"]
    with _running(command, PLAIN, {}, f"http://127.0.0.1:{PLAIN_PORT}/") as process:
        yield process


@contextmanager
def _our_system() -> Iterator[tuple[int, str]]:
    environment = {"PORT": str(OURS_PORT), "VAR_DIR": str(VAR)}
    composed = compose({**os.environ, **environment})
    command = [sys.executable, "-m", "launch"]
    url = f"http://127.0.0.1:{OURS_PORT}/health"
    with _running(command, Path(), composed, url) as process:
        yield process, stored_secrets(VAR / "secrets.env")["REST_KEY"]


@contextmanager
def _running(command: list[str], folder: Path, more: dict[str, str], url: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **more},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        asyncio.run(_until_healthy(url, process))
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


async def _until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_LIMIT_S
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < end and process.poll() is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.5)
    raise RuntimeError(f"{url} did not come up")


if __name__ == "__main__":
    main()
