"""Our events: the list, one of them with its guests, and who is to be spoken to afterwards (C3.6, C3.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import events as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.events import EventFacts
from graphcrm.services._events import OPEN, Guest, known_event, read_guests

FOLLOW_UP_DAYS = 7
"""Within so many days of an event everybody who came is spoken to."""
FOLLOWED_FOR = 60
"""So many days after an event it is still listed who was not."""


@dataclass(frozen=True, slots=True)
class EventSummary:
    """An event on the list. ``answers``: code of ``rsvp`` -> how many of theirs; ``came``: of them, how many came."""

    id: str
    name: str
    kind: str | None
    on: date | None
    city: str | None
    seats: int | None
    client_name: str | None
    answers: Mapping[str, int]
    hosts: int
    came: int

    @property
    def invited(self) -> int:
        """How many of theirs are on the list."""
        return sum(self.answers.values())


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its facts, theirs and ours on the list, by name."""

    facts: EventFacts
    guests: tuple[Guest, ...]
    hosts: tuple[Guest, ...]
    asked: tuple[Asked, ...]

    @property
    def taken(self) -> int:
        """Seats held by those who come or still may, ours too."""
        return sum(one.rsvp in OPEN for one in (*self.guests, *self.hosts))

    @property
    def free(self) -> int | None:
        """Seats that nobody holds; None when the number of seats is not known."""
        return None if self.facts.seats is None else max(0, self.facts.seats - self.taken)

    @property
    def waiting(self) -> tuple[Guest, ...]:
        """The waiting list, who answered first."""
        return tuple(
            sorted(
                (one for one in self.guests if one.rsvp == "waiting"), key=lambda one: (str(one.answered_on), one.name)
            )
        )

    def is_over(self, as_of: date) -> bool:
        """Whether the day of the event has passed."""
        return self.facts.on is not None and self.facts.on < as_of


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A guest who came and whom nobody has spoken to since. ``due``: the day by which it should be done."""

    tie_id: str
    event_id: str
    event_name: str
    on: date
    due: date
    person_id: str
    person_name: str
    firm_id: str
    firm_name: str
    covered_by: tuple[tuple[str, str], ...]


def events(db: Database, viewer: Viewer) -> tuple[list[EventSummary], tuple[Asked, ...]]:
    """All events, the latest first."""
    found = []
    for row in queries.events_list(db):
        seen = [one for one in row.invitations
                if viewer.sees(one["sensitivity"]) and (viewer.sees("family") or not one["family"])]  # fmt: skip
        theirs = [one for one in seen if not one["ours"]]
        found.append(
            EventSummary(
                row.id, row.name, row.kind, row.on, row.city, row.seats, row.client_name,
                answers=Counter(one["rsvp"] or "invited" for one in theirs),
                hosts=len(seen) - len(theirs),
                came=sum(bool(one["attended"]) for one in theirs),
            )
        )  # fmt: skip
    return found, (asked(queries.events_list),)


def event(db: Database, viewer: Viewer, event_id: str, *, as_of: date) -> Event:
    """One event with its guests.

    Raises:
        NotFound: there is no such event.
    """
    facts = known_event(db, event_id)
    people = read_guests(db, viewer, facts, as_of)
    return Event(
        facts,
        tuple(one for one in people if not one.is_ours),
        tuple(one for one in people if one.is_ours),
        (
            asked(queries.event_facts, event_id=event_id),
            asked(queries.event_invitations, event_id=event_id, as_of=as_of),
        ),
    )


def follow_ups(
    db: Database, viewer: Viewer, *, as_of: date, employee_id: str | None = None, event_id: str | None = None
) -> list[FollowUp]:
    """Who came in the last weeks and was not spoken to since, the oldest first: of one of ours, or of all.

    A guest whom nobody covers is everybody's.
    """
    found = []
    for row in viewer.filter(queries.events_to_follow(db, since=as_of - timedelta(days=FOLLOWED_FOR), as_of=as_of)):
        ours = tuple((one["id"], one["name"]) for one in row.covered_by if viewer.sees(one["sensitivity"]))
        if row.is_family and not viewer.sees("family"):
            continue
        if employee_id is not None and ours and employee_id not in {one for one, _name in ours}:
            continue
        if event_id in (None, row.event_id):
            firm = row.firm or {}
            due = row.on + timedelta(days=FOLLOW_UP_DAYS)
            found.append(
                FollowUp(row.tie_id, row.event_id, row.event_name, row.on, due, row.person_id, row.person_name,
                         firm.get("id") or "", firm.get("name") or "", ours)
            )  # fmt: skip
    return found
