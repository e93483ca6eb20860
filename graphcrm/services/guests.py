"""Choose the guests of an event by its goals, with the reasons for everybody on the list and near it (C3.6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.guests import Goals, Limits, Question
from graphcrm.domain.guests_best import GuestList, best_guests
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.queries import events as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.events import EventFacts
from graphcrm.services._clientele import WHOLE, Part, Shown, count_clients, shown_clients
from graphcrm.services._events import OPEN, known_event, read_conflicts, read_guests
from graphcrm.services._guests import read_candidates


@dataclass(frozen=True, slots=True)
class GuestChoices:
    """What the user has decided.

    Attributes:
        seats: for guests; None: those that are free. per_client: 0 is no limit.
        client_ids: whose people are looked at; empty: all clients', or those of a page of a large clientele.
        part: which page of a large clientele, or what to search for.
        locked, left_out: ids of people put on the list and kept off it by hand.
    """

    goals: Goals = field(default_factory=Goals)
    seats: int | None = None
    per_client: int = 4
    client_ids: Collection[str] = ()
    locked: frozenset[str] = field(default=frozenset())
    left_out: frozenset[str] = field(default=frozenset())
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed guests.

    Attributes:
        limits: what the list keeps within. verdicts: what the rules of goodwill say, by person.
        notes: codes of sentences about what could not be used: a budget without a currency or without a cost.
        clients: id -> name of all clients that were, or could be, looked at.
        shown: the clients of a large clientele among whom those to look at are chosen; None when that is all.
    """

    facts: EventFacts
    found: GuestList
    limits: Limits
    verdicts: Mapping[str, Verdict]
    notes: tuple[str, ...]
    clients: Mapping[str, str]
    considered: int
    asked: tuple[Asked, ...]
    shown: Shown | None = None


def propose_guests(db: Database, viewer: Viewer, event_id: str, choices: GuestChoices, *, as_of: date) -> Proposal:
    """The best list of guests within seats, budget and the limit per client.

    Raises:
        NotFound: there is no such event. InvalidInput: it has no day, is over, or the choices leave no list; there are
            too many clients to look at all and none is chosen.
    """
    facts = known_event(db, event_id)
    _require_ahead(facts, as_of)
    invited = read_guests(db, viewer, facts, as_of)
    shown, client_ids = _looked_at(db, facts, choices, as_of)
    listed = {one.person_id: one.tie_id for one in invited}
    candidates = read_candidates(db, viewer, facts, listed, as_of, client_ids)
    people = [one for one in candidates.people if not choices.client_ids or one.client_id in choices.client_ids]
    held = sum(one.rsvp in OPEN for one in invited)
    guests = sum(one.rsvp in OPEN and not one.is_ours for one in invited)
    limits, notes = _limits(facts, choices, held, guests)
    ids = [one.person_id for one in people]
    question = Question(
        tuple(people),
        choices.goals,
        limits,
        read_conflicts(db, viewer, ids, as_of),
        choices.locked & {*ids},
        choices.left_out & {*ids},
    )
    wanted = (*candidates.asked, asked(queries.event_conflicts, person_ids=ids, as_of=as_of))
    clients = {**candidates.clients, **({line.id: line.name for line in shown.lines} if shown else {})}
    return Proposal(
        facts, best_guests(question), limits, candidates.verdicts, notes, clients, len(people), wanted, shown
    )


def _looked_at(
    db: Database, facts: EventFacts, choices: GuestChoices, as_of: date
) -> tuple[Shown | None, list[str] | None]:
    """Ids of the clients whose people are read, None for all: those chosen of a large clientele, else the event's own,
    else those of the page."""
    if (total := count_clients(db)) <= WHOLE:
        return None, None
    shown = shown_clients(db, as_of, choices.part) if choices.part else None
    if choices.client_ids:
        return shown, list(choices.client_ids)
    if shown:
        return shown, shown.ids
    if facts.client:
        return None, [facts.client["id"]]
    raise InvalidInput(
        "There are too many clients to look at all of their people: {n}.", mend="Choose some clients.", n=total
    )


def _require_ahead(facts: EventFacts, as_of: date) -> None:
    if facts.on is None:
        raise InvalidInput("The event has no day.", mend="Enter its day first.")
    if facts.on < as_of:
        raise InvalidInput("The event is over: nobody can be invited any more.", mend="Look at its follow-up.")


def _limits(facts: EventFacts, choices: GuestChoices, held: int, guests: int) -> tuple[Limits, tuple[str, ...]]:
    """The limits that are left: what those on the list already hold is taken off."""
    notes = []
    seats = choices.seats
    if seats is None and facts.seats is not None:
        seats = max(0, facts.seats - held)
    if seats is None:
        notes.append("guests_no_seats")
    budget, cost = facts.budget, facts.cost_per_guest
    if budget is not None and not facts.currency:
        budget = None
        notes.append("guests_no_currency")
    elif budget is not None and not cost:
        notes.append("guests_no_cost")
    elif budget is not None and cost:
        budget = max(0.0, budget - cost * guests)
    return Limits(seats, choices.per_client or None, budget, cost), tuple(notes)
