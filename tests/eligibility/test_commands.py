"""The `screen` command: what it prints, and how it refuses what it cannot use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eligibility.__main__ import main

from .conftest import REPOSITORY


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
    assert "missing: matter" in capsys.readouterr().out


def test_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "cases"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
