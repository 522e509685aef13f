"""A question that leans on those before it is understood with them, another matter without them."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import evaluate_follow_ups, follow_up, strict_yaml
from knowledge.__main__ import FOLLOW_UPS, main
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.follow_up import Cues
from knowledge.in_context import Neighbours, combine
from knowledge.search import Searcher
from knowledge.settings import Settings

FLOORS = strict_yaml.read(Path(__file__).parent / "floors.yml")["follow_ups"]


@pytest.fixture(scope="module")
def cues() -> Cues:
    """The words and weights of the product."""
    return Cues.load(Settings().content_dir)


@pytest.mark.parametrize("question", ["那要多久呢", "要花钱吗", "在哪里办", "他還不給呢"])
def test_what_names_no_matter_leans_wholly(cues: Cues, question: str) -> None:
    assert cues.leaning(question) == 1


def test_the_more_a_question_names_the_less_it_leans(cues: Cues) -> None:
    questions = ["要多久", "试用期呢", "那我妹妹嫁出去了有份吗", "没签劳动合同能要双倍工资吗"]
    leans = [cues.leaning(question) for question in questions]
    assert leans == sorted(leans, reverse=True)
    assert leans[0] > leans[1] > leans[2] > leans[3]


def test_a_long_question_stands_and_a_turn_away_leans_on_nothing(cues: Cues) -> None:
    assert cues.stands("我在饭店端盘子干了俩月老板一分钱没给我开")
    assert cues.leaning("换个问题，要多久") == 0


@pytest.mark.parametrize("text", ["谢谢", "好的，知道了", "嗯嗯", "OK"])
def test_thanks_ask_nothing(cues: Cues, text: str) -> None:
    assert cues.is_acknowledgement(text)


def test_a_question_is_no_acknowledgement(cues: Cues) -> None:
    assert not cues.is_acknowledgement("好的，那要多久")


def test_what_is_kept_is_the_opening_and_the_last_two_turns() -> None:
    context = follow_up.opened("我想离婚" * 50)
    for turn in ["他不同意", "有孩子\n三岁", "要多久"]:
        context = follow_up.kept(context, turn)
    lines = context.splitlines()
    assert lines[1:] == ["有孩子 三岁", "要多久"]
    assert len(lines[0]) == follow_up.LONGEST_TURN


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("least: 0.2", "least: 2"),
        ("shown:", "seen:"),
        ("hollow:", "empty:"),
        ("- 换个问题", "- ''"),
    ],
)
def test_a_wrong_file_of_cues_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (Settings().content_dir / follow_up.FILE).read_text()
    assert old in text
    (tmp_path / follow_up.FILE).write_text(text.replace(old, new))
    with pytest.raises(ContentError, match=follow_up.FILE):
        Cues.load(tmp_path)


def test_near_what_was_shown_gains_and_shares_stay_shares(cues: Cues, entries: list[Entry]) -> None:
    neighbours = Neighbours.of(entries)
    before = np.array([entry.id == "buckets/unreturned" for entry in entries], dtype=np.float32)
    gain = neighbours.gain(before, cues.weights)
    gains = dict(zip([entry.id for entry in entries], gain, strict=True))
    assert gains["buckets/unreturned"] > gains["kites/stuck"] > 0
    even = np.full(len(entries), 0.2, dtype=np.float32)
    ranked = combine(even, even, gain, 1.0, cues.weights)
    assert entries[ranked[0][0]].meta.topic == "buckets"
    assert 0.5 < sum(share for _, share in ranked) < 1
    alone = dict(combine(even, even, gain, 0.0, cues.weights))
    assert alone == pytest.approx(dict.fromkeys(range(len(entries)), 0.2), abs=0.01)


def test_thanks_leave_what_was_asked_before(searcher: Searcher) -> None:
    assert searcher.search("谢谢", context="风筝挂在别人家树上").context == "风筝挂在别人家树上"
    assert searcher.search("谢谢").context == ""


def test_the_title_of_an_entry_opens_a_matter(searcher: Searcher) -> None:
    title = searcher.entries["kites/stuck"].meta.question
    found = searcher.search(title, context="水桶不还")
    assert found.opens
    assert found.of_kind("entry")[0].docid == "kites/stuck"


@pytest.mark.parametrize(
    "text",
    [
        "follows: [{turns: [一句], entries: [kites/stuck]}]",
        "follows: [{turns: [一句, 两句], entries: []}]",
        "follows: [{turns: [一句, 两句]}]",
        "other: [{turns: [一句, 两句], entries: [kites/stuck]}]",
    ],
)
def test_a_wrong_case_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "cases.yml").write_text(text)
    with pytest.raises(ContentError, match=r"cases\.yml"):
        evaluate_follow_ups.read_cases(tmp_path / "cases.yml")


def test_a_wrong_conversation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "said.jsonl").write_text('{"turns": ["一句"]}\n')
    with pytest.raises(ContentError, match=r"said\.jsonl:1"):
        evaluate_follow_ups.read_conversations(tmp_path / "said.jsonl")


def test_the_command_measures_both_halves(
    searcher: Searcher,
    fixture_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("content_dir", "models_dir", "statutes_path", "embedding_model"):
        monkeypatch.setenv(name.upper(), str(getattr(fixture_settings, name)))
    cases = tmp_path / "cases.yml"
    case = "{turns: [风筝挂在别人家树上, 那他不同意呢], entries: [kites/stuck]}"
    cases.write_text(f"follows: [{case}, {case}]")
    said = tmp_path / "said.jsonl"
    said.write_text('{"turns": ["水桶不还", "要多久"], "candidates": [1]}\n')
    assert main(["evaluate", "--follow-ups", str(cases), "--conversations", str(said)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["measure"]["follows"]["hits@1"] == found["tune"]["follows"]["hits@1"] == 1
    assert found["conversations"]["conversations"] == 1


@pytest.mark.statutes
def test_follow_ups_keep_their_floors(real_statutes_path: Path) -> None:
    settings = Settings().model_copy(update={"statutes_path": real_statutes_path})
    searcher = Searcher.load(settings, lambda line: None)
    cases = evaluate_follow_ups.read_cases(FOLLOW_UPS)
    assert {name for case in cases for name in case.entries} <= {*searcher.entries}
    found = evaluate_follow_ups.measure(searcher, cases)["measure"]
    low = {
        (kind, name): found[kind][name]
        for kind, floors in FLOORS.items()
        for name, floor in floors.items()
        if found[kind][name] < floor
    }
    assert not low
