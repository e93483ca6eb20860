"""What a file says of gifts and invitations proves nothing and gets round nothing (C3.5, C3.6)."""

import csv
import io
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from graphcrm.domain.gift_register import broken
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import GiftRefused
from graphcrm.services.gift_register import gift_register, register_csv
from graphcrm.services.gifts import GiftMove, gifts_under_way, move_gift
from graphcrm.services.importing import import_folder
from graphcrm.services.invitation_approvals import InvitationMove, invitations_to_send, move_invitations
from tests.graph.test_gift_register import household
from tests.small_graph import build, node

TODAY = date(2026, 1, 10)
ON = TODAY + timedelta(days=20)
STATES = ("planned", "needs_approval", "approved", "prepared", "done")


@pytest.fixture
def imported(database, tmp_path):
    """A gift to Ann in each state, agreed to by Jan, as the file says; Bob's invitation agreed to, Ann's sent."""
    household(database)
    build(database, [node("gala", "Event", name="Gala", kind="celebration", date=date(2026, 3, 1), cost_per_guest=20.0,
                          currency="EUR", seats=9)], [])  # fmt: skip
    head = "id,kind,status,date,cost,currency,person_id,approver_id"
    rows = [f"{state},gift,{state},{ON + timedelta(days=400 * place)},18,EUR,ann,jan"
            for place, state in enumerate(STATES)]  # fmt: skip
    (tmp_path / "goodwill_actions.csv").write_text("\n".join([head, *rows]))
    invited = ["person_id,event_id,rsvp,approval", "bob,gala,chosen,approved", "ann,gala,invited,"]
    (tmp_path / "invited_to.csv").write_text("\n".join(invited))
    import_folder(database, OWNER, tmp_path)
    return database


def refused(db, gift, step, actor="kira"):
    with pytest.raises(GiftRefused) as caught:
        move_gift(db, OWNER, GiftMove(gift, step, on=TODAY if step == "give" else None), actor, key=f"{gift}{step}",
                  today=TODAY)  # fmt: skip
    return {one.code for one in caught.value.reasons}


def lines(db):
    text = register_csv(gift_register(db, OWNER, today=TODAY)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_register_tells_it_as_brought_in_with_who_says_so(imported):
    told = {row["Gift id"]: row for row in lines(imported) if row["Step"] == "brought in"}
    assert set(told) == set(STATES)
    for row in told.values():
        assert (row["Number"], row["Approvals needed"], row["Approved by"]) == ("", "", "Jan")
        assert "what the file says, and no approval is proved here" in row["Reasons"]
    assert told["approved"]["State after"] == "Approved"
    sent = next(row for row in lines(imported) if row["Kind"] == "Invitation")
    assert "No step of it is in this register" in sent["Reasons"]
    for view in gifts_under_way(imported, OWNER, today=TODAY):
        assert (view.approvals, view.said_by_file, view.due) == ((), ("Jan",), 1)


def test_it_cannot_be_handed_over_before_somebody_agreed_here(imported):
    assert "gift_send_first" in refused(imported, "planned", "give")
    for state in ("approved", "prepared"):
        assert "gift_send_again" in refused(imported, state, "give")
    assert "gift_send_again" in refused(imported, "approved", "prepare")
    assert "gift_sent_by_file" in refused(imported, "needs_approval", "approve"), "whoever wrote the file could approve"
    tried = [row for row in lines(imported) if row["Outcome"] == "refused"]
    assert len(tried) == 5, "each try is in the register"


def test_only_steps_that_would_be_done_are_offered_and_the_line_says_what_to_do(imported):
    views = {view.gift.id: view for view in gifts_under_way(imported, OWNER, today=TODAY, all_states=True)}
    assert {state: views[state].steps for state in STATES} == {
        "planned": ("send", "reschedule", "cancel"), "needs_approval": ("refuse", "reschedule", "withdraw", "cancel"),
        "approved": ("reschedule", "withdraw", "decline", "cancel"),
        "prepared": ("reschedule", "withdraw", "decline", "cancel"),
        "done": ("return", "react"),
    }  # fmt: skip
    assert {state: [one.code for one in views[state].not_yet] for state in STATES} == {
        "planned": [], "needs_approval": ["gift_sent_by_file"], "approved": ["gift_send_again"],
        "prepared": ["gift_send_again"], "done": [],
    }  # fmt: skip
    for state in ("approved", "needs_approval"):  # what the line says can be done
        move_gift(imported, OWNER, GiftMove(state, "withdraw"), "kira", key=f"back-{state}", today=TODAY)
    later = {view.gift.id: view for view in gifts_under_way(imported, OWNER, today=ON + timedelta(days=1))}
    assert (later["approved"].steps, [one.code for one in later["planned"].not_yet]) == (
        ("send", "reschedule", "cancel"), ["gift_day_passed"])  # fmt: skip
    (guest,) = invitations_to_send(imported, OWNER, "gala", today=TODAY)
    assert (guest.steps, [one.code for one in guest.against]) == (("withdraw",), ["gift_send_again"])


def test_sent_and_agreed_to_here_it_may_be_given_and_stays_told_as_brought_in(imported):
    def move(step, actor, day=TODAY):
        return move_gift(imported, OWNER, GiftMove("approved", step), actor, key=f"ok-{step}-{actor}", today=day)

    move("withdraw", "kira")
    move("send", "kira")
    with pytest.raises(GiftRefused):
        move("approve", "kira")
    move("approve", "ines")
    (view,) = [one for one in gifts_under_way(imported, OWNER, today=TODAY) if one.gift.id == "approved"]
    assert (view.approvals, view.said_by_file) == (("Ines",), ("Jan",))
    register = gift_register(imported, OWNER, today=TODAY)
    (came,) = [one for one in register.brought_in if one.id == "approved"]
    assert (came.status, [one["name"] for one in came.approved_by]) == ("approved", ["Jan"])
    assert not broken([asdict(one.row) for one in register.lines])


def test_an_invitation_that_a_file_calls_agreed_to_is_not_sent(imported):
    done = move_invitations(imported, OWNER, "gala", InvitationMove("invite", ["bob"], "kira"), key="i", today=TODAY)
    assert {one.code for one in done.refused[0].reasons} == {"gift_send_again"}
    stored = imported.read("MATCH (:Person {id: 'bob'})-[t:INVITED_TO]->() RETURN t.rsvp AS rsvp")
    assert stored == [{"rsvp": "chosen"}]
