"""All that is recorded about one person, one question per query (C1.2, C2.2-C2.4).

What of it may be seen is the service's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._contact import ContactRow
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """``properties`` holds everything stored on the node, internal fields too."""

    id: str
    name: str
    labels: list[str]
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PersonJob:
    """``since`` and ``until`` are texts of partial dates; ``level`` 1 is the head of the organisation."""

    id: str
    organization_id: str
    organization_name: str
    at_client: bool
    at_own_firm: bool
    title: str | None
    level: int | None
    since: str | None
    until: str | None
    current: bool
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonUnit:
    """``organization_id`` is the organisation that the unit is part of, over any units between."""

    id: str
    unit_id: str
    unit_name: str
    organization_id: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonStake:
    """A part in the decisions of a client (``subject_kind`` "client") or of one deal ("deal"). ``interest`` is 0-10."""

    id: str
    subject_id: str
    subject_name: str
    subject_kind: str
    client_id: str | None
    roles: list[str]
    support: str | None
    political_status: str | None
    interest: float | None
    agenda_business: str | None
    agenda_personal: str | None
    decision_criteria: str | None
    valid_from: date | None
    valid_to: date | None
    current: bool
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonTie:
    """A tie to another person. ``strength`` 0-10; ``other_job`` is ``{title, organization_id, organization_name}``."""

    id: str
    type: str
    outgoing: bool
    other_id: str
    other_name: str
    other_is_family: bool
    other_job: dict[str, Any] | None
    line: str | None
    strength: float | None
    basis: str | None
    about: str | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None
    use: str | None


@dataclass(frozen=True, slots=True)
class PersonCoverage:
    """``outgoing``: the person is covered by ``other``; else the person, one of ours, covers them. Strength 0-10."""

    id: str
    outgoing: bool
    other_id: str
    other_name: str
    coverage: str
    level_now: str | None
    level_wanted: str | None
    strength: float | None
    last_contact: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonAffiliation:
    """A seat, a share, a school or a membership. ``percent`` is of the firm; ``since`` and ``until`` partial dates."""

    id: str
    type: str
    place_id: str
    place_name: str
    is_client: bool
    body: str | None
    detail: str | None
    percent: float | None
    since: str | None
    until: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PersonInterest:
    """``strength`` 0-10: how much the person cares for it."""

    id: str
    interest_id: str
    name: str
    name_ru: str | None
    strength: float | None
    sensitivity: str | None
    use: str | None


@dataclass(frozen=True, slots=True)
class PersonDate:
    """``on`` is the text of a partial date, ``kind`` a code of ``date_kind``."""

    id: str
    name: str
    kind: str
    on: str
    recurs: bool
    interest: str | None


@dataclass(frozen=True, slots=True)
class PersonInteraction(ContactRow):
    """One contact; the person asked for is not among ``participants`` and ``employees``. ``client``: ``{id, name}``."""

    client: dict[str, Any] | None


@cypher
def person_profile(db: Database, *, person_id: str) -> PersonProfile | None: ...
@cypher
def person_jobs(db: Database, *, person_id: str, as_of: date) -> list[PersonJob]: ...
@cypher
def person_units(db: Database, *, person_id: str, as_of: date) -> list[PersonUnit]: ...
@cypher
def person_stakes(db: Database, *, person_id: str, as_of: date) -> list[PersonStake]: ...
@cypher
def person_ties(db: Database, *, person_id: str, as_of: date) -> list[PersonTie]: ...
@cypher
def person_coverage(db: Database, *, person_id: str, as_of: date) -> list[PersonCoverage]: ...
@cypher
def person_affiliations(db: Database, *, person_id: str, as_of: date) -> list[PersonAffiliation]: ...
@cypher
def person_interests(db: Database, *, person_id: str) -> list[PersonInterest]: ...
@cypher
def person_dates(db: Database, *, person_id: str) -> list[PersonDate]: ...
@cypher
def person_interactions(db: Database, *, person_id: str, as_of: date, most: int = 50) -> list[PersonInteraction]: ...
