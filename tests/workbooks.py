"""Workbooks for tests: made by openpyxl, which is not what reads them row by row, and archives that are traps."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.mapping import PLAIN, Naming
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.read import read_source
from graphcrm.ingest.sources import stream_sources, usable_sources
from graphcrm.ingest.tables import RawTable


class Shown:
    """A value with the number format under which a spreadsheet shows it."""

    def __init__(self, value: Any, form: str) -> None:
        self.value, self.form = value, form


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook of these sheets, cell by cell; ``merged``: sheet -> ranges."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(line, place)
                cell.value = value.value if isinstance(value, Shown) else value
                if isinstance(value, Shown):
                    cell.number_format = value.form
        for area in (merged or {}).get(title, ()):
            sheet.merge_cells(area)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def read_book(
    content: bytes, name: str = "clients.xlsx", limits: Limits = LIMITS, naming: Naming = PLAIN
) -> tuple[list[RawTable], list[Problem]]:
    """(the tables of a workbook, what was refused before reading)."""
    sources, problems = usable_sources(stream_sources([(name, io.BytesIO(content))], limits), limits)
    return [table for source in sources for table in read_source(source, limits, naming)], problems


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Sheet -> its rows, as another reader sees them."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def repacked(content: bytes, change: Mapping[str, bytes]) -> bytes:
    """The workbook with parts replaced or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change[name] if name in change else old.read(name))
    return packed.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
