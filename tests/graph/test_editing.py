"""Editing by hand on real Neo4j (issue rows: edit, undo, conflicts; C1.1-C1.8, C2.1, D1, D3)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from urllib.parse import urlsplit

import pytest

from graphcrm.database.connection import connect
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, EditRefused, Forbidden, InvalidInput
from graphcrm.queries.editing import list_of_kind
from graphcrm.services import editing, history
from graphcrm.services.editing import Leaving, RowEdit, save_edits
from graphcrm.vocabulary import VOCABULARY
from tests.graph.relay import COMMIT, Relay


def port_of(uri: str) -> int:
    return urlsplit(uri).port or 7687


TODAY = date(2026, 11, 24)
READER = Viewer("r", "Reader", "reader")
MANAGER = Viewer("m", "Manager", "manager")


def whole_graph(db):
    """Every node and tie with labels and properties, without history, versions and commands: what undo must restore."""
    nodes = db.read(
        "MATCH (n:Entity) WHERE NOT n:Change RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"
    )
    ties = db.read(
        "MATCH (a)-[r]->(b) WHERE type(r) <> 'CHANGED' "
        "RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties"
    )
    own = {"version"}
    return (
        sorted((n["id"], sorted(n["labels"]), sorted((k, str(v)) for k, v in n["properties"].items() if k not in own))
               for n in nodes),
        sorted((t["a"], t["type"], t["b"], sorted((k, str(v)) for k, v in t["properties"].items() if k not in own))
               for t in ties),
    )  # fmt: skip


@pytest.fixture
def firm(database):
    """A client with a head and a deputy."""
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Nordwerft", "kinds": ["client"]}),
            RowEdit("Person", "head", {"name": "Anna Berg"}),
            RowEdit("Person", "deputy", {"name": "Пётр Орлов", "phone": "+7 495 123-45-67"}),
            RowEdit("WORKS_AT", "", {"person_id": "head", "organization_id": "c", "title": "CEO", "level": 1}),
            RowEdit("WORKS_AT", "", {"person_id": "deputy", "organization_id": "c", "title": "Deputy", "level": 2}),
            RowEdit("REPORTS_TO", "", {"person_id": "deputy", "boss_id": "head"}),
            RowEdit("STAKEHOLDER_IN", "", {"person_id": "head", "subject_id": "c", "roles": ["decision_maker"],
                                           "support": "neutral"}),
        ],
        key="start",
        today=TODAY,
    )  # fmt: skip
    return database


def labels_of(db, node_id):
    return set(db.read("MATCH (n:Entity {id: $id}) RETURN labels(n) AS l", {"id": node_id})[0]["l"])


def value(db, node_id, name):
    return db.read("MATCH (n:Entity {id: $id}) RETURN n[$name] AS v", {"id": node_id, "name": name})[0]["v"]


def test_a_client_from_nothing_by_hand_in_one_transaction(firm):
    assert labels_of(firm, "head") == {"Entity", "Person", "DecisionMaker", "Executive"}
    (view,) = history.recent(firm, OWNER)
    assert view.by == OWNER.name
    assert len(view.lines) >= 7
    tied = firm.read("MATCH (:Change)-[:CHANGED]->(n) RETURN collect(DISTINCT n.id) AS ids")[0]["ids"]
    assert set(tied) == {"c", "head", "deputy"}


def test_undo_takes_all_back_and_redo_makes_it_again(firm):
    before = whole_graph(firm)
    edit = [RowEdit("Person", "deputy", {"name": "Пётр Иванович Орлов", "phone": None})]
    save_edits(firm, OWNER, edit, key="one", today=TODAY)
    (tie,) = [t for t in editing.ties(firm, OWNER, "deputy") if t.kind == "REPORTS_TO"]
    save_edits(firm, OWNER, [], remove=[tie], key="two", today=TODAY)
    after = whole_graph(firm)
    assert after != before
    history.undo(firm, OWNER, key="u1", today=TODAY)
    history.undo(firm, OWNER, key="u2", today=TODAY)
    assert whole_graph(firm) == before
    history.undo(firm, OWNER, key="u3", today=TODAY)
    assert whole_graph(firm) == ([], [])
    for step in ("r1", "r2", "r3"):
        history.redo(firm, OWNER, key=step, today=TODAY)
    assert whole_graph(firm) == after
    with pytest.raises(InvalidInput):
        history.redo(firm, OWNER, key="r4", today=TODAY)


def test_a_node_that_came_back_has_its_history_again(firm):
    history.undo(firm, OWNER, key="u", today=TODAY)
    history.redo(firm, OWNER, key="r", today=TODAY)
    rows = firm.read("MATCH (:Person {id: 'head'})<-[:CHANGED]-(c:Change) RETURN count(c) AS n")
    assert rows[0]["n"] == 3  # the making, the taking back and the making again


def test_the_second_of_two_editors_is_told_and_loses_nothing(firm):
    seen = dict(editing.record(firm, OWNER, "deputy").values)
    theirs = RowEdit("Person", "deputy", {"status": "left"}, seen)
    mine = RowEdit("Person", "deputy", {"phone": "+7 495 765-43-21"}, seen)
    save_edits(firm, MANAGER, [theirs], key="theirs")
    with pytest.raises(EditConflict) as caught:
        save_edits(firm, OWNER, [mine], key="mine")
    (difference,) = caught.value.differences
    assert (difference.column, difference.expected, difference.found) == ("status", "active", "left")
    assert str(caught.value).startswith(f"{MANAGER.name} changed this since you opened it (")
    assert value(firm, "deputy", "phone") == "+7 495 123-45-67"
    again = RowEdit("Person", "deputy", mine.cells, dict(editing.record(firm, OWNER, "deputy").values))
    save_edits(firm, OWNER, [again], key="mine again")
    assert (value(firm, "deputy", "status"), value(firm, "deputy", "phone")) == ("left", "+7 495 765-43-21")


def test_who_changed_a_tie_meanwhile_is_told_and_a_file_is_nobody(firm):
    (line,) = [tie for tie in editing.ties(firm, OWNER, "deputy") if tie.kind == "REPORTS_TO" and tie.start == "deputy"]
    cells = {"person_id": line.start, "boss_id": line.end}
    mine = RowEdit("REPORTS_TO", line.id, {**cells, "note": "by mail"}, {"confidence": None, **line.values})
    firm.write("MATCH (:Person {id: 'deputy'})-[line:REPORTS_TO]->() SET line.line = 'dotted'")
    with pytest.raises(EditConflict, match="Somebody else changed this since you opened it"):
        save_edits(firm, OWNER, [mine], key="mine")
    save_edits(firm, MANAGER, [RowEdit("REPORTS_TO", line.id, {**cells, "confidence": 0.5})], key="theirs")
    with pytest.raises(EditConflict, match=f"{MANAGER.name} changed this since you opened it"):
        save_edits(firm, OWNER, [mine], key="mine again")


def test_what_was_changed_since_cannot_be_taken_back(firm):
    first = save_edits(firm, OWNER, [RowEdit("Person", "deputy", {"city": None, "phone": "1234567"})], key="a")
    save_edits(firm, MANAGER, [RowEdit("Person", "deputy", {"phone": "7654321"})], key="b")
    before = whole_graph(firm)
    with pytest.raises(EditConflict) as caught:
        history.undo(firm, OWNER, key="u", change_id=first.change_id)
    assert caught.value.differences[0].column == "phone"
    assert whole_graph(firm) == before


def test_bad_input_is_refused_with_every_problem_and_nothing_is_written(firm):
    before = whole_graph(firm)
    edits = [
        RowEdit("Person", "", {"name": "", "birth_date": "1968-02-31"}),
        RowEdit("REPORTS_TO", "", {"person_id": "head", "boss_id": "head"}),
    ]
    with pytest.raises(EditRefused) as caught:
        save_edits(firm, OWNER, edits, key="bad")
    assert {problem.column for problem in caught.value.problems} >= {"name", "birth_date"}
    assert whole_graph(firm) == before


def test_a_circle_of_bosses_is_refused(firm):
    with pytest.raises(EditRefused) as caught:
        save_edits(firm, OWNER, [RowEdit("REPORTS_TO", "", {"person_id": "head", "boss_id": "deputy"})], key="circle")
    assert caught.value.problems[0].code == "cycle"


def test_a_tie_that_holds_cannot_be_made_twice_but_one_that_ended_can(firm):
    again = [RowEdit("REPORTS_TO", "", {"person_id": "deputy", "boss_id": "head"})]
    with pytest.raises(EditRefused) as caught:
        save_edits(firm, OWNER, again, key="again")
    assert caught.value.problems[0].code == "tie_exists"
    (tie,) = [t for t in editing.ties(firm, OWNER, "deputy") if t.kind == "REPORTS_TO"]
    ends = {"person_id": tie.start, "boss_id": tie.end}
    closed = RowEdit("REPORTS_TO", tie.id, {**ends, "valid_to": date(2026, 1, 1)}, tie.values)
    save_edits(firm, OWNER, [closed], key="closed")
    save_edits(firm, OWNER, again, key="anew")
    lines = [t for t in editing.ties(firm, OWNER, "deputy") if t.kind == "REPORTS_TO"]
    assert sorted(str(t.values.get("valid_to")) for t in lines) == ["2026-01-01", "None"]


def test_a_new_stance_keeps_the_old_one(firm):
    (old,) = [t for t in editing.ties(firm, OWNER, "head") if t.kind == "STAKEHOLDER_IN"]
    ends = {"person_id": "head", "subject_id": "c"}
    edits = [
        RowEdit("STAKEHOLDER_IN", old.id, {**ends, "valid_to": date(2026, 11, 1)}, old.values),
        RowEdit("STAKEHOLDER_IN", "", {**ends, "roles": ["influencer"], "support": "supporter",
                                       "valid_from": date(2026, 11, 1)}),
    ]  # fmt: skip
    save_edits(firm, OWNER, edits, key="stance", today=TODAY)
    assert len([t for t in editing.ties(firm, OWNER, "head") if t.kind == "STAKEHOLDER_IN"]) == 2
    assert labels_of(firm, "head") == {"Entity", "Person", "Influencer", "Executive"}
    history.undo(firm, OWNER, key="back", today=TODAY)
    assert labels_of(firm, "head") == {"Entity", "Person", "DecisionMaker", "Executive"}


def test_the_same_command_twice_saves_once(firm):
    edit = [RowEdit("Person", "", {"name": "New Person"})]
    first = save_edits(firm, OWNER, edit, key="double")
    second = save_edits(firm, OWNER, edit, key="double")
    assert first.change_id == second.change_id
    assert firm.read("MATCH (p:Person {name: 'New Person'}) RETURN count(p) AS n")[0]["n"] == 1


def test_nothing_changed_is_no_change(firm):
    assert save_edits(firm, OWNER, [RowEdit("Person", "head", {"name": "Anna Berg"})], key="same").change_id is None
    assert len(history.recent(firm, OWNER)) == 1


def test_a_reader_may_not_edit_and_a_role_may_not_touch_what_it_does_not_see(firm):
    with pytest.raises(Forbidden):
        save_edits(firm, READER, [RowEdit("Person", "head", {"name": "X"})], key="reader")
    assert "birth_date" not in editing.visible_properties(READER, editing.VOCABULARY.nodes["Person"])
    save_edits(firm, OWNER, [RowEdit("Person", "head", {"birth_date": "1968-05-09"})], key="birth")
    assert "birth_date" not in editing.record(firm, READER, "head").values
    assert all(line.sensitivity == "business" for view in history.recent(firm, READER) for line in view.lines)


def test_eight_writers_lose_nothing(firm):
    """8 threads x 25 saves on one client: every acknowledged one is there (faults: lost updates, deadlocks)."""

    def work(worker):
        for n in range(25):
            edits = [
                RowEdit("Person", f"w{worker}-{n}", {"name": f"Worker {worker} {n}"}),
                RowEdit("REPORTS_TO", "", {"person_id": f"w{worker}-{n}", "boss_id": "head"}),
                RowEdit("Person", "head" if n % 2 else "deputy", {"email": f"w{worker}n{n}@example.org"}),
            ]
            save_edits(firm, OWNER, edits, key=f"{worker}/{n}", today=TODAY)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert firm.read("MATCH (p:Person)-[:REPORTS_TO]->({id: 'head'}) RETURN count(p) AS n")[0]["n"] == 201
    numbers = firm.read("MATCH (c:Change) RETURN c.number AS n ORDER BY n")
    assert [row["n"] for row in numbers] == list(range(1, 202))


def test_two_who_make_the_same_person_at_once(firm):
    """The second is told; nothing is written twice (faults: one record made by two)."""
    barrier, outcomes = threading.Barrier(2), []

    def make(key):
        barrier.wait()
        outcomes.append(save_edits(firm, OWNER, [RowEdit("Person", "twin", {"name": "Twin"})], key=key).change_id)

    threads = [threading.Thread(target=make, args=(key,)) for key in ("x", "y")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome is None for outcome in outcomes) == [False, True]


def test_names_are_found_by_the_beginnings_of_their_words(firm):
    assert [found.id for found in editing.find(firm, "Орл пётр", ["Person"])] == ["deputy"]
    assert [found.id for found in editing.find(firm, "nordw", ["Organization"])] == ["c"]
    assert editing.find(firm, 'a" OR *:* \\', ["Person"]) == []
    assert editing.find(firm, " ", ["Person"]) == []


def test_a_new_boss_ends_the_old_line_or_takes_it_away(firm):
    save_edits(firm, OWNER, [RowEdit("Person", "new", {"name": "New Boss"})], key="new boss")
    before = whole_graph(firm)

    def lines():
        rows = firm.read("MATCH ({id: 'deputy'})-[r:REPORTS_TO]->(b) RETURN b.id AS b, r.valid_to AS until ORDER BY b")
        return [(row["b"], row["until"]) for row in rows]

    editing.reassign(firm, OWNER, ("deputy", "new"), key="now", today=TODAY)
    assert lines() == [("head", TODAY), ("new", None)]
    history.undo(firm, OWNER, key="u", today=TODAY)
    assert whole_graph(firm) == before
    editing.reassign(firm, OWNER, ("deputy", "new"), key="always", today=TODAY, now=False)
    assert lines() == [("new", None)]
    with pytest.raises(EditRefused) as caught:
        editing.reassign(firm, OWNER, ("new", "deputy"), key="circle", today=TODAY)
    assert caught.value.problems[0].code == "cycle"


def leaving(firm, seat):
    """The head of a client with a boss above, two reports and a stake leaves on 1 December."""
    save_edits(
        firm,
        OWNER,
        [
            RowEdit("Person", "owner", {"name": "Eva Owner"}),
            RowEdit("Person", "clerk", {"name": "Carl Clerk"}),
            RowEdit("WORKS_AT", "", {"person_id": "clerk", "organization_id": "c"}),
            RowEdit("REPORTS_TO", "", {"person_id": "head", "boss_id": "owner", "line": "solid"}),
            RowEdit("REPORTS_TO", "", {"person_id": "clerk", "boss_id": "head", "line": "dotted"}),
            RowEdit("KNOWS", "", {"person_id": "head", "other_id": "clerk"}),
        ],
        key="before",
    )  # fmt: skip
    held = editing.ties(firm, OWNER, "head")
    stake = next(tie for tie in held if tie.kind == "STAKEHOLDER_IN")
    roles = {"person_id": "head", "subject_id": "c", "roles": ["decision_maker", "champion"]}
    save_edits(firm, OWNER, [RowEdit("STAKEHOLDER_IN", stake.id, roles, correction=True)], key="roles")
    job = next(tie for tie in held if tie.kind == "WORKS_AT")
    before = whole_graph(firm)
    saved = editing.leave(firm, OWNER, job, Leaving(date(2026, 12, 1), seat), key="leave", today=TODAY)
    return before, saved


def lines_from(db, day):
    """(person, line, boss) by name, as of a day."""
    rows = db.read(
        "MATCH (p:Person)-[r:REPORTS_TO]->(b) WHERE (r.valid_from IS NULL OR r.valid_from <= $day) "
        "AND (r.valid_to IS NULL OR r.valid_to > $day) RETURN p.name AS p, r.line AS line, b.name AS b",
        {"day": day},
    )
    return {(row["p"], row["line"], row["b"]) for row in rows}


def test_who_leaves_keeps_the_past_and_the_seat_stays_vacant(firm):
    """C1.8: the chart of 30 November is as it was; from 1 December the seat stands where they stood."""
    before, _saved = leaving(firm, "CEO")
    old = {("Anna Berg", "solid", "Eva Owner"), ("Carl Clerk", "dotted", "Anna Berg"),
           ("Пётр Орлов", "solid", "Anna Berg")}  # fmt: skip
    assert lines_from(firm, date(2026, 11, 30)) == old
    assert lines_from(firm, date(2026, 12, 1)) == {
        tuple("CEO" if one == "Anna Berg" else one for one in line) for line in old
    }
    seat = firm.read(
        "MATCH (s:Person {presence: 'vacant'})-[w:WORKS_AT]->(c), (s)-[k:STAKEHOLDER_IN]->(c) RETURN w.title AS title, "
        "w.level AS level, k.roles AS roles, k.support AS support, k.valid_from AS since"
    )
    assert [{**row, "since": str(row["since"])} for row in seat] == [
        {"title": "CEO", "level": 1, "roles": ["decision_maker"], "support": None, "since": "2026-12-01"}
    ], "what one decides goes with the seat; the attitude, and that one spoke for us, was the person's"
    open_ties = firm.read(
        "MATCH ({id: 'head'})-[r]-() WHERE r.valid_to IS NULL AND type(r) <> 'CHANGED' RETURN type(r) AS t"
    )
    assert [row["t"] for row in open_ties] == ["KNOWS"]
    history.undo(firm, OWNER, key="back", today=TODAY)
    assert whole_graph(firm) == before


def test_a_seat_can_be_left_vacant_for_who_is_known_to_leave(firm):
    """The day of leaving was entered before, tie by tie; the seat takes over what ends on it."""
    for tie in editing.ties(firm, OWNER, "head"):
        kind = VOCABULARY.ties[tie.kind]
        ends = {kind.start.column: tie.start, kind.end.column: tie.end, "valid_to": date(2026, 12, 1)}
        save_edits(firm, OWNER, [RowEdit(tie.kind, tie.id, ends)], key=f"end {tie.id}", today=TODAY)
    job = next(tie for tie in editing.ties(firm, OWNER, "head") if tie.kind == "WORKS_AT")
    editing.leave(firm, OWNER, job, Leaving(date(2026, 12, 1), "CEO"), key="leave", today=TODAY)
    assert lines_from(firm, date(2026, 11, 30)) == {("Пётр Орлов", "solid", "Anna Berg")}
    assert lines_from(firm, date(2026, 12, 1)) == {("Пётр Орлов", "solid", "CEO")}


def test_who_leaves_without_a_seat_hands_the_reports_to_the_boss(firm):
    leaving(firm, None)
    assert lines_from(firm, date(2026, 12, 1)) == {("Пётр Орлов", "solid", "Eva Owner")}
    assert firm.read("MATCH (p:Person {presence: 'vacant'}) RETURN count(p) AS n") == [{"n": 0}]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_link_cut_at_commit_saves_once(when, database, neo4j_endpoint):
    """Cut before COMMIT arrives or after it: the key tells, one copy is there, and the caller hears "saved"."""
    with (
        Relay(port_of(neo4j_endpoint.uri)) as relay,
        connect(relay.uri, neo4j_endpoint.username, neo4j_endpoint.password) as through,
    ):
        through.read("RETURN 1 AS one")
        relay.cut_at(COMMIT, when)
        saved = save_edits(through, OWNER, [RowEdit("Person", "", {"name": "Cut"})], key=f"cut {when}")
        assert relay.triggered.is_set()
    assert saved.change_id is not None
    assert database.read("MATCH (p:Person {name: 'Cut'}) RETURN count(p) AS n")[0]["n"] == 1
    assert database.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 1


def test_crossed_edits_both_commit(firm):
    """Two transactions that lock the same two people in opposite order (faults: deadlock)."""
    barrier = threading.Barrier(2)

    def cross(first, second, key):
        barrier.wait()
        for n in range(20):
            rows = [RowEdit("Person", one, {"email": f"{key}{n}@example.org"}) for one in (first, second)]
            save_edits(firm, OWNER, rows, key=f"{key}{n}")

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(cross, "head", "deputy", "a"), pool.submit(cross, "deputy", "head", "b")]
        for job in jobs:
            job.result()
    assert firm.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 41


def test_a_small_kind_is_listed_without_looking_at_the_others(database):
    """Whatever a property may refer to is among the labels that the query writes out."""
    labels = {
        prop.ref
        for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values())
        for prop in kind.properties.values()
        if prop.ref
    }
    database.write(
        "UNWIND $labels AS label CREATE (n:Entity {id: label, name: label}) SET n:$(label) "
        "WITH count(n) AS made CREATE (:Entity:Person {id: 'other', name: 'other'})",
        {"labels": sorted(labels)},
    )
    assert {label: [row.id for row in list_of_kind(database, label=label, most=9)] for label in labels} == {
        label: [label] for label in labels
    }
