"""A new record, checked as a row of a file is. Shared by the services that make records; not a service itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graphcrm.database.connection import Transaction
from graphcrm.domain.changes import ChangeSet
from graphcrm.errors import EditRefused
from graphcrm.ingest.cell_text import cell_text
from graphcrm.ingest.changeset import changes_of
from graphcrm.ingest.check import check_rows
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.plan import make_plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.vocabulary import VOCABULARY


def new_record(tx: Transaction, label: str, cells: Mapping[str, Any]) -> ChangeSet:
    """The change that makes a record of a kind of node; ``cells`` by column, its id among them.

    Raises:
        EditRefused: with what is wrong.
    """
    kind = VOCABULARY.nodes[label]
    raw = RawRow(1, tuple(cell_text(value) for value in cells.values()))
    table = parse_table(RawTable(kind.file or "", kind, tuple(cells), tuple(cells), [raw]))
    snapshot = read_snapshot(tx, [table])  # type: ignore[arg-type]
    checked = check_rows([table], snapshot)
    require_sound([*table.problems, *checked.problems])
    return changes_of(make_plan(checked.rows, snapshot), snapshot, now=datetime.now(UTC))


def require_sound(problems: Sequence[Problem]) -> None:
    """Raises EditRefused when there are problems."""
    if problems:
        raise EditRefused("Nothing was saved: {count} to mend.", problems=tuple(problems), count=len(problems))
