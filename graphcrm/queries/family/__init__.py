"""Families (C2.3): the stored ties between relatives. Kinship is derived from them by ``domain/kinship.py``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class FamilyTieRow:
    """A tie between two relatives. ``since`` and ``until`` are texts of partial dates."""

    id: str
    type: str
    start_id: str
    end_id: str
    since: str | None
    until: str | None
    valid_to: date | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    kept_for: str | None
    review_on: date | None
    sensitivity: str | None
    use: str | None


@dataclass(frozen=True, slots=True)
class FamilyPerson:
    """A relative. ``details`` names the personal properties that are filled; ``jobs`` are those of the day."""

    id: str
    name: str
    given_name: str | None
    family_name: str | None
    patronymic: str | None
    gender: str | None
    birth_date: str | None
    status: str | None
    official_status: str | None
    details: list[str]
    jobs: list[dict[str, Any]]


@cypher
def family_ties(db: Database, *, person_ids: list[str], as_of: date) -> list[FamilyTieRow]: ...
@cypher
def family_people(db: Database, *, person_ids: list[str], as_of: date) -> list[FamilyPerson]: ...
