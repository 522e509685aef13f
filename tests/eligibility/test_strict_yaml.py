"""The package's other data files: each kind of mistake is an error that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility import matters, questions, remedy_rules, sentences, strict_yaml
from eligibility.errors import DataError

QUESTION = "id: stage\nkind: choice\nask: 问\nwhy: 因为\noptions: []\n"
MATTER = "labour_pay: {label: 讨薪, basis: hardship, reference: 条, proof: 话, papers: []}\n"


def _write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_on_yes_and_no_are_words(tmp_path: Path) -> None:
    path = _write(tmp_path, "words.yml", "on: yes\noff: no\nso: true\n")
    assert strict_yaml.load(path) == {"on": "yes", "off": "no", "so": True}


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothing\.yml"):
        strict_yaml.load(tmp_path / "nothing.yml")


def test_key_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="key 7 is not text"):
        strict_yaml.load(_write(tmp_path, "words.yml", "7: 天\n"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (QUESTION.replace("id: stage", "id: other"), "is not the file's name"),
        (QUESTION.replace("kind: choice", "kind: essay"), "unknown kind 'essay'"),
        (QUESTION, "are not the fact's values"),
        (QUESTION.replace("[]", "[{value: court, label: 法院, says: [1]}]"), "must be text"),
        (QUESTION + "hint: 提示\n", "unknown hint"),
    ],
)
def test_broken_question_is_an_error(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=r"stage\.yml") as error:
        questions.read(_write(tmp_path, "stage.yml", text))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MATTER.replace("basis: hardship", "basis: luck"), "unknown basis 'luck'"),
        (MATTER.replace("papers: []", "papers: [], asks: [age]"), "unknown asks age"),
        (MATTER.replace("proof: 话, ", ""), "missing proof"),
    ],
)
def test_broken_matter_is_an_error(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        matters.read(_write(tmp_path, "matters.yml", text))


def test_reference_without_proof_is_an_error(tmp_path: Path) -> None:
    path = _write(tmp_path, "sentences.yml", "said: {text: 话, reference: 《法律援助法》第二条}\n")
    with pytest.raises(DataError, match="belong together"):
        sentences.read(path)


def test_sentence_in_two_files_is_an_error(tmp_path: Path) -> None:
    for name in ("one.yml", "two.yml"):
        _write(tmp_path, name, "said: {text: 话, reference: null}\n")
    with pytest.raises(DataError, match=r"two\.yml: already in another file: said"):
        sentences.read_folder(tmp_path)


REMEDY = "silent: {label: 没有答复, steps: [{id: decision_due, due: DUE}]}\n"


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (
            "{by: organ, from: someday, days: decision_days, count: count_days}",
            "no period runs from",
        ),
        ("{by: organ, from: applied_on, count: count_days}", "either days or months"),
        (
            "{by: organ, from: applied_on, days: a, months: b, count: count_days}",
            "either days or months",
        ),
        ("{by: organ, from: applied_on, days: decision_days, count: by_hand}", "remedy_by_hand"),
        ("{by: nobody, from: applied_on, days: a, count: b}", "nobody is called 'nobody'"),
        ("{by: organ, from: applied_on, weeks: a, count: count_days}", "unknown weeks"),
    ],
)
def test_broken_remedy_is_an_error(tmp_path: Path, due: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        remedy_rules.read(_write(tmp_path, "remedies.yml", REMEDY.replace("DUE", due)))
