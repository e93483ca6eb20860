"""Clients in a handful of queries (D1, D4): one row per client, whatever the number of clients asked for.

What hangs on a client comes back in parallel lists (one list per column, the n-th items belong together), because Neo4j
sends lists several times faster than rows. A tie holds on a day when ``valid_from <= day < valid_to``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client with its standing facts; codes are of the vocabulary."""

    id: str
    name: str
    legal_name: str | None
    industry: str | None
    country: str | None
    city: str | None
    region: str | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class ClientMoments:
    """``last_contact``: with anybody there. ``next_step``, ``next_decision``: the nearest that was agreed or is due."""

    client_id: str
    last_contact: date | None
    next_step: date | None
    next_decision: date | None


@dataclass(frozen=True, slots=True)
class ClientPeople:
    """The people of one client: jobs and standing stakes, in parallel lists."""

    client_id: str
    ids: list[str]
    names: list[str]
    presences: list[str]
    levels: list[int | None]
    job_ids: list[str | None]
    leave_on: list[date | None]
    stake_ids: list[str | None]
    roles: list[list[str]]
    supports: list[str | None]
    statuses: list[str | None]
    confidences: list[float | None]
    sensitivities: list[str | None]


@dataclass(frozen=True, slots=True)
class ClientReporting:
    """Who reports to whom at one client, in parallel lists."""

    client_id: str
    ids: list[str]
    person_ids: list[str]
    boss_ids: list[str]
    lines: list[str | None]
    sensitivities: list[str | None]


@dataclass(frozen=True, slots=True)
class ClientInfluences:
    """Who influences the people of one client, in parallel lists; strength 0-10."""

    client_id: str
    ids: list[str]
    source_ids: list[str]
    target_ids: list[str]
    strengths: list[float | None]
    confidences: list[float | None]
    sensitivities: list[str | None]


@dataclass(frozen=True, slots=True)
class ClientCoverage:
    """Who of ours covers whom at one client, in parallel lists."""

    client_id: str
    ids: list[str]
    person_ids: list[str]
    employee_ids: list[str]
    employee_names: list[str]
    coverages: list[str | None]
    last_contacts: list[date | None]
    leave_on: list[date | None]
    sensitivities: list[str | None]


@dataclass(frozen=True, slots=True)
class ClientDates:
    """The useful dates of one client and its people, in parallel lists. ``on`` is the text of partial dates."""

    client_id: str
    kinds: list[str]
    on: list[str]
    recur: list[bool]
    of_people: list[bool]


@dataclass(frozen=True, slots=True)
class ClientCount:
    """One row."""

    clients: int


@cypher
def clients_count(db: Database) -> list[ClientCount]: ...
@cypher
def clients_list(db: Database) -> list[ClientLine]: ...
@cypher
def clients_page(
    db: Database,
    *,
    after_client: list[str],
    industries: list[str],
    countries: list[str],
    stages: list[str],
    most: int = 50,
) -> list[ClientLine]: ...
@cypher
def clients_named(
    db: Database,
    *,
    words: str,
    as_of: date,
    industries: list[str],
    countries: list[str],
    stages: list[str],
) -> list[ClientLine]: ...
@cypher
def clients_moments(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientMoments]: ...
@cypher
def clients_people(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientPeople]: ...
@cypher
def clients_reporting(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientReporting]: ...
@cypher
def clients_influences(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientInfluences]: ...
@cypher
def clients_coverage(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientCoverage]: ...
@cypher
def clients_dates(db: Database, *, client_ids: list[str], as_of: date) -> list[ClientDates]: ...
