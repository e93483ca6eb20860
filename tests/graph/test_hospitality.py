"""Invitations in the sums of gifts (C2.5, C3.5, C3.6): both ways, over household and firm, named in the reasons."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from graphcrm.domain.gift_register import broken
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditRefused, Forbidden, GiftRefused, InvalidInput, NotFound
from graphcrm.queries.gifts import gift_register as stored_register
from graphcrm.services import guests, invitations
from graphcrm.services._wording import sentence
from graphcrm.services.editing import Record, RowEdit, save_edits
from graphcrm.services.gift_register import gift_register, register_csv
from graphcrm.services.gifts import GiftMove, GiftPlan, move_gift, plan_gift
from graphcrm.services.goodwill_methods import goodwill_methods
from graphcrm.services.guests import GuestChoices
from graphcrm.services.invitation_approvals import InvitationMove, invitations_to_send, move_invitations
from graphcrm.services.week import week
from tests.graph.test_gift_register import household
from tests.small_graph import build, node, tie

TODAY = date(2026, 1, 10)
ON = TODAY + timedelta(days=20)


@pytest.fixture
def hosting(database):
    """The household of the register's tests (limits: 45 for one, 80 a year), and a gala of 40 EUR in spring."""
    household(database)
    build(
        database,
        [
            node("gala", "Event", name="Gala", kind="celebration", date=date(2026, 3, 1), cost_per_guest=40.0,
                 currency="EUR", seats=20),
            node("seminar", "Event", name="Seminar", kind="seminar", date=date(2026, 3, 2)),
            node("free", "Event", name="Open day", kind="celebration", date=date(2026, 3, 3)),
        ],
        [],
    )  # fmt: skip
    return database


def invited(db, person, event="gala", **other):
    build(db, [], [tie(person, "INVITED_TO", event, **({"rsvp": "invited"} | other))])


def plan(db, gift, person="ann", key="k"):
    return plan_gift(db, OWNER, GiftPlan(person, gift, ON, together=True), "ines", key=key, today=TODAY)


def verdict_of(db, person, event="gala", viewer=OWNER):
    return guests.propose_guests(db, viewer, event, GuestChoices(), as_of=TODAY).verdicts[person]


@pytest.mark.parametrize(
    ("tie_of", "counts"),
    [
        ({"rsvp": "invited"}, True),
        ({"rsvp": "accepted"}, True),
        ({"rsvp": None}, True),  # invited is what none recorded means
        ({"rsvp": "declined", "attended": True}, True),
        ({"rsvp": "chosen", "approval": "needs_approval"}, True),
        ({"rsvp": "chosen", "approval": "refused"}, False),
        ({"rsvp": "chosen"}, False),
        ({"rsvp": "declined"}, False),
        ({"rsvp": "no_answer"}, False),
        ({"rsvp": "waiting"}, False),
    ],
)
def test_an_invitation_counts_against_the_next_gift(hosting, tie_of, counts):
    invited(hosting, "ann", **tie_of)
    if not counts:
        assert plan(hosting, "gift-44").status == "planned"
        return
    with pytest.raises(GiftRefused) as caught:
        plan(hosting, "gift-44")  # 40 + 44 > 80 a year
    assert {one.code for one in caught.value.reasons} == {"goodwill_over_year", "goodwill_invitation"}
    assert "the invitation to “Gala” on 1 Mar 2026 (€40)" in str(caught.value)


def test_it_counts_for_the_household_and_is_not_told_to_who_may_not_know_of_families(hosting):
    invited(hosting, "bob")
    with pytest.raises(GiftRefused) as caught:
        plan(hosting, "gift-44")
    assert "goodwill_over_year_household" in {one.code for one in caught.value.reasons}
    assert "goodwill_invitation_household" in {one.code for one in caught.value.reasons}
    found = goodwill_methods(hosting, OWNER, "ann", ON, today=TODAY)
    room = {one.method.code: one.verdict for one in found.methods}["small_gift"]
    assert sentence("goodwill_room", next(one.params for one in room.reasons if one.code == "goodwill_room")) == (
        "Up to €40 is left of the limits.")  # fmt: skip
    analyst = guests.propose_guests(hosting, Viewer("a", "A", "analyst"), "seminar", GuestChoices(), as_of=TODAY)
    assert "household" not in " ".join(one.code for one in analyst.verdicts["ann"].reasons)


def test_it_counts_for_the_firm(hosting):
    build(hosting, [node("carl", "Person", name="Carl", official_status="private")], [tie("carl", "WORKS_AT", "orion")])
    hosting.write("MATCH (p:GiftPolicy) SET p.limit_employer_per_year = 50")
    invited(hosting, "carl")
    with pytest.raises(GiftRefused) as caught:
        plan(hosting, "gift-18")
    assert {one.code for one in caught.value.reasons} == {"goodwill_over_employer", "goodwill_invitation_household"}


