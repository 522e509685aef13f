"""One sentence shows what it is taken for; what stands in the way is said in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from launch import talk
from launch.environment import LaunchError

ROOT = Path(__file__).parents[2]
UNDERSTOOD: dict[str, Any] = {
    "intents": [
        {"name": "ask_law", "confidence": 0.93},
        {"name": "inform", "confidence": 0.04},
    ],
    "entities": [],
}
FOUND: dict[str, Any] = {
    "band": "ask_back",
    "article": {"law": "劳动法", "article": "第五十条"},
    "hits": [
        {"score": 0.91, "docid": "labour/unpaid-wages", "title": "老板拖欠工资怎么办？"},
        {"score": 0.5, "docid": "labour/no-contract", "title": "没签劳动合同怎么办？"},
    ],
}
TOLD: dict[str, Any] = {"told": [{"kind": "amount", "shown": "三万五（35,000 元）"}]}


def say(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as `make talk` does."""
    return subprocess.run(
        [sys.executable, "-m", "launch.talk", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_every_part_has_its_line() -> None:
    assert talk.lines(UNDERSTOOD, FOUND, TOLD) == [
        "意图  ask_law 0.93（其次 inform 0.04）",
        "实体  钱数=三万五（35,000 元）",
        "把握  ask_back（反问是哪一个）",
        "法条  《劳动法》第五十条",
        "条目  0.91  labour/unpaid-wages  老板拖欠工资怎么办？",
        "      0.50  labour/no-contract  没签劳动合同怎么办？",
    ]


def test_where_nothing_is_told_or_found_it_says_so() -> None:
    nothing = {"band": "not_sure", "hits": []}
    one = {**UNDERSTOOD, "intents": UNDERSTOOD["intents"][:1]}
    assert talk.lines(one, nothing, {"told": []}) == [
        "意图  ask_law 0.93",
        "实体  无",
        "把握  not_sure（说没有把握）",
    ]


def test_every_kind_of_thing_told_has_a_name() -> None:
    kinds = subprocess.run(
        [sys.executable, "-c", "from eligibility.told import KINDS; print(*KINDS)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(kinds.stdout.split()) == set(talk.KINDS)


@pytest.mark.parametrize("arguments", [(), ("  ",)])
def test_without_a_sentence_the_way_to_say_one_is_shown(arguments: tuple[str, ...]) -> None:
    tried = say(*arguments)
    assert tried.returncode == 2
    assert "make talk SAY=" in tried.stderr


def test_the_part_that_fails_is_named_with_its_last_line() -> None:
    fails = (sys.executable, "-m", "json.tool", "no-such-file")
    with pytest.raises(LaunchError, match=r"^json\.tool：.*no-such-file"):
        talk.together((sys.executable, "-c", "print('{}')"), fails)


def test_a_sentence_is_shown_with_intent_entities_band_and_entry() -> None:
    tried = say("包工头欠我三万五不给怎么办，我干了三年")
    assert tried.returncode == 0, tried.stderr
    shown = dict(line.split("  ", 1) for line in tried.stdout.splitlines() if line[0] != " ")
    assert shown["意图"].startswith("ask_law")
    assert "钱数=三万五（35,000 元）" in shown["实体"]
    assert "多久=干了三年" in shown["实体"]
    assert shown["把握"]
    assert "labour/" in shown["条目"]
