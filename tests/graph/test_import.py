"""The importer on real Neo4j (issue 3, section 4; faults.md, "Import")."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from graphcrm.database.connection import Counters
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import DatabaseError, DatabaseUnavailable, Forbidden, ImportRefused, OutcomeUnknown
from graphcrm.ingest import apply
from graphcrm.services import _importing
from graphcrm.services.importing import apply_plan, apply_plan_together, check_folder, import_folder
from tests.conftest import empty
from tests.import_folder import graph_content, graph_hash, shuffle_folder, write_folder

TODAY = date(2026, 11, 23)


class Watched:
    """A database that adds up what was written, and can lose answers or give up."""

    def __init__(self, database):
        self.database = database
        self.counters = Counters()
        self.writes = 0
        self.lose_every = self.give_up_after = 0

    def __getattr__(self, name):
        return getattr(self.database, name)

    def read(self, *args, **kwargs):
        return self.database.read(*args, **kwargs)

    def write(self, *args, **kwargs):
        self.writes += 1
        if self.give_up_after and self.writes > self.give_up_after:
            raise DatabaseUnavailable("Nobody answers at {address}.", address="there")
        written = self.database.write(*args, **kwargs)
        self.counters = self.counters + written.counters
        if self.lose_every and self.writes % self.lose_every == 0:
            raise OutcomeUnknown("The link was cut.")
        return written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "clientele")


@pytest.fixture
def watched(database) -> Watched:
    return Watched(database)


def put(db, files, **options):
    streams = [(name, BytesIO(content.encode())) for name, content in files.items()]
    return apply_plan(db, OWNER, check_folder(db, OWNER, streams), today=TODAY, **options)


def labels_of(db, node_id):
    (row,) = db.read("MATCH (n:Entity {id: $id}) RETURN labels(n) AS labels", {"id": node_id})
    return set(row["labels"]) - {"Entity"}


def test_the_plan_tells_what_the_report_then_says(database, folder):
    plan = check_folder(database, OWNER, folder)
    assert (plan.create, plan.update, plan.unchanged, plan.problems) == (151, 0, 0, ())
    report = apply_plan(database, OWNER, plan, today=TODAY)
    assert report.counts == plan.counts
    nodes, ties = database.read(
        "MATCH (n:Entity) RETURN count(n) AS c UNION ALL MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS c"
    )
    assert (report.nodes_created, report.ties_created) == (nodes["c"], ties["c"]) == (48, 109)


def test_the_same_folder_twice_changes_nothing_and_says_so(watched, folder):
    import_folder(watched, OWNER, folder)
    before, watched.counters = graph_hash(watched), Counters()
    report = import_folder(watched, OWNER, folder)
    assert report.changed_nothing
    assert (report.created, report.updated, report.unchanged) == (0, 0, 151)
    assert not watched.counters.changed
    assert graph_hash(watched) == before


def test_rows_and_columns_in_another_order_make_the_same_graph(watched, folder, tmp_path):
    import_folder(watched, OWNER, folder)
    before = graph_hash(watched)
    assert import_folder(watched, OWNER, shuffle_folder(folder, tmp_path / "shuffled")).changed_nothing
    assert graph_hash(watched) == before


def test_rows_in_another_order_make_the_same_graph_from_nothing(database, folder, tmp_path):
    import_folder(database, OWNER, shuffle_folder(folder, tmp_path / "shuffled", seed=7))
    shuffled = graph_content(database)
    database.write("MATCH (n:Entity) DETACH DELETE n")
    import_folder(database, OWNER, folder)
    assert graph_content(database) == shuffled


def test_a_problem_anywhere_keeps_everything_out(watched, folder):
    (folder / "knows.csv").write_text("person_id,other_id\np1,p1\n")
    with pytest.raises(ImportRefused) as refused:
        import_folder(watched, OWNER, folder)
    assert str(refused.value).startswith("The import has 1 problems; nothing was written.")
    assert [problem.code for problem in refused.value.problems] == ["self_tie"]
    assert watched.writes == 0


def test_the_good_rows_can_be_imported_and_the_bad_ones_mended(database, folder):
    """--skip-bad-rows: the rest goes in, the bad rows come back as files that can be mended and imported."""
    whole = write_folder(folder.parent / "whole")
    people = (folder / "people.csv").read_text()
    (folder / "people.csv").write_text(people.replace("p7,Person p7,~1956", "p7,Person p7,~1956-13"))
    report = import_folder(database, OWNER, folder, skip_bad_rows=True)
    assert set(report.refused_files) == {"people.csv", "works_at.csv", "reports_to.csv", "influences.csv"}
    assert report.rejected == 1 + 1 + 3 + 2
    assert not database.read("MATCH (n:Entity {id: 'p7'}) RETURN n.id AS id")
    texts = {name: content.decode("utf-8-sig") for name, content in report.refused_files.items()}
    mended = {name: text.replace("~1956-13", "~1956") for name, text in texts.items()}
    assert put(database, mended).rejected == 0
    piecemeal = graph_content(database)
    database.write("MATCH (n:Entity) DETACH DELETE n")
    import_folder(database, OWNER, whole)
    assert graph_content(database) == piecemeal


def test_a_change_raises_the_version_and_touches_nothing_else(database, folder):
    import_folder(database, OWNER, folder)
    changed = {
        "people.csv": "id,home_city\np1,Bonn\np2,\n",
        "reports_to.csv": "person_id,boss_id,confidence\np2,p1,0.9\n",
    }
    report = put(database, changed)
    assert (report.nodes_updated, report.ties_updated, report.created) == (1, 1, 0)
    (anna,) = database.read(
        "MATCH (n:Entity {id: 'p1'}) RETURN n.version AS version, n.name AS name, n.home_city AS city"
    )
    assert anna == {"version": 2, "name": "Person p1", "city": "Bonn"}
    (line,) = database.read(
        "MATCH ({id: 'p2'})-[r:REPORTS_TO]->() RETURN r.version AS version, r.confidence AS confidence, r.line AS line"
    )
    assert line == {"version": 2, "confidence": 0.9, "line": "solid"}


def test_a_changed_reference_moves_the_tie(database, folder):
    import_folder(database, OWNER, folder)
    put(database, {"organizations.csv": "id,name,kinds\nnew,New,client\n", "deals.csv": "id,client_id\nd1,new\n"})
    ties = database.read("MATCH ({id: 'd1'})-[r:FOR_CLIENT]->(c) RETURN c.id AS id, r.id IS NOT NULL AS named")
    assert ties == [{"id": "new", "named": True}]


def test_an_emptied_cell_of_references_takes_the_ties_away(database, folder):
    import_folder(database, OWNER, folder)
    put(database, {"organizations.csv": "id,region_id\nverf,\n"})
    assert not database.read("MATCH ({id: 'verf'})-[r:IN_REGION]->() RETURN r.id AS id")


def test_a_tie_with_an_id_may_move_to_another_start(database, folder):
    import_folder(database, OWNER, folder)
    put(database, {"knows.csv": "id,person_id,other_id,context\nk1,p1,p2,school\n"})
    ties = "MATCH (a)-[r:KNOWS {id: 'k1'}]->(b) RETURN a.id AS a, b.id AS b, r.context AS about, r.recorded_at AS at"
    (made,) = database.read(ties)
    for ends in (("p3", "p4"), ("p3", "p5")):  # another start, another end of the same start
        report = put(database, {"knows.csv": f"id,person_id,other_id\nk1,{ends[0]},{ends[1]}\n"})
        assert (report.ties_deleted, report.ties_created) == (1, 1)
        assert database.read(ties) == [{**made, "a": ends[0], "b": ends[1]}]


def test_a_circle_with_what_is_stored_is_refused_by_name(database, folder):
    import_folder(database, OWNER, folder)
    with pytest.raises(ImportRefused) as refused:
        put(database, {"reports_to.csv": "person_id,boss_id\np1,p8\n"})
    assert refused.value.problems[0].describe() == (
        "These ties make a circle: Person p1 → Person p8 → Person p4 → Person p2 → Person p1. "
        "Take out the one that is wrong."
    )


def test_the_nearest_id_of_the_graph_is_offered(database, folder):
    import_folder(database, OWNER, folder)
    plan = check_folder(database, OWNER, [("knows.csv", BytesIO(b"person_id,other_id\np1,verv\n"))])
    assert [problem.describe() for problem in plan.problems] == [
        "There is nothing with the id verv, neither in the files nor in the graph. Did you mean verf?"
    ]


LABELS = [
    ("works_at.csv", "person_id,organization_id,level\np,firm,2\n", {"Executive"}),
    ("works_at.csv", "person_id,organization_id,level\np,firm,3\n", set()),
    ("works_at.csv", "person_id,organization_id,level,until\np,firm,1,2025\n", set()),
    ("works_at.csv", "person_id,organization_id,level,until\np,firm,1,2026\n", {"Executive"}),
    ("works_at.csv", "person_id,organization_id,level,until\np,firm,1,~2026-10\n", set()),
    ("works_at.csv", "person_id,organization_id,level,valid_to\np,firm,1,2026-11-23\n", set()),
    ("works_at.csv", "person_id,organization_id,level,valid_from\np,firm,1,2026-11-24\n", set()),
    ("works_at.csv", "person_id,organization_id,level\np,own,1\n", {"Employee"}),
    ("works_at.csv", "person_id,organization_id,level\np,bank,1\n", set()),
    ("stakeholders.csv", "person_id,subject_id,roles\np,firm,economic_buyer\n", {"DecisionMaker"}),
    (
        "stakeholders.csv",
        "person_id,subject_id,roles\np,firm,decision_maker|payment_decider\n",
        {"DecisionMaker", "Payer"},
    ),
    ("stakeholders.csv", "person_id,subject_id,roles\np,firm,payment_influencer\n", {"Payer"}),
    ("stakeholders.csv", "person_id,subject_id,roles\np,firm,technical_evaluator\n", {"TechnicalEvaluator"}),
    ("stakeholders.csv", "person_id,subject_id,roles\np,firm,influencer\n", {"Influencer"}),
    ("stakeholders.csv", "person_id,subject_id,roles,valid_to\np,firm,influencer,2026-01-01\n", set()),
    ("influences.csv", "person_id,influenced_id\np,q\n", {"Influencer"}),
    ("influences.csv", "person_id,influenced_id\nq,p\n", set()),
    ("spouses.csv", "person_id,spouse_id\np,q\n", {"FamilyMember"}),
    ("parents.csv", "parent_id,child_id\nq,p\n", {"FamilyMember"}),
]


@pytest.mark.parametrize("there_before", [False, True])
@pytest.mark.parametrize(("file", "rows", "expected"), LABELS)
def test_secondary_labels_follow_the_edges(database, file, rows, expected, there_before):
    """Of people who come with their ties the files tell the labels; of those who were there before, the graph does."""
    base = {
        "organizations.csv": "id,name,kinds\nfirm,Firm,client\nown,We,own_firm\nbank,Bank,partner\n",
        "people.csv": "id,name\np,Anna\nq,Boris\n",
    }
    if there_before:
        put(database, base)
    put(database, {**base, file: rows})
    assert labels_of(database, "p") == {"Person", *expected}
    assert not database.read("MATCH (n:LabelsDue) RETURN n.id AS id")


def test_a_relative_who_works_at_a_client_is_no_mere_family_member(database):
    put(
        database,
        {
            "organizations.csv": "id,name,kinds\nfirm,Firm,client\n",
            "people.csv": "id,name\np,Anna\nq,Boris\n",
            "spouses.csv": "person_id,spouse_id\np,q\n",
            "works_at.csv": "person_id,organization_id\np,firm\n",
        },
    )
    assert (labels_of(database, "p"), labels_of(database, "q")) == ({"Person"}, {"Person", "FamilyMember"})


def test_labels_go_when_the_edge_ends_and_when_the_firm_becomes_a_client(database):
    put(
        database,
        {
            "organizations.csv": "id,name,kinds\nfirm,Firm,partner\n",
            "people.csv": "id,name\np,Anna\n",
            "works_at.csv": "id,person_id,organization_id,level\nw1,p,firm,1\n",
        },
    )
    assert labels_of(database, "p") == {"Person"}
    put(database, {"organizations.csv": "id,kinds\nfirm,client\n"})
    assert (labels_of(database, "p"), labels_of(database, "firm")) == (
        {"Person", "Executive"},
        {"Organization", "Client"},
    )
    put(database, {"works_at.csv": "id,person_id,organization_id,valid_to\nw1,p,firm,2026-11-01\n"})
    assert labels_of(database, "p") == {"Person"}
    assert not database.read("MATCH (n:LabelsDue) RETURN n.id AS id")


def test_a_goodwill_action_carries_the_label_of_its_kind(database):
    put(
        database,
        {"people.csv": "id,name\np,Anna\n", "goodwill_actions.csv": "id,kind,status,person_id\ng,gift,idea,p\n"},
    )
    assert labels_of(database, "g") == {"GoodwillAction", "Gift"}


def test_hostile_texts_make_no_token(database):
    """faults.md: back-tick, escapes and Cypher in values and headers stay plain data; no label or type is added."""
    nasty = [
        "`",
        "\\u0060",
        "`}) DETACH DELETE n //",
        "'; MATCH (n) DETACH DELETE n; //",
        "$(x)",
        "{{x}}",
        "<img onerror=x>",
    ]
    count = (
        "CALL db.labels() YIELD label RETURN count(label) AS n UNION ALL "
        "CALL db.relationshipTypes() YIELD relationshipType RETURN count(relationshipType) AS n"
    )
    put(database, {"people.csv": "id,name\np0,Anna\n"})
    before = database.read(count)
    rows = "".join(f'p{i},"{text}",1\n' for i, text in enumerate(nasty))
    put(database, {"people.csv": "id,name,`}) DETACH DELETE n //\n" + rows}, skip_bad_rows=True)
    found = database.read("MATCH (n:Person) RETURN n.name AS name, size(keys(n)) AS keys ORDER BY n.id")
    assert [row["name"] for row in found] == nasty
    assert {row["keys"] for row in found} == {5}  # id, name, presence, status, version
    assert database.read(count) == before


def test_a_formula_that_was_exported_comes_back_as_it_was(database):
    put(database, {"people.csv": "id,name\np,'=1+1\nq,'-x\nr,'tis\n"})
    names = [row["name"] for row in database.read("MATCH (n:Person) RETURN n.name AS name ORDER BY n.id")]
    assert names == ["=1+1", "-x", "'tis"]


FORMULAS = ["=1+1", "+49", "-x", "@SUM(A1)", "'=kept"]


def test_a_formula_in_a_refused_row_is_disarmed_and_comes_back_by_mending(database):
    """faults.md, "Formula cells in, CSV out"."""
    lines = [f"p{number},{text},no-such-day" for number, text in enumerate(FORMULAS)]
    report = put(database, {"people.csv": "\n".join(["id,name,birth_date", *lines])}, skip_bad_rows=True)
    content = next(iter(report.refused_files.values())).decode("utf-8-sig")
    cells = [row["name"] for row in csv.DictReader(StringIO(content))]
    assert cells == ["'=1+1", "'+49", "'-x", "'@SUM(A1)", "'=kept"]
    assert put(database, {"people.csv": content.replace("no-such-day", "1968")}).nodes_created == len(FORMULAS)
    names = [row["name"] for row in database.read("MATCH (n:Person) RETURN n.name AS name ORDER BY n.id")]
    assert names == ["=1+1", "+49", "-x", "@SUM(A1)", "=kept"]


@pytest.mark.parametrize("role", ["analyst", "reader"])
def test_a_role_that_may_not_write_may_not_import(watched, folder, role):
    viewer = Viewer(id="v", name="V", role=role)
    with pytest.raises(Forbidden):
        check_folder(watched, viewer, folder)
    plan = check_folder(watched, OWNER, folder)
    with pytest.raises(Forbidden):
        apply_plan(watched, viewer, plan)
    assert watched.writes == 0


def test_a_batch_whose_answer_was_lost_is_sent_again_and_counted_once(watched, folder, monkeypatch):
    import_folder(watched, OWNER, folder)
    whole = graph_content(watched)
    watched.database.write("MATCH (n:Entity) DETACH DELETE n")
    monkeypatch.setattr(apply, "BATCH", 7)
    watched.lose_every = 3
    report = import_folder(watched, OWNER, folder)
    assert (report.nodes_created, report.ties_created) == (48, 109)
    assert graph_content(watched) == whole
    assert watched.database.read("MATCH (n:Entity) WHERE n.version <> 1 RETURN n.id AS id") == []


def test_a_node_that_somebody_else_makes_meanwhile_is_kept_and_filled_in(watched, folder, monkeypatch):
    """New nodes are made without looking; where one is taken after all, the batch is written with a look first."""
    plan = check_folder(watched, OWNER, folder)
    monkeypatch.setattr(_importing, "position", lambda *_: plan._position)  # the other comes just after the last look
    watched.database.write("CREATE (:Entity:Person {id: 'p7', name: 'Other', nickname: 'Bo', version: 4})")
    apply_plan(watched, OWNER, plan, today=TODAY)
    (one,) = watched.read("MATCH (n:Entity {id: 'p7'}) RETURN n.name AS name, n.nickname AS nick, n.version AS version")
    assert (one["name"] != "Other", one["nick"], one["version"]) == (True, "Bo", 5)


def test_an_import_that_the_database_gave_up_names_the_last_row_and_can_go_on(watched, folder, monkeypatch):
    monkeypatch.setattr(apply, "BATCH", 10)
    watched.give_up_after = 3
    with pytest.raises(DatabaseError) as caught:
        import_folder(watched, OWNER, folder)
    assert str(caught.value) == (
        "The import was interrupted: Nobody answers at there. What was written up to people.csv:27 is in the graph, "
        "in whole rows. Import the same files again to go on."
    )
    assert len(watched.read("MATCH (n:Entity) RETURN n.id AS id")) == 30
    watched.give_up_after = 0
    report = import_folder(watched, OWNER, folder)
    assert report.counts["people"].unchanged == 26
    assert import_folder(watched, OWNER, folder).changed_nothing


def test_two_imports_at_once_make_each_thing_once(database, folder, monkeypatch):
    monkeypatch.setattr(apply, "BATCH", 9)
    plans = [check_folder(database, OWNER, folder) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda plan: apply_plan(database, OWNER, plan, today=TODAY), plans))
    doubled = database.read("MATCH ()-[r]->() WITH r.id AS id, count(*) AS times WHERE times > 1 RETURN id")
    assert doubled == []
    assert import_folder(database, OWNER, folder).changed_nothing


def test_the_plan_is_held_against_the_graph_once_more_before_it_is_applied(database, folder):
    import_folder(database, OWNER, folder)
    streams = [("reports_to.csv", BytesIO(b"person_id,boss_id,valid_from\np1,p40,2025-01-01\n"))]
    database.write("MATCH ({id: 'p40'})-[r:REPORTS_TO]->() SET r.valid_to = date('2020-01-01')")
    plan = check_folder(database, OWNER, streams)
    assert plan.is_clean
    database.write("MATCH ({id: 'p40'})-[r:REPORTS_TO]->() REMOVE r.valid_to")
    with pytest.raises(ImportRefused):
        apply_plan(database, OWNER, plan)


def test_the_plan_of_a_first_import_is_made_anew_where_somebody_has_written_meanwhile(database, folder, monkeypatch):
    """By columns it holds for an empty graph alone; then each row is held against what is there."""
    monkeypatch.setattr(_importing, "read_source", lambda *_, **__: pytest.fail("read by rows"))
    plan = check_folder(database, OWNER, folder)
    monkeypatch.undo()
    database.write("CREATE (:Entity:Person {id: 'p1', name: 'Somebody', version: 1})")
    report = apply_plan(database, OWNER, plan, today=TODAY)
    assert report.counts["people"].update == 1
    assert report.counts["people"].create == plan.counts["people"].create - 1
    assert import_folder(database, OWNER, folder).changed_nothing


def test_a_plan_is_not_made_anew_while_nobody_has_written(database, folder, monkeypatch):
    plan = check_folder(database, OWNER, folder)
    monkeypatch.setattr(_importing, "read_snapshot", lambda *_, **__: pytest.fail("read again"))
    assert apply_plan(database, OWNER, plan, today=TODAY).counts == plan.counts


class Cancelled(BaseException):
    """As Streamlit ends a run: no Exception."""


@pytest.mark.parametrize("phase", ["plan", "nodes", "ties", "labels"])
def test_an_import_in_one_transaction_that_is_cancelled_leaves_nothing(database, folder, phase):
    import_folder(database, OWNER, folder)
    before = graph_hash(database)
    changed = write_folder(folder.parent / "more", people=80)
    plan = check_folder(database, OWNER, changed)
    told = []

    def cancel(_done, _total, at):
        told.append(at)
        if at == phase:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_plan_together(database, OWNER, plan, today=TODAY, progress=cancel)
    assert graph_hash(database) == before
    assert told[-1] == phase
    apply_plan_together(database, OWNER, plan, today=TODAY)
    assert graph_hash(database) != before


def test_in_one_transaction_or_in_batches_the_graph_is_the_same(database, folder):
    in_batches = apply_plan(database, OWNER, check_folder(database, OWNER, folder), today=TODAY)
    batches = graph_hash(database)
    empty(database)
    together = apply_plan_together(database, OWNER, check_folder(database, OWNER, folder), today=TODAY)
    assert graph_hash(database) == batches
    assert together == in_batches


def test_a_database_that_fails_in_the_midst_of_one_transaction_leaves_nothing(database, folder, monkeypatch):
    before = graph_hash(database)
    monkeypatch.setattr(apply.queries, "create_ties", lambda db, **_: db.write("RETURN 1 / 0"))
    with pytest.raises(DatabaseError):
        apply_plan_together(database, OWNER, check_folder(database, OWNER, folder), today=TODAY)
    assert graph_hash(database) == before


def test_an_id_that_a_tie_of_another_kind_has_is_refused(database, folder):
    import_folder(database, OWNER, folder)
    put(database, {"knows.csv": "id,person_id,other_id\nk1,p1,p2\n"})
    plan = check_folder(database, OWNER, [("influences.csv", BytesIO(b"id,person_id,influenced_id\nk1,p1,p2\n"))])
    assert [(problem.code, problem.fields["found"]) for problem in plan.problems] == [("id_of_another_kind", "KNOWS")]
