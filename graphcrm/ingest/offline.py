"""A plan as files for Neo4j's offline import: CSV with typed headers, nodes numbered from 0 in the order of the files.

A value that is not there is an empty cell, text stands in quotes, lists are separated by ``|``, of which no value of a
list can hold one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graphcrm.database.local.offline import ImportFile
from graphcrm.ingest.labels import DUE_LABEL, LABELLED_ENDS
from graphcrm.ingest.plan import NodeWrite, Plan, TieWrite
from graphcrm.ingest.rows import SEPARATOR
from graphcrm.vocabulary import VOCABULARY, Property

_TYPES = {"integer": "long", "number": "double", "percent": "double", "share": "double", "score": "double",
          "date": "date", "datetime": "datetime", "boolean": "boolean"}  # fmt: skip
"""How the import calls the types that are not stored as text."""


@dataclass(slots=True)
class OfflineTable:
    """One file for the import: its columns under their typed names, each as long as the others.

    Text, with None for a value that is not there; numbers where they are numbers already.
    """

    name: str
    columns: dict[str, pa.Array | pa.ChunkedArray]
    is_ties: bool = False


def typed_name(prop: Property) -> str:
    """The name of a property's column in a file for the import: ``level:long``, ``roles:string[]``."""
    return f"{prop.name}:{_TYPES.get(prop.type, 'string')}{'[]' if prop.many else ''}"


def stored_text(value: Any) -> str:
    """A value as the import reads it.

    >>> stored_text(True), stored_text(0.1), stored_text(["coach", "user"]), stored_text(date(2026, 5, 9))
    ('true', '0.1', 'coach|user', '2026-05-09')
    """
    if isinstance(value, list):
        return SEPARATOR.join(map(stored_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def tables_of_plan(plan: Plan, now: datetime) -> Iterator[OfflineTable]:
    """What makes of an empty store what :func:`graphcrm.ingest.apply.apply_writes` would make of an empty graph.

    But for the secondary labels that rest on ties: who has such ties waits for them, marked, as after an import that
    was interrupted.
    """
    numbers = {write.id: number for number, write in enumerate(plan.nodes)}
    due = {one for write in plan.ties for one in (write.start, write.end)[: LABELLED_ENDS.get(write.type, 0)]}
    # One table for each run of nodes of one kind, so that the numbers are those of the order of all files.
    groups: list[tuple[str, list[NodeWrite]]] = []
    for write in plan.nodes:
        if not groups or groups[-1][0] != write.label:
            groups.append((write.label, []))
        groups[-1][1].append(write)
    for place, (label, group) in enumerate(groups):
        yield _nodes(f"{place:03d}-{label}", label, group, numbers, due)
    if plan.ties:
        yield gate_table(len(numbers))
    by_type: dict[str, list[TieWrite]] = defaultdict(list)
    for write in plan.ties:
        by_type[write.type].append(write)
    for tie_type, ties in by_type.items():
        yield _ties(tie_type, ties, numbers, now)


def gate_table(number: int) -> OfflineTable:
    """The gate of the ties, as the importer leaves it behind its last batch (``queries/ingest/create_ties.cypher``)."""
    columns = {":ID": [number], "key:string": ["import"], "batch:string": [uuid4().hex], ":LABEL": ["Command"]}
    return OfflineTable("gate", {name: pa.array(values) for name, values in columns.items()})


def write_tables(folder: Path, tables: Iterable[OfflineTable]) -> list[ImportFile]:
    """The tables as files.

    Raises:
        OSError: the folder takes no more.
    """
    written = []
    for table in tables:
        path = folder / f"{'ties' if table.is_ties else 'nodes'}-{table.name}.csv"
        with path.open("wb") as file:
            file.write((",".join(table.columns) + "\n").encode())
            csv.write_csv(pa.table(table.columns), file, csv.WriteOptions(include_header=False))
        written.append(ImportFile(path, table.is_ties, any(map(_has_lines, table.columns.values()))))
    return written


def _has_lines(column: pa.Array | pa.ChunkedArray) -> bool:
    if not pa.types.is_string(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(column, "[\r\n]")).as_py())


def _nodes(name: str, label: str, writes: list[NodeWrite], numbers: Mapping[str, int], due: set[str]) -> OfflineTable:
    labels = (SEPARATOR.join([*one.labels, *([DUE_LABEL] if one.id in due else [])]) for one in writes)
    columns = {
        ":ID": pa.array([numbers[one.id] for one in writes], pa.int64()),
        ":LABEL": pa.array(labels, pa.string()),
        "id:string": pa.array([one.id for one in writes], pa.string()),
        "version:long": pa.array([1] * len(writes), pa.int64()),
    }
    given = [one.properties for one in writes]
    return OfflineTable(name, columns | _properties(VOCABULARY.nodes[label].properties, given))


def _ties(tie_type: str, writes: list[TieWrite], numbers: Mapping[str, int], now: datetime) -> OfflineTable:
    kind = VOCABULARY.ties[tie_type]
    given = [one.properties for one in writes]
    if "recorded_at" in kind.properties:
        given = [{"recorded_at": now} | one for one in given]
    columns = {
        ":START_ID": pa.array([numbers[one.start] for one in writes], pa.int64()),
        ":END_ID": pa.array([numbers[one.end] for one in writes], pa.int64()),
        ":TYPE": pa.array([tie_type] * len(writes), pa.string()),
        "id:string": pa.array([one.id for one in writes], pa.string()),
        "version:long": pa.array([1] * len(writes), pa.int64()),
    }
    return OfflineTable(tie_type, columns | _properties(kind.properties, given), is_ties=True)


def _properties(known: Mapping[str, Property], given: list[Mapping[str, Any]]) -> dict[str, pa.Array]:
    """The columns of the properties that anybody has."""
    used = set().union(*given)
    return {
        typed_name(prop): pa.array(
            [stored_text(value) if (value := one.get(name)) is not None else None for one in given], pa.string()
        )
        for name, prop in known.items()
        if name in used
    }
