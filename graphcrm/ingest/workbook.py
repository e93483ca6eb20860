"""Reads a workbook (.xlsx): each sheet is a table like a CSV file, and people's sheets are what they are.

openpyxl reads row by row; formulas count by the value that was saved with them. Titles above the header, blank rows,
repeated headers and empty columns at the edge are passed over; a value that stands in cells merged downwards is meant
for each of their rows. Hidden sheets are passed over, and told. What the type of a column says decides how a number or
a date is read (``workbook_cells``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from graphcrm.ingest.headers import KINDS, SAMPLES, take_header
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.mapping import PLAIN, Naming
from graphcrm.ingest.names import Kind, columns_by_name, kind_named, plain_name
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.reader import keep_row
from graphcrm.ingest.sources import Source
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.workbook_cells import CellFault, cell_to_text
from graphcrm.ingest.workbook_xml import SheetFacts, sheet_facts

LOOKED_THROUGH = 30
"""Rows at the top of a sheet among which its header is looked for."""
LOOKED_BEYOND = 3
"""Columns to the right of the header in which something may stand that is not taken over, and is told."""
LAST_ROW = 1_048_576
"""Of any sheet. A file may say otherwise, to keep us busy."""
Row = tuple[int, tuple[Any, ...]]


def read_workbook(source: Source, limits: Limits = LIMITS, naming: Naming = PLAIN) -> list[RawTable]:
    """One table per sheet that holds something. The guard (``workbook_guard``) must have let the file pass."""
    tables: list[RawTable] = []
    try:
        with source.open() as stream:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets[: limits.sheets]:
                table = RawTable(f"{source.name}:{sheet.title}", None, sheet=sheet.title)
                tables.append(table)
                if sheet.sheet_state == "visible":
                    _read_sheet(table, sheet, naming, limits)
                else:
                    table.notes.append(Problem("sheet_hidden", table.file))
            book.close()
    except Exception as error:  # openpyxl meets a broken file with errors of every kind
        tables.append(RawTable(source.name, None, problems=[_unreadable(source.name, error)]))
    tables = [table for table in tables if table.header or table.problems or table.notes]
    if not any(table.header or table.problems for table in tables):
        tables.append(RawTable(source.name, None, problems=[Problem("empty_file", source.name)]))
    return tables


def _unreadable(name: str, error: Exception) -> Problem:
    return Problem("unreadable", name, fields={"reason": shown(error) or type(error).__name__})


def _read_sheet(table: RawTable, sheet: Any, naming: Naming, limits: Limits) -> None:
    sheet.reset_dimensions()  # what a file says of its size is often wrong
    top = [*enumerate(sheet.iter_rows(max_row=LOOKED_THROUGH, max_col=limits.columns + 1), 1)]
    found = _find_header(table, [(line, _trimmed(cells)) for line, cells in top], naming)
    if found is None:
        return
    line, header = found
    if any(plain_name(cell) for row, cells in top if row < line for cell in _trimmed(cells)):
        table.notes.append(Problem("rows_above_header", table.file, line, fields={"count": line - 1}))
    readable = take_header(table, header, naming, limits)
    table.problems = [replace(problem, row=line if problem.row else 0) for problem in table.problems]
    if readable:
        edge = len(header) + LOOKED_BEYOND
        rows = enumerate(sheet.iter_rows(min_row=line + 1, max_row=LAST_ROW, max_col=edge), line + 1)
        facts = sheet_facts(sheet)
        _read_rows(table, _filled_down(rows, facts), facts, limits)
    elif table.kind is None:
        below = [cells for row, cells in top if row > line and any(cell.value is not None for cell in cells)]
        table.samples = [
            tuple(cell_to_text(cell, "text") for cell in cells[: len(header)]) for cells in below[:SAMPLES]
        ]


def _trimmed(cells: tuple[Any, ...]) -> tuple[str, ...]:
    """The cells of a header as text, without the empty ones at its end."""
    texts = ["" if cell.value is None else " ".join(str(cell.value).split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _find_header(
    table: RawTable, top: list[tuple[int, tuple[str, ...]]], naming: Naming
) -> tuple[int, tuple[str, ...]] | None:
    """The row that names most columns; where none is known, the first that fills most of the width."""
    filled = [(line, cells) for line, cells in top if any(cells)]
    if not filled:
        return None
    for line, cells in filled:
        if naming.find(table.sheet, cells):
            return line, cells
    kind = kind_named(table.sheet)

    def known(cells: tuple[str, ...]) -> int:
        plain = {plain_name(cell) for cell in cells if cell}
        return max(len(plain & columns_by_name(one.file or "").keys()) for one in ([kind] if kind else KINDS))

    most = max(known(cells) for _, cells in filled)
    if most >= (1 if kind else 2):
        return next((line, cells) for line, cells in filled if known(cells) == most)
    width = max(sum(map(bool, cells)) for _, cells in filled)
    return next((line, cells) for line, cells in filled if sum(map(bool, cells)) >= 0.6 * width)


def _filled_down(rows: Iterator[Row], facts: SheetFacts) -> Iterator[Row]:
    """The rows that hold something; of cells merged downwards each row gets the first one's value."""
    running: dict[int, tuple[int, Any]] = {}
    for line, given in rows:
        if not running and line not in facts.told and all(cell.value is None for cell in given):
            continue
        cells = given
        for column, (end, value) in [*running.items()]:
            if line > end:
                del running[column]
            elif column <= len(cells):
                cells = (*cells[: column - 1], value, *cells[column:])
        for column, end in facts.merged.get(line, ()):
            if column <= len(cells):
                running[column] = (end, cells[column - 1])
        yield line, cells


