"""Gifts (C3.5): the steps from a plan to a gift that was given, and what is under way.

Each step is judged anew by the rules, in one transaction with its entry in the register; nobody approves a gift of
their own. Who of ours acts is said with each call: there is no login yet, so the register holds account and person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet
from graphcrm.domain.gift_ranking import GiftOffer
from graphcrm.domain.gift_states import (
    ONWARD,
    STEPS,
    Days,
    GiftState,
    against,
    planned_twice,
    status_after,
    steps_from,
)
from graphcrm.domain.goodwill_rules import Gesture, Receiver, Verdict
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries import gifts as queries
from graphcrm.queries.gifts import GiftAction, GiftEntryRow, GiftRow
from graphcrm.services._colleagues import name_of_actor
from graphcrm.services._gift_steps import (
    Step,
    StepDone,
    approvals_of,
    approved_by,
    approved_by_file,
    changed_action,
    do_step,
    packed,
    state_of,
    told_of,
    unpacked,
)
from graphcrm.services._goodwill import (
    Circumstances,
    circumstances_of,
    for_viewer,
    gesture_of,
    offer_of,
    reasons_for,
    seen_circumstances,
    sees_gifts,
)
from graphcrm.services._new_record import new_record
from graphcrm.services._sensitivity import date_sensitivity

__all__ = ["GiftMove", "GiftPlan", "GiftView", "StepDone", "gifts_under_way",
           "move_gift", "plan_gift", "steps_from"]  # fmt: skip

OPEN = frozenset({"idea", "planned", "needs_approval", "approved", "prepared"})
NEAR_DAYS = 14
"""Two gifts to one person within so many days are taken for the same one, planned twice."""


@dataclass(frozen=True, slots=True)
class GiftPlan:
    """A gift that somebody wants to give.

    Attributes:
        occasion_id: of a stored useful date. occasion: the name of one that is not stored: a public holiday.
        together: they know of the other who plans one, too.
    """

    person_id: str
    offering_id: str
    on: date
    occasion_id: str | None = None
    description: str | None = None
    together: bool = False
    occasion: str | None = None


@dataclass(frozen=True, slots=True)
class GiftMove:
    """A step of a gift.

    Attributes:
        on: of ``give``, the day on which it was handed over; of ``reschedule``, the new day.
        note: what was said.
        together: of ``reschedule``: they know of the other who has a gift under way near that day, too.
    """

    action_id: str
    step: str
    on: date | None = None
    note: str | None = None
    reaction: str | None = None
    together: bool = False


@dataclass(frozen=True)
class GiftView:
    """A gift under way, or done, with its entries and what can follow.

    Attributes:
        said_by_file: names of those who agreed as the file says that brought it in; it proves nothing.
        approvals: names of those who agreed since it was last sent. due: how many have to; None when nothing is judged.
        told: number of an entry -> why it was refused, or which day was set before.
        steps: those that would be done now, whoever of ours may do them; not an approval where none is due. Another day
            can always be chosen: what the rules say of it is known when it is named.
        not_yet: while no step leads on, what stands against the next one, the gravest first.
    """

    gift: GiftRow
    entries: tuple[GiftEntryRow, ...] = ()
    approvals: tuple[str, ...] = ()
    due: int | None = None
    verdict: Verdict | None = None
    told: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    said_by_file: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    not_yet: tuple[Reason, ...] = ()


def plan_gift(db: Database, viewer: Viewer, plan: GiftPlan, actor_id: str, *, key: str, today: date) -> StepDone:
    """Plan a gift: it is judged, and whoever plans the same one second is told of the first.

    Args:
        actor_id: who of ours plans it and is to hand it over. key: names the user's action.

    Raises:
        GiftRefused: it is not correct, lies in the past, or somebody plans one already; the try is recorded.
        NotFound: person, gift or employee is not there. Forbidden: not as ``actor_id``, or at all.
    """
    action_id = f"goodwill-{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}"

    def decide(tx: Transaction) -> Step:
        db_ = _reading(tx)
        actor = name_of_actor(db_, viewer, actor_id, today)
        around = seen_circumstances(db_, viewer, plan.person_id, today)
        offer = next((offer_of(row) for row in queries.gift_offers(db_) if row.id == plan.offering_id), None)
        if offer is None:
            raise NotFound("There is no such gift in the catalogue.", mend="Choose one from the list.")
        known = queries.gift_occasions(db_, person_id=plan.person_id, as_of=today)
        occasion = next((one for one in known if one.id == plan.occasion_id), None)
        verdict = around.judge(gesture_of(around, offer, plan.on, occasion))
        gift = GiftState("", plan.on, frozenset({actor_id}), around.receiver.household)
        reasons = [*against("plan", gift, actor_id, verdict, Days(plan.on, today)), *_twins(around, plan)]
        told = {
            "step": "plan",
            "after": "planned",
            "by_id": actor_id,
            "by": actor,
            **told_of(around.receiver, offer.name, offer.price, _occasion_told(plan, occasion)),
            "day": plan.on,
            "approvals_due": verdict.approvals,
            "why": packed(verdict.reasons) if verdict.reasons else None,
            "note": plan.description,
        }
        changes = ChangeSet() if reasons else new_record(tx, "GoodwillAction", _cells(action_id, plan, offer, actor_id))
        return Step(action_id, changes, tuple(reasons), told)

    return do_step(db, viewer, action_id, decide, key=key, today=today)


def move_gift(db: Database, viewer: Viewer, move: GiftMove, actor_id: str, *, key: str, today: date) -> StepDone:
    """Do a step of a gift: send it for approval, approve, refuse, choose another day, prepare, give, and so on.

    Raises:
        GiftRefused: the step is not correct; the try is recorded.
        InvalidInput: no such step, or no other day. NotFound: no such gift or employee. Forbidden: not as ``actor_id``.
    """
    if move.step not in STEPS:
        raise InvalidInput("There is no step {step}.", step=move.step)
    action_id = move.action_id

    def decide(tx: Transaction) -> Step:
        db_ = _reading(tx)
        actor = name_of_actor(db_, viewer, actor_id, today)
        action = next(iter(queries.gift_actions(db_, action_ids=[action_id])), None)
        if action is None or action.kind != "gift":
            raise NotFound("There is no such gift.")
        around = seen_circumstances(db_, viewer, action.person_id, today)
        entries = queries.gift_entries(db_, action_ids=[action_id])
        on = _day_looked_at(move, action, today)
        verdict = around.judge(_recorded(around, action, on))
        gift = _state(action, entries, around.receiver, on)
        days = Days(on, today, int(around.book.figures["late_entry_days"]))
        reasons = (*against(move.step, gift, actor_id, verdict, days), *_newly_near(around, action, move))
        after = status_after(move.step, gift, actor_id, verdict.approvals)
        told = {
            "step": move.step, "before": action.status, "after": after,
            "by_id": actor_id, "by": actor,
            **told_of(around.receiver, *_what(action)),
            "day": on,
            "approvals_due": verdict.approvals,
            "why": _former_day(move, action),
            "note": move.note,
        }  # fmt: skip
        changes = changed_action(action, _values(move, after, on))
        if move.step == "approve":
            changes = approved_by(changes, action_id, actor_id)
        return Step(action_id, changes, reasons, told)

    return do_step(db, viewer, action_id, decide, key=key, today=today)


def gifts_under_way(
    db: Database, viewer: Viewer, *, today: date, all_states: bool = False, person_id: str | None = None
) -> tuple[GiftView, ...]:
    """The gifts that are under way, those that wait for approval first, then by day; with ``all_states`` all gifts.

    All are judged in one go: the number of queries is the same for any number of gifts.

    Args:
        person_id: only to this person; None means to everybody.
    """
    rows = [row for row in queries.all_gifts(db, as_of=today) if sees_gifts(viewer, of_relative=row.is_relative)
            and viewer.sees(date_sensitivity(row.occasion_kind or ""))
            and (all_states or row.status in OPEN) and person_id in (None, row.person_id)]  # fmt: skip
    entries: dict[str, list[GiftEntryRow]] = {}
    for entry in queries.gift_entries(db, action_ids=[row.id for row in rows]):
        entries.setdefault(entry.action_id, []).append(entry)
    open_ = [row for row in rows if row.status in OPEN]
    actions = {one.id: one for one in queries.gift_actions(db, action_ids=[row.id for row in open_])}
    around = circumstances_of(db, {row.person_id for row in open_}, as_of=today) if open_ else {}
    views = []
    for row in rows:
        known = (around.get(row.person_id), actions.get(row.id), entries.get(row.id, []))
        views.append(_view(viewer, row, known, today))
    order = ("needs_approval", "approved", "prepared", "planned", "idea")
    rank = {status: place for place, status in enumerate(order)}
    return tuple(sorted(views, key=lambda one: (rank.get(one.gift.status, 9), one.gift.day or date.max, one.gift.id)))


Around = tuple[Circumstances | None, GiftAction | None, Sequence[GiftEntryRow]]
"""All that a gift under way is judged by: of a gift that is done, its entries alone."""


def _view(viewer: Viewer, row: GiftRow, known: Around, today: date) -> GiftView:
    around, action, entries = known
    told = {entry.number: reasons_for(viewer, unpacked(entry.why)) for entry in entries
            if entry.refused or entry.step == "reschedule"}  # fmt: skip
    agreed = tuple(entry.by or "" for entry in approvals_of(entries))
    by_file = tuple(one["name"] for one in approved_by_file(row, entries))
    view = GiftView(row, tuple(entries), agreed, told=told, said_by_file=by_file, steps=steps_from(row.status))
    if around is None or action is None:
        return view
    judge = cache(lambda on: around.judge(_recorded(around, action, on)))
    judged = judge(max(row.day or today, today))
    days = Days(row.day or today, today, int(around.book.figures["late_entry_days"]))
    steps, not_yet = _follows(viewer, lambda on: _state(action, entries, around.receiver, on), judge, days)
    return replace(view, due=judged.approvals, verdict=for_viewer(viewer, judged), steps=steps, not_yet=not_yet)


def _follows(
    viewer: Viewer, gift: Callable[[date], GiftState], judge: Callable[[date], Verdict], days: Days
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """(the steps that would be done now, what stands against the next one while none leads on)."""

    def possible(step: str) -> Sequence[date]:
        return [days.as_of - timedelta(days=n) for n in range(days.late_days + 1)] if step == "give" else [days.on]

    def stands(step: str, on: date) -> tuple[Reason, ...]:
        return against(step, gift(on), "", judge(on), replace(days, on=on))

    due = judge(days.on).approvals
    there = [step for step in steps_from(gift(days.on).status) if step != "plan" and (due or step != "send")]
    steps = tuple(step for step in there
                  if step == "reschedule" or any(not stands(step, on) for on in possible(step)))  # fmt: skip
    onward = next((step for step in there if step in ONWARD), None)
    if onward is None or set(steps) & ONWARD:
        return steps, ()
    on = possible(onward)[0]
    rules = judge(on).of("never")
    other = [one for one in stands(onward, on) if one not in rules]
    return steps, (*for_viewer(viewer, judge(on)).of("never"), *other)


def _reading(tx: Transaction) -> Database:
    """A transaction reads as a database does."""
    return tx  # type: ignore[return-value]


def _recorded(around: Circumstances, action: GiftAction, on: date) -> Gesture:
    """A gift as it is stored; one that is in no catalogue is a small gift."""
    method = around.book.method_of(action.offering_kind or "other")
    return Gesture(
        method=method.code,
        on=on,
        value=Money.of(action.cost, action.currency),
        offering_id=action.offering_id or action.id,
        offering_kind=action.offering_kind,
        tags=frozenset(action.tags or ()),
        pieces=action.pieces,
        occasion_id=action.occasion_id,
        occasion_kind=action.occasion_kind,
        id=action.id,
    )


def _day_looked_at(move: GiftMove, action: GiftAction, today: date) -> date:
    """The day of the gift that a step is judged for."""
    if move.step == "reschedule" and move.on in (None, action.day):
        raise InvalidInput("No other day is named.", mend="Choose another day than the one that is set.")
    return move.on or today if move.step in ("give", "reschedule") else action.day or today


def _newly_near(around: Circumstances, action: GiftAction, move: GiftMove) -> Iterator[Reason]:
    """Of a change of the day: whose gift to the same person is near the new day, and was not near the former one."""
    if move.step != "reschedule" or move.on is None or move.together:
        return
    for row in around.ledger:
        if row.id == action.id or row.kind != "gift" or row.status not in OPEN or row.day is None:
            continue
        if _is_near(row.day, move.on) and not (action.day and _is_near(row.day, action.day)):
            yield planned_twice(row.employee_name or "?", row.status, row.day)


def _is_near(one: date, other: date) -> bool:
    return abs(one - other) <= timedelta(days=NEAR_DAYS)


def _former_day(move: GiftMove, action: GiftAction) -> str | None:
    if move.step != "reschedule":
        return None
    was = Reason.told("gift_day_was", date=action.day) if action.day else Reason.told("gift_day_was_not_set")
    return packed([was])


def _twins(around: Circumstances, plan: GiftPlan) -> Iterator[Reason]:
    """Who else, or who else of the same mind, has a gift to the same person under way."""
    if plan.together:
        return
    apart = timedelta(days=int(around.book.figures["same_occasion_days"]))
    for row in around.ledger:
        if row.kind != "gift" or row.status not in OPEN:
            continue
        near = row.day is None or _is_near(row.day, plan.on)
        same = plan.occasion_id is not None and row.occasion_id == plan.occasion_id
        if near or (same and row.day is not None and abs(row.day - plan.on) <= apart):
            yield planned_twice(row.employee_name or "?", row.status, row.day)


def _state(action: GiftAction, entries: Sequence[GiftEntryRow], receiver: Receiver, on: date) -> GiftState:
    """By its entries, and by who of ours is to hand it over."""
    state = state_of(action.status, on, receiver, entries, approvals_of(entries))
    return replace(state, planners=state.planners.union(action.employee_ids))


def _occasion_told(plan: GiftPlan, stored: queries.GiftOccasion | None) -> str | None:
    return stored.name if stored else plan.occasion or plan.description


def _what(action: GiftAction) -> tuple[str | None, Money | None, str | None]:
    """Gift, value and occasion, as the register names them."""
    return action.offering_name or action.description, Money.of(action.cost, action.currency), action.occasion_name


def _cells(action_id: str, plan: GiftPlan, offer: GiftOffer, actor_id: str) -> dict[str, Any]:
    return {
        "id": action_id,
        "kind": "gift",
        "status": "planned",
        "date": plan.on,
        "cost": float(offer.price.amount) if offer.price else None,
        "currency": offer.price.currency if offer.price else None,
        "description": " · ".join(filter(None, [plan.occasion, plan.description])) or None,
        "person_id": plan.person_id,
        "occasion_id": plan.occasion_id,
        "offering_id": offer.id,
        "employee_id": actor_id,
    }


def _values(move: GiftMove, after: str, on: date) -> dict[str, Any]:
    values: dict[str, Any] = {"status": after}
    if move.step in ("give", "reschedule"):
        values["date"] = on
    if move.reaction and move.step in ("react", "give", "decline", "return"):
        values["reaction"] = move.reaction
    return values
