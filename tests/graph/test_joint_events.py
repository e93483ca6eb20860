"""Events together with a client: milestones in the graph, accepted in one save (C3.7)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound
from graphcrm.queries.events import event_candidates
from graphcrm.services import joint_events as service
from graphcrm.services.joint_events import Decision
from tests.small_graph import build, node, ours, tie

TODAY = date(2026, 11, 26)
READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def nord(database):
    """A deal won last month and one lost; who decided it, an official, one of ours; a joint event of last year."""
    build(database, *ours(bo="Bo"))
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord"),
            node("anna", "Person", name="Anna"),
            node("per", "Person", name="Per", status="left"),
            node("kim", "Person", name="Kim"),
            node("won", "Deal", name="Pumps", stage="won", closed=TODAY - timedelta(days=30)),
            node("lost", "Deal", name="Lost", stage="lost", closed=TODAY - timedelta(days=30)),
            node("old", "Deal", name="Old", stage="won", closed=TODAY - timedelta(days=700)),
            node("launch", "UsefulDate", name="Start of line 3", kind="project", date="2027-02-01", recurs=False),
            node("former", "Event", name="Former", kind="joint", date=date(2025, 5, 1), seats=20, budget=1000.0,
                 currency="EUR"),
        ],
        [
            *(tie(one, "FOR_CLIENT", "nord") for one in ("won", "lost", "old")),
            *(tie(one, "WORKS_AT", "nord") for one in ("anna", "per", "kim")),
            tie("anna", "STAKEHOLDER_IN", "won", roles=["decision_maker"]),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("anna", "COVERED_BY", "bo", coverage="multiple"),
            tie("launch", "DATE_OF", "nord"),
        ],
    )  # fmt: skip
    return database


def decision(**changes):
    given = {"on": TODAY + timedelta(days=60), "theirs": ["anna"], "ours": ["bo"], "name": "Signing <b>",
             "budget": 80.0, "currency": "EUR", "steps": "first"}  # fmt: skip
    return Decision(**{**given, **changes})


def accept(db, nonce="n", viewer=OWNER, **changes):
    return service.accept(db, viewer, "deal:won", decision(**changes), nonce=nonce, today=TODAY)


def test_milestones_and_the_proposal_of_one(nord):
    found, _asked = service.milestones(nord, OWNER, as_of=TODAY)
    assert {one.key for one in found} == {"deal:won", "date:launch:2027-02-01"}
    proposal = service.joint_proposal(nord, OWNER, "deal:won", as_of=TODAY)
    assert [one.person_id for one in proposal.theirs] == ["anna"]
    assert proposal.ours == {"bo": "Bo"}
    assert [one.person_id for one in proposal.barred] == ["per"], "who has left"
    assert (proposal.per_head, proposal.budget, proposal.currency) == (50.0, 100.0, "EUR")
    nord.write("MATCH (e:Event) REMOVE e.currency")
    assert service.joint_proposal(nord, OWNER, "deal:won", as_of=TODAY).budget is None, "not known is not zero"
    with pytest.raises(NotFound):
        service.joint_proposal(nord, OWNER, "deal:lost", as_of=TODAY)


def test_who_has_more_power_at_another_client_is_proposed_all_the_same(nord):
    stake = tie("anna", "STAKEHOLDER_IN", "sud", roles=["economic_buyer", "decision_maker"])
    build(nord, [node("sud", "Organization Client", name="Sud")], [stake, tie("anna", "WORKS_AT", "sud", level=1)])
    assert [one.person_id for one in service.joint_proposal(nord, OWNER, "deal:won", as_of=TODAY).theirs] == ["anna"]


def test_the_candidates_of_one_client_are_those_among_all_who_are_there(demo):
    everybody = event_candidates(demo, as_of=TODAY)
    for client in {row.client_id for row in everybody}:
        rows = event_candidates(demo, as_of=TODAY, client_ids=[client])
        assert rows == [row for row in everybody if row.client_id == client]
    assert event_candidates(demo, as_of=TODAY, client_ids=[]) == []


def test_accepted_in_one_save_and_proposed_no_more(nord):
    saved = accept(nord)
    assert accept_again(nord) == saved.change_id, "a double click saves once"
    row = nord.read(
        "MATCH (e:Event {name: 'Signing <b>'})-[:FOR_CLIENT]->(:Client {id: 'nord'}) MATCH (e)-[:ADVANCES]->(d:Deal) "
        "RETURN d.id AS deal, e.budget AS budget, e.kind AS kind, e.steps AS steps, "
        "COLLECT { MATCH (e)<-[t:INVITED_TO]-(p) RETURN p.id + ':' + t.rsvp ORDER BY p.id } AS people"
    )[0]
    assert row == {
        "deal": "won",
        "budget": 80.0,
        "kind": "joint",
        "steps": "first",
        "people": ["anna:chosen", "bo:chosen"],
    }
    action = nord.read(
        "MATCH (a:GoodwillAction:JointEvent)-[:TARGETS]->(p) MATCH (a)-[:ADVANCES]->(d) MATCH (a)-[:DONE_BY]->(e) "
        "RETURN p.id AS person, d.id AS deal, e.id AS employee, a.status AS status"
    )
    assert action == [{"person": "anna", "deal": "won", "employee": "bo", "status": "planned"}]
    assert nord.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 1
    assert "deal:won" not in {one.key for one in service.milestones(nord, OWNER, as_of=TODAY)[0]}


def accept_again(db):
    with suppress(NotFound):  # the milestone is proposed no more: that is the answer to a late click
        return accept(db).change_id
    return db.read("MATCH (c:Change) RETURN c.id AS id")[0]["id"]


def test_the_cost_a_head_is_judged_and_kept(nord):
    """6.7: at 90 a head nobody may be invited under the limit of 50; at 45 they may, and the event says so."""
    nord.write("MATCH (e:Event {id: 'former'}) SET e.cost_per_guest = 90.0")
    proposal = service.joint_proposal(nord, OWNER, "deal:won", as_of=TODAY)
    assert proposal.per_head == 90.0
    assert {"anna": "goodwill_over_gift"}.items() <= {one.person_id: one.barred for one in proposal.barred}.items()
    with pytest.raises(InvalidInput, match="cannot be invited"):
        accept(nord, budget=180.0)
    accept(nord, budget=90.0, nonce="less")
    (row,) = nord.read("MATCH (e:Event {name: 'Signing <b>'}) RETURN e.cost_per_guest AS cost, e.currency AS currency")
    assert row == {"cost": 45.0, "currency": "EUR"}


def test_the_proposed_day_is_no_holiday_of_ours_or_theirs(nord):
    first = service.joint_proposal(nord, OWNER, "date:launch:2027-02-01", as_of=TODAY).on
    assert first == date(2027, 2, 1)
    nord.write(
        "MATCH (o:OwnFirm) SET o.country = 'RS' WITH o MATCH (d:UsefulDate {id: 'launch'}) SET d.date = '2027-02-15'"
    )
    on = service.joint_proposal(nord, OWNER, "date:launch:2027-02-15", as_of=TODAY).on
    assert on == date(2027, 2, 17), "Statehood Day in Serbia, two days"
    nord.write("MATCH (c:Client {id: 'nord'}) SET c.country = 'EE' WITH c MATCH (d:UsefulDate {id: 'launch'}) "
               "SET d.date = '2027-02-24'")  # fmt: skip
    on = service.joint_proposal(nord, OWNER, "date:launch:2027-02-24", as_of=TODAY).on
    assert on == date(2027, 2, 25), "Independence Day in Estonia"


def test_two_managers_accept_the_same_milestone_at_once(nord):
    def one(number):
        with suppress(NotFound):
            return accept(nord, nonce=f"n{number}")

    with ThreadPoolExecutor(4) as pool:
        made = [saved for saved in pool.map(one, range(4)) if saved]
    assert len(made) == 1
    assert nord.read("MATCH (a:GoodwillAction) RETURN count(a) AS n")[0]["n"] == 1


def test_what_is_refused_leaves_nothing_behind(nord):
    wrong = [
        {"on": TODAY - timedelta(days=1)},
        {"theirs": []},
        {"currency": None},
        {"theirs": ["per"]},
    ]
    for changes in wrong:
        with pytest.raises(InvalidInput):
            accept(nord, **changes)
    with pytest.raises(NotFound):
        accept(nord, theirs=["stranger"])
    with pytest.raises(Forbidden):
        accept(nord, viewer=READER)
    assert nord.read("MATCH (e:Event) RETURN count(e) AS n")[0]["n"] == 1
