"""Values of an answer in free Cypher as text, and as what JSON knows. Shared; not a service itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, time, timedelta
from functools import partial
from math import isfinite
from typing import Any

from graphcrm.database.found import Node, Path, Tie
from graphcrm.ingest.cells import csv_text

INNER_LABEL = "Entity"
"""The label of every record: left out where a cell has to be short."""


def shown(value: Any, *, whole: bool = False) -> str:
    """A value as text for a cell: nodes and ties as Cypher writes them, lists of plain values joined with ``|``.

    Args:
        whole: with all properties of nodes and ties; else a node's name alone.
    """
    if isinstance(value, Node | Tie | Path):
        return _drawn(value, whole)
    if isinstance(value, list) and not any(isinstance(item, Mapping | list) for item in value):
        return "|".join(shown(item, whole=whole) for item in value)
    if isinstance(value, list | dict):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(plain(value))


def plain(value: Any) -> Any:
    """A value as JSON knows it: a node is ``{"id", "labels", "properties"}``, a path ``{"nodes", "ties"}``."""
    if isinstance(value, Node | Tie | Path):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(held) for name, held in value.items()}
    if isinstance(value, date | time):
        return value.isoformat()
    # JSON knows neither a span of time nor NaN and the infinite.
    return str(value) if isinstance(value, timedelta) or (isinstance(value, float) and not isfinite(value)) else value


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV that no spreadsheet runs as formulas."""
    return csv_text(columns, rows, partial(shown, whole=True))


def _drawn(value: Node | Tie | Path, whole: bool) -> str:
    if isinstance(value, Path):
        return _path(value, whole)
    inside = f" {json.dumps(plain(value.properties), ensure_ascii=False)}" if whole and value.properties else ""
    if isinstance(value, Tie):
        return f"[:{value.type}{inside}]"
    labels = [f":{label}" for label in value.labels if whole or label != INNER_LABEL]
    return f"({''.join(labels)}{inside if whole else _name(value.properties)})"


def _name(properties: Mapping[str, Any]) -> str:
    found = [properties[key] for key in ("name", "title", "id") if properties.get(key) is not None]
    return f" {shown(found[0])}" if found else ""


def _path(path: Path, whole: bool) -> str:
    parts = [shown(path.nodes[0], whole=whole)]
    for before, tie, after in zip(path.nodes, path.ties, path.nodes[1:], strict=False):
        left, right = ("-", "->") if tie.start == before.id else ("<-", "-")
        parts += [left, shown(tie, whole=whole), right, shown(after, whole=whole)]
    return "".join(parts)
