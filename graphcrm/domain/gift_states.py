"""From an idea to a gift that was given (C3.5), and from a list to an invitation that is out (C3.6).

Which step leads where, and what stands against it. Nobody approves a gift or an invitation of their own; the one who
receives it, and their household, approve nothing. It is given, or sent, only when as many others as are due agreed.
Days are those of an entry in the register, never made up afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.score import Reason

STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "plan": (frozenset({"", "idea"}), "planned"),
    "send": (frozenset({"planned"}), "needs_approval"),
    "approve": (frozenset({"needs_approval"}), "approved"),
    "refuse": (frozenset({"needs_approval"}), "refused"),
    "reschedule": (frozenset({"idea", "planned", "needs_approval", "approved", "prepared"}), "planned"),
    "withdraw": (frozenset({"needs_approval", "approved", "prepared"}), "planned"),
    "prepare": (frozenset({"planned", "approved"}), "prepared"),
    "give": (frozenset({"planned", "approved", "prepared"}), "done"),
    "decline": (frozenset({"approved", "prepared"}), "declined"),
    "return": (frozenset({"done"}), "returned"),
    "cancel": (frozenset({"idea", "planned", "needs_approval", "approved", "prepared"}), "cancelled"),
    "react": (frozenset({"done"}), "done"),
}
"""Step -> the states that it starts from, and the one that it leads to. "" is: not recorded yet.

A change of the day leads back to the plan: who agreed did so for the former day."""
INVITATION_STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({"planned", "refused"}), "needs_approval"),
    "approve": STEPS["approve"],
    "refuse": STEPS["refuse"],
    "withdraw": (frozenset({"needs_approval", "approved", "refused"}), "planned"),
    "invite": (frozenset({"planned", "approved"}), "done"),
}
"""The same of an invitation: "planned" is on the list, "done" is out."""
ONWARD = frozenset({"plan", "send", "approve", "prepare", "give", "invite"})
"""Steps on the way to the gift."""
JUDGED = ONWARD | {"reschedule"}
"""Steps that judge it anew, by what is known on that day."""
AFTER_APPROVAL = frozenset({"prepare", "give", "invite"})


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody agreed on a day."""

    by_id: str
    on: date


@dataclass(frozen=True, slots=True)
class GiftState:
    """A gift, or an invitation, as it stands.

    Attributes:
        steps: those that there are for it.
        planners: who of ours planned it, sent it for approval, or is to hand it over.
        receivers: the receiver and their household.
        approvals: since it was last sent for approval.
        day: when it is to be given.
        sent: somebody of ours sent it for approval here; what a file brings in says so of itself, and nobody answers
            for it.
    """

    status: str
    day: date
    planners: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    approvals: tuple[Approval, ...] = ()
    steps: Mapping[str, tuple[frozenset[str], str]] = field(default_factory=lambda: STEPS)
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a step looks at.

    Attributes:
        on: of the gift: planned, for ``reschedule`` the new one, for ``give`` that on which it was handed over.
        late_days: within how many days a gift that was handed over has to be recorded.
    """

    on: date
    as_of: date
    late_days: int = 0


def steps_from(status: str) -> tuple[str, ...]:
    """The steps that lead on from a state."""
    return tuple(step for step, (before, _after) in STEPS.items() if status in before)


def status_after(step: str, gift: GiftState, actor_id: str, due: int) -> str:
    """The state that a step leads to; a gift of which not enough have approved keeps waiting."""
    if step == "approve" and len({one.by_id for one in gift.approvals} | {actor_id}) < max(due, 1):
        return "needs_approval"
    return gift.steps[step][1]


def against(step: str, gift: GiftState, actor_id: str, verdict: Verdict, days: Days) -> tuple[Reason, ...]:
    """All that stands against a step; nothing means that it may be done.

    Args:
        actor_id: who of ours does it.
        verdict: of the gift, on the day ``days.on``; looked at by the steps on the way to it.
    """
    found = list(_state(step, gift))
    if step in ("approve", "refuse"):
        found += _approver(step, gift, actor_id)
    if step in AFTER_APPROVAL:
        found += _approved(gift, verdict, days.on if step == "give" else days.as_of)
    found += _day(step, gift, days)
    if step in JUDGED and verdict.mark == "not_correct":
        found += verdict.of("never")
    return tuple(found)


def _state(step: str, gift: GiftState) -> Iterator[Reason]:
    if gift.status not in gift.steps[step][0]:
        yield Reason.told("gift_wrong_state", action_status=gift.status, gift_step=step)


def _approver(step: str, gift: GiftState, actor_id: str) -> Iterator[Reason]:
    if step == "approve" and not gift.sent:
        yield Reason.told("gift_sent_by_file")
    if actor_id in gift.planners:
        yield Reason.told("gift_own_approval")
    if actor_id in gift.receivers:
        yield Reason.told("gift_approver_receives")
    if step == "approve" and any(one.by_id == actor_id for one in gift.approvals):
        yield Reason.told("gift_approved_before")


def _approved(gift: GiftState, verdict: Verdict, on: date) -> Iterator[Reason]:
    valid = {one.by_id for one in _valid(gift)}
    if verdict.approvals and gift.status == "planned":
        yield Reason.told("gift_send_first", count=verdict.approvals)
    elif len(valid) < verdict.approvals:
        again = gift.status in ("approved", "prepared")
        yield Reason.told("gift_send_again" if again else "gift_needs_more", count=verdict.approvals - len(valid))
    elif verdict.approvals and any(one.on > on for one in _valid(gift)):
        yield Reason.told("gift_before_approval", date=max(one.on for one in _valid(gift)))


def _valid(gift: GiftState) -> Iterable[Approval]:
    """Approvals that count: not by who planned it, not by who receives it."""
    barred = gift.planners | gift.receivers
    return [one for one in gift.approvals if one.by_id not in barred]


def _day(step: str, gift: GiftState, days: Days) -> Iterator[Reason]:
    if step in ("plan", "reschedule", "send", "approve", "invite") and days.on < days.as_of:
        planned = gift.status and gift.steps is STEPS and step != "reschedule"
        yield Reason.told("gift_day_passed" if planned else "gift_day_past", date=days.on)
    if step == "give" and days.on > days.as_of:
        yield Reason.told("gift_day_ahead", date=days.on)
    if step == "give" and days.on < days.as_of - timedelta(days=days.late_days):
        yield Reason.told("gift_backdated", date=days.on, days=days.late_days)


def planned_twice(other: str, status: str, day: date | None) -> Reason:
    """The second of two who plan a gift to the same person for the same occasion is told of the first."""
    if day is None:
        return Reason.told("gift_planned_twice_undated", employee=other, action_status=status)
    return Reason.told("gift_planned_twice", employee=other, action_status=status, date=day)
