"""The goodwill plan on the graph: rules hold, nobody gets anything after their last day, one save (C3)."""

from datetime import date, timedelta

import pytest

from graphcrm.domain.money import Money
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound
from graphcrm.services.goodwill_plan import goodwill_outcome, goodwill_plan, save_plan
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 26)
EUROS = Money.of(100, "EUR")


@pytest.fixture
def nord(database):
    """Three who decide: one stays, one leaves in ten days, one has died; a catalogue of a card, a book and a watch."""
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord", country="SE"),
            node("anna", "Person", name="Anna"),
            node("per", "Person", name="Per"),
            node("dead", "Person", name="Dead", status="deceased"),
            node("birthday", "UsefulDate", name="Birthday", kind="birthday", date="1970-12-20", recurs=True),
            node("card", "Offering", name="Card", kind="souvenir", price=2.0, currency="EUR"),
            node("book", "Offering", name="Book", kind="book", price=20.0, currency="EUR"),
            node("watch", "Offering", name="Watch", kind="souvenir", price=400.0, currency="EUR"),
            node("yen", "Offering", name="Fan", kind="souvenir", price=10.0, currency="JPY"),
        ],
        [
            *(tie(one, "WORKS_AT", "nord") for one in ("anna", "dead")),
            tie("per", "WORKS_AT", "nord", valid_to=TODAY + timedelta(days=10)),
            *(tie(one, "STAKEHOLDER_IN", "nord", roles=["decision_maker"]) for one in ("anna", "per", "dead")),
            tie("birthday", "DATE_OF", "anna"),
        ],
    )
    return database


def plan(db, budget=EUROS):
    return goodwill_plan(db, OWNER, "nord", budget=budget, as_of=TODAY)


def test_words_on_the_birthday_then_the_cheapest_gift_that_is_correct(nord):
    found = plan(nord)
    own = [one for one in found.plan.gestures if one.person_id == "anna"]
    assert [(one.kind, one.offering_id) for one in own] == [("congratulation", ""), ("gift", "book")]
    assert (own[0].on, own[0].occasion) == (date(2026, 12, 20), "Birthday")
    assert {one.person_id for one in found.plan.gestures} <= {"anna", "per"}, "nothing for who has died"
    assert all(one.on <= TODAY + timedelta(days=10) for one in found.plan.gestures if one.person_id == "per")
    assert all(one.cost == 0 for one in plan(nord, None).plan.gestures), "words alone"


def test_saved_once_and_not_planned_again(nord):
    found = plan(nord)
    saved = save_plan(nord, OWNER, found, key="k", today=TODAY)
    assert save_plan(nord, OWNER, found, key="k", today=TODAY).change_id == saved.change_id
    rows = nord.read(
        "MATCH (a:GoodwillAction)-[:TARGETS]->(:Person {id: 'anna'}) RETURN a.kind AS kind, a.status AS is"
    )
    assert [(row["kind"], row["is"]) for row in rows] == [("congratulation", "planned")], (
        "gifts have their own register"
    )
    days = nord.read("MATCH (a:GoodwillAction)-[:TARGETS]->(:Person {id: 'anna'}) RETURN a.date AS on")
    again = [one.on for one in plan(nord).plan.gestures if one.person_id == "anna"]
    assert all(abs((one - row["on"]).days) >= 21 for one in again for row in days), "three weeks from what is planned"


def test_what_is_refused(nord):
    with pytest.raises(NotFound):
        goodwill_plan(nord, OWNER, "nobody", budget=None, as_of=TODAY)
    with pytest.raises(InvalidInput):
        plan(nord, Money.of(-1, "EUR"))
    with pytest.raises(Forbidden):
        save_plan(nord, Viewer("r", "Reader", "reader"), plan(nord), key="k", today=TODAY)


def test_after_one_gesture_there_is_too_little_to_tell(nord):
    assert goodwill_outcome(nord, OWNER, "nord", as_of=TODAY)[0].code == "outcome_none"
    build(
        nord,
        [node("a", "GoodwillAction", kind="congratulation", status="done", date=TODAY - timedelta(days=20))],
        [tie("a", "TARGETS", "anna")],
    )
    found = goodwill_outcome(nord, OWNER, "nord", as_of=TODAY)[0]
    assert found.code == "outcome_too_few"
    assert {one.person_id: one.gestures for one in found.people}["anna"] == 1
