"""Who of ours is in touch with whom at clients (C1.2, D1, D4): the ties that say so, and the contacts that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class CoveragePair:
    """One COVERED_BY tie. ``strength`` 0-10 as stated; ``verified``: when it was last found true."""

    client_id: str
    client_name: str
    person_id: str
    person_name: str
    employee_id: str
    employee_name: str
    tie_id: str
    coverage: str
    level_now: str | None
    level_wanted: str | None
    strength: float | None
    last_contact: date | None
    verified: date | None
    confidence: float | None
    source: str | None
    employee_leaves_on: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class CoverageContact:
    """One contact of one of ours with one of theirs. ``is_family``: known to us only as somebody's relative."""

    client_id: str
    client_name: str
    person_id: str
    person_name: str
    is_family: bool
    employee_id: str
    employee_name: str
    contact_id: str
    on: date
    kind: str
    mood: str | None


@cypher
def coverage_pairs(db: Database, *, client_ids: list[str], as_of: date) -> list[CoveragePair]: ...
@cypher
def coverage_contacts(
    db: Database, *, client_ids: list[str], as_of: date, days: int = 1095
) -> list[CoverageContact]: ...
@cypher
def clients_in_touch(db: Database, *, employee_id: str, as_of: date, days: int = 365) -> list[str]: ...