def test_gifts_count_against_the_next_invitation_and_so_does_the_invitation_of_the_spouse(hosting):
    assert verdict_of(hosting, "ann").mark == "possible"  # how good the relation is, is not known
    for number, day in enumerate((10, 30)):
        at = TODAY + timedelta(days=day)
        gift = plan_gift(hosting, OWNER, GiftPlan("bob", "gift-28", at, together=True), "ines", key=f"g{number}",
                         today=TODAY).action_id  # fmt: skip
        move_gift(hosting, OWNER, GiftMove(gift, "send"), "ines", key=f"s{number}", today=TODAY)
    verdict = verdict_of(hosting, "ann")
    assert "goodwill_over_year_household" in {one.code for one in verdict.of("never")}
    hosting.write("MATCH (a:Gift) SET a.status = 'cancelled'")
    invited(hosting, "bob")
    verdict = verdict_of(hosting, "ann")  # two of one household at one table: one gift of 80
    assert "goodwill_over_gift_split" in {one.code for one in verdict.of("never")}


def test_a_gift_and_an_invitation_within_days_are_one_gift(hosting):
    hosting.write("MATCH (e:Event {id: 'gala'}) SET e.date = $on, e.cost_per_guest = 20.0", {"on": ON})
    invited(hosting, "ann")
    gift = plan(hosting, "gift-8").action_id
    views = hosting.read("MATCH (e:GiftEntry) RETURN e.approvals_due AS due")
    assert views == [{"due": 1}], "8 alone needs nobody; 28 together needs one"
    assert gift
    with pytest.raises(GiftRefused) as caught:
        plan(hosting, "gift-28", key="more")
    assert "goodwill_over_gift_split" in {one.code for one in caught.value.reasons}


def test_an_unknown_cost_is_not_zero(hosting):
    invited(hosting, "ann", "seminar", rsvp="accepted")  # nothing of value: no unknown sum
    plan(hosting, "gift-8", key="a")
    invited(hosting, "ann", "free", rsvp="accepted")
    plan(hosting, "gift-8", "bob", key="b")
    due = hosting.read("MATCH (e:GiftEntry) RETURN e.approvals_due AS due, e.why AS why ORDER BY e.number")
    assert [row["due"] for row in due] == [0, 1]
    assert "goodwill_value_unknown" in due[1]["why"]


def test_the_auditor_sees_hospitality_beside_gifts(hosting):
    invited(hosting, "ann", rsvp="accepted", attended=False, invited_on=TODAY)
    invited(hosting, "bob", "free", rsvp="declined")
    invited(hosting, "bob", rsvp="chosen")
    rows = list(
        csv.DictReader(io.StringIO(register_csv(gift_register(hosting, OWNER, today=TODAY)).decode("utf-8-sig")))
    )
    assert [(row["Step"], row["For whom"], row["Gift"], row["Value"], row["Outcome"]) for row in rows] == [
        ("invitation", "Bob", "Open day", "not known", "Declined"),
        ("invitation", "Ann", "Gala", "40", "Accepted, did not come"),
    ]  # fmt: skip


def move(db, step, *people, actor="ines", key=None, event="gala", today=TODAY):
    wanted = InvitationMove(step, people, actor)
    return move_invitations(db, OWNER, event, wanted, key=key or f"{step}-{actor}-{people}-{today}", today=today)


def listed(db, *people, event="gala"):
    build(db, [], [tie(one, "INVITED_TO", event, rsvp="chosen") for one in people])


def state(db, person="ann", event="gala"):
    rows = db.read(
        "MATCH (:Person {id: $person})-[t:INVITED_TO]->(:Event {id: $event}) RETURN t.rsvp AS rsvp, t.approval AS now",
        {"person": person, "event": event},
    )
    return rows[0]["rsvp"], rows[0]["now"]


def refused(noted):
    return {one.params.get("goodwill_rule", one.code) for refusal in noted.refused for one in refusal.reasons}


def steps(db):
    return [(row.step, row.refused, row.by_id, row.person_id) for row in stored_register(db)]


