"""LibreOffice shows every paper on the pages meant for it, with its words and a Chinese font."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from aid.documents import Writer
from tests.aid.people import request_of

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="needs soffice and pdftotext to look at the papers as people see them",
)
# Paper, person, pages, and words that must be readable.
EXPECTED = [
    ("application", "migrant_worker", 2, ["巴特尔", "讨要工资", "以下由法律援助机构填写"]),
    ("application", "nobody", 2, ["空着的地方用笔写", "审查意见"]),
    ("application", "long_words", 3, ["达斡尔族", "换一个监护人"]),
    ("hardship", "long_words", 1, ["欠亲戚六万元", "承诺人签名"]),
    ("representation", "detained_son", 1, ["某旗看守所", "核对情况"]),
    ("handing_in", "nobody", 1, ["受委托的人签名"]),
    ("objection", "refused", 1, ["某援不字", "提出异议的人签名"]),
    ("objection", "long_words", 1, ["海区援不字", "提出异议的人签名"]),
    ("evidence", "long_words", 1, ["两个孩子的学籍证明", "收的人签名"]),
    ("summary", "beaten_wife", 1, ["可能符合", "第三十二条", "12348"]),
    ("summary", "nobody", 1, ["要带什么", "第四十九条"]),
    ("summary", "long_words", 1, ["可能符合", "第四十九条"]),
]


@pytest.fixture(scope="module")
def pdfs(writer: Writer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every expected paper as a PDF."""
    folder = tmp_path_factory.mktemp("papers")
    for paper, name, _, _ in EXPECTED:
        (folder / f"{paper}-{name}.docx").write_bytes(writer.write(paper, request_of(name)))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=300
    )
    return folder


@needs_libreoffice
@pytest.mark.parametrize(("paper", "name", "pages", "words"), EXPECTED)
def test_a_paper_has_its_pages_and_its_words(
    paper: str, name: str, pages: int, words: list[str], pdfs: Path
) -> None:
    command = ["pdftotext", "-layout", str(pdfs / f"{paper}-{name}.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert text.count("\f") == pages
    joined = "".join(text.split())
    for word in [*words, "自动助手帮着准备的草稿"]:
        assert "".join(word.split()) in joined, word
