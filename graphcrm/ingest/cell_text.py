"""From a stored value to the text of a cell: what ``values.py`` reads back as the same value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from graphcrm.ingest.cells import csv_cell
from graphcrm.ingest.rows import SEPARATOR


def cell_text(value: Any) -> str:
    """The cell of one value or of a list of them. Texts are guarded against being run as formulas; numbers need not be.

    >>> cell_text(["coach", "user"]), cell_text(True), cell_text(-0.5), cell_text("=1+1"), cell_text(None)
    ('coach|user', 'true', '-0.5', "'=1+1", '')
    """
    if isinstance(value, list):
        return csv_cell(SEPARATOR.join(_plain(one) for one in value))
    if isinstance(value, int | float):
        return _plain(value)
    return csv_cell(_plain(value))


def cell_value(value: Any) -> Any:
    """The same for a cell of a workbook: numbers and whole dates stay what they are, texts get no guard.

    >>> cell_value(["coach", "user"]), cell_value(True), cell_value(-0.5), cell_value("=1+1"), cell_value(None)
    ('coach|user', 'true', -0.5, '=1+1', '')
    """
    if isinstance(value, list):
        return SEPARATOR.join(_plain(one) for one in value)
    is_kept = isinstance(value, int | float | date) and not isinstance(value, bool | datetime)
    return value if is_kept else _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
