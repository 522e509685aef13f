"""The `deadline` command: what it prints, what it asks, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eligibility.__main__ import main
from eligibility.radar import shipped

ON = ["--on", "2026-11-18"]
Capture = pytest.CaptureFixture[str]


def _json(capsys: Capture, *arguments: str) -> dict[str, Any]:
    assert main(["deadline", *arguments, *ON, "--json"]) in (0, 2)
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    return shown


def test_a_period_and_a_day_give_the_last_day(capsys: Capture) -> None:
    assert main(["deadline", "civil_appeal_judgment", "上周三", *ON]) == 0
    shown = capsys.readouterr().out
    assert "2026年11月26日（星期四）" in shown
    assert "《民事诉讼法》第一百七十一条" in shown
    assert "12348" in shown


def test_one_sentence_is_enough(capsys: Capture) -> None:
    shown = _json(capsys, "上周三收到交通事故认定书不服")
    assert [period["id"] for period in shown["periods"]] == ["accident_review"]
    assert shown["answers"][0]["last"] == "2026-11-16"
    assert shown["answers"][0]["passed"] is True
    assert shown["questions"] == []


def test_an_open_sentence_names_each_possibility_and_asks(capsys: Capture) -> None:
    assert main(["deadline", "上周三收到一审判决", *ON]) == 0
    shown = capsys.readouterr().out
    assert "您说的是哪一种？" in shown
    for name in ("民事判决上诉", "刑事判决上诉", "行政判决上诉"):
        assert name in shown


def test_without_a_day_the_day_is_asked_for(capsys: Capture) -> None:
    assert main(["deadline", "收到民事裁定书不服", *ON]) == 2
    assert "是哪一天的事" in capsys.readouterr().out


def test_what_has_no_number_of_days_needs_no_day(capsys: Capture) -> None:
    shown = _json(capsys, "aid_refusal_objection")
    assert shown["questions"] == []
    assert shown["answers"][0]["last"] is None
    assert "没有写要在几天之内" in shown["answers"][0]["headline"]["text"]


def test_what_nobody_knows_is_asked_back(capsys: Capture) -> None:
    assert main(["deadline", "今天天气怎么样", *ON]) == 2
    assert "没听出是哪一种期限" in capsys.readouterr().out


def test_a_stretch_is_counted_from_its_first_day_and_says_so(capsys: Capture) -> None:
    shown = _json(capsys, "civil_appeal_judgment", "上周")
    assert shown["answers"][0]["event"] == "2026-11-09"
    assert "按最早的那天" in "".join(step["text"] for step in shown["answers"][0]["steps"])
    assert shown["questions"]


def test_a_moment_is_read_with_the_day(capsys: Capture) -> None:
    shown = _json(capsys, "protection_order", "昨晚十点半")
    assert shown["answers"][0]["ends"] == "2026-11-20T22:30:00"


def test_json_has_the_documented_keys(capsys: Capture) -> None:
    shown = _json(capsys, "civil_appeal_judgment", "昨天")
    assert set(shown) == {"periods", "when", "questions", "answers"}
    keys = {"period", "last", "days_left", "urgent", "passed", "headline", "steps", "actions"}
    assert keys <= set(shown["answers"][0])


def test_the_list_names_every_period(capsys: Capture) -> None:
    assert main(["deadline", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(shipped())


def test_nothing_to_work_on_is_refused(capsys: Capture) -> None:
    assert main(["deadline"]) == 2
    assert "--list" in capsys.readouterr().err
