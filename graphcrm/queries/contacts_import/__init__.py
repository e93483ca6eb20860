"""What an import of contacts must know of the graph: whose addresses these are, and which contacts are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class AddressOwner:
    """A person with an e-mail address. ``is_family``: known to us only as somebody's relative."""

    address: str
    id: str
    name: str
    is_ours: bool
    is_family: bool
    client_ids: list[str]


@cypher
def people_by_address(db: Database, *, addresses: list[str], as_of: date) -> list[AddressOwner]: ...
@cypher
def contacts_known(db: Database, *, ids: list[str]) -> list[str]: ...
