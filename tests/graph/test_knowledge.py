"""What we know of a client and what we do not, on real Neo4j (A5.1-A5.5)."""

import json
from datetime import date, timedelta

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.queries.knowledge import knowledge_counts, knowledge_facts
from graphcrm.services.clients import clientele
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.knowledge import client_gaps
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer("reader", "Reader", "reader")


@pytest.fixture
def graph(database: Database) -> Database:
    orion(database)
    return database


def of(result, item: str, subject: str):
    return next((gap for gap in result.knowledge.gaps if (gap.item, gap.subject_id) == (item, subject)), None)


def test_a_fact_that_is_learnt_closes_its_gap_and_raises_the_whole_by_its_worth(graph: Database):
    before = client_gaps(graph, OWNER, "c-orion", as_of=TODAY)
    gap = of(before, "bank", "c-orion")
    assert gap is not None
    build(graph, [node("bank", "Organization Partner", name="Bank")], [])
    edit = RowEdit("PARTNER_OF", "", {"organization_id": "c-orion", "partner_id": "bank", "kind": "bank",
                                      "last_verified_at": TODAY})  # fmt: skip
    save_edits(graph, OWNER, [edit], key="learn", today=TODAY)
    after = client_gaps(graph, OWNER, "c-orion", as_of=TODAY)
    assert of(after, "bank", "c-orion") is None
    assert after.knowledge.overall - before.knowledge.overall == pytest.approx(gap.value)
    assert of(client_gaps(graph, OWNER, "c-orion", as_of=TODAY - timedelta(days=900)), "head", "c-orion") is not None


def test_unknown_and_empty_values_are_not_known(graph: Database):
    build(
        graph,
        [node("p-new", "Person", name="New", email="")],
        [
            tie("p-new", "WORKS_AT", "c-orion"),
            tie("p-new", "STAKEHOLDER_IN", "c-orion", roles=[], support="unknown", id="s"),
        ],
    )
    facts = {fact.id: set(fact.properties) for fact in knowledge_facts(graph, client_ids=["c-orion"], as_of=TODAY)}
    assert not facts["s"] & {"roles", "support"}
    assert "email" not in facts["p-new"]
    result = client_gaps(graph, OWNER, "c-orion", as_of=TODAY)
    assert {gap.item for gap in result.knowledge.gaps if gap.subject_id == "p-new"} >= {"role", "attitude", "level"}


def test_a_hidden_tie_is_a_gap_for_who_may_not_see_it(graph: Database):
    build(graph, [node("x", "Organization Partner", name="X")],
          [tie("c-orion", "PARTNER_OF", "x", kind="insurer", sensitivity="restricted")])  # fmt: skip
    assert of(client_gaps(graph, OWNER, "c-orion", as_of=TODAY), "insurer", "c-orion").is_stale
    assert not of(client_gaps(graph, READER, "c-orion", as_of=TODAY), "insurer", "c-orion").is_stale


def test_the_list_of_clients_says_what_the_clients_page_says(graph: Database):
    listed = {one.line.id: one.knowledge for one in clientele(graph, OWNER, as_of=TODAY).clients}
    for client_id in ("c-orion", "c-vega"):
        assert listed[client_id] == client_gaps(graph, OWNER, client_id, as_of=TODAY).knowledge.overall


def test_a_client_without_people_and_one_that_is_not_there(graph: Database):
    result = client_gaps(graph, OWNER, "c-vega", as_of=TODAY)
    assert {gap.subject_id for gap in result.knowledge.gaps} == {"c-vega"}
    assert result.could_find_out(result.knowledge.gaps[0]) == ()
    with pytest.raises(NotFound):
        client_gaps(graph, OWNER, "no-such", as_of=TODAY)


def test_the_named_query_counts_across_clients(graph: Database):
    rows = {row.client_id: row for row in knowledge_counts(graph, as_of=TODAY)}
    assert rows["c-orion"].people == 5
    assert rows["c-vega"].people == 0
    assert knowledge_counts(graph, as_of=date(1900, 1, 1))[0].people >= 0


def test_the_command_line_tells_the_same(graph: Database, run):
    told = json.loads(run("gaps", "c-orion", "--format", "json", "--most", "3"))
    assert [area["row"] for area in told["areas"]] == ["A5.1", "A5.2", "A5.3", "A5.4", "A5.5"]
    assert len(told["gaps"]) == 3
    assert told["gaps"][0]["could_find_out"]
