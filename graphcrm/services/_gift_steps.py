"""How a step of a gift is written: the change of the gift and its entry in the register, one transaction.

A step that is refused writes its entry alone, so that the try is on record; the same key again, after a double click,
gives the same answer. Not a service itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, NodeChange, TieChange
from graphcrm.domain.gift_register import seal
from graphcrm.domain.gift_states import Approval, GiftState
from graphcrm.domain.goodwill_rules import Receiver
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import GiftRefused
from graphcrm.ingest.rows import derived_tie_id
from graphcrm.queries import gifts as queries
from graphcrm.queries._register import RegisterEntry
from graphcrm.queries.gifts import GiftEntryRow, GiftRow, RegisterRow
from graphcrm.services._saving import REGISTER, REGISTER_TIE, Prepared, require_writer, save
from graphcrm.services._wording import sentence

NEW = ("Entity", REGISTER)
PLANNING = ("plan", "reschedule", "send", "invite")
"""Steps of who is behind a gift or an invitation, and so may not approve it."""


@dataclass(frozen=True)
class Step:
    """What a step comes to.

    Attributes:
        changes: of the gift; empty when the step is refused.
        against: what stands against it.
        entry: what the register is to hold, without number, seal and moment.
    """

    action_id: str
    changes: ChangeSet
    against: tuple[Reason, ...]
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that was done: the gift's id and the state that it is in."""

    action_id: str
    status: str


def do_step(
    db: Database, viewer: Viewer, action_id: str, decide: Callable[[Transaction], Step], *, key: str, today: date
) -> StepDone:
    """Decide in the gate, write, and answer.

    Raises:
        GiftRefused: with all that stands against it; the try is recorded. Forbidden, DatabaseError: nothing was.
    """
    require_writer(viewer)
    entry_id = f"gift-entry-{hashlib.blake2b(key.encode(), digest_size=10).hexdigest()}"

    def prepare(tx: Transaction) -> Prepared:
        step = decide(tx)
        return Prepared(_with_entry(tx, viewer, step, entry_id, today), "register")

    save(db, viewer, f"gift:{key}", prepare, today=today)
    told = queries.gift_entry(db, entry_id=entry_id)
    assert told is not None
    if told.refused:
        reasons = unpacked(told.why)
        raise GiftRefused(
            "Refused; the try is in the register: {why}",
            why=" ".join(sentence(one.code, one.params) for one in reasons),
            reasons=reasons,
        )
    return StepDone(action_id, told.after or "")


def _with_entry(tx: Transaction, viewer: Viewer, step: Step, entry_id: str, today: date) -> ChangeSet:
    subject = step.action_id if step.entry.get("before") or not step.against else ""
    book = Register(tx, viewer, today)
    entry = book.enter(entry_id, subject, step.entry, step.against)
    changes = ChangeSet() if step.against else step.changes
    return ChangeSet((*changes.nodes, *entry.nodes), (*changes.ties, *entry.ties))


class Register:
    """The register of gifts as one transaction adds to it: each entry continues number and seal of the one before."""

    def __init__(self, tx: Transaction, viewer: Viewer, today: date) -> None:
        last = queries.last_gift_entry(tx)  # type: ignore[arg-type]
        self.number, self.seal = (last.number, last.seal) if last else (0, "")
        self.account, self.today = viewer.id, today

    def enter(
        self, entry_id: str, subject_id: str, told: Mapping[str, Any], against: Sequence[Reason] = ()
    ) -> ChangeSet:
        """A new entry about a gift or an event; with something against it, of a try that was refused.

        Args:
            subject_id: "" for a gift that never came to be.
            told: what the entry is to hold, without number, seal and moment.
        """
        refused = bool(against)
        entry = {
            **told,
            "number": self.number + 1,
            "refused": refused,
            "at": datetime.now(UTC).replace(microsecond=0),
            "done_on": self.today,
            "account": self.account,
        }
        if refused:
            entry |= {"after": entry.get("before"), "why": packed(against)}
        entry["seal"] = seal(self.seal, entry)
        self.number, self.seal = entry["number"], entry["seal"]
        kept = {name: value for name, value in entry.items() if value is not None}
        node = NodeChange(entry_id, REGISTER, "create", {}, kept, NEW)
        tie_id = derived_tie_id(REGISTER_TIE, entry_id, subject_id, [])
        ties = (TieChange(tie_id, REGISTER_TIE, entry_id, subject_id, "create"),) if subject_id else ()
        return ChangeSet((node,), ties)


