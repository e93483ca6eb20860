"""Invitations in the sums of gifts (C2.5, C3.5, C3.6): both ways, over household and firm, named in the reasons."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import GiftRefused
from graphcrm.services import guests
from graphcrm.services._wording import sentence
from graphcrm.services.gift_register import gift_register, register_csv
from graphcrm.services.gifts import GiftMove, GiftPlan, move_gift, plan_gift
from graphcrm.services.goodwill_methods import goodwill_methods
from graphcrm.services.guests import GuestChoices
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
