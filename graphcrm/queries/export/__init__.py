"""What the export asks: everything, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ExportedNode:
    """A node with all that it holds."""

    id: str
    labels: list[str]
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportedTie:
    """A tie between two entities."""

    id: str
    type: str
    start_id: str
    end_id: str
    properties: dict[str, Any]


@cypher(timeout=SECONDS)
def export_nodes(db: Database, *, after: str, most: int) -> list[ExportedNode]: ...


@cypher(timeout=SECONDS)
def export_ties(db: Database, *, ids: list[str]) -> list[ExportedTie]: ...
