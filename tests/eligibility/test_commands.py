"""The `screen` command: what it prints, and how it refuses what it cannot use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eligibility.__main__ import main
from tests.conftest import REPOSITORY


def _facts(tmp_path: Path, text: str) -> str:
    path = tmp_path / "facts.yml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_json_has_the_documented_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _facts(tmp_path, "matter: labour_pay\ngroups: [migrant_worker]\nhas_lawyer: false\n")
    assert main(["screen", path, "--on", "2026-11-22", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["state"] == "yes"
    keys = {"state", "reasons", "documents", "offices", "deadlines", "missing"}
    assert keys <= set(shown)
    assert set(shown["reasons"][0]) == {"text", "reference"}


def test_text_shows_reasons_with_their_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", _facts(tmp_path, "matter: domestic_violence\n")]) == 0
    shown = capsys.readouterr().out
    assert "可能符合" in shown
    assert "《法律援助法》第三十二条第（四）项" in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("matter: labor\n", "matter:"),
        ("color: red\n", "color:"),
        ("has_lawyer: 是\n", "has_lawyer:"),
        ("matter: heroes\nmatter: other\n", "'matter' occurs twice"),
        ("- matter\n", "facts:"),
    ],
)
def test_bad_input_is_refused_naming_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    assert main(["screen", _facts(tmp_path, text)]) == 2
    assert says in capsys.readouterr().err


def test_day_before_the_act_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", _facts(tmp_path, "matter: heroes\n"), "--on", "2021-12-31"]) == 2
    assert "not in force" in capsys.readouterr().err


def test_empty_file_means_nothing_is_known_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", _facts(tmp_path, "")]) == 0
    shown = capsys.readouterr().out
    assert "需要核实（unknown）" in shown
    assert "- matter：您要办的是什么事？" in shown


def test_text_is_in_parts_that_a_clerk_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _facts(tmp_path, "matter: criminal\ncriminal_role: accused\nfor_whom: child\n")
    assert main(["screen", path, "--on", "2026-11-22"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("初步看：")
    parts = ["为什么", "要带的材料", "到哪里申请", "时间", "还要知道", "还要问"]
    places = [shown.index(f"\n{part}") for part in parts]
    assert places == sorted(places)
    assert "   依据：《法律援助法》第二十五条第一款第（一）项" in shown


def test_remedy_tells_steps_with_their_last_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _facts(tmp_path, "event: upheld\nanswered_on: 2026-09-01\n")
    assert main(["remedy", path, "--on", "2026-11-22"]) == 0
    shown = capsys.readouterr().out
    assert "您的最后一天：2026-10-31（已经过了，先别放弃，马上问律师）" in shown
    assert "您的最后一天：2027-03-01\n" in shown
    assert "《民事诉讼法》第八十五条" in shown
    path = _facts(tmp_path, "event: silent\napplied_on: 2026-11-02\n")
    for day, said in (
        ("2026-11-09", "2026-11-09\n"),
        ("2026-11-10", "2026-11-09（已经过了，可以去催）"),
    ):
        assert main(["remedy", path, "--on", day]) == 0
        assert f"对方最迟办好的日子：{said}" in capsys.readouterr().out


def test_remedy_as_json_has_plain_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _facts(tmp_path, "event: silent\napplied_on: 2026-11-02\n")
    assert main(["remedy", path, "--on", "2026-11-22", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {"event", "label", "steps", "grounds", "counting", "missing"}
    assert shown["steps"][0]["last_day"] == "2026-11-09"
    assert shown["steps"][0]["passed"] is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("event: angry\n", "event:"),
        ("", "event:"),
        ("event: refused\nwhy: mood\n", "why:"),
        ("event: silent\nwhy: hardship\n", "why:"),
        ("event: silent\napplied_on: 周一\n", "applied_on:"),
        ("event: refused\nwritten: 有\n", "written:"),
        ("event: refused\ncolor: red\n", "color:"),
        ("- refused\n", "setback:"),
    ],
)
def test_bad_setback_is_refused_naming_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    assert main(["remedy", _facts(tmp_path, text)]) == 2
    assert capsys.readouterr().err.startswith(says)


def test_coverage_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage"]) == 0
    assert "| 《法律援助法》第二十四条 |" in capsys.readouterr().out


def test_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "cases"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
