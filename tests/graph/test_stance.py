"""Stance as a rule and per deal on real Neo4j, and how a change keeps the old one (C1.3-C1.8, C2.1)."""

import json
from datetime import date, timedelta

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services import editing, history
from graphcrm.services.base_analysis import client_analysis
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.key_figures import key_figures
from graphcrm.services.power_map import power_map
from graphcrm.services.stance import stance_in_deal
from tests.small_graph import TODAY, build, orion, tie

READER = Viewer("reader", "Reader", "reader")
DEAL = ("c-orion", "deal-open")


@pytest.fixture
def graph(database: Database) -> Database:
    orion(database)
    database.write("MATCH ()-[s:STAKEHOLDER_IN]->(:Deal) DELETE s", {})
    database.write("MATCH ()-[s:STAKEHOLDER_IN {id: 'greta-before'}]->() DELETE s", {})
    build(
        database,
        [],
        [
            tie("p-nina", "STAKEHOLDER_IN", "deal-open", id="in-deal", roles=["decision_maker"], support="mentor",
                confidence=0.8, agenda_personal="MARK-personal a promotion", decision_criteria="Delivery in May"),
        ],
    )  # fmt: skip
    return database


def stakes(graph: Database, person: str = "p-greta"):
    return [one for one in editing.ties(graph, OWNER, person) if one.kind == "STAKEHOLDER_IN"]


def change(graph: Database, cells: dict, *, key: str, today: date = TODAY, correction: bool = False):
    (old,) = [one for one in stakes(graph) if not one.values.get("valid_to")]
    edit = RowEdit("STAKEHOLDER_IN", old.id, {"person_id": old.start, "subject_id": old.end, **cells}, old.values,
                   correction)  # fmt: skip
    save_edits(graph, OWNER, [edit], key=key, today=today)


def test_map_analysis_and_key_figures_follow_the_deal(graph: Database):
    rule = power_map(graph, OWNER, "c-orion", as_of=TODAY)
    deal = power_map(graph, OWNER, DEAL, as_of=TODAY)
    assert "decision_maker" not in rule.structure.by_id["p-nina"].roles
    assert deal.structure.by_id["p-nina"].roles == {"decision_maker"}
    assert deal.structure.by_id["p-greta"] == rule.structure.by_id["p-greta"]
    assert deal.structure.deal.differing == {"p-nina"}
    deciders = {one.id for one in client_analysis(graph, OWNER, DEAL, as_of=TODAY).analysis["C1.3"].people}
    assert "p-nina" in deciders
    figures = key_figures(graph, OWNER, DEAL, as_of=TODAY)
    (nina,) = [one for one in figures.figures if one.person_id == "p-nina"]
    assert nina.is_key
    proof = figures.evidence["in-deal"]
    assert (proof.target_id, proof.type) == ("deal-open", "STAKEHOLDER_IN")


def test_what_differs_is_told_without_what_the_viewer_may_not_see(graph: Database):
    owner = stance_in_deal(graph, OWNER, *DEAL, as_of=TODAY)
    assert {one.field for one in owner.differences} == {"roles", "support", "agenda_personal", "decision_criteria"}
    reader = stance_in_deal(graph, READER, *DEAL, as_of=TODAY)
    assert "MARK" not in repr(reader)
    graph.write("MATCH ()-[s:STAKEHOLDER_IN {id: 'in-deal'}]->() SET s.sensitivity = 'restricted'", {})
    assert stance_in_deal(graph, READER, *DEAL, as_of=TODAY).differences == ()
    assert power_map(graph, READER, DEAL, as_of=TODAY).structure.deal.differing == frozenset()


def test_a_deal_of_another_client_is_not_found(graph: Database):
    for pair in (("c-vega", "deal-open"), ("c-orion", "no-such")):
        with pytest.raises(NotFound):
            power_map(graph, OWNER, pair, as_of=TODAY)


def test_a_change_of_stance_ends_the_old_one_and_opens_a_new_one(graph: Database):
    (old,) = stakes(graph)
    before = graph.read("MATCH ()-[s:STAKEHOLDER_IN {id: $id}]->() RETURN properties(s) AS all", {"id": old.id})[0][
        "all"
    ]
    now = "enemy" if before.get("support") != "enemy" else "mentor"
    change(graph, {"support": now}, key="one")
    ended, begun = sorted(stakes(graph), key=lambda one: one.values.get("valid_to") is None)
    assert (ended.id, ended.values["valid_to"], ended.values.get("support")) == (old.id, TODAY, before.get("support"))
    assert (begun.values["valid_from"], begun.values["support"]) == (TODAY, now)
    assert begun.values["last_verified_at"] == TODAY
    assert set(begun.values["roles"]) == set(before["roles"])
    assert "source" not in begun.values
    yesterday = TODAY - timedelta(days=1)
    assert power_map(graph, OWNER, "c-orion", as_of=yesterday).structure.by_id["p-greta"].support == before["support"]
    assert power_map(graph, OWNER, "c-orion", as_of=TODAY).structure.by_id["p-greta"].support == now


def test_a_second_change_on_one_day_a_correction_and_something_learnt_stay_in_place(graph: Database):
    change(graph, {"support": "enemy"}, key="one")
    change(graph, {"support": "non_supporter"}, key="two")
    assert len(stakes(graph)) == 2
    change(graph, {"support": "neutral"}, key="three", today=TODAY + timedelta(days=9), correction=True)
    assert len(stakes(graph)) == 2
    change(graph, {"decision_criteria": "Price"}, key="four", today=TODAY + timedelta(days=9))
    assert len(stakes(graph)) == 2
    change(graph, {"support": "mentor"}, key="five", today=TODAY + timedelta(days=9))
    assert len(stakes(graph)) == 3


def test_a_change_of_stance_is_taken_back_as_one_step(graph: Database):
    (old,) = stakes(graph)
    change(graph, {"support": "enemy"}, key="one")
    history.undo(graph, OWNER, key="back")
    assert [one.values for one in stakes(graph)] == [old.values]


def test_the_command_line_lists_what_differs(graph: Database, run):
    (told,) = json.loads(run("stance", "c-orion", "--deal", "deal-open", "--format", "json"))
    assert told["deal"] == "deal-open"
    assert {item["person_id"] for item in told["differences"]} == {"p-nina"}
