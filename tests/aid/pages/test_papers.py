"""Papers are downloaded with what was said and typed; what was typed is not kept."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote

import docx
from sqlalchemy import select

from aid.tables import Checklist
from aid.views.papers import WORD
from tests.aid.documents.test_fill import words_of
from tests.aid.pages.conftest import ROOT, Sessions
from tests.aid.pages.test_steps import VIOLENCE, answered
from tests.aid.pages.visitor import Visitor


async def test_an_application_carries_typed_words_and_answers(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    paper = await visitor.press(
        page, "下载：法律援助申请表", applicant__name="王某某", case__story="他打我。\n报过警。"
    )
    assert paper.headers["Content-Type"] == WORD
    assert "法律援助申请表（草稿）.docx" in unquote(paper.headers["Content-Disposition"])
    assert paper.headers["Cache-Control"] == "no-store"
    text = words_of(docx.Document(BytesIO(paper.body)))
    assert "王某某" in text
    assert "他打我。\n报过警。" in text
    assert "家庭暴力" in text
    assert "赤峰市" in text


async def test_every_offered_paper_can_be_downloaded(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    labels = [button.text_content() for button in page.tree.iter("button")]
    offered = [label for label in labels if label.startswith("下载：")]
    assert len(offered) == 7
    for label in offered:
        paper = await visitor.press(page, label)
        assert docx.Document(BytesIO(paper.body)).paragraphs


async def test_what_is_ticked_is_ticked_on_the_summary(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    first = page.tree.xpath("//input[@name='have']")[0].get("value")
    paper = await visitor.press(page, "下载：一页小结", have=[first])
    assert "■ 身份证" in words_of(docx.Document(BytesIO(paper.body)))


async def test_typed_words_are_kept_nowhere(visitor: Visitor, sessions: Sessions) -> None:
    page = await answered(visitor, *VIOLENCE)
    kept = await visitor.press(page, "保存这份清单", applicant__name="王某某", case__story="打我")
    assert "王某某" not in kept.body.decode()
    async with sessions() as session:
        (row,) = await session.scalars(select(Checklist))
    assert "王某某" not in f"{row.facts} {row.at_hand}"


async def test_a_paper_that_does_not_exist_is_refused(visitor: Visitor) -> None:
    assert (await visitor.send(f"{ROOT}/papers", {"paper": "../secret"})).status == 400


async def test_the_objection_is_offered_after_a_refusal(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), "机构不给援助")
    paper = await visitor.press(page, "下载：异议书", refusal__grounds="我有低保证。")
    assert "我有低保证。" in words_of(docx.Document(BytesIO(paper.body)))
