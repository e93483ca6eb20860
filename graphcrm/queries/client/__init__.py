"""What the head of a client's page says: who they are, what they buy, when we last spoke, what is next (A1, C2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """A client's standing facts. ``market_share`` is in percent of its market; codes are of the vocabulary."""

    id: str
    name: str
    legal_name: str | None
    industry: str | None
    stage: str | None
    country: str | None
    city: str | None
    region: str | None
    market_share: float | None
    industry_rank: int | None
    employees: int | None
    description: str | None


@dataclass(frozen=True, slots=True)
class ClientContact:
    """One contact with the client. ``kind`` is a code of ``interaction_kind``, ``mood`` of ``mood``."""

    id: str
    date: date
    kind: str
    mood: str | None


@dataclass(frozen=True, slots=True)
class ClientDeal:
    """A deal under way. ``value`` in ``currency``; ``due`` is the day of the decision."""

    id: str
    name: str
    stage: str
    value: float | None
    currency: str | None
    due: date | None
    tender_open: bool | None


@dataclass(frozen=True, slots=True)
class ClientDate:
    """A useful date. ``on`` is the text of a partial date; ``subject_kind`` is "client" or "person"."""

    id: str
    name: str
    kind: str
    on: str
    recurs: bool
    subject_id: str
    subject_name: str
    subject_kind: str


@dataclass(frozen=True, slots=True)
class ClientStep:
    """A next step that was agreed in a contact, and the day it is due."""

    id: str
    name: str | None
    due: date


@dataclass(frozen=True, slots=True)
class ClientRevenue:
    """What one client bought in one currency; ``purchases`` counts the purchases."""

    client_id: str
    currency: str
    amount: float
    purchases: int


@cypher
def client_facts(db: Database, *, client_id: str) -> ClientFacts | None: ...
@cypher
def client_contacts(db: Database, *, client_id: str, as_of: date, most: int = 1) -> list[ClientContact]: ...
@cypher
def client_deals(db: Database, *, client_id: str, as_of: date) -> list[ClientDeal]: ...
@cypher
def client_dates(db: Database, *, client_id: str, as_of: date) -> list[ClientDate]: ...
@cypher
def client_steps(db: Database, *, client_id: str, as_of: date) -> list[ClientStep]: ...
@cypher
def client_revenue(db: Database, *, since: date, until: date) -> list[ClientRevenue]: ...
