"""What was done, and is planned, for the people of a client (C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class GoodwillDone:
    """A gesture; ``done`` False: still planned."""

    id: str
    person_id: str
    on: date
    done: bool


@cypher
def goodwill_done(db: Database, *, client_id: str, since: date, until: date) -> list[GoodwillDone]: ...
