"""A report as an Excel file."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import _WorkbookChild

from desk.clock import CHINA
from desk.office import OFFICE
from desk.reports import Counted, Naming, Report, Row

Value = str | int | float | datetime | None


def workbook(report: Report, name: Naming, *, with_questions: bool) -> bytes:
    """Returns the file: one sheet for each table, and one line for each case.

    Args:
        report: what to write.
        name: the word for a code of a dimension.
        with_questions: whether the citizens' own words are in it.
    """
    book, words = Workbook(write_only=True), OFFICE.report
    for dimension, rows in report.tables.items():
        heads = [words[dimension], *(words[head] for head in HEADS)]
        total = [(words["total"], *_figures(report.total))]
        lines = [*((row.name, *_figures(row)) for row in rows), *total]
        _sheet(book, words[dimension], heads, lines)
    heads = [words[head] for head in CASE_HEADS]
    if with_questions:
        heads.append(words["question"])
    _sheet(book, words["cases"], heads, _cases(report.cases, name, with_questions))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


HEADS = ("cases", "resolved", "minutes", "soon", "breached", "rated", "satisfaction")
CASE_HEADS = (
    *("number", "opened_at", "topic", "region", "urgency", "lawyer"),
    *("minutes", "outcome", "closed_at", "rating"),
)


def _figures(row: Row) -> tuple[Value, ...]:
    return (
        row.cases,
        row.resolved,
        None if row.minutes is None else round(row.minutes, 1),
        _percent(row.kept.share),
        row.kept.breached,
        row.rated,
        _percent(row.satisfaction),
    )


def _cases(cases: Sequence[Counted], name: Naming, questions: bool) -> Iterable[tuple[Value, ...]]:
    for case in cases:
        answered = case.promise.answered_at
        wait = (answered - case.opened_at).total_seconds() / 60 if answered else None
        line: tuple[Value, ...] = (
            case.id,
            case.opened_at,
            name("topic", case.topic),
            name("region", case.region),
            name("urgency", case.urgency),
            case.lawyer,
            None if wait is None else round(wait, 1),
            name("outcome", case.outcome or case.status),
            case.closed_at,
            case.rating,
        )
        yield (*line, case.question) if questions else line


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.1%}"


def _sheet(
    book: Workbook, title: str, heads: Sequence[str], lines: Iterable[Sequence[Value]]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])


def _cell(sheet: _WorkbookChild, value: Value, *, bold: bool = False) -> Cell:
    """Returns a cell; a text is a text, also when it begins like a formula."""
    if isinstance(value, datetime):
        value = value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell: Cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
