"""Days as people say them: literal cases, and what must hold for every way of saying one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.when import Said, due, mentions, understand
from eligibility.when.words import question, read

FOLDER = Path(__file__).parent / "when"
CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("*.yml")) for case in strict_yaml.load(path)
]
TODAYS = st.dates(date(2005, 1, 1), date(2049, 12, 31))


def _days(said: Said) -> list[date]:
    assert all(one.first == one.last for one in said.candidates)
    return [one.first for one in said.candidates]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['said']} {case['on']}")
def test_the_words_mean_the_day(case: dict[str, Any]) -> None:
    said = understand(case["said"], case["on"])
    if "day" in case:
        assert said.day == case["day"]
        assert said.question is None
        assert (said.clock.isoformat("minutes") if said.clock else None) == case.get("clock")
    elif "days" in case:
        assert _days(said) == case["days"]
        assert said.question == question("which_one")
    elif "about" in case:
        assert _days(said) == [case["about"]]
        assert said.question == question("which_day")
    elif "from" in case:
        (stretch,) = said.candidates
        assert (stretch.first, stretch.last) == (case["from"], case["to"])
        assert said.question == question("which_day")
    elif "future" in case:
        assert (_days(said), said.question) == ([case["future"]], question("future"))
    else:
        asked = {"no_such_day": {"no_such_day"}, "day": {"unclear", "which_day"}}[case["ask"]]
        assert not said.candidates
        assert said.question in {question(key) for key in asked}


def test_there_are_many_cases_of_each_kind() -> None:
    assert len(CASES) >= 150
    kinds = ("day", "days", "about", "from", "future", "ask")
    assert all(sum(kind in case for case in CASES) >= 3 for kind in kinds)


@pytest.mark.parametrize(
    "text",
    [
        "判了我赔5000元",
        "12348",
        "一审判决",
        "欠我3.5万",
        "3.5亩地",
        "5号楼",
        "十日内上诉",
        "住3号院",
    ],
)
def test_numbers_that_are_no_days_are_left_alone(text: str) -> None:
    assert mentions(text, date(2026, 11, 22)) == []


def test_what_is_assumed_is_said() -> None:
    said = understand("12月3号", date(2026, 11, 22))
    assert said.candidates[0].assumed == "没说是哪一年（哪个月），按最近过去的 2025年12月3日 算。"


def test_every_mention_is_found_in_order() -> None:
    found = mentions("去年中秋借的，今年3月5号还了一半", date(2026, 11, 22))
    assert [said.day for said in found] == [date(2025, 10, 6), date(2026, 3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "3000年中秋",
        "1500年清明",
        "9999年除夕",
        "2101年春节",
        "9999年前",
        "9999个月前",
        "0001年1月1日",
        "3000年腊月",
    ],
)
def test_years_out_of_reach_are_asked_about(text: str) -> None:
    said = understand(text, date(2026, 11, 22))
    assert (said.candidates, said.question) == ((), question("no_such_day"))


@given(TODAYS, st.integers(0, 400))
def test_a_written_day_is_read_back(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    for shape in ("{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}"):
        assert understand(shape.format(day), today).day == day


@given(TODAYS, st.sampled_from([case["said"] for case in CASES]))
def test_nothing_without_a_question_lies_ahead(today: date, words: str) -> None:
    """What was received lies in the past, on any day the words are said."""
    said = understand(words, today)
    if said.question is None:
        assert said.day is not None
        assert said.day <= today


@given(TODAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_the_last_one_gone_by(today: date, month: int, day: int) -> None:
    found = understand(f"{month}月{day}号", today).day
    assert found is not None
    assert today - timedelta(days=366) < found <= today


@given(st.text(max_size=30), TODAYS)
def test_any_text_is_read_without_an_error(text: str, today: date) -> None:
    understand(text, today)


@given(st.text("年月日号上个周初十二三五前去正腊闰农历国庆0123456789.点半", max_size=12), TODAYS)
def test_any_mixture_of_day_words_is_read_without_an_error(text: str, today: date) -> None:
    understand(text, today)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('- {kind: solar, pattern: "(?P<day><n>"}', "missing"),
        ('- {kind: solar, pattern: "<nothing>"}', "nothing"),
        ("- {kind: solar}", "missing pattern"),
    ],
)
def test_a_broken_shape_is_refused_naming_the_file(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "patterns.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says) as error:
        read(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("仲裁11月30号到期 怕来不及", date(2026, 11, 30)),
        ("最后一天是12月8号", date(2026, 12, 8)),
        ("11月30号收到的，哪天截止", None),
        ("合同8月31号到期 公司不续签", None),
        ("11月30号摔的", None),
        ("12月几号到期", None),
    ],
)
def test_a_day_on_which_something_ends_lies_ahead(text: str, day: date | None) -> None:
    assert due(text, date(2026, 11, 23)) == day


def test_last_winter_may_be_either_of_two() -> None:
    """Said in autumn, it may be the one that began last year or the one that ended then."""
    said = understand("去年冬天干的活", date(2026, 11, 23))
    spans = [(one.first, one.last) for one in said.candidates]
    assert spans == [
        (date(2025, 11, 1), date(2026, 2, 28)),
        (date(2025, 1, 1), date(2025, 2, 28)),
    ]
