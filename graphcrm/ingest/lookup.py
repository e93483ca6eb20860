"""Reads from the graph what the files name: the snapshot on which check and plan rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from graphcrm.database.connection import Database
from graphcrm.ingest.rows import ParsedTable, Row
from graphcrm.ingest.snapshot import NodeState, Snapshot, TieState
from graphcrm.queries import ingest as queries
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

BATCH = 5_000
_NEAR_IDS = 300
_MOST_SEARCHES = 50
_ACYCLIC = frozenset(name for name, kind in VOCABULARY.ties.items() if kind.acyclic)


def read_snapshot(db: Database, tables: Iterable[ParsedTable], *, recorded: bool = True) -> Snapshot:
    """What the graph holds of the nodes and ties that the rows name, and of the lines above that must not circle.

    Args:
        recorded: read also when ties were recorded, though no file says it. Not needed to tell what differs, and slow.
    """
    tables = list(tables)
    snapshot = Snapshot()
    own = {row.id for table in tables if isinstance(table.raw.kind, NodeKind) for row in table.rows}
    named = {one for table in tables for ids in table.named_ids().values() for one in ids}
    refused = {row.id for table in tables for row, _ in table.refused if isinstance(row.kind, NodeKind) and row.id}
    _read_nodes(db, snapshot, own | named | refused)
    if snapshot.nodes:
        recorded = recorded or any("recorded_at" in table.raw.columns for table in tables)
        reader = _Ties(db, snapshot, recorded)
        reader.read_of(tables)
        _read_moved_ties(db, snapshot, tables)
        reader.read_lines_above(tables)
    _read_near_ids(db, snapshot, named - own - snapshot.nodes.keys())
    return snapshot


def batches(things: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Lists of at most ``size``, in sorted order, so that a run can be compared with another."""
    ordered = iter(sorted(things))
    while batch := list(islice(ordered, size)):
        yield batch


def _read_nodes(db: Database, snapshot: Snapshot, ids: Iterable[str]) -> None:
    for batch in batches(ids):
        for held in queries.held_nodes(db, ids=batch):
            for one, labels, properties, served_us in held:
                snapshot.nodes[one] = NodeState(one, frozenset(labels), properties, served_us)


@dataclass(slots=True)
class _Ties:
    """Reads ties into a snapshot, those of each start once."""

    db: Database
    snapshot: Snapshot
    recorded: bool
    types: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    above: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """(type, start) -> the ends, of the types that must not circle."""

    def read_of(self, tables: list[ParsedTable]) -> None:
        """The ties that leave where ties of the files begin, of all types that the files write."""
        types: set[str] = set()
        starts: set[str] = set()
        for table in tables:
            kind = table.raw.kind
            if isinstance(kind, TieKind):
                types.add(kind.type)
                starts |= {row.start for row in table.rows}
            elif kind and kind.references:
                types |= {reference.tie for reference in kind.references.values()}
                starts |= {row.id for row in table.rows}
        if any(row.has_own_id for table in tables if isinstance(table.raw.kind, TieKind) for row in table.rows):
            types = set(VOCABULARY.ties)  # so that the id of a tie of another type is found
        self.types = sorted(types)
        self.read_from(starts & self.snapshot.nodes.keys())

    def read_from(self, starts: set[str]) -> None:
        """All that leave these nodes."""
        for batch in batches(starts if self.types else ()):
            found = queries.held_ties(self.db, start_ids=batch, types=self.types, recorded=self.recorded)
            for tie in (TieState(*one) for held in found for one in held if one[0] is not None):
                self.snapshot.ties[tie.id] = tie
                if tie.type in _ACYCLIC:
                    self.above[tie.type, tie.start].append(tie.end)
        self.read |= starts

    def read_lines_above(self, tables: list[ParsedTable]) -> None:
        """For ties that must not circle: everything above the ends that the file names, with the names."""
        for table in tables:
            kind = table.raw.kind
            if not isinstance(kind, TieKind) or not kind.acyclic:
                continue
            frontier = {row.end for row in table.rows} & self.snapshot.nodes.keys()
            seen: set[str] = set()
            while frontier:
                self.read_from(frontier - self.read)
                seen |= frontier
                frontier = {end for start in frontier for end in self.above.get((kind.type, start), ())} - seen
            _read_nodes(self.db, self.snapshot, seen - self.snapshot.nodes.keys())


def _read_moved_ties(db: Database, snapshot: Snapshot, tables: list[ParsedTable]) -> None:
    """Ties with an id of their own that are not where the file has them: all of a moved tie is needed."""
    for table in tables:
        if isinstance(table.raw.kind, TieKind):
            moved = {row.id for row in table.rows if row.has_own_id and not _is_there(snapshot.ties.get(row.id), row)}
            for batch in batches(moved, 20_000):
                for tie in queries.stored_ties_by_id(db, ids=batch, type=table.raw.kind.type):
                    snapshot.ties[tie.id] = TieState(tie.id, tie.type, tie.start_id, tie.end_id, tie.properties)


def _is_there(tie: TieState | None, row: Row) -> bool:
    return tie is not None and (tie.start, tie.end) == (row.start, row.end)


def _read_near_ids(db: Database, snapshot: Snapshot, unknown: set[str]) -> None:
    """Ids that begin like those that nobody has. Half of the wrong id is enough to look by."""
    for beginning in sorted({one[: max(2, len(one) // 2)] for one in sorted(unknown)[:_MOST_SEARCHES]}):
        snapshot.near_ids |= set(queries.ids_beginning_with(db, beginning=beginning, most=_NEAR_IDS))
