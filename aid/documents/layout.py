"""Layouts of the papers, read strictly from layouts/*.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eligibility import DataError, strict_yaml

FOLDER = Path(__file__).parent / "layouts"
BLOCKS = {"table", "heading", "text", "sign", "each", "space"}


@dataclass(frozen=True)
class Statement:
    """A line of print; where it states law, its article and words that article contains."""

    text: str
    reference: str | None = None
    proof: str | None = None


@dataclass(frozen=True)
class Cell:
    """One cell: a label, a place to fill in, or printed lines; `span` counts columns."""

    kind: str
    lines: tuple[Statement, ...]
    span: int = 1
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """One row; `height` is its least height in centimetres, 0 for the usual one."""

    cells: tuple[Cell, ...]
    height: float = 0


@dataclass(frozen=True)
class Table:
    """A table with columns in centimetres; `repeat` names a list each item of which fills `row`."""

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    repeat: str | None = None
    row: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of a page besides tables: its kind and its line; `each` has the list's name."""

    kind: str
    line: Statement
    each: str | None = None


@dataclass(frozen=True)
class Layout:
    """One paper. `rests_on` are the articles its foot names; `small` sets smaller print."""

    name: str
    title: str
    note: str
    rests_on: tuple[Statement, ...]
    blocks: tuple[Table | Block, ...]
    small: bool = False

    def statements(self) -> Iterator[Statement]:
        """Yield every line of print, those of cells and of the foot included."""
        yield from self.rests_on
        for block in self.blocks:
            if isinstance(block, Block):
                yield block.line
                continue
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.lines


def read_all(folder: Path = FOLDER) -> tuple[Layout, ...]:
    """Return every layout of a folder, by name.

    Raises:
        DataError: naming the file that is broken.
    """
    return tuple(read(path) for path in sorted(folder.glob("*.yml")))


def read(path: Path) -> Layout:
    """Return one layout.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    fields = strict_yaml.mapping(
        path,
        strict_yaml.load(path),
        required={"title", "note", "rests_on", "blocks"},
        optional={"small"},
    )
    return Layout(
        name=path.stem,
        title=fields["title"],
        note=fields["note"],
        rests_on=tuple(_basis(path, item) for item in fields["rests_on"]),
        blocks=tuple(_block(path, item) for item in fields["blocks"]),
        small=fields.get("small", False),
    )


def _basis(path: Path, value: Any) -> Statement:
    given = strict_yaml.mapping(path, value, required={"reference", "proof"})
    return Statement("", given["reference"], given["proof"])


def _block(path: Path, value: Any) -> Table | Block:
    kinds = BLOCKS & set(value)
    if len(kinds) != 1:
        raise DataError(f"{path}: expected one of {', '.join(sorted(BLOCKS))}, found {value!r}")
    kind = kinds.pop()
    if kind == "table":
        return _table(path, value["table"])
    if kind == "each":
        given = strict_yaml.mapping(path, value["each"], required={"list", "text"})
        return Block(kind, Statement(given["text"]), given["list"])
    if kind == "text":
        return Block(kind, _statement(path, value))
    strict_yaml.mapping(path, value, required={kind})
    return Block(kind, Statement(value[kind] if isinstance(value[kind], str) else ""))


def _statement(path: Path, value: Any) -> Statement:
    given = strict_yaml.mapping(path, value, required={"text"}, optional={"reference", "proof"})
    if ("reference" in given) != ("proof" in given):
        raise DataError(f"{path}: reference and proof belong together: {given['text']}")
    return Statement(given["text"], given.get("reference"), given.get("proof"))


def _table(path: Path, value: Any) -> Table:
    given = strict_yaml.mapping(
        path,
        value,
        required={"columns"},
        optional={"rows", "head", "blank_rows", "repeat", "row"},
    )
    width = len(given["columns"])
    rows = [_row(path, item, width) for item in given.get("rows", ())]
    if "head" in given:
        rows.append(_row(path, {"cells": given["head"]}, width))
    empty = Row(tuple(Cell("fill", (Statement(""),)) for _ in range(width)))
    rows += [empty] * given.get("blank_rows", 0)
    return Table(
        columns=tuple(given["columns"]),
        rows=tuple(rows),
        repeat=given.get("repeat"),
        row=tuple(given.get("row", ())),
    )


def _row(path: Path, value: Any, width: int) -> Row:
    if "section" in value:
        strict_yaml.mapping(path, value, required={"section"})
        return Row((Cell("section", (Statement(value["section"]),), width),))
    given = strict_yaml.mapping(path, value, required={"cells"}, optional={"height"})
    cells = tuple(_cell(path, item) for item in given["cells"])
    if sum(cell.span for cell in cells) != width:
        raise DataError(f"{path}: a row must fill {width} columns: {given['cells']!r}")
    return Row(cells, given.get("height", 0))


def _cell(path: Path, value: Any) -> Cell:
    if isinstance(value, str):
        return Cell("label", (Statement(value),))
    if "lines" in value:
        given = strict_yaml.mapping(path, value, required={"lines"}, optional={"span"})
        lines = tuple(_statement(path, line) for line in given["lines"])
        return Cell("print", lines, given.get("span", 1))
    given = strict_yaml.mapping(path, value, required={"fill"}, optional={"span", "strong"})
    return Cell(
        "fill", (Statement(given["fill"]),), given.get("span", 1), given.get("strong", False)
    )
