"""What the forms read: a record with all that it holds, its ties, and whom a new tie could lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class EditedTie:
    """A tie of a record. ``other_name`` is shown for the far end."""

    id: str
    type: str
    start_id: str
    end_id: str
    other_id: str
    other_name: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a search found. ``note``: the title and firm of a person, the place of a firm."""

    id: str
    name: str
    labels: list[str]
    note: str | None


@cypher
def ties_of_entity(db: Database, *, entity_id: str, types: list[str], most: int = 500) -> list[EditedTie]: ...


@cypher
def find_by_name(db: Database, *, words: str, labels: list[str], most: int = 50) -> list[Found]: ...


@cypher
def list_of_kind(db: Database, *, label: str, most: int = 500) -> list[Found]: ...
