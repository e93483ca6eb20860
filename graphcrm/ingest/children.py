"""Of a child no more is kept than the given name and the year of birth (C2.3).

Who is under age by the year of birth is a child; without a year nobody is taken for one. Who has a job, by the files or
in the graph, is a colleague, however young.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graphcrm.domain.family import FULL_AGE, is_minor
from graphcrm.ingest.rows import Row
from graphcrm.ingest.snapshot import Snapshot

KEPT = frozenset({"name", "given_name", "gender", "birth_date", "presence", "status", "official_status", "language"})
"""What may be filled in: the name and year, and codes that tell nothing of the child."""


def may_be_child(born: str, today: date) -> bool:
    """Whether somebody of this date of birth is under age."""
    year = born.lstrip("~")[:4]
    return year.isdigit() and int(year) >= today.year - FULL_AGE and is_minor(born, today)


def child_excess(row: Row, snapshot: Snapshot, today: date) -> list[str]:
    """The columns in which a row of a person would keep more of a child than may be kept; none of a grown-up."""
    if not may_be_child(str(_value(row, snapshot, "birth_date") or ""), today):
        return []
    return [
        name for name, value in row.values.items() if value not in (None, "", []) and _too_much(row, snapshot, name)
    ]


def _too_much(row: Row, snapshot: Snapshot, column: str) -> bool:
    value = str(row.values[column])
    if column == "birth_date":
        return "-" in value.lstrip("~")
    if column == "name":  # of two words, unless both are the given name
        return len(value.split()) > 1 and value != _value(row, snapshot, "given_name")
    return column not in KEPT


def _value(row: Row, snapshot: Snapshot, column: str) -> Any:
    """As it will be: of the row, else of the graph."""
    if column in row.values:
        return row.values[column]
    stored = snapshot.nodes.get(row.id)
    return stored.properties.get(column) if stored else None
