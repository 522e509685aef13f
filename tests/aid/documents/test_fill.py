"""Papers hold what was said and typed, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from aid.documents import Particulars, Writer, all_papers, draw, wanted
from aid.documents.layout import FOLDER, read, read_all
from aid.documents.particulars import LONGEST_LINE, all_groups
from aid.errors import TemplateError
from tests.aid.people import NAMES, request_of


def words_of(document: Document) -> str:
    """Return all words of a paper, its foot included; merged cells count once."""
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            parts += [cell.text for cell in dict.fromkeys(row.cells)]
    parts += [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join(parts)


def written(writer: Writer, paper: str, name: str) -> str:
    return words_of(docx.Document(BytesIO(writer.write(paper, request_of(name)))))


@pytest.mark.parametrize("layout", read_all(), ids=lambda layout: layout.name)
def test_the_templates_are_drawn_from_the_layouts(layout: object) -> None:
    """After changing a layout: `python -m aid templates`."""
    name = layout.name  # type: ignore[attr-defined]
    shipped = docx.Document(str(draw.FOLDER / f"{name}.docx"))
    drawn = draw.draw(read(FOLDER / f"{name}.yml"))
    assert shipped.element.xml == drawn.element.xml
    assert words_of(shipped) == words_of(drawn)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", list(all_papers()))
def test_a_paper_holds_every_typed_word_that_it_has_a_place_for(
    paper: str, name: str, writer: Writer
) -> None:
    text, request = written(writer, paper, name), request_of(name)
    template = words_of(docx.Document(str(draw.FOLDER / f"{paper}.docx")))
    assert not re.search(r"\{\{|\}\}|\{%|None|Undefined", text)
    for group, words in request.particulars.words.items():
        for field, word in words.items():
            if f"{{{{ {group}.{field} }}}}" in template:
                assert word in text, f"{group}.{field}"
    assert "草稿" in text
    assert "依据：《" in text


@pytest.mark.parametrize("paper", list(all_papers()))
def test_what_was_not_said_stays_empty(paper: str, writer: Writer) -> None:
    """Only print remains: no place is filled in and no box is ticked."""
    text = written(writer, paper, "nobody")
    assert "■" not in text
    if paper != "summary":  # it repeats the general rules instead
        printed = words_of(docx.Document(str(draw.FOLDER / f"{paper}.docx")))
        bare = re.sub(r"\{[{%].*?[}%]\}|□", "", printed)
        told = re.sub(r"情况要照实说.+第六十四条）|^\d+$", "", text, flags=re.M)
        assert set(told.replace("□", "").split()) <= set(bare.split())


def test_every_field_that_can_be_typed_has_a_place_on_a_paper() -> None:
    printed = "".join(line.text for layout in read_all() for line in layout.statements())
    for group in all_groups():
        for field in group.fields:
            if (group.id, field.name) != ("case", "evidence"):  # it fills the rows of a list
                assert f"{{{{ {group.id}.{field.name} }}}}" in printed


def test_the_facts_tick_the_right_boxes(writer: Writer) -> None:
    application = written(writer, "application", "long_words")
    assert "■ 法定代理人侵犯本人的权益" in application
    assert "□ 本人没有民事行为能力" in application
    assert "■ 没有固定生活来源的残疾人" in application
    assert "□ 司法救助对象" in application
    assert "■ 离法定时效" in application
    assert "■ 有不受经济困难条件限制" in written(writer, "application", "beaten_wife")
    assert "■ 本人被羁押" in written(writer, "representation", "detained_son")


def test_evidence_is_numbered_and_leaves_rows_to_write_in(writer: Writer) -> None:
    text = written(writer, "evidence", "migrant_worker")
    assert "记工本" in text
    assert "\n14\n" in text


def test_what_is_at_hand_is_ticked_on_the_summary(writer: Writer) -> None:
    text = written(writer, "summary", "migrant_worker")
    assert re.search(r"■ 干了活、欠了钱的凭据", text)
    assert "□ 身份证" in text


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "<w:p>&amp;</w:p> & < > \" '",
        "一行\r\n又一行\n\n第四行",
        "零\x00响铃\x07换页\x0c",
        "{_{ 甲 }_}",
        "長" * 5000,
        "😀\u202e\ud800",
    ],
)
def test_odd_words_are_shown_as_words_and_break_nothing(typed: str, writer: Writer) -> None:
    request = request_of("nobody")
    form = {"case.story": typed, "applicant.name": typed, "case.evidence": typed}
    odd = replace(request, particulars=Particulars.from_form(form))
    kept = odd.particulars.words["case"]["story"]
    assert len(odd.particulars.words["applicant"]["name"]) <= LONGEST_LINE
    for paper in all_papers():
        text = words_of(docx.Document(BytesIO(writer.write(paper, odd))))
        assert "49" not in text
        if paper == "application" and "_" not in typed:
            assert kept in text


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("migrant_worker", ["summary", "application", "evidence"]),
        ("nobody", ["summary", "application", "hardship", "evidence"]),
        ("detained_son", ["summary", "application", "representation", "evidence"]),
        ("long_words", ["summary", "application", "representation", "evidence"]),
    ],
)
def test_the_papers_a_request_needs(name: str, papers: list[str]) -> None:
    request = request_of(name)
    assert list(wanted(request.facts, request.screening)) == papers


@pytest.mark.parametrize(
    ("role", "paper"),
    [("accused", "representation"), ("victim", "representation"), ("civil_claimant", "handing_in")],
)
def test_close_relatives_apply_in_their_own_right_where_the_act_says_so(
    role: str, paper: str
) -> None:
    """Art. 24 and 29: not a mandate to hand papers in, even where the person can decide."""
    request = request_of("detained_son")
    facts = replace(request.facts, criminal_role=role, represented="capable")
    assert paper in wanted(facts, request.screening)


def test_an_institution_may_edit_a_template(tmp_path: Path) -> None:
    edited = docx.Document(str(draw.FOLDER / "evidence.docx"))
    edited.paragraphs[0].insert_paragraph_before("某旗法律援助中心 {{ applicant.name }}")
    edited.save(str(tmp_path / "evidence.docx"))
    own = Writer(tmp_path)
    assert "某旗法律援助中心 巴特尔" in written(own, "evidence", "migrant_worker")
    assert "某旗法律援助中心" not in written(own, "application", "migrant_worker")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ applicant.nmae }}", "nmae"),
        ("{{ nobody }}", "nobody"),
        ("{{ applicant.name }", "unexpected"),
        ("{% if %}", "Expected"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_mistake_in_a_template_is_told_at_the_start(line: str, said: str, tmp_path: Path) -> None:
    edited = docx.Document(str(draw.FOLDER / "evidence.docx"))
    edited.paragraphs[0].insert_paragraph_before(line)
    edited.save(str(tmp_path / "evidence.docx"))
    with pytest.raises(TemplateError, match=rf"(?s)evidence\.docx.*{said}"):
        Writer(tmp_path)


def test_a_template_that_is_no_word_file_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "objection.docx").write_text("not a zip", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"objection\.docx"):
        Writer(tmp_path)