def changed_action(action: queries.GiftAction, values: Mapping[str, Any]) -> ChangeSet:
    """New values of an action that is there."""
    columns = {"date": action.day, "status": action.status, "reaction": action.reaction}
    before = {name: columns.get(name) for name in values}
    differing = {name: value for name, value in values.items() if value != before[name]}
    if not differing:
        return ChangeSet()
    old = {name: before[name] for name in differing}
    return ChangeSet((NodeChange(action.id, "GoodwillAction", "update", old, differing),))


def approved_by(changes: ChangeSet, action_id: str, actor_id: str) -> ChangeSet:
    """With the tie that says who approved."""
    tie_id = derived_tie_id("APPROVED_BY", action_id, actor_id, [])
    tie = TieChange(tie_id, "APPROVED_BY", action_id, actor_id, "create")
    return replace(changes, ties=(*changes.ties, tie))


def planned_here(entries: Iterable[GiftEntryRow | RegisterRow]) -> bool:
    """Whether the register has a gift from its beginning; else a file brought it in, in whatever state."""
    return any(one.step == "plan" and not one.refused and not one.before for one in entries)


def approved_by_file(gift: GiftRow, entries: Sequence[GiftEntryRow | RegisterRow]) -> list[dict[str, Any]]:
    """Who agreed as the file says that brought a gift in: those of whom the register holds no approval."""
    here = {one.by_id for one in entries if one.step == "approve" and not one.refused}
    return [] if planned_here(entries) else [one for one in gift.approved_by if one["id"] not in here]


E = TypeVar("E", bound=RegisterEntry)


def approvals_of(entries: Iterable[E]) -> list[E]:
    """The approvals that count: since the gift, or the invitation, was last sent for approval."""
    done = [one for one in entries if not one.refused]
    sent = max((one.number for one in done if one.step == "send"), default=0)
    return [one for one in done if one.step == "approve" and one.number > sent]


def state_of(
    status: str, on: date, receiver: Receiver, entries: Iterable[RegisterEntry], agreed: Iterable[RegisterEntry]
) -> GiftState:
    """How far a gift, or an invitation, is by its entries. ``agreed``: the approvals that count."""
    done = [one for one in entries if not one.refused]
    return GiftState(
        status,
        on,
        planners=frozenset(one.by_id for one in done if one.step in PLANNING and one.by_id),
        receivers=receiver.household | {receiver.id},
        approvals=tuple(Approval(one.by_id or "", one.done_on or one.at.date()) for one in agreed),
        sent=any(one.step == "send" for one in done),
    )


def told_of(receiver: Receiver, what: str | None, value: Money | None, occasion: str | None) -> dict[str, Any]:
    """What an entry holds of whom it is about, what they are to have, and on which occasion."""
    return {
        "person_id": receiver.id,
        "person": receiver.name,
        "gift": what,
        "value": str(value.amount) if value else None,
        "currency": value.currency if value else None,
        "occasion": occasion,
    }


def packed(reasons: Sequence[Reason]) -> str:
    """Reasons as JSON: their codes and fields, to be worded anew in the reader's language."""
    told = [[one.code, {name: _out(value) for name, value in one.params.items()}] for one in reasons]
    return json.dumps(told, ensure_ascii=False)


def unpacked(text: str | None) -> tuple[Reason, ...]:
    """The reverse of :func:`packed`; nothing of a text that it never wrote."""
    try:
        return tuple(
            Reason(code, None, 0.0, 0.0, (), {name: _in(value) for name, value in params.items()})
            for code, params in json.loads(text or "[]")
        )
    except (ValueError, TypeError, AttributeError):
        return ()


def _out(value: Any) -> Any:
    if isinstance(value, Money):
        return {"money": [str(value.amount), value.currency]}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _in(value: Any) -> Any:
    if isinstance(value, dict) and "money" in value:
        return Money(Decimal(value["money"][0]), value["money"][1])
    if isinstance(value, dict) and "date" in value:
        return date.fromisoformat(value["date"])
    return tuple(value) if isinstance(value, list) else value
