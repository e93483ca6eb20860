"""The plan holds only what differs; the refused rows come back as files that can be mended and imported."""

from datetime import date

from graphcrm.ingest.labels import labels_by_property
from graphcrm.ingest.plan import make_plan
from graphcrm.ingest.reader import read_table
from graphcrm.ingest.report import ImportReport, refused_files
from graphcrm.ingest.rows import derived_tie_id, parse_table
from graphcrm.ingest.snapshot import NodeState, Snapshot, TieState
from graphcrm.ingest.sources import Source
from graphcrm.vocabulary import VOCABULARY
from tests.ingest_files import BASE, check, person, read, stored


def plan(files, snapshot=None):
    snapshot = snapshot or Snapshot()
    return make_plan(check(files, snapshot).rows, snapshot)


def test_something_new_gets_its_labels_and_the_defaults_of_missing_columns():
    (verf,) = [node for node in plan(BASE).nodes if node.id == "verf"]
    assert (verf.labels, verf.is_new) == (("Client", "Entity", "Organization"), True)
    (anna,) = [node for node in plan(BASE).nodes if node.id == "p1"]
    assert anna.properties == {"name": "Anna", "presence": "known", "status": "active"}


def test_only_what_differs_is_written_and_an_empty_cell_takes_away():
    graph = stored(person("p1", name="Anna", home_city="Bonn", email="a@example.com", birth_date="1968"))
    (node,) = plan({"people.csv": "id,name,home_city,email\np1,Anna,Ulm,\n"}, graph).nodes
    assert (node.properties, node.labels, node.is_new) == ({"home_city": "Ulm", "email": None}, (), False)


def test_what_the_graph_holds_already_costs_nothing():
    graph = stored(person("p1", name="Anna", expertise=["pumps", "drives"]))
    found = plan({"people.csv": "id,name,expertise,email\np1,Anna,pumps|drives,\n"}, graph)
    assert (found.writes, found.counts["people"].unchanged) == (0, 1)


def test_a_changed_kind_changes_the_labels():
    labels = frozenset({"Entity", "Organization", "Client"})
    graph = stored(NodeState("verf", labels, {"id": "verf", "name": "V", "kinds": ["client"]}))
    (node,) = plan({"organizations.csv": "id,name,kinds\nverf,V,partner\n"}, graph).nodes
    assert (node.labels, node.drop) == (("Partner",), ("Client",))


def test_a_file_without_the_kinds_leaves_the_labels_alone():
    assert labels_by_property(VOCABULARY.nodes["Organization"], {"name": "V"}) == (set(), set())


def test_a_reference_column_becomes_a_tie_and_a_changed_one_moves_it():
    deal = NodeState("d1", frozenset({"Entity", "Deal"}), {"id": "d1", "name": "Pumps", "stage": "lead"})
    firms = [
        NodeState(one, frozenset({"Entity", "Organization", "Client"}), {"id": one, "name": one})
        for one in ("c1", "c2")
    ]
    tie = TieState("t1", "FOR_CLIENT", "d1", "c1", {"id": "t1"})
    found = plan({"deals.csv": "id,name,stage,client_id\nd1,Pumps,lead,c2\n"}, stored(deal, *firms, ties=(tie,)))
    assert [(one.action, one.type, one.start, one.end) for one in found.ties] == [
        ("create", "FOR_CLIENT", "d1", "c2"),
        ("delete", "FOR_CLIENT", "d1", "c1"),
    ]
    assert found.counts["deals"].update == 1
    same = plan({"deals.csv": "id,name,stage,client_id\nd1,Pumps,lead,c1\n"}, stored(deal, *firms, ties=(tie,)))
    assert same.writes == 0


def test_a_tie_with_an_id_of_its_own_may_move():
    tie = TieState("t1", "KNOWS", "p1", "p2", {"id": "t1", "strength": 5.0, "version": 3})
    graph = stored(person("p1"), person("p2"), person("p3"), ties=(tie,))
    found = plan({"knows.csv": "id,person_id,other_id,context\nt1,p1,p3,school\n"}, graph)
    assert [(one.action, one.end, dict(one.properties)) for one in found.ties] == [
        ("delete", "p2", {}),
        ("create", "p3", {"strength": 5.0, "context": "school"}),
    ]


def test_the_time_of_recording_stays_when_the_file_gives_none():
    tie_id = derived_tie_id("KNOWS", "p1", "p2", [])
    tie = TieState(tie_id, "KNOWS", "p1", "p2", {"id": tie_id, "recorded_at": "then"})
    graph = stored(person("p1"), person("p2"), ties=(tie,))
    assert plan({"knows.csv": "person_id,other_id,recorded_at\np1,p2,\n"}, graph).writes == 0


def test_a_derived_id_is_the_same_on_every_machine():
    """Written down once: a change of it would double every tie of every user on the next import."""
    assert derived_tie_id("KNOWS", "p1", "p2", []) == "knows-f1ccdad40d5e5abcaaa6"
    assert derived_tie_id("STAKEHOLDER_IN", "p1", "verf", [date(2024, 1, 1).isoformat()]) != derived_tie_id(
        "STAKEHOLDER_IN", "p1", "verf", [""]
    )


def test_refused_rows_come_back_with_their_cells_and_their_problem_and_can_be_mended():
    raw = read("id;name;email\np1;Anna;'=anna\np2;Boris\np3;Clara;c@example.com\n")
    table = parse_table(raw)
    refused = [(raw, row, (problem,)) for row, problem in raw.broken]
    refused += [(raw, row.raw, tuple(problems)) for row, problems in table.refused]
    (content,) = refused_files(refused).values()
    assert content.decode("utf-8-sig") == (
        "id;name;email;problem\n"
        "p1;Anna;'=anna;[email] =anna does not have the form of e-mail. "
        "Check it against the document it was taken from.\n"
        'p2;Boris;;"The row has 2 cells, the first line 3. Check the separators; '
        'put text that holds one into quotation marks."\n'
    )
    mended = content.replace(b"'=anna", b"anna@example.com", 1)
    again = parse_table(read_table(Source("people.csv", len(mended), None, mended)))
    assert [(row.id, row.values["email"]) for row in again.rows] == [("p1", "anna@example.com"), ("p2", None)]
    assert again.problems == []


def test_a_report_adds_up():
    report = ImportReport(nodes_created=2, ties_created=3, nodes_updated=1, ties_updated=1, ties_deleted=1)
    assert (report.created, report.updated, report.changed_nothing) == (5, 3, False)
    assert ImportReport().changed_nothing
