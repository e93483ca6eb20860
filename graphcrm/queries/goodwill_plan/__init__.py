"""What was done, and is planned, for the people of a client; what is known of all key figures at once (C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class GoodwillDone:
    """A gesture; ``done`` False: still planned. ``what``: the gift, else the description."""

    id: str
    person_id: str
    on: date
    done: bool
    kind: str
    status: str
    cost: float | None
    currency: str | None
    what: str | None
    employee: str | None


@dataclass(frozen=True, slots=True)
class GoodwillWishes:
    """What somebody likes. ``interests``: ``{name, name_ru, sensitivity, use}`` of each."""

    id: str
    no_congratulations: bool
    interests: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GoodwillEvent:
    """An event of ours. ``cost``: per guest; ``held``: seats that are given away or offered."""

    id: str
    name: str
    kind: str | None
    on: date
    seats: int | None
    cost: float | None
    currency: str | None
    guest_ids: list[str]
    held: int


@dataclass(frozen=True, slots=True)
class GoodwillBusy:
    """A day on which one of ours has a gesture planned."""

    id: str
    employee_id: str
    on: date


@cypher
def goodwill_done(db: Database, *, client_id: str, since: date, until: date) -> list[GoodwillDone]: ...
@cypher
def goodwill_wishes(db: Database, *, person_ids: list[str], as_of: date) -> list[GoodwillWishes]: ...
@cypher
def goodwill_events(db: Database, *, client_id: str, since: date, until: date) -> list[GoodwillEvent]: ...
@cypher
def goodwill_busy(db: Database, *, employee_ids: list[str], since: date, until: date) -> list[GoodwillBusy]: ...
