"""`make talk SAY=…`: what one sentence is taken for: intent, entities, band and entries.

Nothing has to run: the model and the index are loaded here, side by side, in their environments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from launch.environment import LaunchError

UNDERSTAND = (".venv-rasa/bin/python", "-W", "ignore", "-m", "bot.understand")
SEARCH = (sys.executable, "-m", "knowledge", "search", "--json", "-k", "3")
TELLS = (sys.executable, "-m", "eligibility", "told", "--json")
KINDS = {
    "cause": "事由",
    "amount": "钱数",
    "date": "日子",
    "duration": "多久",
    "place": "地方",
    "relation": "什么人",
}
BANDS = {"answer": "直接回答", "ask_back": "反问是哪一个", "not_sure": "说没有把握"}


def main(arguments: Sequence[str]) -> int:
    """Returns the exit status: 2 when there is nothing to say, or no model or index."""
    text = " ".join(arguments).strip()
    try:
        if not text:
            raise LaunchError("请给一句话：make talk SAY=老板欠我工资")
        understood, found, told = together(
            (*UNDERSTAND, text), (*SEARCH, text), (*TELLS, "--", text)
        )
    except LaunchError as error:
        print(f"✘ {error}", file=sys.stderr)
        return 2
    print("\n".join(lines(understood, found, told)))
    return 0


def lines(understood: dict[str, Any], found: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """Returns what is printed of what the model understood, the index found and the text tells."""
    intents = [f"{one['name']} {one['confidence']:.2f}" for one in understood["intents"]]
    entities = [f"{one['entity']}={one['value']}" for one in understood["entities"]]
    entities += [f"{KINDS[one['kind']]}={one['shown']}" for one in told["told"]]
    hits = [f"{hit['score']:.2f}  {hit['docid']}  {hit['title']}" for hit in found["hits"]]
    article = found.get("article")
    return [
        f"意图  {intents[0]}" + (f"（其次 {'、'.join(intents[1:])}）" if intents[1:] else ""),
        f"实体  {'、'.join(entities) or '无'}",
        f"把握  {found['band']}（{BANDS[found['band']]}）",
        *([f"法条  《{article['law']}》{article['article']}"] if article else []),
        *[f"{'条目' if place == 0 else '    '}  {hit}" for place, hit in enumerate(hits)],
    ]


def together(*commands: Sequence[str]) -> list[dict[str, Any]]:
    """Runs the commands side by side; returns the JSON that each prints last.

    Raises:
        LaunchError: one of them failed.
    """
    env = {**os.environ, "PYTHONPATH": os.getcwd(), "TF_CPP_MIN_LOG_LEVEL": "3"}
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True)
        for command in commands
    ]
    answers = []
    for command, process in zip(commands, running, strict=True):
        said, complaint = process.communicate()
        if process.returncode:
            lines_said = complaint.strip().splitlines() or ["?"]
            raise LaunchError(f"{command[command.index('-m') + 1]}：{lines_said[-1]}")
        answers.append(json.loads(said.strip().splitlines()[-1]))
    return answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
