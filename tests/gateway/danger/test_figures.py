"""The danger rules reach their floors on every set of labelled lines, in every kind."""

import pytest
import yaml

from tests.gateway.danger.figures import FOLDER, NONE, SETS, lines, measure

FLOORS = yaml.safe_load((FOLDER / "floors.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", SETS)
def test_dangers_are_seen_and_near_misses_left_alone(name: str) -> None:
    figures = measure(name)
    assert figures.recall >= FLOORS[name]["recall"], figures.missed
    assert figures.precision >= FLOORS[name]["precision"], figures.alarms


@pytest.mark.parametrize("name", SETS)
def test_no_kind_of_danger_is_overlooked(name: str) -> None:
    recall = {kind: seen / all_ for kind, (all_, seen) in measure(name).dangers.items()}
    floor = FLOORS[name]["recall_of_each_kind"]
    assert {kind: share for kind, share in recall.items() if share < floor} == {}


def test_there_are_enough_lines_of_enough_kinds() -> None:
    labelled = [lines(name) for name in SETS]
    dangers = sum(len(rows) for one in labelled for kind, rows in one.items() if kind != NONE)
    assert dangers >= 180
    assert sum(len(one[NONE]) for one in labelled) >= 220
    assert all(len(one) - 1 >= 6 for one in labelled)


def test_no_line_is_in_two_sets() -> None:
    rows = [line for name in SETS for texts in lines(name).values() for line in texts]
    assert [line for line in set(rows) if rows.count(line) > 1] == []
