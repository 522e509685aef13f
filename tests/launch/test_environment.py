"""The environment that the launcher composes for its three processes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from launch.environment import LaunchError, compose, stored_secrets


def composed(tmp_path: Path, **given: str) -> dict[str, str]:
    """Returns what the launcher would give its children, its files under `tmp_path`."""
    return compose({"VAR_DIR": str(tmp_path), **given})


def test_one_port_moves_all_four(tmp_path: Path) -> None:
    env = composed(tmp_path, PORT="9000")
    assert env["RASA_URL"] == "http://127.0.0.1:9001"
    assert env["ACTIONS_URL"] == "http://127.0.0.1:9002"
    assert env["INTERNAL_URL"] == "http://127.0.0.1:9003"


@pytest.mark.parametrize("port", ["abc", "0", "65533", "-1", "８０８０"])
def test_a_port_that_cannot_be_used_is_named(tmp_path: Path, port: str) -> None:
    with pytest.raises(LaunchError, match=port):
        composed(tmp_path, PORT=port)


def test_one_worker_unless_more_are_asked_for(tmp_path: Path) -> None:
    assert composed(tmp_path)["GATEWAY_WORKERS"] == "1"
    assert composed(tmp_path, GATEWAY_WORKERS="2")["GATEWAY_WORKERS"] == "2"


@pytest.mark.parametrize("workers", ["0", "17", "-1", "two", "２"])
def test_a_number_of_workers_that_cannot_be_is_named(tmp_path: Path, workers: str) -> None:
    with pytest.raises(LaunchError, match=workers):
        composed(tmp_path, GATEWAY_WORKERS=workers)


def test_sums_take_one_thread_unless_told_otherwise(tmp_path: Path) -> None:
    assert composed(tmp_path)["OMP_NUM_THREADS"] == "1"
    assert composed(tmp_path, OMP_NUM_THREADS="4")["OMP_NUM_THREADS"] == "4"


def test_what_the_caller_sets_is_kept(tmp_path: Path) -> None:
    assert composed(tmp_path, REST_KEY="given")["REST_KEY"] == "given"


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    first = stored_secrets(path)
    assert first == stored_secrets(path)
    assert len(set(first.values())) == 4
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_key_is_added_without_changing_the_others(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("INTERNAL_KEY=kept\n", encoding="utf-8")
    assert stored_secrets(path)["INTERNAL_KEY"] == "kept"
    assert stored_secrets(path)["REST_KEY"]
