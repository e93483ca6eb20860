"""Gifts and other gestures of goodwill (C2.5, C3.5): what rules look at, the catalogue, and the register.

The register is only read here. Its entries are written by the one way in which anything is saved, and no query of the
product changes or deletes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._register import RegisterEntry
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class GiftReceiver:
    """A person as rules see them. ``levels``: codes of ``relationship_level``, of each of ours who covers them."""

    id: str
    name: str
    status: str
    presence: str
    official_status: str | None
    birth_date: str | None
    unwanted: list[str] | None
    mourning_until: date | None
    is_relative: bool
    is_ours: bool
    levels: list[str]


@dataclass(frozen=True, slots=True)
class GiftEmployer:
    """Where people work. ``tenders``: ``{opened, closed}`` of the deals with a tender."""

    id: str
    name: str
    country: str | None
    official_status: str | None
    person_ids: list[str]
    tenders: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GiftStaff:
    """Somebody who works at an organisation."""

    organization_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class GiftPolicyRow:
    """A policy on gifts and hospitality, its amounts in its currency. ``firm_ids``: of one of a client."""

    id: str
    name: str
    scope: str
    country: str | None
    firm_ids: list[str]
    currency: str | None
    limit_per_gift: float | None
    limit_per_year: float | None
    limit_employer_per_year: float | None
    approve_from: float | None
    approve_twice_from: float | None
    text: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A gesture that costs something, to one person."""

    id: str
    person_id: str
    kind: str
    status: str
    day: date | None
    cost: float | None
    currency: str | None
    reaction: str | None
    occasion_id: str | None
    offering_id: str | None
    offering_kind: str | None
    employee_name: str | None
    employee_ids: list[str]


@dataclass(frozen=True, slots=True)
class HospitalityRow:
    """An invitation that counts. ``cost``: of one guest, as entered with the event; None where nobody has."""

    tie_id: str
    person_id: str
    event_id: str
    event_name: str
    event_kind: str | None
    day: date | None
    cost: float | None
    currency: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class ExchangeRateRow:
    """One unit of ``base`` was worth ``rate`` of ``into`` on a day."""

    base: str
    into: str
    rate: float
    day: date


@dataclass(frozen=True, slots=True)
class GiftOfferRow:
    """A gift of the catalogue."""

    id: str
    name: str
    kind: str
    price: float | None
    currency: str | None
    fits: list[str] | None
    tags: list[str] | None
    pieces: int | None
    lead_days: int | None


@dataclass(frozen=True, slots=True)
class GiftOccasion:
    """A useful date of a person (``of_person``) or of their firm; ``on`` is the text of a partial date."""

    id: str
    name: str
    kind: str
    on: str
    recurs: bool
    of_person: bool


@dataclass(frozen=True, slots=True)
class GiftAction:
    """A gift as it stands."""

    id: str
    kind: str
    status: str
    day: date | None
    cost: float | None
    currency: str | None
    description: str | None
    reaction: str | None
    person_id: str
    person_name: str
    offering_id: str | None
    offering_name: str | None
    offering_kind: str | None
    tags: list[str] | None
    pieces: int | None
    occasion_id: str | None
    occasion_name: str | None
    occasion_kind: str | None
    employee_ids: list[str]


@dataclass(frozen=True, slots=True)
class GiftEntryRow(RegisterEntry):
    """An entry about one gift."""

    id: str
    action_id: str
    before: str | None
    after: str | None
    day: date | None
    account: str | None


@dataclass(frozen=True, slots=True)
class GiftOutcome:
    """What an entry says of the step that wrote it."""

    id: str
    refused: bool
    after: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class LastEntry:
    """Number and seal of the newest entry."""

    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class RegisterRow(RegisterEntry):
    """An entry of the register, as it was written. ``of_event``: about an invitation to the event ``action_id``."""

    before: str | None
    after: str | None
    day: date | None
    account: str | None
    person_id: str | None
    person: str | None
    gift: str | None
    value: str | None
    currency: str | None
    occasion: str | None
    seal: str | None
    action_id: str | None
    of_event: bool


@dataclass(frozen=True, slots=True)
class GiftRow:
    """A gift in the list of all. ``by`` and ``approved_by``: ``{id, name}`` of ours as entered with the gift itself."""

    id: str
    status: str
    day: date | None
    cost: float | None
    currency: str | None
    description: str | None
    reaction: str | None
    person_id: str
    person_name: str
    is_relative: bool
    offering_name: str | None
    occasion_name: str | None
    occasion_kind: str | None
    firm_name: str | None
    by: list[dict[str, Any]]
    approved_by: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class HospitalityLine:
    """An invitation that is out, or was. ``cost``: of one guest, in ``currency``; None: not known."""

    tie_id: str
    event_id: str
    event_name: str
    day: date | None
    cost: float | None
    currency: str | None
    person_id: str
    person_name: str
    rsvp: str
    attended: bool | None
    invited_on: date | None
    firm_name: str | None


@cypher
def gift_receivers(db: Database, *, person_ids: list[str], as_of: date) -> list[GiftReceiver]: ...
@cypher
def gift_employers(db: Database, *, person_ids: list[str], as_of: date) -> list[GiftEmployer]: ...
@cypher
def gift_staff(db: Database, *, organization_ids: list[str], as_of: date) -> list[GiftStaff]: ...
@cypher
def gift_policies(db: Database) -> list[GiftPolicyRow]: ...
@cypher
def gift_hospitality(db: Database, *, person_ids: list[str]) -> list[HospitalityRow]: ...
@cypher
def gift_ledger(db: Database, *, person_ids: list[str]) -> list[LedgerRow]: ...
@cypher
def exchange_rates(db: Database) -> list[ExchangeRateRow]: ...
@cypher
def gift_offers(db: Database) -> list[GiftOfferRow]: ...
@cypher
def gift_occasions(db: Database, *, person_id: str, as_of: date) -> list[GiftOccasion]: ...
@cypher
def gift_actions(db: Database, *, action_ids: list[str]) -> list[GiftAction]: ...
@cypher
def gift_entries(db: Database, *, action_ids: list[str]) -> list[GiftEntryRow]: ...
@cypher
def gift_entry(db: Database, *, entry_id: str) -> GiftOutcome | None: ...
@cypher
def last_gift_entry(db: Database) -> LastEntry | None: ...
@cypher
def gift_register(db: Database) -> list[RegisterRow]: ...
@cypher
def all_gifts(db: Database, *, as_of: date) -> list[GiftRow]: ...
@cypher
def hospitality_list(db: Database, *, as_of: date) -> list[HospitalityLine]: ...
