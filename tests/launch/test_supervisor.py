"""What the supervisor makes of its file: as many gateways as are asked for, each with a log."""

from __future__ import annotations

from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from launch.environment import compose

CONFIGURATION = Path(__file__).parents[2] / "launch" / "supervisord.conf"


@pytest.mark.parametrize("workers", [1, 3])
def test_there_are_as_many_gateways_as_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    (tmp_path / "log").mkdir()
    given = {"VAR_DIR": str(tmp_path), "GATEWAY_WORKERS": str(workers)}
    for name, value in compose(given).items():
        monkeypatch.setenv(name, value)
    options = ServerOptions()
    options.realize(["-c", str(CONFIGURATION)])
    groups = {group.name: group.process_configs for group in options.process_group_configs}
    gateways = groups["gateway"]
    assert [gateway.name for gateway in gateways] == [f"gateway-{n}" for n in range(workers)]
    assert len({gateway.stdout_logfile for gateway in gateways}) == workers
    assert {name: len(configs) for name, configs in groups.items() if name != "gateway"} == {
        "rasa": 1,
        "actions": 1,
    }
