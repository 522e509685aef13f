"""A setback is understood from what people say, and each question has its broken file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility import DataError, Setback, parse_answer, remedy, setback_questions
from eligibility.setback_questions import PATH, read

SAID = [
    ("法律援助被拒了", "refused"),
    ("法律援助中心不给批", "refused"),
    ("说我不符合条件", "refused"),
    ("申请十天了没回音", "silent"),
    ("申请交上去半个月没人理", "silent"),
    ("批了好几天没派律师", "unassigned"),
    ("援助被终止", "terminated"),
    ("法律援助中心把我的援助取消了", "terminated"),
    ("让我补材料", "supplement"),
    ("派的律师跟我要钱", "service"),
    ("提了异议一直没答复", "objection_silent"),
    ("司法局维持了不给援助的决定", "upheld"),
    ("复议决定下来了还是不给援助", "reconsidered"),
]
REASONS = [
    ("refused", "说我家收入超过标准", "hardship"),
    ("refused", "说这种事不归他们管", "matter"),
    ("refused", "说要本人来", "applicant"),
    ("refused", "没说理由", "other"),
    ("terminated", "说我隐瞒了存款", "concealment"),
    ("supplement", "要村里盖章的困难证明", "hardship"),
]


@pytest.mark.parametrize(("said", "event"), SAID)
def test_the_kind_of_setback_is_heard(said: str, event: str) -> None:
    assert parse_answer(setback_questions().event, said) == event


@pytest.mark.parametrize(("event", "said", "why"), REASONS)
def test_the_reason_of_the_institution_is_heard(event: str, said: str, why: str) -> None:
    assert parse_answer(setback_questions().why[event], said) == why


def test_every_day_asked_for_dates_a_step() -> None:
    """A day is only asked for where it gives the person a last day."""
    for event, asked in setback_questions().day.items():
        day: dict[str, Any] = {asked.id: date(2026, 11, 2)}
        told = remedy(replace(Setback(event), **day), date(2026, 11, 22))
        assert any(step.last_day for step in told.steps), event


BROKEN = [
    (lambda data: data["events"].pop("refused"), "events are not"),
    (lambda data: data["whys"]["refused"].pop("place"), "reasons are not"),
    (lambda data: data["events"]["silent"].pop("ask_day"), "belong together"),
    (lambda data: data["events"]["silent"].update(day="born_on"), "born_on"),
    (lambda data: data["event"].pop("why"), "why"),
    (lambda data: data["events"]["silent"].update(sais=[]), "sais"),
]


@pytest.mark.parametrize(("breaks", "says"), BROKEN)
def test_a_broken_file_is_named(tmp_path: Path, breaks: object, says: str) -> None:
    data = yaml.safe_load(PATH.read_text("utf-8"))
    breaks(data)  # type: ignore[operator]
    path = tmp_path / "setback_questions.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(DataError, match=says):
        read(path)
