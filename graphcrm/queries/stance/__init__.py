"""Where people stand in one deal (requirements C1.3-C1.8, C2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class DealOfClient:
    """A deal."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StanceInDeal:
    """One person's stake in a deal. ``id`` is the tie's."""

    person_id: str
    person_name: str
    presence: str
    id: str
    roles: list[str]
    support: str | None
    political_status: str | None
    interest: float | None
    agenda_business: str | None
    agenda_personal: str | None
    decision_criteria: str | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class StanceRatings:
    """The ratings of one person in one decision, in parallel lists. ``total`` counts the employees who have rated."""

    total: int
    ids: list[str]
    employee_ids: list[str]
    employee_names: list[str]
    on: list[date]
    supports: list[str]
    words: list[str]


@cypher
def stance_ratings(
    db: Database, *, person_id: str, subject_id: str, employee_id: str, account: str, as_of: date
) -> StanceRatings | None: ...
@cypher
def deal_of_client(db: Database, *, client_id: str, deal_id: str) -> DealOfClient | None: ...
@cypher
def stance_in_deal(db: Database, *, deal_id: str, as_of: date) -> list[StanceInDeal]: ...
