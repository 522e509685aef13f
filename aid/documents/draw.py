"""Draw layouts as Word templates: `python -m aid templates` writes them to templates/."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from aid.documents.layout import Block, Cell, Layout, Row, Statement, Table
from aid.documents.typography import set_up, shade, tighten, write
from aid.documents.words import words

FOLDER = Path(__file__).parent / "templates"
SIZE, SMALL = 10.5, 9.5
ROW_HEIGHT = 0.8  # centimetres: high enough to write in by hand


def draw(layout: Layout) -> Document:
    """Return a layout as a Word document with places for docxtpl."""
    document = docx.Document()
    size = SMALL if layout.small else SIZE
    set_up(document, size, narrow=layout.small)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = layout.title, "", ""
    properties.created = properties.modified = datetime(2026, 11, 22)  # the same file each time
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    tighten(title, after=2)
    write(title, layout.title, size=18, head=True)
    note = document.add_paragraph()
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    tighten(note, after=4)
    write(note, layout.note, size=9, grey=True)
    for block in layout.blocks:
        if isinstance(block, Table):
            _draw_table(document, block, size)
        else:
            _draw_block(document, block)
    _foot(document, layout)
    return document


def _foot(document: Document, layout: Layout) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cited = "、".join(item.reference or "" for item in layout.rests_on)
    write(foot, words()["foot"].format(articles=_shortened(cited)), size=8, grey=True)


def _shortened(cited: str) -> str:
    """Name a law once where the articles of the same law follow each other."""
    shown: list[str] = []
    last = ""
    for item in cited.split("、"):
        law = item[: item.index("》") + 1]
        shown.append(item if law != last else item[len(law) :])
        last = law
    return "、".join(shown)


def _draw_block(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph()
    tighten(paragraph, after=1)
    if block.kind == "space":
        write(paragraph, "", size=4)
        paragraph.paragraph_format.line_spacing = Pt(5)
    elif block.kind == "heading":
        tighten(paragraph, before=5, after=1)
        paragraph.paragraph_format.keep_with_next = True
        write(paragraph, block.line.text, head=True, size=11)
    elif block.kind == "sign":
        tighten(paragraph, before=14)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(paragraph, block.line.text)
    elif block.kind == "each":
        write(paragraph, f"{{%p for item in {block.each} %}}")
        line = document.add_paragraph()
        tighten(line, line=1.05)
        line.paragraph_format.left_indent = Cm(0.45)
        line.paragraph_format.first_line_indent = Cm(-0.45)
        write(line, block.line.text)
        write(document.add_paragraph(), "{%p endfor %}")
    elif block.kind == "text":
        tighten(paragraph, before=3)
        paragraph.paragraph_format.keep_with_next = True  # no signature alone on a page
        _say(paragraph, block.line)


def _say(paragraph: Paragraph, line: Statement) -> None:
    write(paragraph, line.text)
    if line.reference:
        write(paragraph, words()["cited"].format(reference=line.reference), size=8.5, grey=True)


def _draw_table(document: Document, table: Table, size: float) -> None:
    drawn = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    for row in table.rows:
        _draw_row(drawn, row, table.columns)
    if table.repeat:
        _draw_repeated(drawn, table)
    for column, width in zip(drawn.columns, table.columns, strict=True):
        column.width = Cm(width)


def _draw_row(drawn: WordTable, row: Row, columns: tuple[float, ...]) -> None:
    added: _Row = drawn.add_row()  # type: ignore[no-untyped-call]
    _least_height(added, row.height or ROW_HEIGHT)
    place = 0
    for cell in row.cells:
        merged = added.cells[place].merge(added.cells[place + cell.span - 1])
        merged.width = Cm(sum(columns[place : place + cell.span]))
        _draw_cell(merged, cell, tall=row.height > 2 * ROW_HEIGHT)
        place += cell.span


def _draw_repeated(drawn: WordTable, table: Table) -> None:
    opening, line, closing = (drawn.add_row() for _ in range(3))  # type: ignore[no-untyped-call]
    opening.cells[0].text = f"{{%tr for item in {table.repeat} %}}"
    closing.cells[0].text = "{%tr endfor %}"
    _least_height(line, ROW_HEIGHT)
    for drawn_cell, text, width in zip(line.cells, table.row, table.columns, strict=True):
        drawn_cell.width = Cm(width)
        _draw_cell(drawn_cell, Cell("fill", (Statement(text),)), tall=False)


def _draw_cell(drawn: _Cell, cell: Cell, *, tall: bool) -> None:
    if cell.kind in ("label", "section"):
        shade(drawn)
    centred = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    top = tall and cell.kind == "fill"
    drawn.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else centred
    for place, line in enumerate(cell.lines):
        paragraph = drawn.paragraphs[0] if place == 0 else drawn.add_paragraph()
        tighten(paragraph, before=1, after=1)
        if cell.kind in ("label", "section"):
            if cell.kind == "label":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = cell.kind == "section"
            write(paragraph, line.text, head=cell.kind == "section")
        elif cell.strong:
            write(paragraph, line.text, head=True, size=13)
        else:
            _say(paragraph, line)


def _least_height(row: _Row, height: float) -> None:
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
