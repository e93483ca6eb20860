"""The record of changes: one at a time, each with its key, its number and what it concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._change_record import ChangeRecord
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """What undo and redo need of a change."""

    id: str
    action: str
    undoes: str | None


@cypher(write=True)
def enter_gate(db: Database, *, key: str) -> str | None: ...


@cypher(write=True)
def record_change(
    db: Database, *, key: str, change_id: str, properties: dict[str, Any], entity_ids: list[str]
) -> int: ...


@cypher(write=True)
def delete_nodes(db: Database, *, ids: list[str]) -> list[str]: ...


@cypher(write=True)
def relink_changes(db: Database, *, ids: list[str]) -> int: ...


@cypher
def change_record(db: Database, *, change_id: str) -> ChangeRecord | None: ...


@cypher
def recent_changes(db: Database, *, most: int = 100) -> list[ChangeRecord]: ...


@cypher
def changes_of_entity(db: Database, *, entity_id: str, most: int = 50) -> list[ChangeRecord]: ...


@cypher
def steps_of(db: Database, *, by_id: str, most: int = 500) -> list[ChangeStep]: ...


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An id with the name under which it is shown."""

    id: str
    name: str
    labels: list[str]


@cypher
def names_of(db: Database, *, ids: list[str]) -> list[NamedEntity]: ...
