"""The power structure of one client as of one day (C1.1-C1.8), one question per query.

A tie holds on a day when ``valid_from <= day < valid_to``; a missing bound is open. Everything is reached from the
client's id, so the cost follows the size of the client, never that of the clientele.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class StructurePerson:
    """A person at the client. ``unit`` is ``{id, name}`` or None; ``confidence`` and what follows are of the stake."""

    id: str
    name: str
    latin_name: str | None
    status: str | None
    presence: str
    title: str | None
    level: int | None
    works_at_id: str | None
    leaves_on: date | None
    unit: dict[str, Any] | None
    roles: list[str]
    support: str | None
    political_status: str | None
    interest: float | None
    stakeholder_id: str | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None
    open_deal_ids: list[str]
    interactions_last_year: int


@dataclass(frozen=True, slots=True)
class StructureLine:
    """``person_id`` reports to ``boss_id``."""

    id: str
    person_id: str
    boss_id: str
    line: str
    confidence: float | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class StructureInfluence:
    """``source_id`` influences ``target_id``; strength 0-10, None when it is not known."""

    id: str
    source_id: str
    target_id: str
    strength: float | None
    basis: str | None
    confidence: float | None
    topic: str | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None
    use: str | None


@dataclass(frozen=True, slots=True)
class StructureConflict:
    """Two people at odds."""

    id: str
    source_id: str
    target_id: str
    reason: str | None
    confidence: float | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class StructureCoverage:
    """One of our employees covers one of theirs; strength 0-10."""

    id: str
    person_id: str
    employee_id: str
    employee_name: str
    coverage: str
    level_now: str | None
    level_wanted: str | None
    strength: float | None
    last_contact: date | None
    employee_leaves_on: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class StructureOutsider:
    """A person outside the client with a tie into it. ``is_family``: known to us only as somebody's relative."""

    id: str
    name: str
    title: str | None
    organization_id: str | None
    organization_name: str | None
    is_family: bool


@dataclass(frozen=True, slots=True)
class StructureFirstContact:
    """The first sales contact. ``on`` is a partial date as text."""

    id: str
    person_id: str
    person_name: str
    on: str | None
    employee_id: str | None
    employee_name: str | None
    confidence: float | None
    source: str | None
    sensitivity: str | None


@cypher
def structure_people(db: Database, *, client_id: str, as_of: date) -> list[StructurePerson]: ...
@cypher
def structure_reporting(db: Database, *, client_id: str, as_of: date) -> list[StructureLine]: ...
@cypher
def structure_influences(db: Database, *, client_id: str, as_of: date) -> list[StructureInfluence]: ...
@cypher
def structure_conflicts(db: Database, *, client_id: str, as_of: date) -> list[StructureConflict]: ...
@cypher
def structure_coverage(db: Database, *, client_id: str, as_of: date) -> list[StructureCoverage]: ...
@cypher
def structure_outsiders(db: Database, *, client_id: str, as_of: date) -> list[StructureOutsider]: ...
@cypher
def structure_first_contacts(db: Database, *, client_id: str) -> list[StructureFirstContact]: ...