def test_an_invitation_is_sent_when_two_others_have_agreed(hosting):
    listed(hosting, "ann")
    assert refused(move(hosting, "invite", "ann")) == {"gift_send_first"}
    assert state(hosting) == ("chosen", None)
    assert refused(move(hosting, "send", "ann")) == set()
    assert state(hosting) == ("chosen", "needs_approval")
    assert refused(move(hosting, "approve", "ann")) == {"gift_own_approval"}
    move(hosting, "approve", "ann", actor="jan")
    assert state(hosting) == ("chosen", "needs_approval"), "40 EUR: two have to agree"
    assert refused(move(hosting, "approve", "ann", actor="jan", key="again")) == {"gift_approved_before"}
    assert refused(move(hosting, "invite", "ann", key="early")) == {"gift_wrong_state", "gift_needs_more"}
    move(hosting, "approve", "ann", actor="kira")
    assert state(hosting) == ("chosen", "approved")
    assert move(hosting, "invite", "ann", key="out").count == 1
    assert state(hosting) == ("invited", "approved")
    assert [row[:3] for row in steps(hosting)] == [
        ("invite", True, "ines"), ("send", False, "ines"), ("approve", True, "ines"), ("approve", False, "jan"),
        ("approve", True, "jan"), ("invite", True, "ines"), ("approve", False, "kira"), ("invite", False, "ines"),
    ]  # fmt: skip
    rows = stored_register(hosting)
    assert broken([asdict(row) for row in rows]) == ()
    told = list(
        csv.DictReader(io.StringIO(register_csv(gift_register(hosting, OWNER, today=TODAY)).decode("utf-8-sig")))
    )
    assert told[7]["Approved by"] == "Jan, Kira"
    assert {row["Kind"] for row in told} == {"Invitation"}


def test_a_double_click_is_one_step_and_tells_the_same(hosting):
    listed(hosting, "ann")
    first, second = (move(hosting, "invite", "ann", key="same") for _click in range(2))
    assert refused(first) == refused(second) == {"gift_send_first"}
    assert len(steps(hosting)) == 1


def test_a_dearer_event_has_to_be_agreed_to_anew(hosting):
    listed(hosting, "ann")
    move(hosting, "send", "ann")
    for who in ("jan", "kira"):
        move(hosting, "approve", "ann", actor=who)
    hosting.write("MATCH (e:Event {id: 'gala'}) SET e.cost_per_guest = 44.0")
    assert refused(move(hosting, "invite", "ann")) == {"gift_send_again"}
    (view,) = invitations_to_send(hosting, OWNER, "gala", today=TODAY)
    assert (view.approvals, view.due, view.is_free) == ((), 2, False)


def test_who_is_asked_by_an_answer_is_judged_as_if_it_were_sent(hosting):
    listed(hosting, "ann")
    noted = invitations.answer(hosting, OWNER, "gala", {"ann": "accepted"}, key="a", today=TODAY)
    assert refused(noted) == {"gift_send_first"}
    assert state(hosting) == ("chosen", None)


def test_the_spouse_cannot_be_sent_one_in_the_same_save(hosting):
    hosting.write("MATCH (e:Event {id: 'gala'}) SET e.cost_per_guest = 14.0")
    hosting.write("MATCH (p:GiftPolicy) SET p.limit_per_gift = 20")
    listed(hosting, "ann", "bob")
    noted = move(hosting, "invite", "ann", "bob")
    assert noted.count == 1
    assert refused(noted) == {"goodwill_over_gift_split", "goodwill_invitation_household", "gift_send_first"}


def test_a_tender_that_opens_after_the_approval_stops_it(hosting):
    listed(hosting, "ann")
    move(hosting, "send", "ann")
    for who in ("jan", "kira"):
        move(hosting, "approve", "ann", actor=who)
    hosting.write("MATCH (d:Deal) SET d.opened = $opened", {"opened": TODAY})
    assert {"tender", "tender_celebration"} <= refused(move(hosting, "invite", "ann"))


def test_without_a_cost_no_limit_can_be_looked_at(hosting):
    listed(hosting, "ann", event="free")
    assert refused(move(hosting, "send", "ann", event="free")) == {"invitation_cost_missing"}
    (view,) = invitations_to_send(hosting, OWNER, "free", today=TODAY)
    assert [one.code for one in view.against] == ["invitation_cost_missing"]
    listed(hosting, "ann", event="seminar")
    assert invitations.send(hosting, OWNER, "seminar", ["ann"], key="s", today=TODAY).count == 1
    assert invitations_to_send(hosting, OWNER, "seminar", today=TODAY) == ()
    with pytest.raises(InvalidInput):
        move(hosting, "send", "ann", event="seminar")


