"""How else a clientele gets into Neo4j: a transaction for each row, plain ``UNWIND`` in batches, neomodel.

All of them take the files as they are, without a check; what they write is compared with what graphcrm writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import neo4j
from neo4j import GraphDatabase

from bench.clientele import HEADERS, read_rows
from graphcrm.database.local import Endpoint
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property

BATCH = 5_000
SECONDS = 900.0
"""For one transaction: the server's own limit is meant for pages."""
WRITE_NODES = "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n:$(row.labels), n += row.properties"
WRITE_TIES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
    "MERGE (a)-[r:$($type)]->(b) SET r += row.properties"
)
_KINDS = {"client": "Client", "partner": "Partner", "own_firm": "OwnFirm"}


@dataclass(frozen=True, slots=True)
class Ready:
    """What a row becomes: a node (``label``, no ends) or a tie (``label`` is its type)."""

    label: str
    row: dict[str, Any]
    is_tie: bool


def ready(folder: Path) -> Iterator[Ready]:
    """Nodes of all files first, then ties, those from reference columns included."""
    later: list[Ready] = []
    for stem in HEADERS:
        kind = VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)
        assert kind is not None, stem
        casts = {name: _cast(kind.properties[name]) for name in HEADERS[stem] if name in kind.properties}
        for cells in read_rows(folder, stem):
            properties = {name: cast(cells[name]) for name, cast in casts.items() if cells[name]}
            if isinstance(kind, NodeKind):
                labels = ["Entity", kind.label, *(_KINDS[one] for one in properties.get("kinds", ()))]
                row = {"id": cells["id"], "labels": labels, "properties": {"id": cells["id"], **properties}}
                yield Ready(kind.label, row, False)
                for column, reference in kind.references.items():
                    later += [
                        Ready(reference.tie, {"start": cells["id"], "end": end, "properties": {}}, True)
                        for end in filter(None, cells.get(column, "").split("|"))
                    ]
            else:
                assert kind.start is not None
                assert kind.end is not None
                row = {"start": cells[kind.start.column], "end": cells[kind.end.column], "properties": properties}
                yield Ready(kind.type, row, True)
    yield from later


def _cast(prop: Property) -> Callable[[str], Any]:
    casts: dict[str, Callable[[str], Any]] = {
        "integer": int, "number": float, "score": float, "share": float, "date": date.fromisoformat,
        "boolean": lambda text: text == "true",
    }  # fmt: skip
    if prop.many:
        return lambda text: text.split("|")
    return casts.get(prop.type, str)


def by_unwind(endpoint: Endpoint, folder: Path) -> None:
    """Batches of 5,000, nodes first, as every manual of Neo4j recommends it."""
    groups: dict[tuple[bool, str], list[dict[str, Any]]] = defaultdict(list)
    for one in ready(folder):
        groups[one.is_tie, one.label if one.is_tie else ""].append(one.row)
    with _driver(endpoint) as driver, driver.session(database="neo4j") as session:
        for (is_tie, label), found in sorted(groups.items()):
            rows = iter(found)
            while batch := list(islice(rows, BATCH)):
                query, parameters = (WRITE_TIES, {"type": label}) if is_tie else (WRITE_NODES, {})
                session.execute_write(_write, query, {**parameters, "rows": batch})


def by_row(endpoint: Endpoint, folder: Path) -> None:
    """A managed transaction for each row."""
    with _driver(endpoint) as driver, driver.session(database="neo4j") as session:
        for one in ready(folder):
            query, parameters = (WRITE_TIES, {"type": one.label}) if one.is_tie else (WRITE_NODES, {})
            session.execute_write(_write, query, {**parameters, "rows": [one.row]})


@neo4j.unit_of_work(timeout=SECONDS)
def _write(tx: neo4j.ManagedTransaction, query: str, parameters: dict[str, Any]) -> None:
    tx.run(query, parameters).consume()


def _driver(endpoint: Endpoint) -> neo4j.Driver:
    return GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password), telemetry_disabled=True)
