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

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_cell(text: str) -> str:
    """``text`` as it may be written into a CSV cell: no spreadsheet will run it."""
    return "'" + text if _needs_guard(text) else text


def plain_cell(cell: str) -> str:
    """What :func:`csv_cell` was given. Cells that it never wrote (``-5``, ``'tis``) come back as they are."""
    return cell[1:] if cell.startswith("'") and _needs_guard(cell[1:]) else cell


def _needs_guard(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith(_DANGEROUS)
