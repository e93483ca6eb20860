"""Writes a workbook, sheet by sheet and row by row, such that reading it gives every value back.

Texts stand as texts, whatever they look like, and are guarded against being run as formulas as in a CSV file
(``cells``). Numbers and dates stand as such where a workbook can hold them exactly.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from graphcrm.errors import InvalidInput
from graphcrm.ingest.cells import csv_cell
from graphcrm.ingest.workbook_cells import escaped

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_575
"""Below the header, of one sheet."""
_EXACT = 2**53
_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheet programs count the days differently."""


class WorkbookWriter:
    """Sheets in the order in which they are begun."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._rows: dict[str, int] = {}

    def begin(self, title: str, header: Sequence[str], wide: Iterable[str] = ()) -> None:
        """A new sheet with its header. ``wide``: columns that hold long texts."""
        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        wider = set(wide)
        for place, name in enumerate(header):
            letters = get_column_letter(place + 1)
            sheet.column_dimensions[letters].width = 60 if name in wider else max(12, min(len(name) + 4, 28))
        cells = [self._cell(title, name) for name in header]
        for cell in cells:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(vertical="top")
        sheet.append(cells)
        self._rows[title] = 0

    def add(self, title: str, values: Iterable[Any]) -> None:
        """A row of texts (already guarded or to be guarded), numbers, dates; None for an empty cell.

        Raises:
            InvalidInput: a workbook cannot hold it.
        """
        self._rows[title] += 1
        if self._rows[title] > MOST_ROWS:
            raise InvalidInput(
                "A workbook holds at most {most} rows a sheet, and {sheet} has more.",
                mend="Export CSV files instead: name a folder.",
                most=MOST_ROWS,
                sheet=title,
            )
        self._book[title].append([None if value in (None, "") else self._cell(title, value) for value in values])

    def content(self) -> bytes:
        """The finished workbook. Nothing can be added after it."""
        if not self._rows:
            self._book.create_sheet("people")
        packed = io.BytesIO()
        self._book.save(packed)
        return packed.getvalue()

    def _cell(self, title: str, value: Any) -> Any:
        cell = WriteOnlyCell(self._book[title])
        if isinstance(value, int | float) and not isinstance(value, bool) and _is_exact(value):
            cell.value = value
            return cell
        if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            cell.value = value
            cell.number_format = "yyyy-mm-dd"
            return cell
        text = escaped(csv_cell(_text(value)))
        if len(text) > LONGEST_TEXT:
            raise InvalidInput(
                "A cell of a workbook holds at most {most} characters, and a text in {sheet} has {count}.",
                mend="Export CSV files instead: name a folder.",
                most=LONGEST_TEXT,
                sheet=title,
                count=len(text),
            )
        cell.value = text
        cell.data_type = "s"  # also what looks like an error value is a text
        if "\n" in text:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)


def _is_exact(value: float) -> bool:
    """Whether the number is written with all of its digits: openpyxl keeps 16 of them."""
    return abs(value) < _EXACT and float(f"{value:.16g}") == value
