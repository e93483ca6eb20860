"""What if (C1.8, C2.1, D1) on real Neo4j: the service, kept scenarios and the command line."""

import json
from datetime import date

import pytest

from graphcrm.cli import what_if as command
from graphcrm.domain.scenario import Change
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound
from graphcrm.services.exporting import export_folder
from graphcrm.services.scenarios import forget_scenario, save_scenario, scenarios
from graphcrm.services.what_if import resolve, tie_choices, what_if
from tests.commands import caller_of, kept_open
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer("r", "Reader", "reader")
LEV = Change("person", "p-lev")
FACTS = """
MATCH (n) WHERE NOT n:Scenario OPTIONAL MATCH (n)-[t]->(m)
RETURN n.id AS a, properties(n) AS of_a, type(t) AS kind, properties(t) AS of_t, m.id AS b ORDER BY a, kind, b
"""


@pytest.fixture
def db(database):
    orion(database)
    return database


def test_taking_away_the_deputy(db):
    """Kai is in contact with Ida, who sways Lev, who sways Anton: without Lev nobody of ours gets to Anton."""
    found = what_if(db, OWNER, "c-orion", as_of=TODAY, changes=[LEV])
    assert set(found.result.lost) == {"p-anton"}
    assert found.result.lost["p-anton"] == ("e-kai", "p-ida", "p-lev", "p-anton")
    assert found.result.gone == ("p-lev",)
    assert found.result.after.reach.value < found.result.before.reach.value
    assert found.result.repairs[0].person_id == "p-anton"
    assert {one.id for one in found.result.before.access.singles} == {"e-kai", "p-ida", "p-lev"}


def test_nothing_of_it_is_written(db):
    """The whole graph before and after, every property and tie."""
    before = db.read(FACTS)
    changes = [LEV, Change("employee", "e-kai"), Change("contact", source_id="e-zoe", target_id="p-anton")]
    what_if(db, OWNER, "c-orion", as_of=TODAY, changes=changes)
    save_scenario(db, OWNER, "c-orion", "After all", changes, key="k1")
    assert db.read(FACTS) == before


def test_every_tie_that_a_reason_names_can_be_opened(db):
    """Those of the scenario too, and the Cypher behind it."""
    contact = Change("contact", source_id="e-zoe", target_id="p-lev")
    found = what_if(db, OWNER, "c-orion", as_of=TODAY, changes=[contact])
    named = {
        fact.id for side in (found.result.before, found.result.after) for fact in side.reach.facts if fact.kind == "tie"
    }
    assert "*contact:e-zoe:p-lev" in named
    assert named <= found.evidence.keys()
    assert found.evidence["*contact:e-zoe:p-lev"].target_name == "Zoe Lind"
    assert "structure_coverage" in {one.query.name for one in found.asked}


def test_a_partner_goes_with_its_people(database):
    """D2: an auditor of a partner sways the payer."""
    build(
        database,
        [
            node("c-x", "Organization Client", name="X"),
            node("f-audit", "Organization Partner", name="Audit"),
            node("p-a", "Person", name="A"),
            node("p-aud", "Person", name="Auditor"),
        ],
        [
            tie("p-a", "WORKS_AT", "c-x"),
            tie("p-a", "STAKEHOLDER_IN", "c-x", roles=["payment_decider"], confidence=1.0),
            tie("p-aud", "WORKS_AT", "f-audit"),
            tie("p-aud", "INFLUENCES", "p-a", strength=8.0, confidence=1.0),
        ],
    )
    found = what_if(database, OWNER, "c-x", as_of=TODAY, changes=[Change("partner", "f-audit")])
    assert found.result.gone == ("p-aud",)
    assert found.result.after.structure.influences == ()
    assert {choice.kind for choice in found.choices} == {"person", "partner"}


def test_who_may_not_see_a_tie_cannot_take_it_away(db):
    db.write("MATCH ()-[t {id: 'p-lev-INFLUENCES-p-greta'}]->() SET t.sensitivity = 'restricted'")
    gone = [Change("tie", "p-lev-INFLUENCES-p-greta")]
    assert what_if(db, OWNER, "c-orion", as_of=TODAY, changes=gone).result.missing == ()
    found = what_if(db, READER, "c-orion", as_of=TODAY, changes=gone)
    assert found.result.missing == tuple(gone)
    assert "p-lev-INFLUENCES-p-greta" not in found.evidence
    assert "p-lev-INFLUENCES-p-greta" not in {choice.id for choice in tie_choices(found)}


def test_what_a_word_means(db):
    found = what_if(db, OWNER, "c-orion", as_of=TODAY)
    assert resolve(found, "sorokin") == LEV
    assert resolve(found, "e-kai") == Change("employee", "e-kai")
    assert resolve(found, "p-lev-INFLUENCES-p-greta") == Change("tie", "p-lev-INFLUENCES-p-greta")
    for text in ("", "nobody", "o"):
        with pytest.raises(InvalidInput):
            resolve(found, text)


