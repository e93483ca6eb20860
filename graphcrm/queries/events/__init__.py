"""Our events: who is invited, who could be, who comes, who is to be spoken to afterwards (C3.6, C3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries._register import RegisterEntry
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event. ``invitations``: ``{rsvp, attended, ours, family, sensitivity}`` of each of those invited."""

    id: str
    name: str
    kind: str | None
    on: date | None
    city: str | None
    seats: int | None
    client_name: str | None
    invitations: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event. ``client``, ``deal``: ``{id, name}`` or None. ``budget`` and ``cost_per_guest`` in ``currency``."""

    id: str
    name: str
    kind: str | None
    on: date | None
    city: str | None
    seats: int | None
    table_seats: int | None
    budget: float | None
    cost_per_guest: float | None
    currency: str | None
    answer_by: date | None
    occasion: str | None
    steps: str | None
    outcome: str | None
    client: dict[str, Any] | None
    deal: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class EventInvitation:
    """An invitation. ``firm``: ``{id, name, title}``; ``covered_by``: ``{id, name, sensitivity}`` of ours in touch."""

    tie_id: str
    person_id: str
    person_name: str
    is_ours: bool
    is_family: bool
    status: str | None
    rsvp: str | None
    invited_on: date | None
    answered_on: date | None
    attended: bool | None
    approval: str | None
    table: int | None
    sensitivity: str | None
    firm: dict[str, Any] | None
    covered_by: list[dict[str, Any]]
    followed_up: date | None


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """Somebody at a client. ``leaves_on``: the last day there, if known."""

    client_id: str
    client_name: str
    person_id: str
    person_name: str
    status: str
    is_family: bool
    leaves_on: date | None


@dataclass(frozen=True, slots=True)
class EventConflict:
    """Two people at odds."""

    tie_id: str
    one_id: str
    other_id: str
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class EventStance:
    """Somebody's attitude to us at a client."""

    person_id: str
    client_id: str
    support: str | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class EventFollowUp:
    """A guest who came and with whom nobody has spoken since. ``firm``: ``{id, name, client}``."""

    tie_id: str
    event_id: str
    event_name: str
    on: date
    person_id: str
    person_name: str
    is_family: bool
    sensitivity: str | None
    firm: dict[str, Any] | None
    covered_by: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class InvitationEntry(RegisterEntry):
    """An entry of the register about an invitation."""

    id: str
    person_id: str | None
    person: str | None
    value: str | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class EventSeats:
    """Seats, and what is stored of each invitation, read again when a save is written."""

    seats: int | None
    invitations: list[dict[str, Any]]


@cypher
def events_list(db: Database) -> list[EventLine]: ...
@cypher
def event_facts(db: Database, *, event_id: str) -> EventFacts | None: ...
@cypher
def event_invitations(db: Database, *, event_id: str, as_of: date) -> list[EventInvitation]: ...
@cypher
def event_candidates(db: Database, *, as_of: date, client_ids: list[str] | None = None) -> list[EventCandidate]: ...
@cypher
def clients_of_guests(db: Database, *, person_ids: list[str], as_of: date) -> list[str]: ...
@cypher
def event_conflicts(db: Database, *, person_ids: list[str], as_of: date) -> list[EventConflict]: ...
@cypher
def event_stances(db: Database, *, person_ids: list[str], as_of: date) -> list[EventStance]: ...
@cypher
def events_to_follow(db: Database, *, since: date, as_of: date) -> list[EventFollowUp]: ...
@cypher
def invitation_entries(db: Database, *, event_id: str) -> list[InvitationEntry]: ...
@cypher
def event_seats_taken(db: Database, *, event_id: str) -> EventSeats | None: ...


@dataclass(frozen=True, slots=True)
class MilestoneDeal:
    """A deal that was won."""

    deal_id: str
    name: str
    on: date
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class MilestoneDeliveries:
    """The days of all deliveries to one client."""

    client_id: str
    client_name: str
    days: list[date]


@dataclass(frozen=True, slots=True)
class MilestoneContract:
    """When business with a client began."""

    client_id: str
    client_name: str
    first_deal: date | None
    first_purchase: date | None


@dataclass(frozen=True, slots=True)
class MilestoneDate:
    """A recorded milestone; ``on`` is the text of a partial date."""

    id: str
    name: str
    on: str
    recurs: bool
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class JointEventsHeld:
    """``former``: ``{budget, seats, cost, currency}`` of each, the latest first."""

    there: list[str]
    former: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EventCountry:
    """A country (ISO 3166-1) and the part of it (ISO 3166-2) where a firm is."""

    country: str | None
    subdivision: str | None


@dataclass(frozen=True, slots=True)
class DealPerson:
    """Somebody with a stake in a deal."""

    person_id: str
    sensitivity: str | None


@cypher
def milestone_deals(
    db: Database, *, since: date, as_of: date, client_ids: list[str] | None = None, most: int = 1_000
) -> list[MilestoneDeal]: ...
@cypher
def milestone_deliveries(
    db: Database, *, as_of: date, client_ids: list[str] | None = None
) -> list[MilestoneDeliveries]: ...
@cypher
def milestone_contracts(
    db: Database, *, as_of: date, client_ids: list[str] | None = None
) -> list[MilestoneContract]: ...
@cypher
def milestone_dates(db: Database, *, client_ids: list[str] | None = None) -> list[MilestoneDate]: ...
@cypher
def joint_events_held(db: Database, *, event_ids: list[str], as_of: date) -> JointEventsHeld | None: ...
@cypher
def event_countries(db: Database, *, client_id: str) -> list[EventCountry]: ...
@cypher
def deal_people(db: Database, *, deal_id: str, as_of: date) -> list[DealPerson]: ...
