"""First guesses at topic and matter: learnt, saved, measured on real messages kept apart."""

import csv
from pathlib import Path

import pytest

from knowledge import labels, strict_yaml, train_triage
from knowledge.__main__ import LINES as CITIZENS
from knowledge.__main__ import main
from knowledge.entries import Topic, load_list
from knowledge.errors import ContentError
from knowledge.normalise import Words
from knowledge.settings import Settings
from knowledge.topic_shares import NO_MATTER
from knowledge.triage import FILE, LINES, Example, Triage, written_examples

HERE = Path(__file__).parent
FLOORS = strict_yaml.read(HERE / "floors.yml")["triage"]
LEARNT = [
    Example("老板不给工资", ("labour",), "labour_pay"),
    Example("干活没给钱工资", ("labour",), "labour_pay"),
    Example("要离婚孩子归谁", ("marriage", "family_support"), NO_MATTER),
    Example("离婚房子怎么分", ("marriage",), NO_MATTER),
    Example("孩子抚养费不给", ("family_support",), "support_payments"),
]


@pytest.fixture(scope="module")
def words(content: Path) -> Words:
    return Words.load(content)


def test_guesses_follow_what_was_learnt(words: Words) -> None:
    triage = Triage.learn(LEARNT, words)
    assert triage.guess("工资一直没给").topics[0] == "labour"
    assert triage.guess("工资一直没给").matters[0] == "labour_pay"
    assert triage.guess("我要离婚").topics[0] == "marriage"


def test_the_case_of_no_legal_aid_matter_is_not_named_as_one(words: Words) -> None:
    assert NO_MATTER not in Triage.learn(LEARNT, words).guess("我要离婚").matters


def test_saved_guesses_are_the_same(words: Words, tmp_path: Path) -> None:
    triage = Triage.learn(LEARNT, words)
    triage.save(tmp_path)
    loaded = Triage.load(tmp_path, words)
    assert loaded is not None
    for example in LEARNT:
        assert loaded.guess(example.text) == triage.guess(example.text)


def test_an_empty_message_gets_a_guess_without_failing(words: Words) -> None:
    assert len(Triage.learn(LEARNT, words).guess("").topics) == 2


def test_without_training_there_are_no_guesses(words: Words, tmp_path: Path) -> None:
    assert Triage.load(tmp_path, words) is None


def test_broken_weights_are_named(words: Words, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not an archive")
    with pytest.raises(ContentError, match=r"triage\.npz"):
        Triage.load(tmp_path, words)


def test_a_written_message_needs_a_topic(tmp_path: Path) -> None:
    (tmp_path / LINES).write_text("labour\t老板跑了\n老板又跑了\n")
    with pytest.raises(ContentError, match=r"triage_lines\.tsv:2"):
        written_examples(tmp_path / LINES)


def test_written_messages_and_second_readings_name_topics_of_the_project() -> None:
    settings = Settings()
    topics = {t.id for t in load_list(settings.content_dir / "topics.yml", Topic)}
    for example in written_examples(settings.content_dir / LINES):
        assert {*example.topics} <= topics, example
    known = {label.digest for label in labels.read() if label.use == "test"}
    second = _second_reading()
    assert {*second} == known
    assert all({*read} <= topics for read in second.values())


def test_the_command_guesses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triage", "干了三个月活老板不给工资", "--json"]) == 0
    assert '"topics": ["labour"' in capsys.readouterr().out


@pytest.mark.skipif(not CITIZENS.exists(), reason="needs the citizens' questions")
def test_guesses_on_real_messages_keep_their_floors() -> None:
    settings = Settings()
    found = train_triage.evaluate(settings, CITIZENS, "test")
    assert found["questions"] >= 280
    for name, floor in FLOORS.items():
        if name in found:
            assert found[name] >= floor, (name, found)
    assert _by_either_reader(settings) >= FLOORS["by_either_reader"]


def _by_either_reader(settings: Settings) -> float:
    """Share with a topic among the two guesses that one of two readers found right."""
    triage, second = train_triage.load(settings), _second_reading()
    hits = [
        bool({*triage.guess(text).topics} & {*label.topics, *second[label.digest]})
        for text, label in labels.labelled([CITIZENS], "test")
        if label.topics
    ]
    return sum(hits) / len(hits)


def _second_reading() -> dict[str, list[str]]:
    """Topics that a second person, who saw neither labels nor guesses, found right."""
    with (HERE / "second_reading.tsv").open(encoding="utf-8", newline="") as file:
        return {digest: topics.split() for digest, topics in csv.reader(file, delimiter="\t")}
