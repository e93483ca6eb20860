"""The steps of gifts and invitations (C3.5, C3.6): which follow, who may approve, how many have to, clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graphcrm.domain.gift_states import (
    INVITATION_STEPS,
    STEPS,
    Approval,
    Days,
    GiftState,
    against,
    planned_twice,
    status_after,
    steps_from,
)
from graphcrm.domain.goodwill_rules import Finding, Verdict
from graphcrm.domain.score import Reason

DAY = date(2026, 11, 26)
FREE = Verdict("fitting")
NOW = Days(DAY, DAY, late_days=3)
PLANNED = GiftState("planned", DAY, frozenset({"ines"}), frozenset({"ann", "wife"}))


def due(count):
    return Verdict("fitting", (Finding("note", Reason.told("goodwill_approvals_one"), count),))


def codes(step, gift, actor="ines", verdict=FREE, days=NOW):
    return [one.code for one in against(step, gift, actor, verdict, days)]


def agreed(*people, on=DAY):
    return tuple(Approval(one, on) for one in people)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", ("plan",)),
        ("idea", ("plan", "reschedule", "cancel")),
        ("planned", ("send", "reschedule", "prepare", "give", "cancel")),
        ("needs_approval", ("approve", "refuse", "reschedule", "withdraw", "cancel")),
        ("approved", ("reschedule", "withdraw", "prepare", "give", "decline", "cancel")),
        ("prepared", ("reschedule", "withdraw", "give", "decline", "cancel")),
        ("done", ("return", "react")),
        ("refused", ()), ("declined", ()), ("returned", ()), ("cancelled", ()),
    ],
)  # fmt: skip
def test_which_steps_follow(status, expected):
    assert steps_from(status) == expected


@pytest.mark.parametrize("step", sorted(STEPS))
def test_every_step_is_refused_from_every_other_state(step):
    starts = STEPS[step][0]
    states = {state for before, after in STEPS.values() for state in (*before, after)}
    for status in states - starts:
        gift = replace(PLANNED, status=status)
        assert "gift_wrong_state" in codes(step, gift, actor="jan")
    for status in starts:
        assert "gift_wrong_state" not in codes(step, replace(PLANNED, status=status), actor="jan")


@pytest.mark.parametrize(("have", "need", "after"), [(0, 1, "approved"), (0, 2, "needs_approval"), (1, 2, "approved"),
                                                     (0, 0, "approved"), (2, 3, "approved")])  # fmt: skip
def test_it_waits_until_as_many_as_are_due_have_agreed(have, need, after):
    gift = replace(PLANNED, status="needs_approval", approvals=agreed("kira", "lena")[:have])
    assert status_after("approve", gift, "jan", need) == after


def test_the_same_person_counts_once():
    gift = replace(PLANNED, status="needs_approval", approvals=agreed("jan"))
    assert status_after("approve", gift, "jan", 2) == "needs_approval"
    assert codes("approve", gift, "jan") == ["gift_approved_before"]


@pytest.mark.parametrize("actor", ["ines", "wife", "ann", "jan"])
def test_nobody_approves_their_own_nor_what_they_get(actor):
    gift = replace(PLANNED, status="needs_approval")
    expected = {"ines": ["gift_own_approval"], "jan": []}.get(actor, ["gift_approver_receives"])
    assert codes("approve", gift, actor, due(1)) == expected
    assert codes("refuse", gift, actor, due(1)) == expected


def test_approvals_of_planner_and_receiver_do_not_count():
    gift = replace(PLANNED, status="approved", approvals=agreed("ines", "wife"))
    assert codes("prepare", gift, verdict=due(1)) == ["gift_send_again"]
    assert codes("give", replace(gift, approvals=agreed("ines", "jan")), verdict=due(1)) == []
    assert codes("give", PLANNED, verdict=due(1)) == ["gift_send_first"]
    assert codes("give", PLANNED) == []


@pytest.mark.parametrize(
    ("step", "days", "expected"),
    [
        ("plan", -1, ["gift_day_past"]), ("plan", 0, []), ("send", -1, ["gift_day_passed"]),
        ("reschedule", -1, ["gift_day_past"]), ("reschedule", 0, []), ("reschedule", 40, []),
        ("give", 1, ["gift_day_ahead"]), ("give", 0, []), ("give", -3, []), ("give", -4, ["gift_backdated"]),
    ],
)  # fmt: skip
def test_clocks(step, days, expected):
    gift = replace(PLANNED, status="" if step == "plan" else "planned")
    assert codes(step, gift, days=Days(DAY + timedelta(days=days), DAY, 3)) == expected


def test_it_cannot_have_been_given_before_it_was_agreed_to():
    gift = replace(PLANNED, status="approved", approvals=agreed("jan"))
    yesterday = Days(DAY - timedelta(days=1), DAY, 3)
    assert codes("give", gift, verdict=due(1), days=yesterday) == ["gift_before_approval"]


def test_what_is_not_correct_stops_every_step_on_the_way_and_no_way_out():
    never = Verdict("not_correct", (Finding("never", Reason.told("goodwill_rule")),))
    for step, (before, _after) in STEPS.items():
        gift = replace(PLANNED, status=min(before))
        on_the_way = step in {"plan", "reschedule", "send", "approve", "prepare", "give"}
        assert ("goodwill_rule" in codes(step, gift, "jan", never)) == on_the_way, step


def test_invitations_have_steps_of_their_own():
    listed = replace(PLANNED, steps=INVITATION_STEPS)
    assert codes("invite", listed) == []
    assert codes("invite", listed, verdict=due(1)) == ["gift_send_first"]
    assert codes("invite", replace(listed, status="needs_approval"), verdict=due(1)) == [
        "gift_wrong_state", "gift_needs_more"]  # fmt: skip
    assert codes("send", replace(listed, status="refused")) == [], "may be asked for again"
    assert codes("invite", replace(listed, status="done")) == ["gift_wrong_state"], "is out"
    assert codes("invite", listed, days=Days(DAY - timedelta(days=1), DAY)) == ["gift_day_past"]
    assert status_after("invite", listed, "ines", 0) == "done"


def test_the_second_planner_is_told_of_the_first():
    assert planned_twice("Ines", "planned", None).code == "gift_planned_twice_undated"
    assert planned_twice("Ines", "planned", DAY).params == {
        "employee": "Ines", "action_status": "planned", "date": DAY}  # fmt: skip
