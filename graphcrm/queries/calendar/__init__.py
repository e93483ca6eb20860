"""What the calendar is made of (C2.4): stored dates, birthdays, interests of clients' people, where clients are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class CalendarClient:
    """``country`` ISO 3166-1, ``subdivision`` ISO 3166-2, ``industry`` a code of ``industry``, ``time_zone`` IANA."""

    id: str
    name: str
    country: str | None
    subdivision: str | None
    industry: str | None
    time_zone: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A useful date. ``on`` is the text of a partial date; ``person_id`` is None for a date of the client itself."""

    id: str
    name: str
    kind: str
    on: str
    recurs: bool
    lead_days: int
    client_id: str
    person_id: str | None
    person_name: str | None
    status: str | None
    interest: str | None
    covered_by: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CalendarPerson:
    """Somebody at a client. ``has_birthday``: their birthday is stored as a useful date of its own."""

    person_id: str
    person_name: str
    status: str | None
    gender: str | None
    patronymic: str | None
    titles: list[str]
    birth_date: str | None
    client_id: str
    has_birthday: bool
    interests: list[dict[str, Any]]
    covered_by: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CalendarChild:
    """A child of somebody at a client. ``sensitivity``: of the tie; only the year of ``birth_date`` is used."""

    person_id: str
    person_name: str
    status: str | None
    client_id: str
    child_id: str
    child_name: str
    birth_date: str
    sensitivity: str | None
    covered_by: list[dict[str, Any]]


@cypher
def calendar_clients(db: Database, *, client_ids: list[str]) -> list[CalendarClient]: ...
@cypher
def calendar_dates(db: Database, *, client_ids: list[str], as_of: date) -> list[CalendarDate]: ...
@cypher
def calendar_people(db: Database, *, client_ids: list[str], as_of: date) -> list[CalendarPerson]: ...
@cypher
def calendar_children(db: Database, *, client_ids: list[str], as_of: date) -> list[CalendarChild]: ...