def test_a_scenario_is_kept_once_and_deleted(db):
    """The same key twice is one scenario; another of the same name is refused; only ids are kept."""
    changes = (LEV, Change("influence", source_id="p-ida", target_id="p-anton", strength=0.0))
    first = save_scenario(db, OWNER, "c-orion", "  After   New Year ", changes, key="k1")
    assert save_scenario(db, OWNER, "c-orion", "After New Year", changes, key="k1") == first
    with pytest.raises(InvalidInput):
        save_scenario(db, OWNER, "c-orion", "AFTER NEW YEAR", (LEV,), key="k2")
    (kept,) = scenarios(db, "c-orion")
    assert (kept.name, kept.changes, kept.by) == ("After New Year", changes, OWNER.name)
    assert "Lev" not in db.read("MATCH (s:Scenario) RETURN s.changes AS changes")[0]["changes"]
    assert scenarios(db, "c-vega") == ()
    with pytest.raises(NotFound):
        forget_scenario(db, OWNER, "c-vega", kept.id)
    forget_scenario(db, OWNER, "c-orion", kept.id)
    assert scenarios(db, "c-orion") == ()


def test_who_may_not_write_keeps_and_deletes_nothing(db):
    kept = save_scenario(db, OWNER, "c-orion", "Ours", (LEV,), key="k1")
    with pytest.raises(Forbidden):
        save_scenario(db, READER, "c-orion", "Mine", (LEV,), key="k2")
    with pytest.raises(Forbidden):
        forget_scenario(db, READER, "c-orion", kept)
    assert [one.name for one in scenarios(db, "c-orion")] == ["Ours"]


@pytest.mark.parametrize(("name", "changes"), [("", (LEV,)), ("x" * 81, (LEV,)), ("Empty", ())])
def test_what_cannot_be_kept(db, name, changes):
    with pytest.raises(InvalidInput):
        save_scenario(db, OWNER, "c-orion", name, changes, key="k")


def test_a_scenario_changed_by_hand_opens_empty(db):
    save_scenario(db, OWNER, "c-orion", "Broken", (LEV,), key="k1")
    for text in ("no json", "[1]", '[{"kind": "storm"}]', '{"kind": 1}'):
        db.write("MATCH (s:Scenario) SET s.changes = $text", {"text": text})
        assert scenarios(db, "c-orion")[0].changes == ()


def test_a_scenario_is_not_exported_as_a_fact(db, tmp_path):
    """It names what nobody did: an importer elsewhere must not take it for true."""
    save_scenario(db, OWNER, "c-orion", "MARK-scenario", (LEV,), key="k1")
    export_folder(db, OWNER, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*.csv") if "MARK-scenario" in path.read_text("utf-8-sig")]


@pytest.fixture
def run(db, monkeypatch):
    monkeypatch.setattr(command, "open_app", lambda _settings: kept_open(db, TODAY))
    return caller_of(command.app)


def test_the_command_tells_what_breaks_and_what_mends(run):
    said = run("what-if", "c-orion", "--without", "Sorokin")
    assert "no longer reached: Anton Berg (was over Kai Brandt → Ida Moss → Lev Sorokin)" in said
    assert "Anton Berg has a say in the decision as: Decides payment." in said
    assert "Lev Sorokin: rank 1, then gone" in said


def test_the_command_adds_ties_and_prints_json(run):
    told = json.loads(run("what-if", "c-orion", "--add", "e-zoe>p-lev", "--add", "p-ida>p-anton=9", "--format", "json"))
    assert told["after"]["reach"] > told["before"]["reach"]
    assert told["not_applied"] == []


def test_the_command_keeps_opens_and_deletes_scenarios(run):
    assert "No Lev (1, " in run("scenarios", "c-orion", "--save", "No Lev", "--without", "p-lev")
    assert "without Lev Sorokin" in run("what-if", "c-orion", "--scenario", "no lev")
    assert run("scenarios", "c-orion", "--forget", "No Lev").strip() == ""
    with pytest.raises(NotFound):
        run("what-if", "c-orion", "--scenario", "No Lev")


@pytest.mark.parametrize("wrong", [("--without", "nobody"), ("--add", "p-ida"), ("--add", "a>b=much")])
def test_the_command_with_what_cannot_be_asked(run, wrong):
    with pytest.raises(InvalidInput):
        run("what-if", "c-orion", *wrong)


def test_the_second_story(demo):
    """Without Sieglitz nothing is left of our access to Hallbach; Börnert, whom nobody knows, would mend most."""
    found = what_if(
        demo, OWNER, "client-hallbach", as_of=date(2026, 11, 23), changes=[Change("person", "person-hallbach-sieglitz")]
    )
    assert found.result.after.access.ways == {}
    assert found.result.after.reach.value == 0.0
    assert set(found.result.lost) == {"person-hallbach-boernert", "person-hallbach-friederike"}
    assert found.result.repairs[0].person_id == "person-hallbach-boernert"


def test_the_command_of_a_deal(run):
    with pytest.raises(NotFound):
        run("what-if", "c-orion", "--deal", "no-such")
    assert "then" in run("what-if", "c-orion", "--deal", "deal-open", "--without", "p-lev")
