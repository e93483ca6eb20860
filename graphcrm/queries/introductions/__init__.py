"""What introductions are made of (C1.2, C1.4): who knows a person, who of ours knows those, and what bars a way.

All is reached from the person's id, so the cost follows the size of their circle, not that of the clientele.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._shared_place import SharedPlace
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class WalkableTie:
    """A tie between two people over which an introduction may go. ``last``: when in touch, or found true, at latest."""

    id: str
    kind: str
    one_id: str
    other_id: str
    strength: float | None
    confidence: float | None
    last: date | None
    about: str | None
    coverage: str | None
    level: str | None
    basis: str | None
    source: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One contact of one of ours with a person; ``kind`` is a code of ``interaction_kind``, ``mood`` of ``mood``."""

    id: str
    person_id: str
    employee_id: str
    on: date
    kind: str
    mood: str | None


@dataclass(frozen=True, slots=True)
class WalkableCircle:
    """What lies on the chains to a person: fields of :class:`WalkableTie` and :class:`Meeting` (newest first).

    ``whole``: False when the reading was cut off.
    """

    ties: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    whole: bool


@dataclass(frozen=True, slots=True)
class CirclePerson:
    """A person of a circle. ``job`` is ``{title, name, is_ours}``; ``stances`` (support, sensitivity), latest first.

    ``barred_ids``: to whom nothing is walked; ``introductions``: fields of :class:`LedgerEntry`; our own have none.
    """

    id: str
    name: str
    status: str | None
    presence: str
    is_family: bool
    is_ours: bool
    job: dict[str, Any] | None
    stances: list[list[str | None]]
    barred_ids: list[str]
    introductions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class NearestChain:
    """A chain from one of ours to a person: ids and names from end to end, the ties between them."""

    person_ids: list[str]
    names: list[str]
    kinds: list[str]
    sensitivities: list[str | None]
    ties: int


@cypher
def introduction_circle(
    db: Database, *, person_id: str, as_of: date, days: int = 1_095, most: int = 5_000
) -> WalkableCircle | None: ...
@cypher
def introduction_contacts(db: Database, *, person_ids: list[str], as_of: date) -> list[WalkableTie]: ...
@cypher
def introduction_meetings(db: Database, *, person_ids: list[str], as_of: date, days: int = 1_095) -> list[Meeting]: ...
@cypher
def introduction_people(db: Database, *, person_ids: list[str], as_of: date) -> list[CirclePerson]: ...
@cypher
def introduction_nearest(db: Database, *, person_id: str, as_of: date, most: int = 3) -> list[NearestChain]: ...


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An introduction that was planned, asked for or made; ``status`` is a code of ``introduction_status``."""

    id: str
    status: str
    asked_on: date | None
    made_on: date | None
    outcome: str | None
    introducer_id: str
    introducer_name: str
    is_family: bool
    introduced_id: str
    introduced_name: str
    employee_id: str | None
    employee_name: str | None


@dataclass(frozen=True, slots=True)
class PlaceOfOne(SharedPlace):
    """A place that the person asked for shares with ``other``. ``is_ours``: whether the other works for us."""

    is_ours: bool


@cypher
def introduction_shared_places(db: Database, *, person_id: str, as_of: date, most: int = 2_000) -> list[PlaceOfOne]: ...