def test_forms_and_undo_do_not_get_round_it(hosting):
    listed(hosting, "ann")
    tie_id = hosting.read("MATCH ()-[t:INVITED_TO]->() RETURN t.id AS id")[0]["id"]
    ends = {"person_id": "ann", "event_id": "gala"}
    forms = [RowEdit("INVITED_TO", tie_id, {**ends, "rsvp": "invited"}),
             RowEdit("INVITED_TO", tie_id, {**ends, "approval": "approved"}),
             RowEdit("INVITED_TO", tie_id, {**ends, "attended": True}),
             RowEdit("INVITED_TO", "", {"person_id": "bob", "event_id": "gala", "rsvp": "accepted"}),
             RowEdit("INVITED_TO", "", {"person_id": "bob", "event_id": "gala"})]  # fmt: skip
    for place, form in enumerate(forms):
        with pytest.raises(EditRefused) as caught:
            save_edits(hosting, OWNER, [form], key=f"form {place}", today=TODAY)
        assert {one.code for one in caught.value.problems} <= {"invitation_by_register", "invitation_by_hand"}
    save_edits(hosting, OWNER, [RowEdit("INVITED_TO", tie_id, {**ends, "table": 3})], key="table", today=TODAY)
    hosting.write("MATCH (e:Event {id: 'gala'}) SET e.cost_per_guest = 8.0")
    move(hosting, "invite", "ann")
    record = Record(tie_id, "INVITED_TO", "", {"rsvp": "invited"}, "ann", "gala")
    with pytest.raises(InvalidInput):
        save_edits(hosting, OWNER, [], key="away", remove=[record], today=TODAY)
    invitations.answer(hosting, OWNER, "gala", {"ann": "declined"}, key="no", today=TODAY)
    change = hosting.read("MATCH (c:Change) RETURN c.id AS id, c.action AS action ORDER BY c.at DESC, c.number DESC")
    assert change[0]["action"] == "register", "else undo would bring back an invitation that is not counted since"
    assert steps(hosting)[-1][0] == "decline"


def test_who_came_without_an_invitation_is_recorded_and_counts(hosting):
    listed(hosting, "ann")
    day = date(2026, 3, 1)
    assert invitations.attend(hosting, OWNER, "gala", {"ann": True}, key="came", today=day).count == 1
    assert steps(hosting) == [("attend", False, None, "ann")]
    with pytest.raises(GiftRefused):
        plan_gift(hosting, OWNER, GiftPlan("ann", "gift-44", day + timedelta(days=9)), "ines", key="k", today=day)


def test_who_may_not_and_who_is_not_ours(hosting):
    listed(hosting, "ann")
    with pytest.raises(NotFound):
        move(hosting, "send", "ann", actor="ann")
    with pytest.raises(NotFound):
        move(hosting, "send", "stranger")
    with pytest.raises(InvalidInput):
        move(hosting, "give", "ann")
    with pytest.raises(Forbidden):
        move_invitations(hosting, Viewer("r", "R", "reader"), "gala", InvitationMove("send", ["ann"], "ines"), key="r",
                         today=TODAY)  # fmt: skip
    signed_in = Viewer("j@example.org", "Jan", "manager", "jan", acts_freely=False)
    with pytest.raises(Forbidden, match="for yourself alone"):
        move_invitations(hosting, signed_in, "gala", InvitationMove("send", ["ann"], "ines"), key="j", today=TODAY)
    assert invitations_to_send(hosting, Viewer("r", "R", "reader"), "gala", today=TODAY) == ()
    assert steps(hosting) == []


def test_my_week_shows_what_needs_approval(hosting):
    listed(hosting, "ann")
    move(hosting, "send", "ann")
    (line,) = week(hosting, OWNER, as_of=TODAY).approve
    assert sentence(line.code, line.params) == "Invitation to “Gala”: Needs approval."
    assert (line.person_id, line.on) == ("ann", date(2026, 3, 1))
    assert week(hosting, Viewer("r", "R", "reader"), as_of=TODAY).approve == ()
    assert week(hosting, OWNER, as_of=date(2026, 4, 1)).approve == (), "the gala is over"


def test_on_the_command_line(hosting, command):
    hosting.write("MATCH (e:Event {id: 'gala'}) SET e.date = date() + duration({days: 30}), e.cost_per_guest = 20.0")
    listed(hosting, "ann")
    code, said = command("events", "send", "gala", "ann", "--by", "ines")
    assert code == 1
    assert "Ann: refused; the try is in the register: Send it for approval first" in said
    assert command("events", "decide", "gala", "send", "ann", "--by", "ines")[0] == 0
    assert "0 of 1 agreed" in command("events", "approvals", "gala")[1]
    assert command("events", "decide", "gala", "approve", "ann", "--by", "ines")[0] == 1
    assert command("events", "decide", "gala", "approve", "ann", "--by", "jan", "--note", "Fine")[0] == 0
    assert '"free": true' in command("events", "approvals", "gala", "--json")[1]
    assert command("events", "send", "gala", "ann", "--by", "ines")[0] == 0
    assert state(hosting) == ("invited", "approved")
