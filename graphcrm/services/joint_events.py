"""Events together with a client (C3.7): proposed from milestones in the graph, accepted in one save."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain import milestones as domain
from graphcrm.domain.guests import Candidate
from graphcrm.domain.milestones import Milestone
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries import events as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.events import EventFacts
from graphcrm.services._clientele import WHOLE, Part, Shown, count_clients, shown_clients
from graphcrm.services._colleagues import our_people
from graphcrm.services._coverage import read_pairs
from graphcrm.services._dates import next_occurrence
from graphcrm.services._guests import read_candidates
from graphcrm.services._rows import RowEdit, new_id, save_made
from graphcrm.services._saving import Saved, require_writer
from graphcrm.services._wording import sentence
from graphcrm.services._workdays import all_work

MOST = 8
"""So many of theirs are proposed; more can be added."""
LATEST = 50
"""So many deals won are told of a large clientele."""


@dataclass(frozen=True, slots=True)
class JointProposal:
    """A milestone made into an event.

    Attributes:
        theirs, ours: who is proposed, the most powerful (ours: who knows most of them) first.
        others: all others of theirs who could be invited. colleagues: id -> name of all of ours.
        barred: who may not be invited, each with why.
        per_head: what former joint events cost a head; None when it is not known. steps: day and what is done.
    """

    milestone: Milestone
    on: date
    theirs: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    ours: Mapping[str, str]
    colleagues: Mapping[str, str]
    barred: tuple[Candidate, ...]
    per_head: float | None
    currency: str | None
    steps: tuple[tuple[date, str], ...]
    asked: tuple[Asked, ...]

    @property
    def budget(self) -> float | None:
        """What it would cost with those who are proposed; None when no former event tells."""
        return None if self.per_head is None else round(self.per_head * (len(self.theirs) + len(self.ours)), 2)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user makes of a proposal. ``client_id``: whose milestone it is, where that is known."""

    on: date
    theirs: Sequence[str]
    ours: Sequence[str]
    name: str
    budget: float | None = None
    currency: str | None = None
    steps: str = ""
    client_id: str | None = None

    @property
    def per_head(self) -> float | None:
        """The budget by head; None without one."""
        heads = len(self.theirs) + len(self.ours)
        return round(self.budget / heads, 2) if self.budget is not None and heads else None


def clients_looked_at(db: Database, *, as_of: date, part: Part | None = None) -> Shown | None:
    """Whose milestones are shown of a large clientele: a page of it, or what a search finds; None: everybody's."""
    return shown_clients(db, as_of, part) if count_clients(db) > WHOLE else None


def milestones(
    db: Database, viewer: Viewer, *, as_of: date, client_ids: Sequence[str] | None = None, all_deals: bool = False
) -> tuple[list[Milestone], tuple[Asked, ...]]:
    """The milestones at hand for which there is no event yet, the nearest first.

    Args:
        client_ids: whose; None for all clients. all_deals: the latest deals that were won with anybody all the same.
    """
    asks = _asks(as_of, client_ids, all_deals=all_deals)
    found = [one for one in _found(db, as_of, asks) if domain.is_near(one.on, as_of)]
    held = queries.joint_events_held(db, event_ids=[event_id(one.key) for one in found], as_of=as_of)
    there = set(held.there if held else ())
    left = [one for one in found if event_id(one.key) not in there]
    wanted = tuple(asked(query, **given) for query, given in asks.items())
    return sorted(left, key=lambda one: (abs((one.on - as_of).days), one.client_name, one.key)), wanted


Asks = Mapping[Callable[..., Any], Mapping[str, Any]]
"""The queries of milestones, each with what it is asked."""


def _asks(as_of: date, client_ids: Sequence[str] | None, *, all_deals: bool) -> Asks:
    whose = {"client_ids": None if client_ids is None else list(client_ids)}
    lately = {"since": as_of - timedelta(days=domain.BACK_DAYS), "as_of": as_of}
    return {
        queries.milestone_deals: lately | ({"most": LATEST} if all_deals else whose),
        queries.milestone_deliveries: {"as_of": as_of, **whose},
        queries.milestone_contracts: {"as_of": as_of, **whose},
        queries.milestone_dates: whose,
    }


def _found(db: Database, as_of: date, asks: Asks) -> Iterator[Milestone]:
    for deal in queries.milestone_deals(db, **asks[queries.milestone_deals]):
        client = (deal.client_id, deal.client_name)
        yield Milestone(f"deal:{deal.deal_id}", "deal_won", *client, deal.on, name=deal.name, deal_id=deal.deal_id)
    for row in queries.milestone_deliveries(db, **asks[queries.milestone_deliveries]):
        made = domain.delivery_milestone((row.client_id, row.client_name), row.days, as_of)
        if made:
            yield made
    for contract in queries.milestone_contracts(db, **asks[queries.milestone_contracts]):
        first = contract.first_deal or contract.first_purchase
        if first:
            made = domain.anniversary_milestone((contract.client_id, contract.client_name), first, as_of)
            if made:
                yield made
    for one in queries.milestone_dates(db, **asks[queries.milestone_dates]):
        on = next_occurrence(one.on, as_of - timedelta(days=domain.BACK_DAYS), recurs=one.recurs)
        if on:
            yield Milestone(f"date:{one.id}:{on}", "project", one.client_id, one.client_name, on, name=one.name)


