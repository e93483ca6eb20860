"""A table as it was read, from whatever file: rows of text under a header, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from graphcrm.ingest.problems import Problem, shown
from graphcrm.vocabulary import NodeKind, TieKind


class RawRow(NamedTuple):
    """One row as it was read. ``line`` is where it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class RawTable:
    """One file, or one sheet of a workbook, as it was read.

    Attributes:
        file: the name of the file; of a sheet ``clients.xlsx:people``.
        kind: what the rows are; None when it is not known: then no row was read.
        columns: the names in the header; "" for a column that is not imported (unknown, left out, or ``problem``).
        header: the header as it stands, to write refused rows under.
        written: column -> how the file calls it, where that is another word.
        rows: those that can be read. ``broken``: those that cannot.
        notes: what the user should know and need not mend, in the form of problems.
        delimiter, encoding: what was found out.
        samples: the first rows of a table whose kind is not known.
        sheet: the name of the sheet ("" for a file of its own).
        part_of: the table that this one was taken out of; its rows are those of the same line there.
        replaces: True where a new tie takes the place of the others of its type from the same person.
    """

    file: str
    kind: NodeKind | TieKind | None
    header: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: list[RawRow] = field(default_factory=list)
    broken: list[tuple[RawRow, Problem]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    written: Mapping[str, str] = field(default_factory=dict)
    samples: list[tuple[str, ...]] = field(default_factory=list)
    sheet: str = ""
    part_of: RawTable | None = None
    replaces: bool = False

    @property
    def origin(self) -> RawTable:
        """The table as it was read."""
        return self.part_of.origin if self.part_of else self

    @property
    def name(self) -> str:
        """What the sheet, or the file without its ending, is called."""
        return self.sheet or PurePath(self.file).stem

    @property
    def refused_name(self) -> str:
        """The file in which refused rows are given back: a workbook for what is not CSV."""
        if not self.sheet:
            return self.file
        book = self.file.removesuffix(f":{self.sheet}")
        return book if book.endswith(".xlsx") else f"{book}.xlsx"

    @property
    def stem(self) -> str:
        """The name of the kind's file: ``people``."""
        return (self.kind.file or "") if self.kind else ""

    def refuse(self, row: RawRow, code: str, **fields: object) -> None:
        """Put a row among the broken ones."""
        problem = Problem(
            code, self.file, row.line, value=shown(row.cells[0][:200]) if row.cells else "", fields=fields
        )
        self.broken.append((row, problem))
        self.problems.append(problem)
