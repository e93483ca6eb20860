"""Whom to win (C2.1, D1) on real Neo4j: service and command line, against tests/small_graph.py."""

import json
from datetime import date

import pytest

from graphcrm.cli import whom_to_win as command
from graphcrm.domain.key_players_question import Wish
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.services.whom_to_win import whom_to_win
from tests.commands import caller_of, kept_open
from tests.small_graph import TODAY, build, node, orion, tie


@pytest.fixture
def db(database):
    """Orion, where it is not known how Lev stands to us."""
    orion(database)
    database.write("MATCH (:Person {id: 'p-lev'})-[stake:STAKEHOLDER_IN]->() SET stake.support = 'unknown'")
    return database


def test_the_deputy_alone_is_enough(db):
    """C2.1: Lev sways Greta by 0.9 and Anton by 0.8; nobody else at Orion comes near."""
    found = whom_to_win(db, OWNER, "c-orion", as_of=TODAY)
    best = found.answer.sets[0]
    assert best.members == ("p-lev",)
    greta, anton = 0.75 * 0.9 + 0.25 * 0.45, 0.25 * 0.8
    backing = found.answer.backing_reach
    alone = (greta * 0.9 + anton * 0.8) / (greta + anton)
    assert best.score.value >= max(alone, backing) - 1e-9
    assert sum(reason.contribution for reason in best.score.reasons) == pytest.approx(best.score.value)


def test_those_who_back_us_are_enough_and_the_number_has_its_reasons(database):
    """As the small graph has it Lev supports us: nobody has to be won, and his influences say why."""
    orion(database)
    answer = whom_to_win(database, OWNER, "c-orion", as_of=TODAY).answer
    assert (answer.status, answer.sets) == ("enough_already", ())
    assert answer.backed.members == ("p-lev", "p-ida")
    assert answer.backed.score.value == pytest.approx(answer.backing_reach)
    assert sum(reason.contribution for reason in answer.backed.score.reasons) == pytest.approx(answer.backing_reach)
    assert "p-lev-INFLUENCES-p-greta" in {fact.id for fact in answer.backed.score.facts}


def test_every_tie_that_a_reason_names_can_be_opened(db):
    """No number without its reasons; and the Cypher behind it."""
    found = whom_to_win(db, OWNER, "c-orion", as_of=TODAY)
    named = {fact.id for group in found.answer.sets for fact in group.score.facts if fact.kind == "tie"}
    assert "p-lev-INFLUENCES-p-greta" in named
    assert named <= found.evidence.keys()
    assert {"structure_people", "structure_influences"} <= {one.query.name for one in found.asked}


def test_who_may_not_see_a_tie_gets_an_answer_without_it(database):
    """A restricted influence counts for the owner alone."""
    stake = {"roles": ["economic_buyer"], "confidence": 1.0}
    build(
        database,
        [
            node("c-x", "Organization Client", name="X"),
            node("p-a", "Person", name="A"),
            node("p-b", "Person", name="B"),
        ],
        [
            tie("p-a", "WORKS_AT", "c-x"),
            tie("p-b", "WORKS_AT", "c-x"),
            tie("p-a", "STAKEHOLDER_IN", "c-x", **stake),
            tie("p-b", "INFLUENCES", "p-a", strength=9.0, confidence=1.0, sensitivity="restricted"),
        ],
    )
    wish = Wish(size=1, excluded=frozenset({"p-a"}))
    owner = whom_to_win(database, OWNER, "c-x", as_of=TODAY, wish=wish)
    reader = whom_to_win(database, Viewer("r", "Reader", "reader"), "c-x", as_of=TODAY, wish=wish)
    assert owner.answer.sets[0].members == ("p-b",)
    assert reader.answer.sets == ()
    assert "p-b-INFLUENCES-p-a" not in reader.evidence


def test_it_follows_the_chosen_deal(db):
    """In the open deal Anton decides alone, and Ida is against it: others must be won than as a rule."""
    stake = {"valid_from": date(2026, 1, 1), "confidence": 1.0}
    build(
        db,
        [],
        [
            tie("p-anton", "STAKEHOLDER_IN", "deal-open", roles=["economic_buyer", "payment_decider"], **stake),
            tie("p-ida", "STAKEHOLDER_IN", "deal-open", roles=["legal"], support="enemy", **stake),
        ],
    )
    found = whom_to_win(db, OWNER, ("c-orion", "deal-open"), as_of=TODAY)
    assert {need.need for need in found.answer.requirements} == {"purchase", "payment", "veto"}
    assert "p-ida" in found.answer.sets[0].members
    assert "stance_in_deal" in {one.query.name for one in found.asked}
    with pytest.raises(NotFound):
        whom_to_win(db, OWNER, ("c-orion", "no-such-deal"), as_of=TODAY)


def test_unknown_client(db):
    with pytest.raises(NotFound):
        whom_to_win(db, OWNER, "no-such", as_of=TODAY)


@pytest.fixture
def run(db, monkeypatch):
    monkeypatch.setattr(command, "open_app", lambda _settings: kept_open(db, TODAY))
    return caller_of(command.app)


def test_the_command_tells_group_reasons_and_ties(run):
    said = run("c-orion")
    assert "To win: 1 person." in said
    assert "Lev Sorokin sways those who decide: Greta Holm 90%" in said
    assert "Lev Sorokin · influences · Greta Holm (source: Talk at the fair)" in said


def test_the_command_in_json(run):
    told = json.loads(run("c-orion", "--format", "json", "--size", "2"))
    assert {member["id"] for member in told["sets"][0]["members"]} == {"p-greta", "p-anton"}
    assert told["sets"][0]["reach"] == pytest.approx(1.0)
    assert told["exact"] is True


def test_the_command_without_somebody(run):
    assert "Lev Sorokin sways" not in run("c-orion", "--without", "p-lev")


@pytest.mark.parametrize("wrong", [("--share", "0"), ("--share", "1.2"), ("--size", "0")])
def test_the_command_with_what_cannot_be_asked(run, wrong):
    with pytest.raises(InvalidInput):
        run("c-orion", *wrong)


def test_the_command_for_a_client_that_is_not_there(run):
    with pytest.raises(NotFound):
        run("no-such")


def test_the_command_of_a_deal(run, db):
    """In the deal Greta backs us, so that it is enough already; elsewhere a deal is not found."""
    roles = {"p-greta": ["economic_buyer"], "p-anton": ["payment_decider"]}
    build(db, [], [tie(one, "STAKEHOLDER_IN", "deal-open", roles=own, support="mentor") for one, own in roles.items()])
    assert "enough for the wanted 60%" in run("c-orion", "--deal", "deal-open")
    assert "To win: 1 person." in run("c-orion")
    with pytest.raises(NotFound):
        run("c-vega", "--deal", "deal-open")
