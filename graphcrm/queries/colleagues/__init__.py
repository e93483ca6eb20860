"""Our own people: who acts, leads, invites, agrees (C1.2, C3.5, D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of ours."""

    id: str
    name: str


@cypher
def our_people(db: Database, *, as_of: date) -> list[Colleague]: ...
@cypher
def one_of_ours(db: Database, *, employee_id: str, as_of: date) -> Colleague | None: ...
