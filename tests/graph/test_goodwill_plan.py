"""The goodwill plan on the graph: rules hold, words, invitations and gifts, edits, one confirmation (C2.5, C3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graphcrm.domain.goodwill_plan import APART_DAYS
from graphcrm.domain.money import Money
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound
from graphcrm.services import gifts, invitations
from graphcrm.services.goodwill_plan import (
    Doers,
    StepEdit,
    choices_of,
    goodwill_outcome,
    goodwill_plan,
    revise,
    save_plan,
)
from graphcrm.services.week import week
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 26)
EUROS = Money.of(100, "EUR")
DOERS = Doers(gifts.plan_gift, gifts.GiftPlan, invitations.invite)


@pytest.fixture
def nord(database):
    """Three who decide: one stays, one leaves in ten days, one has died; a catalogue of a card, a book and a watch."""
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord", country="SE"),
            node("firm", "Organization OwnFirm", name="We"),
            node("kai", "Person Employee", name="Kai"),
            node("anna", "Person", name="Anna"),
            node("per", "Person", name="Per"),
            node("dead", "Person", name="Dead", status="deceased"),
            node("birthday", "UsefulDate", name="Birthday", kind="birthday", date="1970-12-20", recurs=True),
            node("sailing", "Interest", name="Sailing"),
            node("card", "Offering", name="Card", kind="souvenir", price=2.0, currency="EUR"),
            node("book", "Offering", name="Book", kind="book", price=20.0, currency="EUR", fits=["birthday"]),
            node("chart", "Offering", name="Sea chart", kind="souvenir", price=30.0, currency="EUR", fits=["sailing"]),
            node("pen", "Offering", name="Pen", kind="souvenir", price=10.0, currency="EUR"),
            node("watch", "Offering", name="Watch", kind="souvenir", price=400.0, currency="EUR"),
            node("yen", "Offering", name="Fan", kind="souvenir", price=10.0, currency="JPY"),
        ],
        [
            *(tie(one, "WORKS_AT", "nord") for one in ("anna", "dead")),
            tie("kai", "WORKS_AT", "firm"),
            tie("anna", "COVERED_BY", "kai", coverage="multiple", level_now="problem_solver", strength=6),
            tie("anna", "INTERESTED_IN", "sailing", use="open"),
            tie("per", "WORKS_AT", "nord", valid_to=TODAY + timedelta(days=10)),
            *(tie(one, "STAKEHOLDER_IN", "nord", roles=["decision_maker"]) for one in ("anna", "per", "dead")),
            tie("birthday", "DATE_OF", "anna"),
        ],
    )
    return database


def plan(db, budget=EUROS, viewer=OWNER):
    return goodwill_plan(db, viewer, "nord", budget=budget, as_of=TODAY)


def steps_of(found, person_id):
    return [one for one in found.plan.steps if one.gesture.person_id == person_id]


def save(db, found, edits=None, key="k", viewer=OWNER):
    return save_plan(db, viewer, revise(found, edits or {}), DOERS, key=key, today=TODAY)


def test_words_before_the_birthday_that_is_a_sunday_then_the_cheapest_gift_that_fits(nord):
    found = plan(nord)
    words, gift = steps_of(found, "anna")
    assert (words.gesture.on, words.gesture.occasion, words.gesture.occasion_on) == (
        date(2026, 12, 18), "Birthday", date(2026, 12, 20),
    )  # fmt: skip
    assert [reason.code for reason in words.reasons] == ["step_words", "step_before"]
    assert gift.gesture.item_id == "chart", "the pen is cheaper and fits nothing; the book fits only the birthday"
    assert gift.gesture.fits == ("Sailing",)
    assert words.owner_id == gift.owner_id == "kai"
    assert {one.gesture.person_id for one in found.plan.steps} <= {"anna", "per"}, "nothing for who has died"
    (dead,) = [one for one in found.plan.left if one.person_id == "dead"]
    assert dead.params == {"goodwill_rule": "deceased"}
    assert all(one.gesture.on <= TODAY + timedelta(days=10) for one in steps_of(found, "per"))
    assert all(one.gesture.cost == 0 for one in plan(nord, None).plan.steps), "no gifts without a budget"


def test_who_asked_not_to_be_congratulated_gets_nothing_on_their_dates(nord):
    nord.write("MATCH (p:Person {id: 'anna'}) SET p.no_congratulations = true")
    first = steps_of(plan(nord), "anna")[0].gesture
    assert (first.method, first.occasion) == ("useful", "")
    nord.write("MATCH (p:Person {id: 'anna'}) SET p.mourning_until = date('2027-02-01')")
    found = plan(nord)
    assert steps_of(found, "anna")[0].gesture.method == "condolence"
    blind = Viewer("a", "A", "analyst")
    if not blind.sees("family"):
        told = [one.gesture.method for one in plan(nord, viewer=blind).plan.steps if one.gesture.person_id == "anna"]
        assert "condolence" not in told, "to mourn is a fact of the family"


def test_an_invitation_to_our_event_instead_of_a_gift(nord):
    build(nord, [node("party", "Event", name="Open day", kind="exhibition", date=date(2027, 2, 10), seats=2),
                 node("full", "Event", name="Full", kind="exhibition", date=date(2027, 2, 3), seats=0),
                 node("later", "Event", name="Later", kind="exhibition", date=date(2027, 6, 3))], [])  # fmt: skip
    found = plan(nord)
    invited = steps_of(found, "anna")[1].gesture
    assert (invited.kind, invited.item_id, invited.cost) == ("invitation", "party", 0)
    assert invited.on <= date(2027, 1, 27), "in time for an answer"
    assert save(nord, found).refused == ()
    rows = nord.read("MATCH (:Person {id: 'anna'})-[t:INVITED_TO]->(e) RETURN e.id AS id, t.rsvp AS rsvp")
    assert rows == [{"id": "party", "rsvp": "chosen"}], "on the list of guests"
    assert [one.gesture.kind for one in steps_of(plan(nord), "anna") if one.gesture.item_id == "party"] == []


def test_confirmed_once_it_stands_in_the_week_of_its_owner(nord):
    found = plan(nord)
    count = len(found.plan.steps)
    assert (save(nord, found).count, save(nord, found).count) == (count, count)
    rows = nord.read(
        "MATCH (a:GoodwillAction)-[:TARGETS]->(:Person {id: 'anna'}) MATCH (a)-[:DONE_BY]->(e) "
        "RETURN a.kind AS kind, a.status AS status, a.date AS on, e.id AS owner ORDER BY on"
    )
    assert [(row["kind"], row["status"], row["owner"]) for row in rows] == [
        ("congratulation", "planned", "kai"), ("gift", "planned", "kai"),
    ]  # fmt: skip
    assert nord.read("MATCH (e:GiftEntry) RETURN e.step AS step, e.refused AS no") == [{"step": "plan", "no": False}]
    mine = week(nord, OWNER, as_of=date(2026, 12, 14), employee_id="kai", days=7)
    assert [(line.person_name, line.on) for line in mine.congratulate] == [("Anna", date(2026, 12, 18))]
    gift_week = week(nord, OWNER, as_of=rows[1]["on"], employee_id="kai", days=7)
    assert [line.code for line in gift_week.due if line.kind == "goodwill"] == ["week_goodwill_what"]
    again = plan(nord)
    assert again.used == Money.of(30, "EUR")
    assert again.room == Money.of(70, "EUR")
    days = [row["on"] for row in rows]
    assert all(abs((one.gesture.on - day).days) >= APART_DAYS for one in steps_of(again, "anna") for day in days)
    assert {one.person_id for one in again.standing} >= {"anna"}


def test_the_user_drops_moves_and_takes_another_gesture(nord):
    found = plan(nord)
    words, gift = steps_of(found, "anna")
    assert revise(found, {gift.id: StepEdit(dropped=True)}).left == EUROS
    card = revise(found, {words.id: StepEdit(choice="card", on=date(2026, 12, 17), owner_id="")})
    (changed,) = [one for one in card.steps if one.id == words.id]
    assert (changed.gesture.method, changed.gesture.on, changed.owner_id) == ("card", date(2026, 12, 17), "")
    assert changed.gesture.occasion == "Birthday", "still for the birthday"
    assert [reason.code for reason in changed.reasons] == ["step_chosen"]
    choices = {one.choice for one in choices_of(found, gift, gift.gesture.on)}
    assert {"words", "card", "useful", "gift:book", "gift:chart", "gift:watch"} <= choices
    assert not {"gift:card", "gift:yen"} & choices, "next to nothing is no gift; no rate is not for free"
    sunday = revise(found, {words.id: StepEdit(on=date(2026, 12, 20))})
    assert "step_day_off" in next(one for one in sunday.steps if one.id == words.id).notes
    near = revise(found, {gift.id: StepEdit(on=words.gesture.on + timedelta(days=3))})
    assert "step_too_close" in next(one for one in near.steps if one.id == gift.id).notes


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (StepEdit(choice="gift:watch"), "goodwill_over_gift"),
        (StepEdit(choice="gift:gone"), "step_gone"),
        (StepEdit(on=TODAY - timedelta(days=1)), "step_day_past"),
        (StepEdit(owner_id=""), "step_no_owner"),
    ],
)
def test_a_change_that_is_not_correct_is_told_and_cannot_be_confirmed(nord, edit, code):
    found = plan(nord, Money.of(1000, "EUR"))
    gift = steps_of(found, "anna")[1]
    revised = revise(found, {gift.id: edit})
    assert code in {reason.code for reason in revised.problems[gift.id]}
    with pytest.raises(InvalidInput, match="Anna"):
        save(nord, found, {gift.id: edit})
    assert nord.read("MATCH (a:GoodwillAction) RETURN count(a) AS n") == [{"n": 0}]


def test_what_is_refused(nord):
    with pytest.raises(NotFound):
        goodwill_plan(nord, OWNER, "nobody", budget=None, as_of=TODAY)
    with pytest.raises(InvalidInput):
        plan(nord, Money.of(-1, "EUR"))
    found = plan(nord)
    with pytest.raises(Forbidden):
        save(nord, found, viewer=Viewer("r", "Reader", "reader"))
    with pytest.raises(InvalidInput, match="nothing to plan"):
        save(nord, found, {one.id: StepEdit(dropped=True) for one in found.plan.steps})
    revised = revise(found, {})
    short = replace(revised, left=Money.of(-1, "EUR"))
    with pytest.raises(InvalidInput, match="budget"):
        save_plan(nord, OWNER, short, DOERS, key="k", today=TODAY)


def test_a_gift_that_somebody_plans_meanwhile_is_refused_and_the_rest_saved(nord):
    found = plan(nord)
    gift = steps_of(found, "anna")[1].gesture
    gifts.plan_gift(nord, OWNER, gifts.GiftPlan("anna", "book", gift.on), "kai", key="other", today=TODAY)
    saved = save(nord, found)
    assert [step.gesture.kind for step, _error in saved.refused] == ["gift"]
    assert saved.count == len(found.plan.steps) - 1


def test_as_many_queries_for_eight_as_for_one(nord, monkeypatch):
    def count():
        asked = []
        read = type(nord).read
        with monkeypatch.context() as patch:
            patch.setattr(
                type(nord), "read", lambda self, *args, **more: asked.append(args) or read(self, *args, **more)
            )
            found = plan(nord)
        return len(asked), len(found.names)

    few = count()
    build(nord, [node(f"x{n}", "Person", name=f"X{n}") for n in range(6)],
          [row for n in range(6) for row in (tie(f"x{n}", "WORKS_AT", "nord"), tie(f"x{n}", "STAKEHOLDER_IN", "nord",
           roles=["decision_maker"]), tie(f"x{n}", "COVERED_BY", "kai", coverage="multiple"))])  # fmt: skip
    many = count()
    assert (few[1], many[1]) == (3, 8)
    assert few[0] == many[0]


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


def test_the_level_of_the_relation_then_and_now(nord):
    """What became of coverage: the closest relation of the day before the quarter, and of today."""
    turned = TODAY - timedelta(days=10)
    build(nord, [], [
        tie("per", "COVERED_BY", "kai", level_now="vendor", valid_to=turned),
        tie("per", "COVERED_BY", "kai", level_now="problem_solver", valid_from=turned),
    ])  # fmt: skip
    found = {one.person_id: one for one in goodwill_outcome(nord, OWNER, "nord", as_of=TODAY)[0].people}
    assert (found["per"].level_before, found["per"].level_after) == ("vendor", "problem_solver")


def test_in_place_of_a_gift_the_user_may_add_words_to_the_plan(nord):
    """C2.5: Anna's interest is not known, nothing is meant for her birthday: no cheapest gift, and a choice."""
    nord.write("MATCH (:Person)-[t:INTERESTED_IN]->() DELETE t")
    nord.write("MATCH (o:Offering {id: 'book'}) SET o.fits = []")
    found = plan(nord)
    assert [one.gesture.kind for one in steps_of(found, "anna")] == ["congratulation"]
    (left,) = [one for one in found.plan.left if one.person_id == "anna"]
    assert [reason.code for reason in left.why] == ["none_interests_known"]
    (more,) = left.instead
    assert more.method == "useful", "no occasion of hers is far enough from the words"
    assert abs((more.on - steps_of(found, "anna")[0].gesture.on).days) >= APART_DAYS
    edits = {left.step_id: StepEdit(on=more.on, choice=more.choice)}
    added = [one for one in revise(found, edits).steps if one.gesture.person_id == "anna"]
    assert [(one.gesture.method, one.owner_id) for one in added] == [("words", "kai"), ("useful", "kai")]
    assert not revise(found, edits).problems
    assert save(nord, found, edits).refused == ()
    rows = nord.read("MATCH (a:GoodwillAction)-[:TARGETS]->(:Person {id: 'anna'}) RETURN a.kind AS kind, a.date AS on")
    assert {"kind": "congratulation", "on": more.on} in rows
    assert len(rows) == 2
    dropped = {left.step_id: StepEdit(on=more.on, choice=more.choice, dropped=True)}
    assert len([one for one in revise(found, dropped).steps if one.gesture.person_id == "anna"]) == 1