def _read_rows(table: RawTable, rows: Iterator[Row], facts: SheetFacts, limits: Limits) -> None:
    assert table.kind is not None
    width = len(table.header)
    types = _types(table.kind, table.columns)
    beyond = 0
    header = [plain_name(cell) for cell in table.header]
    for line, cells in rows:
        own = [cell for cell, column in zip(cells, range(width), strict=False)]
        texts = [cell_to_text(cell, kind) for cell, kind in zip(own, types, strict=False)]
        texts += [""] * (width - len(texts))
        plain = tuple("" if isinstance(text, CellFault) else text for text in texts)
        beyond += any(cell.value not in (None, "") for cell in cells[width:])
        unsaved = facts.unsaved.get(line, ())
        if not any(text.strip() for text in texts) and not any(place <= width for place in unsaved):
            continue
        if [plain_name(text) for text in plain] == header:
            continue
        row = RawRow(line, tuple(str(text) for text in texts))
        _keep(table, row, [(p, t) for p, t in enumerate(texts) if isinstance(t, CellFault)], unsaved, limits)
    if beyond:
        table.notes.append(Problem("cells_beyond", table.file, fields={"count": beyond}))


def _keep(
    table: RawTable,
    row: RawRow,
    faults: list[tuple[int, CellFault]],
    unsaved: tuple[int, ...],
    limits: Limits,
) -> None:
    wrong = [(place - 1, "formula_not_saved", "") for place in unsaved if place <= len(table.header)]
    wrong += [(place, "cell_error", str(fault)) for place, fault in faults]
    wrong = [one for one in wrong if table.columns[one[0]]]
    if not wrong:
        keep_row(table, row, None, limits)
        return
    place, code, value = wrong[0]
    problem = Problem(code, table.file, row.line, shown(table.header[place]), shown(value))
    table.broken.append((row, problem))
    table.problems.append(problem)


def _types(kind: Kind, columns: tuple[str, ...]) -> list[str]:
    """The type of each column of the sheet; "text" for those that are not of the kind's own."""
    own = {name: prop.type for name, prop in kind.properties.items()}
    return [own.get(column, "text") for column in columns]
