"""Contacts: what was said with whom at a client, and whom a new contact can be logged with (C1.2, D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries._contact import ContactRow
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class NamedOne:
    """An id and the name under which it is shown."""

    id: str
    name: str


@cypher
def contacts_of_client(db: Database, *, client_id: str, as_of: date, most: int = 50) -> list[ContactRow]: ...
@cypher
def clients_of_person(db: Database, *, person_id: str, as_of: date) -> list[NamedOne]: ...
