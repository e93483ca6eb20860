"""What the importer asks and writes. Every write but ``create_nodes`` and ``create_ties`` is idempotent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.queries.binder import cypher

READ_SECONDS = 60.0
WRITE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node. ``served_us``: it has, or had, a WORKS_AT to our own firm."""

    id: str
    labels: list[str]
    properties: dict[str, Any]
    served_us: bool


@dataclass(frozen=True, slots=True)
class StoredTie:
    """A tie between two entities."""

    id: str
    type: str
    start_id: str
    end_id: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrganizationNames:
    """An organisation and all the names under which it is recorded."""

    id: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class StoredMapping:
    """What the columns of headers of one shape are: ``columns`` beside ``names``; "" for a column that is left out."""

    id: str
    stem: str
    names: list[str]
    columns: list[str]
    header: list[str]
    changed_at: datetime


@cypher
def entity_count(db: Database) -> int: ...


@cypher(timeout=READ_SECONDS)
def stored_nodes(db: Database, *, ids: list[str]) -> list[StoredNode]: ...


@cypher(timeout=READ_SECONDS)
def stored_ties(db: Database, *, start_ids: list[str], types: list[str]) -> list[StoredTie]: ...


@cypher(timeout=READ_SECONDS)
def stored_ties_by_id(db: Database, *, ids: list[str], type: str) -> list[StoredTie]: ...


@cypher(timeout=READ_SECONDS)
def held_nodes(db: Database, *, ids: list[str]) -> list[list[Any]]: ...


@cypher(timeout=READ_SECONDS)
def held_ties(db: Database, *, start_ids: list[str], types: list[str], recorded: bool) -> list[list[Any]]: ...


@cypher
def last_tie_batch(db: Database) -> str: ...


@cypher(timeout=READ_SECONDS)
def last_import(db: Database, *, position: str) -> list[bytes]: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def keep_last_import(db: Database, *, position: str, parts: list[bytes]) -> None: ...


@cypher
def ids_beginning_with(db: Database, *, beginning: str, most: int) -> list[str]: ...


@cypher(timeout=READ_SECONDS)
def organization_names(db: Database, *, after: str, most: int) -> list[OrganizationNames]: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def create_nodes(db: Database, *, rows: list[dict[str, Any]]) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def write_nodes(db: Database, *, rows: list[dict[str, Any]]) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def pass_gate(db: Database | Transaction, *, after: str | None, batch: str) -> bool: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def create_ties(
    db: Database | Transaction, *, type: str, recorded_at: datetime | None, rows: list[dict[str, Any]]
) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def create_missing_ties(
    db: Database | Transaction, *, type: str, recorded_at: datetime | None, rows: list[dict[str, Any]]
) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def labels_under_lock(db: Database | Transaction, *, ids: list[str]) -> list[list[Any]]: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def label_nodes(db: Database | Transaction, *, rows: list[dict[str, Any]]) -> None: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def update_ties(db: Database, *, marks: int, rows: list[dict[str, Any]]) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def delete_ties(db: Database, *, marks: int, rows: list[dict[str, Any]]) -> int: ...


@cypher
def labels_due(db: Database | Transaction) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def mark_staff_of_changed_organizations(db: Database, *, most: int) -> int: ...


@cypher(write=True, timeout=WRITE_SECONDS)
def bring_labels_in_step(db: Database, *, today: date, most: int) -> int: ...


@cypher
def kept_mappings(db: Database, *, most: int) -> list[StoredMapping]: ...


@cypher(write=True)
def keep_mapping(db: Database, *, id: str, values: dict[str, Any]) -> None: ...


@cypher(write=True)
def forget_mapping(db: Database, *, id: str) -> None: ...
