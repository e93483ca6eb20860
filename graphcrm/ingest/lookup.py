"""Reads from the graph what the files name: the snapshot on which check and plan rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from graphcrm.database.connection import Database
from graphcrm.ingest.rows import ParsedTable
from graphcrm.ingest.snapshot import NodeState, Snapshot, TieState
from graphcrm.queries import ingest as queries
from graphcrm.vocabulary import NodeKind, TieKind

BATCH = 5_000
_NEAR_IDS = 300
_MOST_SEARCHES = 50


def read_snapshot(db: Database, tables: Iterable[ParsedTable]) -> Snapshot:
    """What the graph holds of the nodes and ties that the rows name, and of the lines above that must not circle."""
    tables = list(tables)
    snapshot = Snapshot()
    named = {row.id for table in tables for row in table.rows if isinstance(row.kind, NodeKind)}
    named |= {row.id for table in tables for row, _ in table.refused if isinstance(row.kind, NodeKind) and row.id}
    named |= {one for table in tables for row in table.rows for _, one in row.named_ids()}
    _read_nodes(db, snapshot, named)
    _read_ties(db, snapshot, tables)
    _read_moved_ties(db, snapshot, tables)
    _read_lines_above(db, snapshot, tables)
    _read_near_ids(db, snapshot, tables)
    return snapshot


def batches(things: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Lists of at most ``size``, in sorted order, so that a run can be compared with another."""
    ordered = iter(sorted(things))
    while batch := list(islice(ordered, size)):
        yield batch


def _read_nodes(db: Database, snapshot: Snapshot, ids: Iterable[str]) -> None:
    for batch in batches(ids):
        for node in queries.stored_nodes(db, ids=batch):
            state = NodeState(node.id, frozenset(node.labels), node.properties, node.served_us)
            snapshot.nodes[node.id] = state


def _read_ties(db: Database, snapshot: Snapshot, tables: list[ParsedTable]) -> None:
    for table in tables:
        kind = table.raw.kind
        if isinstance(kind, NodeKind):
            starts = {row.id for row in table.rows}
            types = [reference.tie for reference in kind.references.values()]
        else:
            starts, types = {row.start for row in table.rows}, [kind.type]
        if types:
            _read_ties_from(db, snapshot, starts & snapshot.nodes.keys(), types)


def _read_ties_from(db: Database, snapshot: Snapshot, starts: Iterable[str], types: list[str]) -> set[str]:
    """Adds the ties to the snapshot; the ids at their far ends."""
    reached = set()
    for batch in batches(starts):
        for tie in queries.stored_ties(db, start_ids=batch, types=types):
            _add(snapshot, tie)
            reached.add(tie.end_id)
    return reached


def _add(snapshot: Snapshot, tie: queries.StoredTie) -> None:
    if tie.id is not None:
        snapshot.ties[tie.id] = TieState(tie.id, tie.type, tie.start_id, tie.end_id, tie.properties)


def _read_moved_ties(db: Database, snapshot: Snapshot, tables: list[ParsedTable]) -> None:
    """Ties with an id of their own that were not found at their start: the file may have moved them."""
    if not snapshot.nodes:
        return
    for table in tables:
        if isinstance(table.raw.kind, TieKind):
            missing = {row.id for row in table.rows if row.has_own_id and row.id not in snapshot.ties}
            for batch in batches(missing, 20_000):
                for tie in queries.stored_ties_by_id(db, ids=batch, type=table.raw.kind.type):
                    _add(snapshot, tie)


def _read_lines_above(db: Database, snapshot: Snapshot, tables: list[ParsedTable]) -> None:
    """For ties that must not circle: everything above the ends that the file names, and the names of who is there."""
    for table in tables:
        kind = table.raw.kind
        if not isinstance(kind, TieKind) or not kind.acyclic:
            continue
        frontier = {row.end for row in table.rows} & snapshot.nodes.keys()
        seen: set[str] = set()
        while frontier:
            seen |= frontier
            frontier = _read_ties_from(db, snapshot, frontier, [kind.type]) - seen
        _read_nodes(db, snapshot, seen - snapshot.nodes.keys())


def _read_near_ids(db: Database, snapshot: Snapshot, tables: list[ParsedTable]) -> None:
    """Ids that begin like those that nobody has. Half of the wrong id is enough to look by."""
    own = {row.id for table in tables for row in table.rows}
    named = {one for table in tables for row in table.rows for _, one in row.named_ids()}
    unknown = sorted(named - own - snapshot.nodes.keys())[:_MOST_SEARCHES]
    for beginning in sorted({one[: max(2, len(one) // 2)] for one in unknown}):
        snapshot.near_ids |= set(queries.ids_beginning_with(db, beginning=beginning, most=_NEAR_IDS))
