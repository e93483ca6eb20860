"""A cell of a workbook as the text that a CSV file would hold, by the type of its column.

number 1968.0, phone 4917012345678.0     1968, 4917012345678
27000 in a column of dates               1973-12-02: the day that a date becomes when its cell loses the format
date cell                                2026-05-09; in a column of partial dates only what the cell shows of it
25 % (stored as 0.25)                    25 in a column of percents, 0.25 elsewhere
#REF!, #N/A                              :class:`CellFault`
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.datetime import from_excel

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_BREAKS = re.compile(r"\r\n?")
WHOLE = 10**15
"""Beyond it a number of a workbook is no longer exact to the unit."""
DAYS = (10_000, 100_000)
"""Numbers that are too large for a year and, as days counted by a spreadsheet, lie between 1927 and 2173."""


class CellFault(str):
    """The text of a formula's error, which is no value."""


def cell_to_text(cell: Any, kind: str) -> str:
    """The text of one cell (openpyxl's) in a column of the type ``kind``."""
    value = cell.value
    if isinstance(value, str):
        return CellFault(value) if cell.data_type == "e" else _BREAKS.sub("\n", unescaped(value))
    if isinstance(value, bool | None):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return _number(cell, value, kind)
    if isinstance(value, datetime):
        return _moment(value, cell.number_format or "", kind)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(cell: Any, value: float, kind: str) -> str:
    if kind in ("date", "partial_date") and DAYS[0] <= value < DAYS[1]:
        return from_excel(value, cell.parent.parent.epoch).date().isoformat()
    if "%" in _NOT_SHOWN.sub("", cell.number_format or "") and kind not in ("share", "number", "integer", "score"):
        percent = plain_number(round(value * 100, 10))
        return percent if kind == "percent" else f"{percent}%"
    return plain_number(value)


def plain_number(value: float) -> str:
    """A number without a fraction that is none.

    >>> plain_number(1968.0), plain_number(0.1), plain_number(7)
    ('1968', '0.1', '7')
    """
    if isinstance(value, int) or (value.is_integer() and abs(value) < WHOLE):
        return str(int(value))
    return repr(value)


def _moment(value: datetime, form: str, kind: str) -> str:
    if kind == "datetime":
        return value.isoformat()
    if kind == "partial_date":
        return _shown_part(value.date(), form)
    has_time = value.time() != time()
    return value.date().isoformat() if kind == "date" or not has_time else value.isoformat()


def _shown_part(day: date, form: str) -> str:
    """What of the date the cell shows: a birthday without its year is stored with one that means nothing."""
    shows = _NOT_SHOWN.sub("", form).lower()
    has_year, has_day = "y" in shows, "d" in shows
    if has_day and not has_year and "m" in shows:
        return f"--{day:%m-%d}"
    if has_year and not has_day:
        return f"{day:%Y-%m}" if "m" in shows else f"{day:%Y}"
    return day.isoformat()


def unescaped(text: str) -> str:
    """The text of a cell in which control characters stand as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """``text`` as a workbook holds it, so that :func:`unescaped` gives it back.

    >>> unescaped(escaped("a\\rb _x0041_")) == "a\\rb _x0041_"
    True
    """
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)
