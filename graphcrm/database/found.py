"""What an answer in free Cypher holds: plain values, with nodes, ties and paths kept as what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j.graph
from neo4j.spatial import Point
from neo4j.vector import Vector

from graphcrm.database.values import to_python

_EACH = 8
"""What a number, a date or an empty thing counts, in signs."""
_DEEPEST = 50
"""Lists and maps within each other that are shown; who draws or writes them goes down as deep."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node. ``id`` is Neo4j's own (``elementId``); the one that graphcrm gave is among the properties."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship; ``start`` and ``end`` are the :attr:`Node.id` of its ends."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Path:
    """A path: one node more than ties, in order. A tie may be walked against its direction."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


class CellReader:
    """Makes one value of an answer plain, and no longer than a cell may be.

    Attributes:
        cut: whether something was left out since the reader was made.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._left = 0
        self._depth = 0
        self.cut = False
        self._kinds: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
            (str, self._text),
            (list, self._list),
            (dict, lambda held: self._map(held.items())),
            (neo4j.graph.Node, self._node),
            (neo4j.graph.Relationship, self._tie),
            (neo4j.graph.Path, self._path),
            (Point, lambda place: dict(zip("xyz", map(float, place), strict=False)) | {"srid": place.srid}),
            (Vector, lambda vector: self._list(vector.to_native())),
            ((bytes, bytearray), lambda held: self._text(held.hex())),
        )

    def read(self, value: Any) -> Any:
        """The value: texts cut short, lists and maps without what is over the length of a cell."""
        self._left = self._longest
        return self._plain(value)

    def _plain(self, value: Any) -> Any:
        for kind, read in self._kinds:
            if isinstance(value, kind):
                return read(value)
        self._left -= _EACH
        return _own_type(value)

    def _text(self, text: str) -> str:
        kept = text[: max(0, self._left)]
        self._left -= len(text) + 1
        if len(kept) == len(text):
            return text
        self.cut = True
        return f"{kept}…"

    def _list(self, items: Iterable[Any]) -> list[Any]:
        kept = []
        self._depth += 1
        for item in items:
            if self._full():
                break
            kept.append(self._plain(item))
        self._depth -= 1
        return kept

    def _map(self, items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        kept = {}
        self._depth += 1
        for name, held in items:
            if self._full():
                break
            self._left -= len(name)
            kept[name] = self._plain(held)
        self._depth -= 1
        return kept

    def _full(self) -> bool:
        full = self._left <= 0 or self._depth > _DEEPEST
        self.cut = self.cut or full
        return full

    def _node(self, node: neo4j.graph.Node) -> Node:
        return Node(node.element_id, tuple(sorted(node.labels)), self._map(sorted(node.items())))

    def _path(self, path: neo4j.graph.Path) -> Path:
        return Path(tuple(map(self._node, path.nodes)), tuple(map(self._tie, path.relationships)))

    def _tie(self, tie: neo4j.graph.Relationship) -> Tie:
        start, end = (one.element_id if one else "" for one in (tie.start_node, tie.end_node))
        return Tie(tie.element_id, tie.type, start, end, self._map(sorted(tie.items())))


def _own_type(value: Any) -> Any:
    try:
        return to_python(value)
    except (ValueError, OverflowError):  # a day that Python's calendar does not hold
        return str(value)
