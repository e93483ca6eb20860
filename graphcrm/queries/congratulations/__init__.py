"""What a congratulation is made of (C3.1-C3.4): how to address people, what they were sent before, where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class CongratulationPerson:
    """How to address somebody. ``spouses``: the parts of their names, gender and sensitivity of the marriage."""

    id: str
    name: str
    given_name: str | None
    patronymic: str | None
    family_name: str | None
    gender: str | None
    language: str | None
    status: str | None
    presence: str
    no_congratulations: bool
    mourning_until: date | None
    email: str | None
    phone: str | None
    preferred_channel: str | None
    spouses: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CongratulationSent:
    """A congratulation or condolence, planned or sent. ``date_ids``: the useful dates that it is for."""

    id: str
    person_id: str
    kind: str
    status: str
    on: date | None
    occasion_key: str | None
    date_ids: list[str]
    text_key: str | None
    text: str | None
    employee_name: str | None


@dataclass(frozen=True, slots=True)
class CongratulationPlace:
    """Where our own firm is: IANA time zone and country."""

    id: str
    time_zone: str | None
    country: str | None


@cypher
def congratulation_people(db: Database, *, person_ids: list[str], as_of: date) -> list[CongratulationPerson]: ...
@cypher
def congratulations_sent(db: Database, *, person_ids: list[str]) -> list[CongratulationSent]: ...
@cypher
def congratulation_place(db: Database) -> CongratulationPlace | None: ...
