"""Contacts: what was said with whom at a client, and whom a new contact can be logged with (C1.2, D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class ContactOfClient:
    """One contact. ``participants`` (theirs) and ``employees`` (ours) are ``{id, name}``."""

    id: str
    date: date
    kind: str
    summary: str | None
    mood: str | None
    next_step: str | None
    next_step_due: date | None
    next_step_done: date | None
    next_step_owner: str | None
    participants: list[dict[str, Any]]
    employees: list[dict[str, Any]]
    deal: str | None


@dataclass(frozen=True, slots=True)
class NamedOne:
    """An id and the name under which it is shown."""

    id: str
    name: str


@cypher
def contacts_of_client(db: Database, *, client_id: str, as_of: date, most: int = 50) -> list[ContactOfClient]: ...
@cypher
def clients_of_person(db: Database, *, person_id: str, as_of: date) -> list[NamedOne]: ...
