"""The writes of a first import, made of whole columns: what ``plan.py`` makes of rows, without making the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from graphcrm.ingest.column_graph import Nodes, Ties
from graphcrm.ingest.column_plan import ColumnPlan, anyway
from graphcrm.ingest.labels import BASE_LABEL
from graphcrm.ingest.plan import NodeWrite, Plan, TieWrite
from graphcrm.ingest.rows import SEPARATOR
from graphcrm.vocabulary import NodeKind, Property, TieKind

_FIRST_LINE = 2
"""Of the rows: the header stands above them."""
_READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "percent": float,
    "share": float,
    "score": float,
    "boolean": "true".__eq__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
"""Type -> from the text of the offline import (``offline.stored_text``) to the value; all others are text."""


def plan_of(columns: ColumnPlan) -> Plan:
    """What :func:`graphcrm.ingest.plan.make_plan` makes of the same rows and an empty graph."""
    ids = columns.graph.ids.to_pylist()
    return Plan(
        [write for nodes in columns.graph.nodes for write in _node_writes(nodes)],
        [write for ties in columns.ties for write in _tie_writes(ties, ids)],
        columns.counts,
    )


def _node_writes(nodes: Nodes) -> Iterator[NodeWrite]:
    labels = [tuple(sorted(some | {BASE_LABEL})) for some in nodes.labels]
    file, kind = nodes.table.raw.file, nodes.kind
    records = _records(kind, nodes.values, len(nodes.ids))
    for row, (one, code, properties) in enumerate(
        zip(nodes.ids.to_pylist(), nodes.codes.tolist(), records, strict=True), _FIRST_LINE
    ):
        yield NodeWrite(one, kind.label, labels[code], (), properties, True, f"{file}:{row}")


def _tie_writes(ties: Ties, ids: list[str]) -> Iterator[TieWrite]:
    file, kind = ties.table.raw.file, ties.type
    records = _records(ties.kind, ties.values, len(ties.ids), is_bare=ties.of_reference)
    for one, start, end, row, properties in zip(
        ties.ids.to_pylist(), ties.start.tolist(), ties.end.tolist(), ties.rows.tolist(), records, strict=True
    ):
        yield TieWrite(one, kind, ids[start], ids[end], properties, "create", f"{file}:{row + _FIRST_LINE}")


def _records(
    kind: NodeKind | TieKind, values: Mapping[str, pa.Array], count: int, *, is_bare: bool = False
) -> Iterator[dict[str, Any]]:
    """The properties of each, without those that have no value."""
    defaults = anyway(kind, values, is_bare=is_bare)
    columns = [_values(array, kind.properties[name]) for name, array in values.items()]
    if not columns:
        yield from (dict(defaults) for _ in range(count))
    for record in zip(*columns, strict=True) if columns else ():
        yield defaults | {name: value for name, value in zip(values, record, strict=True) if value is not None}


def _values(texts: pa.Array, prop: Property) -> list[Any]:
    """What the texts of a column stand for, each different text read once. Lists may be shared."""
    read = _READ.get(prop.type, str)
    if read is str and not prop.many:
        return texts.to_pylist()
    coded = texts.dictionary_encode()
    found = [
        [read(part) for part in text.split(SEPARATOR)] if prop.many else read(text)
        for text in coded.dictionary.to_pylist()
    ]
    return [None if place is None else found[place] for place in coded.indices.to_pylist()]
