"""What the finding and merging of duplicates reads. The writing goes the way of every edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher

READ_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """A person as far as duplicates are told by it. ``ties``: [other's id, type, sensitivity] of ties to people."""

    id: str
    names: list[str]
    family: str | None
    given: str | None
    second: str | None
    sex: str | None
    email: str | None
    phone: str | None
    birth_date: str | None
    is_family: bool
    jobs: list[list[str | None]]
    ties: list[list[str | None]]


@dataclass(frozen=True, slots=True)
class FirmCandidate:
    """A firm as far as duplicates are told by it. ``ties``: as of a person, to firms."""

    id: str
    names: list[str]
    inn: str | None
    vat: str | None
    registry_number: str | None
    website: str | None
    country: str | None
    city: str | None
    ties: list[list[str | None]]


@dataclass(frozen=True, slots=True)
class AnyTie:
    """A tie of a record, of whatever type."""

    id: str
    type: str
    start_id: str
    end_id: str
    properties: dict[str, Any]


@cypher(timeout=READ_SECONDS)
def person_candidates(db: Database, *, after: str = "", most: int = 1_000) -> list[PersonCandidate]: ...


@cypher(timeout=READ_SECONDS)
def firm_candidates(db: Database, *, after: str = "", most: int = 1_000) -> list[FirmCandidate]: ...


@cypher(timeout=READ_SECONDS)
def all_ties(db: Database, *, ids: list[str]) -> list[AnyTie]: ...


@cypher(timeout=READ_SECONDS)
def ties_naming(db: Database, *, employee: str) -> list[AnyTie]: ...