def event_id(key: str) -> str:
    """The id of the event on a milestone: accepted once, it is not proposed again."""
    return f"event-{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}"


def said(milestone: Milestone) -> str:
    """The sentence that states a milestone, in the language in use."""
    params = {"name": milestone.name, "number": milestone.number, "date": milestone.on}
    return sentence(milestone.code, params)


def joint_proposal(
    db: Database, viewer: Viewer, key: str, *, as_of: date, client_id: str | None = None
) -> JointProposal:
    """One milestone with people of both sides, a budget and steps.

    Args:
        client_id: whose milestone it is; when it is not given, it is looked for among those of all clients.

    Raises:
        NotFound: there is no such milestone now, or its event is there already.
    """
    milestone, wanted = _milestone(db, viewer, key, as_of, client_id)
    places = queries.event_countries(db, client_id=milestone.client_id)
    on = domain.proposed_day(milestone, as_of, all_work((one.country, one.subdivision) for one in places))
    per_head, currency = _per_head(db, as_of)
    people = _candidates(db, viewer, milestone, Hosted(on, per_head, currency), as_of)
    able = sorted((one for one in people if not one.barred), key=lambda one: (not one.is_key, -(one.power or 0.0)))
    theirs = _theirs(db, viewer, milestone, able, as_of)
    return JointProposal(
        milestone,
        on,
        tuple(theirs),
        tuple(one for one in able if one not in theirs),
        _ours(db, viewer, milestone.client_id, theirs, as_of),
        our_people(db, as_of),
        tuple(one for one in people if one.barred),
        per_head,
        currency,
        tuple(domain.steps(on, as_of)),
        (*wanted, asked(queries.event_countries, client_id=milestone.client_id)),
    )


def _milestone(
    db: Database, viewer: Viewer, key: str, as_of: date, client_id: str | None
) -> tuple[Milestone, tuple[Asked, ...]]:
    found, wanted = milestones(db, viewer, as_of=as_of, client_ids=[client_id] if client_id else None)
    milestone = next((one for one in found if one.key == key), None)
    if milestone is None:
        raise NotFound("There is no such milestone, or its event is planned already.", mend="Reload the page.")
    return milestone, wanted


def _per_head(db: Database, as_of: date) -> tuple[float | None, str | None]:
    """(what former joint events cost a head, in the currency of the last): as entered, else budget by seat."""
    held = queries.joint_events_held(db, event_ids=[], as_of=as_of)
    former = held.former if held else []
    currency = next((one["currency"] for one in former if one["currency"]), None)
    same = [(one["cost"], 1) if one["cost"] else (one["budget"], one["seats"]) for one in former
            if one["currency"] == currency]  # fmt: skip
    return (domain.cost_per_head(same) if currency else None), currency


@dataclass(frozen=True, slots=True)
class Hosted:
    """The day of an event and what it costs a head, by which its guests are judged."""

    on: date
    per_head: float | None
    currency: str | None


def _candidates(db: Database, viewer: Viewer, milestone: Milestone, hosted: Hosted, as_of: date) -> list[Candidate]:
    nothing: dict[str, Any] = dict.fromkeys(EventFacts.__dataclass_fields__)
    cost = {"cost_per_guest": hosted.per_head, "currency": hosted.currency}
    facts = EventFacts(**{**nothing, "id": "", "name": "", "kind": "joint", "on": hosted.on, **cost})
    return list(read_candidates(db, viewer, facts, {}, as_of, [milestone.client_id]).people)


def _theirs(
    db: Database, viewer: Viewer, milestone: Milestone, able: Sequence[Candidate], as_of: date
) -> list[Candidate]:
    """Who has a stake in the deal first; then the key figures and all with whom we are in touch, by power."""
    stake: set[str] = set()
    if milestone.deal_id:
        rows = viewer.filter(queries.deal_people(db, deal_id=milestone.deal_id, as_of=as_of))
        stake = {row.person_id for row in rows}
    known = {pair.person_id for pair in read_pairs(db, viewer, [milestone.client_id], as_of) if pair.in_touch}
    wanted = [one for one in able if one.person_id in stake | known or one.is_key]
    return sorted(wanted, key=lambda one: (one.person_id not in stake, not one.is_key, -(one.power or 0.0)))[:MOST]


