"""What the comparison of a client's power structure on two days needs beyond the two structures (C1.8, D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class StanceHeld:
    """An attitude to us and the days between which it held."""

    tie_id: str
    person_id: str
    support: str
    valid_from: date | None
    valid_to: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class TieLearnt:
    """A tie, the day on which we learnt of it, who of ours recorded it, and who said so."""

    id: str
    kind: str
    source_id: str
    source_name: str
    target_id: str
    target_name: str
    is_family: bool
    basis: str | None
    confidence: float | None
    about: str | None
    roles: list[str]
    learnt: date
    recorder: str | None
    source: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class StructureMoment:
    """A day on which ties of one kind began or ended. ``is_family``: the far end is somebody's relative."""

    day: date
    kind: str
    sensitivity: str | None
    is_family: bool
    ties: int


@cypher
def structure_moments(db: Database, *, client_id: str) -> list[StructureMoment]: ...
@cypher
def stance_history(db: Database, *, client_id: str) -> list[StanceHeld]: ...
@cypher
def ties_learnt(db: Database, *, client_id: str, since: date, until: date, most: int = 500) -> list[TieLearnt]: ...
