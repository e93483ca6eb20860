"""A picture of the whole graph, and the writing of one into an empty database: what backup and restore stand on.

Over Bolt only, so that it is the same for a laptop, a server, a cluster and Aura. Nodes are numbered in the order in
which they are read; ties name their ends by these numbers. A node's properties are encoded by ``typed_json``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from neo4j import ManagedTransaction

from graphcrm.database.connection import Counters, Database
from graphcrm.database.deadline import Deadline
from graphcrm.database.position import position
from graphcrm.database.statements import statement
from graphcrm.database.typed_json import SAME, decode, encode, encoded_moment

SECONDS = 3600.0
"""For one reading of the whole graph."""
WRITE_SECONDS = 300.0
SETTLE_BATCH = 5_000
TEMPORARY = ("Restoring", "_restore")
"""The label that nodes have while they are being restored; the property of the mark, and once of nodes too."""


class Sink(Protocol):
    """What takes the picture."""

    def start(self) -> None:
        """Forget all so far: the reading begins anew."""

    def node(self, row: dict[str, Any]) -> None:
        """``{"number", "labels", "properties"}``."""

    def tie(self, row: dict[str, Any]) -> None:
        """``{"start", "end", "type", "properties"}``."""


def read_all(db: Database, sink: Sink, numbered: Mapping[str, int] | None = None) -> bool:
    """Reads the whole graph in one transaction into ``sink``. True if nobody wrote meanwhile.

    Neo4j's transactions see what others commit while they run (read committed). So the position of the database's log
    is asked before and after: if it is the same, the picture is that of one moment. If not, it is a picture of several
    moments, in which every tie has both its ends all the same.

    Raises:
        DatabaseError: as :class:`~graphcrm.database.connection.Database` raises.
        InvalidInput: the graph holds a value of a type that cannot be kept.
    """
    before, given = position(db), numbered or {}

    def work(tx: ManagedTransaction, deadline: Deadline) -> None:
        sink.start()
        numbers: dict[str, int] = {}
        for element, labels, properties in _records(db, tx, deadline, "snapshot_nodes"):
            properties.pop(TEMPORARY[1], None)
            number = given.get(element, len(numbers))
            numbers[element] = number
            names = sorted(label for label in labels if label != TEMPORARY[0])
            sink.node({"number": number, "labels": names, "properties": _encoded(properties)})
        for start, end, kind, properties, recorded in _records(db, tx, deadline, "snapshot_ties"):
            if start in numbers and end in numbers:  # else it is newer than the reading of the nodes
                kept = _encoded(properties)
                if recorded is not None:
                    kept["recorded_at"] = encoded_moment(*recorded)
                sink.tie({"start": numbers[start], "end": numbers[end], "type": kind, "properties": kept})

    db._transact("READ", work, Deadline(SECONDS, 5.0))
    return position(db) == before


def _records(db: Database, tx: ManagedTransaction, deadline: Deadline, name: str) -> Iterator[Sequence[Any]]:
    for number, record in enumerate(db._run(tx, deadline, statement(name), None)):
        if number % 1_000 == 0:
            deadline.check()
        yield tuple(record.values())


def _encoded(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if type(value) in SAME else encode(value) for name, value in properties.items()}


def others(db: Database) -> int:
    """How many nodes are there, the schema's records and a broken-off restore aside."""
    return int(db.read(statement("restore_others"), timeout=60.0)[0]["others"])


def restore_mark(db: Database) -> dict[str, Any] | None:
    """``file`` (its hash), ``phase`` (``writing`` or ``written``), ``started_at`` of the last restore not finished."""
    rows = db.read(statement("restore_mark"))
    return rows[0] if rows else None


def begin_restore(db: Database, file: str) -> None:
    """Sets the mark. Raises WriteConflict where one is set."""
    db.write(statement("restore_constraint"), timeout=WRITE_SECONDS)
    db.write(statement("restore_mark_set"), {"file": file})


def undo_restore(db: Database, progress: Callable[[int], None] = lambda _: None) -> None:
    """Deletes what a broken-off restore had written, and its mark."""
    _in_steps(db, "restore_undo", "gone", progress)
    db.write(statement("restore_unmark"))


def write_nodes(db: Database, rows: list[dict[str, Any]], elements: dict[int, str]) -> int:
    """Writes a batch of nodes; returns how many were written.

    Args:
        elements: filled in: number in the file -> Neo4j's own id.

    Raises:
        OutcomeUnknown: the link was cut at COMMIT; the restore has to begin anew.
    """
    groups: dict[tuple[Any, ...], list[list[Any]]] = defaultdict(list)
    for row in rows:
        properties, moments = _apart(row["properties"])
        groups[tuple(row["labels"]), moments].append([row["number"], properties])
    given = [
        {"labels": [TEMPORARY[0], *labels], "moments": _decoded(moments), "rows": group}
        for (labels, moments), group in groups.items()
    ]
    written = db.write(statement("restore_nodes"), {"groups": given}, timeout=WRITE_SECONDS).rows[0]["written"]
    elements.update(written)
    return len(written)


def write_ties(db: Database, rows: list[dict[str, Any]], elements: Mapping[int, str]) -> int:
    """Writes a batch of ties between the nodes that were written. Returns and raises as :func:`write_nodes`."""
    groups: dict[tuple[Any, ...], list[list[Any]]] = defaultdict(list)
    for row in rows:
        properties, moments = _apart(row["properties"])
        groups[row["type"], moments].append([elements[row["start"]], elements[row["end"]], properties])
    given = [{"type": kind, "moments": _decoded(moments), "rows": group} for (kind, moments), group in groups.items()]
    return int(db.write(statement("restore_ties"), {"groups": given}, timeout=WRITE_SECONDS).rows[0]["written"])


def _apart(properties: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, tuple[Any, ...]], ...]]:
    """The values as they are sent, and the moments, of which each is sent once: the driver takes long over each."""
    values, moments = {}, []
    for name, value in properties.items():
        if type(value) is dict and value["$"] == "datetime":
            moments.append((name, tuple(value["v"])))
        else:
            values[name] = value if type(value) in SAME else decode(value)
    return values, tuple(moments)


def _decoded(moments: tuple[tuple[str, tuple[Any, ...]], ...]) -> dict[str, Any]:
    return {name: decode({"$": "datetime", "v": list(value)}) for name, value in moments}


def all_is_written(db: Database) -> None:
    """Notes in the mark that the graph was found equal to the file."""
    db.write(statement("restore_mark_phase"), {"phase": "written"})


def settle_restore(db: Database, progress: Callable[[int], None] = lambda _: None) -> None:
    """Takes the numbers away, then the mark and the constraint. May be done again."""
    _in_steps(db, "restore_settle", "settled", progress)
    db.write(statement("restore_unmark"))
    db.write(statement("restore_constraint_drop"), timeout=WRITE_SECONDS)


def _in_steps(db: Database, name: str, column: str, progress: Callable[[int], None]) -> Counters:
    done, counters = 0, Counters()
    while True:
        written = db.write(statement(name), {"most": SETTLE_BATCH}, timeout=WRITE_SECONDS)
        counters += written.counters
        if not written.rows[0][column]:
            return counters
        done += written.rows[0][column]
        progress(done)
