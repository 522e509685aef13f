"""Fonts, sizes and borders of the papers, for Word, WPS and LibreOffice alike."""

from __future__ import annotations

from docx.document import Document
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# The English names of 宋体 and 黑体: Word and WPS know both, font libraries elsewhere only these.
BODY, HEAD = "SimSun", "SimHei"
GREY = RGBColor(0x55, 0x55, 0x55)
SHADE = "EFEFEF"
MARGIN, NARROW = Cm(2), Cm(1.5)
LANGUAGE = "zh-CN"
# The names under which a program that lacks the first may have the same or a like font.
SUBSTITUTES = {
    BODY: "宋体,Songti SC,Noto Serif CJK SC",
    HEAD: "黑体,Heiti SC,Noto Sans CJK SC",
}
_FONT_TABLE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>"""
_FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
    '<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
)


def set_up(document: Document, size: float, *, narrow: bool) -> None:
    """Set A4, margins, the body font in points, the language, and the substitutes of the fonts."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    margin = NARROW if narrow else MARGIN
    section.left_margin = section.right_margin = section.top_margin = margin
    section.bottom_margin, section.footer_distance = Cm(1.9), Cm(0.9)
    normal = document.styles["Normal"]
    normal.font.size = Pt(size)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), BODY)
    _language(document)
    _substitutes(document)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    head: bool = False,
    grey: bool = False,
) -> Run:
    """Add text to a paragraph and return its run."""
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if head:
        run.font.bold = True
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{slot}"), HEAD)
    if grey:
        run.font.color.rgb = GREY
    return run


def tighten(paragraph: Paragraph, before: float = 0, after: float = 0, line: float = 1.15) -> None:
    """Set the space around a paragraph in points, and the distance of its lines."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def shade(cell: _Cell) -> None:
    """Give a cell a light grey ground."""
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        ground.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(ground)


def _language(document: Document) -> None:
    """Say that the text is Chinese; otherwise some programs choose Japanese shapes."""
    for root in (document.styles.element, document.settings.element):
        for tag in ("w:lang", "w:themeFontLang"):
            for element in root.iter(qn(tag)):
                element.set(qn("w:eastAsia"), LANGUAGE)


def _substitutes(document: Document) -> None:
    fonts = "".join(
        _FONT.format(name=name, others=others, family="roman" if name == BODY else "modern")
        for name, others in SUBSTITUTES.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part: Part = relation.target_part
            part._blob = _FONT_TABLE.format(fonts=fonts).encode()
