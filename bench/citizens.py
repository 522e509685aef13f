"""Asks the running system a drawn sample of real questions and counts how it answered.

    python bench/citizens.py QUESTIONS.txt [--sample 200] [--seed 20261122] [--show]

Start `make run` first. QUESTIONS has one question a line. The counts say what kind of reply each
question got; whether it fitted must be read by a person (--show), as docs/evaluation.md records.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import random
import time
from pathlib import Path
from statistics import quantiles

import aiohttp
import yaml

from gateway.settings import load

WORDS = yaml.safe_load(Path("actions/words/answer_question.yml").read_text("utf-8"))
# The opening words of each kind of reply, up to the first blank to be filled in.
OPENINGS = {
    "not sure": [WORDS[f"not_sure{more}"] for more in ("", "_near", "_possible")],
    "asked back": [WORDS["ask_back"]],
    "article": [WORDS["found_article"]],
    "out of scope": [WORDS["out_of_scope"]],
}


def kind(reply: str) -> str:
    """Returns what kind of reply this is; an entry's answer is told by its basis."""
    for name, sentences in OPENINGS.items():
        if any(sentence[:9] in reply for sentence in sentences):
            return name
    return "answered" if WORDS["basis"].split("{")[0] in reply else "other"


async def ask(session: aiohttp.ClientSession, number: int, question: str) -> tuple[str, float, str]:
    """Asks one question as a new citizen; returns the status, the seconds and the words."""
    started = time.perf_counter()
    post = {"sender": f"bench-{started}-{number}", "text": question}
    async with session.post("/api/v1/messages", json=post) as response:
        answer = await response.json()
    text = "\n".join(message["text"] for message in answer["messages"])
    return answer["status"], time.perf_counter() - started, text


async def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--show", action="store_true", help="print each question and reply")
    options = parser.parse_args()
    lines = [line.strip() for line in options.questions.read_text("utf-8").splitlines()]
    lines = [line for line in lines if line]
    drawn = random.Random(options.seed).sample(lines, options.sample)  # noqa: S311 a sample
    settings = load()
    headers = {"X-Api-Key": settings.rest_key.get_secret_value()}
    counts: collections.Counter[str] = collections.Counter()
    seconds = []
    async with aiohttp.ClientSession(
        f"http://127.0.0.1:{settings.port}", headers=headers
    ) as session:
        for number, question in enumerate(drawn):
            status, took, text = await ask(session, number, question)
            counts[kind(text) if status == "ok" else status] += 1
            seconds.append(took)
            if options.show:
                print(f"[{number}] {question}\n{text}\n")
    for name, count in counts.most_common():
        print(f"{name:<14} {count:>4}")
    cuts = quantiles(seconds, n=20)
    print(f"p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, one at a time")


if __name__ == "__main__":
    asyncio.run(main())
