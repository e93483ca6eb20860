"""The clientele by neomodel: nodes by ``bulk_create_or_update``, ties by ``connect``, 50 a transaction.

neomodel has no way to write many ties at once.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import neomodel
from neo4j import GraphDatabase

from bench.clientele import HEADERS
from bench.peers import BATCH, ready
from graphcrm.database.local import Endpoint
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property

TIES_AT_ONCE = 50
_TYPES = {
    "integer": neomodel.IntegerProperty,
    "number": neomodel.FloatProperty,
    "score": neomodel.FloatProperty,
    "share": neomodel.FloatProperty,
    "date": neomodel.DateProperty,
    "boolean": neomodel.BooleanProperty,
}


class Entity(neomodel.StructuredNode):
    """What all kinds share: the id. (neomodel keeps the name ``id`` for itself.)"""

    uid = neomodel.StringProperty(unique_index=True, required=True, db_property="id")


def by_neomodel(endpoint: Endpoint, folder: Path) -> None:
    """All of the folder."""
    with GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password)) as driver:
        neomodel.db.set_connection(driver=driver)
        nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        ties = []
        for one in ready(folder):
            if one.is_tie:
                ties.append(one)
            else:
                held = {name: value for name, value in one.row["properties"].items() if name != "id"}
                nodes[one.label].append({"uid": one.row["id"], **held})
        made: dict[str, Any] = {}
        for label, rows in nodes.items():
            rest = iter(rows)
            while batch := list(islice(rest, BATCH)):
                made |= {node.uid: node for node in models()[label].nodes.bulk_create_or_update(*batch)}
        rest_of_ties = iter(ties)
        while group := list(islice(rest_of_ties, TIES_AT_ONCE)):
            with neomodel.db.transaction:
                for tie in group:
                    manager = getattr(made[tie.row["start"]], tie.label.lower())
                    manager.connect(made[tie.row["end"]], tie.row["properties"] or None)


@cache
def models() -> dict[str, Any]:
    """Label -> class, for the files of the bench, with a relationship for each type of tie that may begin there."""
    kinds = [VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem) for stem in HEADERS]
    ties = {}
    made = {}
    for stem, kind in zip(HEADERS, kinds, strict=True):
        if not isinstance(kind, NodeKind):
            fields = {name: _property(kind.properties[name]) for name in HEADERS[stem] if name in kind.properties}
            ties[kind.type] = type(f"{kind.type.title().replace('_', '')}Tie", (neomodel.StructuredRel,), fields)
    for stem, kind in zip(HEADERS, kinds, strict=True):
        if isinstance(kind, NodeKind):
            fields = {name: _property(kind.properties[name]) for name in HEADERS[stem] if name in kind.properties}
            names = [kind.references[column].tie for column in HEADERS[stem] if column in kind.references]
            fields |= {name.lower(): neomodel.RelationshipTo(Entity, name) for name in names}
            if kind.label == "Person":
                fields |= {name.lower(): neomodel.RelationshipTo(Entity, name, model=ties[name]) for name in ties}
            made[kind.label] = type(kind.label, (Entity,), fields)
    return made


def _property(prop: Property) -> Any:
    return neomodel.ArrayProperty() if prop.many else _TYPES.get(prop.type, neomodel.StringProperty)()
