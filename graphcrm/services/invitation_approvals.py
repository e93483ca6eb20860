"""Approval of invitations (C3.6): by the same rules, limits and steps as gifts, in the same register.

Where rules ask for it an invitation is not sent before others have agreed: never who asked for it, never who is invited
or their household.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.gift_states import INVITATION_STEPS, JUDGED
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries import events as queries
from graphcrm.queries.events import InvitationEntry
from graphcrm.services._events import Guest, known_event, read_guests
from graphcrm.services._gift_steps import unpacked
from graphcrm.services._goodwill import for_viewer, reasons_for, sees_gifts
from graphcrm.services._invitation_steps import (
    Action,
    Hosting,
    Noted,
    Refusal,
    Stored,
    Wanted,
    counts,
    is_registered,
    read_hosting,
    write_invitations,
)
from graphcrm.services._saving import require_writer

__all__ = ["INVITATION_STEPS", "InvitationMove", "InvitationView", "Noted", "Refusal", "invitations_to_send",
           "move_invitations"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class InvitationMove:
    """A step of invitations to one event. ``step``: ``send`` is for approval, ``invite`` is out to the guests.

    Attributes:
        actor_id: who of ours does it; None only to send what nobody has to agree to. note: what was said.
    """

    step: str
    person_ids: Sequence[str]
    actor_id: str | None
    note: str | None = None


@dataclass(frozen=True)
class InvitationView:
    """An invitation that is not out yet.

    Attributes:
        status: code of ``action_status``: planned, needs_approval, approved or refused.
        approvals: names of those who agreed since it was last sent, at the cost that is entered now. due: how many
            have to.
        against: what stands against sending it now, were everybody to agree; then, while no step leads on, against the
            next one. steps: those that would be done now, whoever of ours may do them.
        entries: of the register. refusals: number of an entry -> what was said of the try.
    """

    guest: Guest
    status: str
    value: Money | None
    approvals: tuple[str, ...]
    verdict: Verdict
    against: tuple[Reason, ...]
    entries: tuple[InvitationEntry, ...]
    refusals: Mapping[int, tuple[Reason, ...]]
    steps: tuple[str, ...]

    @property
    def due(self) -> int:
        """How many have to agree."""
        return self.verdict.approvals

    @property
    def is_free(self) -> bool:
        """Whether it may be sent now."""
        return "invite" in self.steps


def move_invitations(
    db: Database, viewer: Viewer, event_id: str, move: InvitationMove, *, key: str, today: date
) -> Noted:
    """Do a step of some invitations; those of which it is not correct are left as they are, and the try is recorded.

    Raises:
        InvalidInput: there is no such step, or the event needs no approval. NotFound: event, guest or employee is not
            there. Forbidden, DatabaseError: nothing was saved.
    """
    require_writer(viewer)
    if move.step not in INVITATION_STEPS:
        raise InvalidInput("There is no step {step}.", step=move.step)
    if move.step != "invite" and not is_registered(known_event(db, event_id)):
        raise InvalidInput(
            "This event costs nothing for its guests: nobody has to agree.", mend="Send the invitations."
        )
    if move.step != "invite" and move.actor_id is None:
        raise NotFound("It is not said as whom you act.", mend="Choose yourself under “Acting as”.")
    cells = {"rsvp": "invited", "invited_on": today} if move.step == "invite" else {}

    def make(stored: Stored, _seats: int | None) -> list[Wanted]:
        if any(one not in stored for one in move.person_ids):
            raise NotFound("Somebody is no longer on the list of this event.", mend="Reload the page.")
        return [Wanted(one, cells, move.step) for one in dict.fromkeys(move.person_ids)]

    return write_invitations(Action(db, viewer, event_id, key, today, move.actor_id, move.note), make)


def invitations_to_send(db: Database, viewer: Viewer, event_id: str, *, today: date) -> tuple[InvitationView, ...]:
    """The invitations of theirs that are on the list and not out, those that wait for approval first.

    Empty for an event that is of no value to its guests, and for who may not see gifts.
    """
    facts = known_event(db, event_id)
    if not is_registered(facts) or not sees_gifts(viewer, of_relative=False):
        return ()
    held = queries.event_seats_taken(db, event_id=event_id)
    stored = {row["person_id"]: row for row in (held.invitations if held else ())}
    guests = [one for one in read_guests(db, viewer, facts, today)
              if not one.is_ours and one.person_id in stored and one.rsvp == "chosen"
              and not counts(stored[one.person_id])]  # fmt: skip
    hosting = read_hosting(db, facts, [one.person_id for one in guests], stored, today)
    views = [_view(hosting, viewer, one, today) for one in guests]
    order = ("needs_approval", "refused", "planned", "approved")
    return tuple(sorted(views, key=lambda one: (order.index(one.status), one.guest.name, one.guest.tie_id)))


def _view(hosting: Hosting, viewer: Viewer, guest: Guest, today: date) -> InvitationView:
    who, entries = guest.person_id, tuple(hosting.entries.get(guest.person_id, ()))
    verdict, state = hosting.judge(who), hosting.state(who)
    action = Action(None, viewer, hosting.facts.id, "", today)  # type: ignore[arg-type]
    there = [step for step, (before, _after) in INVITATION_STEPS.items() if state.status in before]
    stands = {step: hosting.against(step, who, verdict, action) for step in there}
    steps = tuple(step for step in there if not stands[step])
    onward = [step for step in there if step in JUDGED]
    seen = for_viewer(viewer, verdict)
    free = Verdict(seen.mark, tuple(one for one in seen.findings if not one.approvals))
    against = [one for one in hosting.against("invite", who, free, action) if one.code != "gift_wrong_state"]
    if not set(steps) & JUDGED:
        against += [one for one in stands[onward[0]] if one not in (*against, *verdict.reasons)]
    return InvitationView(
        guest,
        state.status,
        hosting.value,
        tuple(one.by or "" for one in hosting.approvals(who)),
        seen,
        tuple(against),
        entries,
        {one.number: reasons_for(viewer, unpacked(one.why)) for one in entries if one.refused},
        steps,
    )
