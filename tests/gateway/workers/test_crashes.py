"""A gateway killed between receipt and delivery loses nothing and repeats nothing.

`python -m bench.crash` does this at every step, many times. Here is the step that
tells most, and another one each day.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.gateway.workers.conftest import open_site
from tests.gateway.workers.crashes import POINTS
from tests.gateway.workers.lives import live

ALWAYS = "sent the bot's"
OTHERS = [point for point in POINTS if point != ALWAYS]
TODAYS = OTHERS[datetime.now(UTC).date().toordinal() % len(OTHERS)]


@pytest.mark.parametrize("point", [ALWAYS, TODAYS])
async def test_a_killed_gateway_loses_nothing_and_repeats_nothing(
    tmp_path: Path, empty_database: Path, point: str
) -> None:
    async with open_site(tmp_path, empty_database) as site:
        life = await live(site, point)
    assert life.died
    assert life.lost == life.doubled == life.lawyer_lost == life.lawyer_too_often == 0
    assert life.not_erased == 0
