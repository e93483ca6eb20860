"""The header of a table: what its rows are, which columns are imported, which are refused, what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from graphcrm.ingest.codes import nearest
from graphcrm.ingest.contacts import PROBLEM_COLUMN, columns_taken, may_lack_id
from graphcrm.ingest.limits import Limits
from graphcrm.ingest.mapping import ColumnMapping, FoundHeader, Naming, suggest_kind
from graphcrm.ingest.names import Kind, columns_by_name, kind_of, kind_of_table, plain_name
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.tables import RawTable
from graphcrm.vocabulary import VOCABULARY, NodeKind

_INTERNAL = frozenset(
    [
        "version",
        "label",
        "labels",
        "type",
        "types",
        "lock",
        "locked",
        "role",
        "key",
        "element_id",
        "elementid",
        "command",
    ]
)
"""Names that graphcrm or Neo4j keeps itself. They would be unknown columns anyway; the sentence is clearer."""

SAMPLES = 3
"""Rows that are shown with columns that are not known."""
KINDS = tuple(kind for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file)
"""All that has a file."""


def take_header(table: RawTable, cells: tuple[str, ...], naming: Naming, limits: Limits) -> bool:
    """Fill in kind, header, columns and what is wrong with them; whether the rows can be read.

    Args:
        cells: the header as it stands.
    """
    if len(cells) > limits.columns:
        fields = {"count": f"> {limits.columns}", "limit": limits.columns}
        table.problems.append(Problem("too_many_columns", table.file, 1, fields=fields))
        return False
    table.header, name = cells, table.name
    mapping = naming.find(name, cells)
    table.kind = kind_of(mapping.stem) if mapping and mapping.stem else kind_of_table(name, cells)
    if mapping and not mapping.stem:
        table.kind = None
        table.notes.append(
            Problem("given_left_out" if mapping.origin else "kept_left_out", table.file, fields=_origin(mapping))
        )
        return False
    if table.kind is None:
        best = suggest_kind(name, cells, KINDS) or nearest(name, [kind.file or "" for kind in KINDS]) or "people"
        code, wish = ("unknown_sheet", best) if table.sheet else ("unknown_file", f"{best}.csv")
        table.problems.append(Problem(code, shown(table.file), fields={"nearest": wish, "name": shown(name)}))
        return False
    table.columns, problems = _columns(table, table.kind, mapping)
    table.problems += problems
    table.written = {
        column: shown(cell)
        for column, cell in zip(table.columns, cells, strict=True)
        if column and cell.strip().lower() != column
    }
    return all(problem.code != "missing_column" for problem in problems)


def found_header(table: RawTable) -> FoundHeader | None:
    """What the user can say about a table under whose header, or name, something is not known; None when all is."""
    if not table.header or not any(map(plain_name, table.header)):
        return None
    faults = ("unknown_column", "internal_column", "double_column")
    unknown = tuple(problem.column for problem in table.problems if problem.code in faults)
    if table.kind and not unknown:
        return None
    if not table.kind and not any(problem.code in ("unknown_file", "unknown_sheet") for problem in table.problems):
        return None
    known = kind_of_table(table.name, table.header) is not None
    stem = table.stem or suggest_kind(table.name, table.header, KINDS)
    samples = tuple(table.samples or [row.cells for row in table.rows[:SAMPLES]])
    return FoundHeader(table.file, table.sheet, table.header, stem, known, unknown or table.header, samples)


def _columns(table: RawTable, kind: Kind, mapping: ColumnMapping | None) -> tuple[tuple[str, ...], list[Problem]]:
    columns: list[str] = []
    problems: list[Problem] = []
    left_out: list[str] = []
    for cell in table.header:
        told = mapping.columns.get(plain_name(cell)) if mapping else None
        if told == "" or (told and told in columns):
            columns.append("")
            left_out.append(shown(cell))
            continue
        column, fault = _check_name(told or cell.strip().strip("\ufeff").lower(), columns, kind)
        columns.append(column)
        if fault:
            code, fields = fault
            problems.append(Problem(code, table.file, 1, shown(cell), shown(cell), fields))
    if mapping:
        pairs = zip(table.header, columns, strict=True)
        names = [
            f"{shown(cell)} → {column}" for cell, column in pairs if column and plain_name(cell) in mapping.columns
        ]
        code = "mapping_given" if mapping.origin else "mapping_kept"
        table.notes.append(Problem(code, table.file, fields={**_origin(mapping), "columns": ", ".join(names)}))
    if left_out:
        table.notes.append(Problem("columns_left_out", table.file, fields={"columns": ", ".join(left_out)}))
    problems += [Problem("missing_column", table.file, 1, name) for name in _missing(kind, columns)]
    if may_lack_id(kind) and "id" not in columns and "name" in columns:
        table.notes.append(Problem("ids_made", table.file))
    return tuple(columns), problems


def _origin(mapping: ColumnMapping) -> dict[str, str]:
    return {"origin": shown(mapping.origin)}


def _check_name(name: str, before: Iterable[str], kind: Kind) -> tuple[str, tuple[str, dict[str, str]] | None]:
    taken = columns_taken(kind)
    if name in (PROBLEM_COLUMN, ""):
        return "", None
    if name not in taken:
        if name.startswith("_") or name in _INTERNAL:
            return "", ("internal_column", {})
        name = columns_by_name(kind.file or "").get(plain_name(name), name)
    if name in taken:
        return ("", ("double_column", {})) if name in before else (name, None)
    best = nearest(name, taken)
    return "", ("unknown_column", {"nearest": best or ", ".join(kind.columns[:8]) + " …"})


def _missing(kind: Kind, columns: list[str]) -> list[str]:
    if isinstance(kind, NodeKind):
        needed: tuple[str, ...] = () if may_lack_id(kind) and "name" in columns else ("id",)
    else:
        needed = (kind.start.column, kind.end.column) if kind.start and kind.end else ()
    return [name for name in needed if name not in columns]
