"""What is done to a question before it is searched."""

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.normalise import Words, plain
from knowledge.settings import Settings


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("勞動合同", "劳动合同"),
        ("ＡＢＣ　１２", "abc 12"),
        ("  离  婚 ", "离 婚"),
        ("她沒工作", "他没工作"),
        ("俺跟您说", "我跟你说"),
        ("", ""),
    ],
)
def test_text_is_made_plain(typed: str, expected: str) -> None:
    assert plain(typed) == expected


def test_fillers_go_unless_nothing_else_is_left(content: Path) -> None:
    words = Words.load(content)
    assert words.without_fillers("请问桶在哪") == "桶在哪"
    assert words.without_fillers("你好") == "你好"


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("包工头跑了", "农民工工资"),
        ("被开了", "经济补偿"),
        ("老赖不还钱", "民间借贷"),
        ("不给钱", "拖欠工资"),
    ],
)
def test_everyday_words_get_legal_ones(says: str, means: str) -> None:
    assert means in Words.load(Settings().content_dir).legal_terms(says)


def test_a_wrong_synonym_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "fillers.yml").write_text("- 请问\n")
    (tmp_path / "synonyms.yml").write_text("- {says: [甲], mean: [乙]}\n")
    with pytest.raises(ContentError, match=r"synonyms\.yml"):
        Words.load(tmp_path)
