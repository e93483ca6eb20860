"""One cell of a CSV file, on its way out and back in.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula (CWE-1236), also behind a tab or a
line end. So every CSV file that graphcrm writes puts an apostrophe before such a cell, and the importer takes it off
again. A cell that began with an apostrophe itself before one of those gets a second one, so that nothing is lost:

    >>> csv_cell("=1+1")
    "'=1+1"
    >>> plain_cell("'=1+1")
    '=1+1'
    >>> plain_cell(csv_cell("'=already"))
    "'=already"
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_cell(text: str) -> str:
    """``text`` as it may be written into a CSV cell: no spreadsheet will run it."""
    return "'" + text if _needs_guard(text) else text


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Any]], shown: Callable[[Any], str]) -> str:
    """Rows of an answer as CSV that no spreadsheet runs as formulas. ``shown``: a value as text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([csv_cell(column) for column in columns])
    for row in rows:
        # A number is data, not text that somebody typed: its minus sign is no formula.
        writer.writerow([shown(one) if isinstance(one, int | float) else csv_cell(shown(one)) for one in row])
    return stream.getvalue()


def plain_cell(cell: str) -> str:
    """What :func:`csv_cell` was given. Cells that it never wrote (``-5``, ``'tis``) come back as they are."""
    return cell[1:] if cell.startswith("'") and _needs_guard(cell[1:]) else cell


def _needs_guard(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith(_DANGEROUS)
