"""How invitations are moved: judged, written, and entered in the register of gifts, in one transaction (C3.6).

A step that is refused writes its entry alone; the others of the same save are written. Not a service itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, TieChange
from graphcrm.domain.gift_states import INVITATION_STEPS, Days, GiftState, against, status_after
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.goodwill_sums import GiftGiven
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.ingest.gifts import invitation_counts as counts
from graphcrm.queries import events as queries
from graphcrm.queries.changes import names_of
from graphcrm.queries.events import EventFacts, InvitationEntry
from graphcrm.services._colleagues import name_of_actor
from graphcrm.services._event_rules import EventRules, read_rules
from graphcrm.services._gift_steps import Register, approvals_of, packed, state_of, told_of, unpacked
from graphcrm.services._goodwill import event_method, rule_book
from graphcrm.services._not_found import no_such_event
from graphcrm.services._saving import Prepared, Saved, save

Stored = Mapping[str, dict[str, Any]]
"""Person's id -> what is stored of the invitation."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of one invitation: columns, and the step if it is one of approval."""

    person_id: str
    cells: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""


Make = Callable[[Stored, int | None], Sequence[Wanted]]
"""From what is stored and the seats to what is to be written."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An invitation that was not moved, and all that stands against it. The try is in the register."""

    person_id: str
    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """What a save did.

    Attributes:
        count: how many invitations it made or changed. waiting: names of who accepted and got no seat.
        already: names of who was on the list already and was left as they are.
        refused: whose invitation is not correct, or has not been agreed to.
    """

    saved: Saved
    count: int
    waiting: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One save of a user. ``actor_id``: who of ours acts, where they said so."""

    db: Database
    viewer: Viewer
    event_id: str
    key: str
    today: date
    actor_id: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Hosting:
    """An event with all that rules look at for some of its guests, and what the register holds of them."""

    facts: EventFacts
    rules: EventRules
    stored: Stored
    entries: Mapping[str, Sequence[InvitationEntry]]

    @property
    def value(self) -> Money | None:
        """What the event costs for each guest; None where it is not known."""
        return Money.of(self.facts.cost_per_guest, self.facts.currency)

    def state(self, person_id: str) -> GiftState:
        """How far an invitation is; an approval holds only for the cost that was agreed to."""
        row, receiver = self.stored[person_id], self.rules.around[person_id].receiver
        status = "done" if counts(row) else row["approval"] or "planned"
        own, agreed = self.entries.get(person_id, ()), self.approvals(person_id)
        return replace(state_of(status, self.facts.on or date.max, receiver, own, agreed), steps=INVITATION_STEPS)

    def approvals(self, person_id: str) -> list[InvitationEntry]:
        """Those that count: since it was last sent for approval, and at the cost that is entered now."""
        return [one for one in approvals_of(self.entries.get(person_id, ())) if self._same_cost(one)]

    def _same_cost(self, entry: InvitationEntry) -> bool:
        value = self.value
        then = Money(Decimal(entry.value), entry.currency) if entry.value and entry.currency else None
        return then == value

    def judge(self, person_id: str, also: Sequence[GiftGiven] = ()) -> Verdict:
        """The verdict on the invitation, beside those that are sent at the same moment."""
        return self.rules.around[person_id].judge(self.rules.gesture(person_id), also)

    def against(self, step: str, person_id: str, verdict: Verdict, action: Action) -> tuple[Reason, ...]:
        """All that stands against a step."""
        days = Days(self.facts.on or date.max, action.today)
        found = against(step, self.state(person_id), action.actor_id or "", verdict, days)
        if step in ("send", "invite") and self.value is None and method_costs(self.facts):
            found = (*found, Reason.told("invitation_cost_missing"))
        return found

    def given(self, person_id: str) -> GiftGiven:
        """The invitation as what is sent at the same moment sees it."""
        tie_id = self.stored[person_id]["tie_id"]
        return GiftGiven(tie_id, person_id, self.facts.on, "done", self.value, event=self.facts.name)


def method_costs(facts: EventFacts) -> bool:
    """Whether events of this kind are of value to guests even where nobody has entered what they cost."""
    return rule_book().methods[event_method(facts.kind)].costs


def is_registered(facts: EventFacts) -> bool:
    """Whether invitations to it go into the register: to what is, or may be, of value."""
    return method_costs(facts) or bool(facts.cost_per_guest)


def read_hosting(db: Database, facts: EventFacts, person_ids: Sequence[str], stored: Stored, today: date) -> Hosting:
    """Read what rules and register say of some guests."""
    entries: dict[str, list[InvitationEntry]] = {}
    for one in queries.invitation_entries(db, event_id=facts.id):
        entries.setdefault(one.person_id or "", []).append(one)
    ties = {one: row["tie_id"] for one, row in stored.items()}
    return Hosting(facts, read_rules(db, facts, person_ids, ties, today), stored, entries)


def write_invitations(action: Action, make: Make) -> Noted:
    """Write what ``make`` says, in one transaction and as one change.

    Raises:
        NotFound: there is no such event. Forbidden, DatabaseError: nothing was saved.
    """
    told: dict[str, list[str]] = {}

    def prepare(tx: Transaction) -> Prepared:
        db: Database = tx  # type: ignore[assignment]
        held = queries.event_seats_taken(db, event_id=action.event_id)
        facts = queries.event_facts(db, event_id=action.event_id)
        if held is None or facts is None:
            raise no_such_event()
        stored = {row["person_id"]: row for row in held.invitations}
        rows = [_with_step(one, stored[one.person_id]) for one in make(stored, held.seats)]
        judged = [one.person_id for one in rows if one.step] if is_registered(facts) else []
        hosting = read_hosting(db, facts, judged, stored, action.today) if judged else None
        written, register = _written(tx, action, rows, stored, hosting)
        told["rows"] = [tie.start for tie in written.ties if tie.type == "INVITED_TO"]
        told["waiting"] = [one.person_id for one in rows if one.cells.get("rsvp") == "waiting"]
        return Prepared(written, "register" if register else "do")

    saved = save(action.db, action.viewer, action.key, prepare, today=action.today)
    waiting = {row.id: row.name for row in names_of(action.db, ids=told.get("waiting", []))}
    return Noted(saved, len(told.get("rows", ())), tuple(sorted(waiting.values())), refused=_refused(action))


def _with_step(one: Wanted, row: Mapping[str, Any]) -> Wanted:
    """Any change by which an invitation begins or ceases to count is a step of its own; our own people need none."""
    if row["ours"] or one.step:
        return one if not row["ours"] else Wanted(one.person_id, one.cells)
    before, after = counts(row), counts({**row, **one.cells})
    if before == after:
        return one
    into = "invite" if "rsvp" in one.cells else "attend"
    return Wanted(one.person_id, one.cells, into if after else "decline")


def _written(
    tx: Transaction, action: Action, rows: Sequence[Wanted], stored: Stored, hosting: Hosting | None
) -> tuple[ChangeSet, bool]:
    """(what is written, whether the register is among it)."""
    ties: list[TieChange] = []
    nodes: list[Any] = []
    also: list[GiftGiven] = []
    book = Register(tx, action.viewer, action.today) if hosting else None
    actor = _actor(tx, action) if hosting else None
    for one in rows:
        cells = dict(one.cells)
        if one.step and hosting and book:
            reasons, entry, more = _stepped(hosting, one, action, also)
            made = book.enter(entry_id(action.key, one.person_id), action.event_id, {**entry, "by": actor}, reasons)
            nodes += made.nodes
            ties += made.ties
            if reasons:
                continue
            cells |= more
            if one.step in ("send", "invite"):
                also.append(hosting.given(one.person_id))
        ties += _changed(action.event_id, one.person_id, cells, stored[one.person_id])
    return ChangeSet(tuple(nodes), tuple(ties)), bool(nodes)


def _stepped(
    hosting: Hosting, one: Wanted, action: Action, also: Sequence[GiftGiven]
) -> tuple[tuple[Reason, ...], dict[str, Any], dict[str, Any]]:
    """(what stands against it, what the register is to hold, the columns that the step itself sets)."""
    state, verdict = hosting.state(one.person_id), hosting.judge(one.person_id, also)
    after, cells, reasons = "declined" if one.step == "decline" else "done", {}, ()
    if one.step in INVITATION_STEPS:
        reasons = hosting.against(one.step, one.person_id, verdict, action)
        after = status_after(one.step, state, action.actor_id or "", verdict.approvals)
        if one.step != "invite":
            cells = {"approval": None if after == "planned" else after}
    facts, receiver = hosting.facts, hosting.rules.around[one.person_id].receiver
    told = {
        "step": one.step,
        "before": state.status,
        "after": after,
        "by_id": action.actor_id,
        **told_of(receiver, facts.name, hosting.value, facts.occasion),
        "day": facts.on,
        "approvals_due": verdict.approvals,
        "why": packed(verdict.reasons) if verdict.reasons and one.step in ("send", "invite", "attend") else None,
        "note": action.note,
    }
    return reasons, told, cells


def _actor(tx: Transaction, action: Action) -> str | None:
    if action.actor_id is None:
        return None
    return name_of_actor(tx, action.viewer, action.actor_id, action.today)  # type: ignore[arg-type]


def _changed(event_id: str, person_id: str, cells: Mapping[str, Any], row: Mapping[str, Any]) -> list[TieChange]:
    differing = {name: value for name, value in cells.items() if value != row[name]}
    if not differing:
        return []
    before = {name: row[name] for name in differing}
    return [TieChange(row["tie_id"], "INVITED_TO", person_id, event_id, "update", before, differing)]


def entry_id(key: str, person_id: str) -> str:
    """The id of the entry that an action writes about somebody's invitation."""
    return f"gift-entry-{hashlib.blake2b(f'{key}/{person_id}'.encode(), digest_size=10).hexdigest()}"


def _refused(action: Action) -> tuple[Refusal, ...]:
    """What the action was refused, read back: a second click is told the same as the first."""
    rows = queries.invitation_entries(action.db, event_id=action.event_id)
    return tuple(
        Refusal(row.person_id or "", row.person or "?", unpacked(row.why))
        for row in rows
        if row.refused and row.id == entry_id(action.key, row.person_id or "")
    )
