"""The first line of a file: which columns are imported, which are refused, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from graphcrm.ingest.codes import nearest
from graphcrm.ingest.limits import Limits
from graphcrm.ingest.problems import Problem, shown
from graphcrm.vocabulary import NodeKind, TieKind

PROBLEM_COLUMN = "problem"
"""The last column of the files of refused rows. It is for people to read; the importer passes over it."""

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


def check_header(
    file: str, header: tuple[str, ...], kind: NodeKind | TieKind, limits: Limits
) -> tuple[tuple[str, ...], list[Problem]]:
    """(the name of each column, "" where it is not imported; the problems of the first line)."""
    if len(header) > limits.columns:
        fields = {"count": f"> {limits.columns}", "limit": limits.columns}
        return (), [Problem("too_many_columns", file, 1, fields=fields)]
    columns: list[str] = []
    problems: list[Problem] = []
    for cell in header:
        name = cell.strip().strip("\ufeff").lower()
        column, fault = _check_name(name, columns, kind)
        columns.append(column)
        if fault:
            code, fields = fault
            problems.append(Problem(code, file, 1, shown(cell), shown(cell), fields))
    problems += [Problem("missing_column", file, 1, name) for name in _needed(kind) if name not in columns]
    return tuple(columns), problems


def _check_name(
    name: str, before: Iterable[str], kind: NodeKind | TieKind
) -> tuple[str, tuple[str, dict[str, str]] | None]:
    if name in (PROBLEM_COLUMN, ""):
        return "", None
    if name in kind.columns:
        return ("", ("double_column", {})) if name in before else (name, None)
    if name.startswith("_") or name in _INTERNAL:
        return "", ("internal_column", {})
    best = nearest(name, kind.columns)
    return "", ("unknown_column", {"nearest": best or ", ".join(kind.columns[:8]) + " …"})


def _needed(kind: NodeKind | TieKind) -> tuple[str, ...]:
    if isinstance(kind, NodeKind):
        return ("id",)
    return (kind.start.column, kind.end.column) if kind.start and kind.end else ()
