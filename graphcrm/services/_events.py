"""An event with its guests, for a viewer. Shared by the services of events; not a service itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import events as queries
from graphcrm.queries.events import EventFacts
from graphcrm.services._not_found import no_such_event

OPEN = ("chosen", "invited", "accepted")
"""Answers that hold a seat: who will come, and who still may."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on the list of an event.

    Attributes:
        tie_id: of INVITED_TO. rsvp: code of ``rsvp``; "invited" where none is recorded.
        late: answered after the day by which an answer was asked for.
        covered_by: (id, name) of ours who are in touch. followed_up: the first contact after the event.
    """

    tie_id: str
    person_id: str
    name: str
    is_ours: bool
    firm_id: str
    firm_name: str
    title: str | None
    status: str
    rsvp: str
    invited_on: date | None
    answered_on: date | None
    attended: bool | None
    table: int | None
    late: bool
    covered_by: tuple[tuple[str, str], ...]
    followed_up: date | None


def known_event(db: Database, event_id: str) -> EventFacts:
    """The facts of an event.

    Raises:
        NotFound: there is no such event.
    """
    facts = queries.event_facts(db, event_id=event_id)
    if facts is None:
        raise no_such_event()
    return facts


def read_guests(db: Database, viewer: Viewer, facts: EventFacts, as_of: date) -> list[Guest]:
    """Who is on the list, ours too, by name; without those whose invitation or kinship the viewer may not see."""
    return [
        Guest(
            tie_id=row.tie_id,
            person_id=row.person_id,
            name=row.person_name,
            is_ours=row.is_ours,
            firm_id=(row.firm or {}).get("id") or "",
            firm_name=(row.firm or {}).get("name") or "",
            title=(row.firm or {}).get("title"),
            status=row.status or "active",
            rsvp=row.rsvp or "invited",
            invited_on=row.invited_on,
            answered_on=row.answered_on,
            attended=row.attended,
            table=row.table,
            late=bool(facts.answer_by and row.answered_on and row.answered_on > facts.answer_by),
            covered_by=tuple((one["id"], one["name"]) for one in row.covered_by if viewer.sees(one["sensitivity"])),
            followed_up=row.followed_up,
        )
        for row in viewer.filter(queries.event_invitations(db, event_id=facts.id, as_of=as_of))
        if viewer.sees("family") or not row.is_family
    ]


def read_conflicts(db: Database, viewer: Viewer, ids: list[str], as_of: date) -> frozenset[frozenset[str]]:
    """Pairs of these people who are at odds, as far as the viewer may know."""
    rows = viewer.filter(queries.event_conflicts(db, person_ids=ids, as_of=as_of))
    return frozenset(frozenset((row.one_id, row.other_id)) for row in rows)