def _ours(db: Database, viewer: Viewer, client_id: str, theirs: Sequence[Candidate], as_of: date) -> dict[str, str]:
    """Who of ours is in touch with them, who with most of them first; who leaves us before is not asked here."""
    ids = {one.person_id for one in theirs}
    count: dict[str, int] = {}
    names: dict[str, str] = {}
    for pair in read_pairs(db, viewer, [client_id], as_of):
        if pair.in_touch and pair.person_id in ids:
            count[pair.employee_id] = count.get(pair.employee_id, 0) + 1
            names[pair.employee_id] = pair.employee_name
    return {one: names[one] for one in sorted(count, key=lambda one: (-count[one], names[one]))}


def default_name(milestone: Milestone) -> str:
    """A name for the event, in the language in use."""
    client, number = milestone.client_name, milestone.number or 0
    if milestone.kind == "deal_won":
        return _("Signing with {client}", client=client)
    if milestone.kind == "delivery":
        return _("{number}th delivery with {client}", number=number, client=client)
    if milestone.kind == "anniversary":
        return _("{years} with {client}", years=plural("{n} year", "{n} years", number), client=client)
    return _("{name} with {client}", name=milestone.name, client=client)


def steps_text(proposal: JointProposal) -> str:
    """The plan of steps, a line each, in the language in use."""
    return "\n".join(sentence(code, {"date": day}) for day, code in proposal.steps)


def accept(db: Database, viewer: Viewer, key: str, decision: Decision, *, nonce: str, today: date) -> Saved:
    """Make the event, its list of both sides and the goodwill action, in one save.

    Raises:
        NotFound: the milestone is not at hand, or somebody has accepted it already.
        InvalidInput: the day is past, nobody of theirs is chosen, a budget has no currency, somebody is barred.
        Forbidden, EditRefused, DatabaseError: as every save.
    """
    require_writer(viewer)
    proposal = joint_proposal(db, viewer, key, as_of=today, client_id=decision.client_id)
    _require_sound(proposal, decision, today)
    _require_allowed(db, viewer, proposal.milestone, decision, today)
    made = event_id(key)

    def make(tx: Transaction) -> list[RowEdit]:
        if queries.event_facts(tx, event_id=made) is not None:  # type: ignore[arg-type]
            raise NotFound("There is no such milestone, or its event is planned already.", mend="Reload the page.")
        return list(_rows(proposal, decision, made, nonce))

    return save_made(db, viewer, make, key=nonce, today=today)


def _require_sound(proposal: JointProposal, decision: Decision, today: date) -> None:
    if decision.on < today:
        raise InvalidInput("The day of the event is past.", mend="Choose a day that is still ahead.")
    if not decision.theirs:
        raise InvalidInput("Nobody of theirs is chosen.", mend="Choose at least one person of the client.")
    if decision.budget is not None and not decision.currency:
        raise InvalidInput("The budget has no currency.", mend="Choose a currency.")
    known = {one.person_id for one in (*proposal.theirs, *proposal.others, *proposal.barred)}
    if not {*decision.theirs} <= known or not {*decision.ours} <= proposal.colleagues.keys():
        raise NotFound("Somebody who was chosen is not there.", mend="Reload the page.")


def _require_allowed(db: Database, viewer: Viewer, milestone: Milestone, decision: Decision, today: date) -> None:
    """Judged by the day and the cost that were decided, not by those that were proposed."""
    hosted = Hosted(decision.on, decision.per_head, decision.currency)
    for one in _candidates(db, viewer, milestone, hosted, today):
        if one.barred and one.person_id in decision.theirs:
            raise InvalidInput("{name} cannot be invited: {why}", name=one.name, why=sentence(one.barred, one.params))


def _rows(proposal: JointProposal, decision: Decision, made: str, nonce: str) -> Iterator[RowEdit]:
    milestone = proposal.milestone
    cells: dict[str, Any] = {
        "name": decision.name,
        "kind": "joint",
        "date": decision.on,
        "seats": len(decision.theirs) + len(decision.ours),
        "budget": decision.budget,
        "cost_per_guest": decision.per_head,
        "currency": decision.currency if decision.budget is not None else None,
        "occasion": said(milestone),
        "steps": decision.steps or None,
        "client_id": milestone.client_id,
        "deal_id": milestone.deal_id,
    }
    yield RowEdit("Event", made, {name: value for name, value in cells.items() if value is not None})
    for one in (*decision.theirs, *decision.ours):
        yield RowEdit("INVITED_TO", "", {"person_id": one, "event_id": made, "rsvp": "chosen"})
    action = {
        "kind": "joint_event",
        "status": "planned",
        "date": decision.on,
        "description": decision.name,
        "person_id": decision.theirs[0],
        "deal_id": milestone.deal_id,
        "employee_id": decision.ours[0] if decision.ours else None,
    }
    yield RowEdit(
        "GoodwillAction", new_id("GoodwillAction", nonce), {name: value for name, value in action.items() if value}
    )
