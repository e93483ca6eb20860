"""A Neo4j of its own for each benchmark, and what a graph looks like from outside: counts and a hash."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from graphcrm.config import load_settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import Endpoint, LocalServer
from graphcrm.database.migrations import migrate
from graphcrm.vocabulary import VOCABULARY

SECONDS = 900.0
NODES = """
MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $most
RETURN collect(n.id) AS ids, collect(labels(n)) AS labels, collect(properties(n)) AS held
"""
TIES = """
MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $most
WITH collect(n) AS starts, max(n.id) AS last
RETURN last, COLLECT {
  UNWIND starts AS a MATCH (a)-[r]->(b:Entity) RETURN [type(r), a.id, b.id, properties(r)]
} AS ties
"""
BOOK_KEEPING = frozenset({"version", "recorded_at", "id"})
PRIMARY = VOCABULARY.primary_of


@contextmanager
def own_server(
    folder: Path, heap: str = "1g", page_cache: str = "256m", *, schema: bool = True
) -> Iterator[tuple[Database, Endpoint]]:
    """A local server on a folder of its own, migrated unless ``schema`` is False; stopped at the end."""
    settings = load_settings(data=folder, bolt_port=0, heap=heap, page_cache=page_cache)
    server = LocalServer(settings)
    endpoint = server.start()
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            if schema:
                migrate(database)
            yield database, endpoint
    finally:
        server.stop()


def empty(db: Database) -> None:
    """Deletes every node but the record of migrations, a batch at a time."""
    query = "MATCH (n:Entity|Command) WITH n LIMIT 1000 DETACH DELETE n RETURN count(n) AS gone"
    while db.write(query, timeout=SECONDS).rows[0]["gone"]:
        pass


class Emptied:
    """One server, whose graph is emptied for each call."""

    def __init__(self, database: Database, endpoint: Endpoint) -> None:
        self.database, self.endpoint = database, endpoint

    def __call__(self) -> None:
        empty(self.database)


class NewServer(ExitStack):
    """A new server on an empty folder for each call, warmed up; the one before it is stopped and its folder deleted.

    For large graphs: to delete one takes longer than to make it.
    """

    def __init__(self, folder: Path, warm_up: Callable[[Database, Endpoint], None]) -> None:
        super().__init__()
        self._folder, self._warm_up = folder, warm_up
        self._count = 0

    def __call__(self) -> None:
        self.close()
        self._count += 1
        folder = self._folder / str(self._count)
        self.callback(shutil.rmtree, folder, ignore_errors=True)
        self.database, self.endpoint = self.enter_context(own_server(folder))
        self._warm_up(self.database, self.endpoint)


def digest(db: Database, batch: int = 10_000) -> dict[str, Any]:
    """Counts and an order-free hash of all nodes (id, kind, properties) and ties (type, ends, properties).

    Versions, times of recording, ids of ties and the labels that graphcrm derives from ties are left out: the peers
    do not write them.
    """
    total, nodes, ties, after = 0, 0, 0, ""
    while row := _page(db, NODES, after, batch):
        for one, labels, held in zip(row["ids"], row["labels"], row["held"], strict=True):
            kind = sorted(label for label in labels if PRIMARY.get(label) == label)
            total += _number([one, kind, _own(held)])
        nodes += len(row["ids"])
        after = max(row["ids"])
    after = ""
    while row := _page(db, TIES, after, batch):
        for kind, start, end, held in row["ties"]:
            total += _number([kind, start, end, _own(held)])
        ties += len(row["ties"])
        after = row["last"]
    return {"nodes": nodes, "ties": ties, "hash": f"{total % 2**256:064x}"}


def _page(db: Database, query: str, after: str, most: int) -> dict[str, Any] | None:
    row = db.read(query, {"after": after, "most": most}, timeout=SECONDS)[0]
    return row if row.get("last") or row.get("ids") else None


def _own(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name not in BOOK_KEEPING}


def _number(content: list[Any]) -> int:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
