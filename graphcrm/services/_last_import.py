"""What the last import has brought: while nobody has written since, only rows that differ from it need a look.

An import keeps, in the graph, short hashes of its rows with the place in the database's log of the very transaction
that keeps them. Who finds the log at that place knows that nothing was committed after it, by whatever program. Why it
cannot be wrong: docs/decisions/importing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import repeat

from graphcrm.database.connection import Database
from graphcrm.database.position import last_entry, position
from graphcrm.errors import DatabaseError
from graphcrm.ingest.check import Checked
from graphcrm.ingest.column_plan import ColumnPlan
from graphcrm.ingest.plan import Counts, Plan
from graphcrm.ingest.row_hashes import id_hash, packed, row_hashes, unpacked
from graphcrm.ingest.rows import ParsedTable
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.queries import ingest as queries

MOST_ROWS = 1_000_000
"""Of larger imports nothing is kept: it would take the memory of one transaction."""
Rows = Mapping[int, int]
"""Hash of a row -> hash of its id."""


def last_rows(db: Database, found_at: frozenset[str]) -> Rows:
    """The rows of the last import; none if anything was committed since, or that is not known."""
    entry = last_entry(found_at)
    return unpacked(queries.last_import(db, position=str(entry))) if entry else {}


@dataclass(slots=True)
class Apart:
    """The tables of an import with the rows alone that the last one had not, and the others by the stem of the file."""

    tables: list[RawTable] = field(default_factory=list)
    held: dict[str, dict[int, int]] = field(default_factory=dict)

    @property
    def rows(self) -> dict[int, int]:
        """All rows that the last import had."""
        return {one: of for rows in self.held.values() for one, of in rows.items()}

    def stands_for_all(self, parsed: Iterable[ParsedTable], checked: Checked, writes: Plan) -> bool:
        """True if the rows that are held need no look because of those that are new.

        They do where anything is wrong, where a node is no longer of a kind that they may name, or where one of them
        has the id of a new row, of which it may say another thing.
        """
        if checked.problems or checked.refused or any(write.drop for write in writes.nodes):
            return False
        ids = set(self.rows.values())
        return not any(id_hash(row.kind, row.id) in ids for table in parsed for row in table.rows)

    def count(self, counts: dict[str, Counts]) -> None:
        """Count the rows that are held as unchanged, each id once."""
        for stem, rows in self.held.items():
            counts.setdefault(stem, Counts()).unchanged += len(set(rows.values()))


def apart(tables: Iterable[RawTable], last: Rows) -> Apart:
    """Which rows the last import had, and which not."""
    found = Apart()
    for raw in tables:
        held = found.held.setdefault(raw.stem, {})
        rows = []
        for row, one in zip(raw.rows, row_hashes(raw) if last else repeat(0), strict=False):
            if one in last:
                held[one] = last[one]
            else:
                rows.append(row)
        found.tables.append(replace(raw, rows=rows))
    return found


def rows_of(tables: Iterable[ParsedTable]) -> dict[int, int]:
    """The rows of tables all of whose rows are good."""
    return {
        one: id_hash(row.kind, row.id)
        for table in tables
        for one, row in zip(row_hashes(table.raw), table.rows, strict=True)
    }


def rows_of_columns(columns: ColumnPlan) -> dict[int, int]:
    """:func:`rows_of` for a plan that was made of whole columns."""
    found: dict[int, int] = {}
    for some in (*columns.graph.nodes, *(ties for ties in columns.ties if not ties.of_reference)):
        table, kind = some.table, some.kind
        rows = [RawRow(0, cells) for cells in zip(*(column.to_pylist() for column in table.cells), strict=True)]
        hashes = row_hashes(replace(table.raw, rows=rows))
        found.update((one, id_hash(kind, named)) for one, named in zip(hashes, some.ids.to_pylist(), strict=True))
    return found


def keep_rows(db: Database, planned_at: frozenset[str], commits: int, rows: Callable[[], Rows]) -> None:
    """Keep the rows of an import that is done, if it alone has written since its plan was made.

    Args:
        planned_at: where the log stood before the graph was read for the plan.
        commits: how many transactions of the import have certainly changed something.
    """
    with suppress(DatabaseError):  # the import is done; what is not kept is compared next time
        before, now = last_entry(planned_at), last_entry(position(db))
        if before is None or now != before.plus(commits):
            return
        kept = rows()
        if 0 < len(kept) <= MOST_ROWS:
            # Should anybody's transaction come before this one, the log will never stand at the place that it tells.
            queries.keep_last_import(db, position=str(now.plus(1)), parts=packed(kept))
