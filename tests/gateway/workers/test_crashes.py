"""A gateway killed between receipt and delivery loses nothing and repeats nothing.

`python -m bench.crash` does this at every step, many times; here are the steps that differ most.
"""

from pathlib import Path

import pytest

from tests.gateway.workers.conftest import open_site
from tests.gateway.workers.lives import live


@pytest.mark.parametrize("point", ["claimed", "sent the bot's"])
async def test_a_killed_gateway_loses_nothing_and_repeats_nothing(
    tmp_path: Path, empty_database: Path, point: str
) -> None:
    async with open_site(tmp_path, empty_database) as site:
        life = await live(site, point)
    assert life.died
    assert life.lost == life.doubled == life.lawyer_lost == life.lawyer_too_often == 0
