"""What stands in the way of a start is said in one sentence, before anything is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def launch(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the launcher with its files under `tmp_path`."""
    return subprocess.run(
        [sys.executable, "-m", "launch"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path), "MODELS_DIR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_taken_port_is_named_with_a_way_on(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = launch(tmp_path, PORT=port)
    assert done.returncode == 2
    assert f"端口 {port} 已被占用" in done.stderr
    assert "PORT=9000 make run" in done.stderr


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    done = launch(tmp_path, PORT=str(free_base()))
    assert done.returncode == 2
    assert "make run" in done.stderr


def free_base() -> int:
    """Returns a port that is free, with three free ones after it, as far as can be seen."""
    for base in range(20000, 60000, 7):
        try:
            for port in range(base, base + 4):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise RuntimeError("no four free ports in a row")


def test_the_interpreter_finder_runs_what_it_finds_before_believing_it(tmp_path: Path) -> None:
    shim = tmp_path / "python3.11"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    found = subprocess.run(
        ["sh", "launch/find_python.sh", "3.11"],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    version = subprocess.run([found.stdout.strip(), "--version"], capture_output=True, text=True)
    assert version.stdout.startswith("Python 3.11")


def test_a_failing_step_shows_the_end_of_its_output(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "launch/step.sh", "demo", "示范一步", "sh", "-c", "echo reason; exit 3"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "reason" in done.stderr
