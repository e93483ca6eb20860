"""What a week brings at some clients (D1): due steps, decisions, plans, dates, what to verify, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._change_record import ChangeRecord
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class WeekStep:
    """A next step. ``person``: one of theirs, ``{id, name}``; ``owner_ids``: who takes it, else who spoke."""

    id: str
    name: str | None
    due: date
    agreed: date
    client_id: str
    client_name: str
    person: dict[str, Any] | None
    owner_ids: list[str]


@dataclass(frozen=True, slots=True)
class WeekPlanStep:
    """A step of an account plan. ``person``: whom it is about, ``{id, name}``; no owner: it falls to all."""

    id: str
    name: str
    due: date
    goal: str
    client_id: str
    client_name: str
    person: dict[str, Any] | None
    owner_ids: list[str]


@dataclass(frozen=True, slots=True)
class WeekDeal:
    """A decision that is due."""

    id: str
    name: str
    due: date
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A plan of a client; ``horizon`` is the text of a partial date."""

    id: str
    name: str
    horizon: str
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class WeekDate:
    """A useful date of a client (no person) or of somebody there; ``on`` is the text of a partial date."""

    id: str
    name: str
    kind: str
    on: str
    recurs: bool
    lead_days: int
    client_id: str
    client_name: str
    person_id: str | None
    person_name: str | None


@dataclass(frozen=True, slots=True)
class WeekGoodwill:
    """A planned goodwill action. ``what``: the gift, else the description."""

    id: str
    kind: str
    status: str
    what: str | None
    due: date
    client_id: str
    client_name: str
    person_id: str
    person_name: str
    owner_ids: list[str]


@dataclass(frozen=True, slots=True)
class WeekStance:
    """A role and attitude that nobody has verified for long; ``verified`` None: never."""

    tie_id: str
    client_id: str
    client_name: str
    person_id: str
    person_name: str
    verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class WeekChange(ChangeRecord):
    """A recorded change and the client it concerns."""

    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class WeekInvitation:
    """An invitation that waits for approval. ``due``: the day of the event."""

    id: str
    event_id: str
    event_name: str
    due: date | None
    sensitivity: str | None
    client_id: str
    client_name: str
    person_id: str
    person_name: str


@cypher
def week_steps(db: Database, *, client_ids: list[str], since: date, until: date, as_of: date) -> list[WeekStep]: ...
@cypher
def week_plan_steps(
    db: Database, *, client_ids: list[str], since: date, until: date, as_of: date
) -> list[WeekPlanStep]: ...
@cypher
def week_deals(db: Database, *, client_ids: list[str], since: date, until: date) -> list[WeekDeal]: ...
@cypher
def week_plans(db: Database, *, client_ids: list[str]) -> list[WeekPlan]: ...
@cypher
def week_dates(db: Database, *, client_ids: list[str], as_of: date) -> list[WeekDate]: ...
@cypher
def week_goodwill(
    db: Database, *, client_ids: list[str], since: date, until: date, as_of: date
) -> list[WeekGoodwill]: ...
@cypher
def week_invitations(db: Database, *, client_ids: list[str], as_of: date) -> list[WeekInvitation]: ...
@cypher
def week_stances(db: Database, *, client_ids: list[str], since: date, as_of: date) -> list[WeekStance]: ...
@cypher
def week_changes(db: Database, *, client_ids: list[str], since: date, most: int = 100) -> list[WeekChange]: ...
