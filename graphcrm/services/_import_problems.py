"""What is wrong with the files of an import, told in their own words and in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from graphcrm.ingest.check import Checked
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.report import Refused
from graphcrm.ingest.tables import RawTable


class Words:
    """Tells problems in the words of the files: a column by the name that it has there."""

    def __init__(self, tables: list[RawTable]) -> None:
        self._written: dict[str, dict[str, str]] = {}
        for table in tables:
            self._written.setdefault(table.file, {}).update(table.written)

    def of(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems, but for those that say of a row that it waits for itself (a list of contacts gives two)."""
        told = (one for one in problems if one.code != "bad_target" or one.fields.get("place") != _line(one))
        return [
            replace(one, column=written) if (written := self._written.get(one.file, {}).get(one.column)) else one
            for one in told
        ]


def _line(problem: Problem) -> str:
    return f"{problem.file}:{problem.row}"


def all_refused(tables: list[RawTable], checked: Checked, words: Words) -> list[Refused]:
    """The rows that are not imported, each with its table and what is wrong with it."""
    by_kind = {(table.file, table.stem): table for table in tables}
    broken = [(table, row, (problem,)) for table in tables for row, problem in table.broken]
    rows = (
        (by_kind[row.file, row.kind.file or ""], row.raw, tuple(words.of(problems)))
        for row, problems in checked.refused
    )
    return [*broken, *rows]


def in_order_of(tables: list[RawTable]) -> Callable[[Problem], tuple[int, str, int, str, str]]:
    """The key by which problems are sorted: by table, row and column."""
    places = {table.file: place for place, table in enumerate(tables, 1)}
    return lambda problem: (places.get(problem.file, 0), problem.file, problem.row, problem.column, problem.code)
