"""What the power map asks beyond the structure: saved places of cards, and neighbours to expand to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._shared_place import SharedPlace
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class SavedPlaces:
    """Places of dragged cards: ids beside x and y, in pixels at zoom 1."""

    ids: list[str]
    xs: list[float]
    ys: list[float]


@dataclass(frozen=True, slots=True)
class FirmTie:
    """A tie between something on the map and a firm beside it. ``kind`` is the type of the tie; ``detail`` the kind of
    the partner link, and ``amount`` the percentage owned, where the tie has them."""

    id: str
    source_id: str
    target_id: str
    kind: str
    detail: str | None
    amount: float | None
    firm_id: str
    firm_name: str
    is_client: bool
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonBond:
    """A tie between a person of the client and a person outside, or another firm's person reached by an expansion."""

    id: str
    source_id: str
    target_id: str
    kind: str
    strength: float | None
    person_id: str
    person_name: str
    person_title: str | None
    firm_name: str | None
    is_family: bool
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PlaceOfTwo(SharedPlace):
    """A place that a person shares with ``other``."""

    person_id: str


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Two people who know each other."""

    id: str
    source_id: str
    target_id: str
    strength: float | None
    sensitivity: str | None


@cypher
def acquaintances(db: Database, *, person_ids: list[str], as_of: date, most: int = 2_000) -> list[Acquaintance]: ...
@cypher
def shared_places(db: Database, *, person_ids: list[str], as_of: date, most: int = 2_000) -> list[PlaceOfTwo]: ...
@cypher
def saved_places(db: Database, *, layout_id: str) -> SavedPlaces | None: ...


@cypher(write=True)
def save_places(db: Database, *, layout_id: str, places: list[dict[str, Any]]) -> None: ...


@cypher(write=True)
def forget_places(db: Database, *, layout_id: str) -> None: ...


@cypher
def firm_ties(db: Database, *, node_ids: list[str], as_of: date, most: int) -> list[FirmTie]: ...


@cypher
def person_bonds(db: Database, *, node_ids: list[str], as_of: date, most: int) -> list[PersonBond]: ...
