"""One person twice on a real graph (C1.2): found, merged with every tie kept, taken back, told apart."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, Forbidden, InvalidInput, NotFound
from graphcrm.services import history
from graphcrm.services.duplicates import MergeOrder, compare, likely_duplicates, merge, not_same
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.exporting import export_folder
from graphcrm.services.importing import import_folder
from tests.conftest import empty
from tests.graph.test_editing import whole_graph

TODAY = date(2026, 11, 24)
READER = Viewer("r", "Reader", "reader")
ANALYST = Viewer("x", "Analyst", "analyst")
MANAGER = Viewer("m", "Manager", "manager")


@pytest.fixture
def twice(database):
    """Anna Berg twice at one client, each with ties of her own, some of them alike; one of ours who goes twice, too."""
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Nordwerft", "kinds": ["client"]}),
            RowEdit("Organization", "own", {"name": "Meridian", "kinds": ["own_firm"]}),
            RowEdit("Person", "a", {"name": "Анна Берг", "email": "anna@nord.example", "expertise": ["pumps"],
                                    "career": "Nordwerft", "home_city": "Псков"}),
            RowEdit("Person", "b", {"name": "Anna Berg", "email": "anna@nord.example", "phone": "+7 495 123-45-67",
                                    "expertise": ["drives", "pumps"], "career": "Verft", "home_city": "Тула"}),
            *(RowEdit("Person", one, {"name": name}) for one, name in
              (("boss", "Иван Зорин"), ("x", "Пётр Орлов"), ("e", "Emil Kern"), ("e2", "Emil Kern"))),
            *(RowEdit("WORKS_AT", "", {"person_id": one, "organization_id": "own"}) for one in ("e", "e2")),
            RowEdit("WORKS_AT", "", {"person_id": "a", "organization_id": "c", "title": "CFO", "level": 2}),
            RowEdit("WORKS_AT", "", {"person_id": "b", "organization_id": "c", "title": "CFO"}),
            RowEdit("REPORTS_TO", "", {"person_id": "b", "boss_id": "boss"}),
            RowEdit("REPORTS_TO", "", {"person_id": "x", "boss_id": "b"}),
            RowEdit("KNOWS", "", {"person_id": "b", "other_id": "x", "strength": 3}),
            RowEdit("KNOWS", "", {"person_id": "a", "other_id": "x", "strength": 8}),
            RowEdit("STAKEHOLDER_IN", "", {"person_id": "b", "subject_id": "c", "roles": ["decision_maker"]}),
            RowEdit("INFLUENCES", "", {"person_id": "a", "influenced_id": "b", "strength": 1}),
            RowEdit("INFLUENCES", "", {"person_id": "x", "influenced_id": "boss", "strength": 5, "recorded_by": "e2"}),
            RowEdit("Interaction", "i", {"kind": "call", "date": date(2026, 11, 2), "participant_ids": ["a", "b"],
                                         "employee_ids": ["e2"]}),
        ],
        key="start",
        today=TODAY,
    )  # fmt: skip
    return database


def ties_of(db, own_id):
    rows = db.read(
        "MATCH (n:Entity {id: $id})-[r]-(o) WHERE type(r) <> 'CHANGED' "
        "RETURN type(r) AS t, o.id AS o, startNode(r).id = $id AS out ORDER BY t, o, out",
        {"id": own_id},
    )
    return [(row["t"], row["o"], row["out"]) for row in rows]


def labels(db, own_id):
    rows = db.read("MATCH (n:Entity {id: $id}) RETURN labels(n) AS l", {"id": own_id})
    return set(rows[0]["l"]) if rows else None


def ids(found):
    return {(one.pair.one_id, one.pair.other_id) for one in found}


def test_they_are_found_with_reasons_and_only_by_what_the_viewer_sees(twice):
    # the tie from one to the other speaks against them: somebody has entered both on purpose
    assert ("a", "b") not in ids(likely_duplicates(twice, OWNER))
    twice.write("MATCH (:Person {id: 'a'})-[r:INFLUENCES]->(:Person {id: 'b'}) DELETE r", {})
    (found,) = [one for one in likely_duplicates(twice, OWNER) if one.pair.one_id == "a"]
    assert (found.one_name, found.other_name) == ("Анна Берг", "Anna Berg")
    assert {"same_email", "same_employer"} <= {reason.code for reason in found.pair.score.reasons}
    twice.write("MATCH (p:Person) WHERE p.id IN ['a', 'b'] SET p.birth_date = '1970-01-02'", {})
    codes = {
        viewer.role: {r.code for one in likely_duplicates(twice, viewer) for r in one.pair.score.reasons}
        for viewer in (OWNER, READER)
    }
    assert "same_birthday" in codes["owner"]
    assert "same_birthday" not in codes["reader"]


def test_every_tie_is_kept_and_undo_and_redo_give_equal_graphs(twice):
    before = whole_graph(twice)
    order = MergeOrder("a", "b", {"home_city": "gone", "career": "both"})
    saved = merge(twice, OWNER, order, key="m", today=TODAY)
    assert ties_of(twice, "a") == [
        ("KNOWS", "x", True), ("KNOWS", "x", True), ("REPORTS_TO", "boss", True), ("REPORTS_TO", "x", False),
        ("STAKEHOLDER_IN", "c", True), ("WITH", "i", False), ("WORKS_AT", "c", True),
    ]  # fmt: skip
    assert labels(twice, "b") is None
    assert labels(twice, "a") == {"Entity", "Person", "DecisionMaker", "Executive"}
    values = twice.read("MATCH (n:Person {id: 'a'}) RETURN properties(n) AS p")[0]["p"]
    assert values["other_names"] == ["Anna Berg"]
    assert (values["home_city"], values["career"]) == ("Тула", "Nordwerft\nVerft")
    assert values["expertise"] == ["pumps", "drives"]
    assert values["phone"] == "+7 495 123-45-67"
    after = whole_graph(twice)
    history.undo(twice, OWNER, key="u", change_id=saved.change_id, today=TODAY)
    assert whole_graph(twice) == before
    history.redo(twice, OWNER, key="r", today=TODAY)
    assert whole_graph(twice) == after


def test_ties_that_name_one_of_ours_name_the_one_who_stays(twice):
    before = whole_graph(twice)
    saved = merge(twice, OWNER, MergeOrder("e", "e2"), key="m", today=TODAY)
    assert twice.read("MATCH ()-[r:INFLUENCES {strength: 5}]->() RETURN r.recorded_by AS by")[0]["by"] == "e"
    assert ("CONDUCTED_BY", "i", False) in ties_of(twice, "e")
    history.undo(twice, OWNER, key="u", change_id=saved.change_id, today=TODAY)
    assert whole_graph(twice) == before


def test_what_a_merge_would_do_is_told_before(twice):
    seen = compare(twice, OWNER, "a", "b")
    assert dict(seen.moved) == {"KNOWS": 1, "REPORTS_TO": 2, "STAKEHOLDER_IN": 1}
    assert dict(seen.united) == {"WITH": 1, "WORKS_AT": 1}
    assert dict(seen.ended) == {"INFLUENCES": 1}
    assert {one.prop.name for one in seen.fields if one.disagrees} == {"name", "career", "home_city"}


def test_a_merge_of_what_somebody_changed_meanwhile_is_refused(twice):
    for number, edit in enumerate(
        [RowEdit("Person", "b", {"phone": None}), RowEdit("MENTOR_OF", "", {"person_id": "b", "protege_id": "x"})]
    ):
        seen = compare(twice, OWNER, "a", "b")
        save_edits(twice, MANAGER, [edit], key=f"theirs{number}", today=TODAY)
        now = whole_graph(twice)
        with pytest.raises(EditConflict) as caught:
            merge(twice, OWNER, MergeOrder("a", "b", seen=seen), key=f"m{number}", today=TODAY)
        assert [one.column for one in caught.value.differences] == (["phone"] if number == 0 else [])
        assert whole_graph(twice) == now


def test_of_two_merges_at_once_one_wins_and_the_other_is_told(twice):
    def attempt(pair):
        try:
            return merge(twice, OWNER, MergeOrder(*pair), key=f"m{pair}", today=TODAY).change_id
        except NotFound as told:
            return told

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(attempt, [("a", "b"), ("b", "a")]))
    assert sorted(isinstance(one, NotFound) for one in answers) == [False, True]
    assert twice.read("MATCH (p:Person) WHERE p.id IN ['a', 'b'] RETURN count(p) AS n")[0]["n"] == 1


def test_a_double_click_merges_once(twice):
    first = merge(twice, OWNER, MergeOrder("a", "b"), key="m", today=TODAY)
    assert merge(twice, OWNER, MergeOrder("a", "b"), key="m", today=TODAY).change_id == first.change_id


@pytest.mark.parametrize(
    ("viewer", "pair", "refusal"),
    [
        (READER, ("a", "b"), Forbidden),
        (ANALYST, ("a", "b"), Forbidden),
        (OWNER, ("a", "c"), InvalidInput),
        (OWNER, ("i", "i"), InvalidInput),
        (OWNER, ("i", "a"), InvalidInput),
        (OWNER, ("a", "nobody"), NotFound),
        (OWNER, ("x", "boss"), InvalidInput),  # x reports to b and b to boss: b would be its own boss's boss
    ],
)
def test_what_is_refused_changes_nothing(twice, viewer, pair, refusal):
    before = whole_graph(twice)
    with pytest.raises(refusal):
        merge(twice, viewer, MergeOrder(*pair), key="m", today=TODAY)
    assert whole_graph(twice) == before


def test_a_manager_does_not_merge_what_only_the_owner_sees(twice):
    tie = RowEdit("MENTOR_OF", "", {"person_id": "b", "protege_id": "x", "sensitivity": "restricted"})
    save_edits(twice, OWNER, [tie], key="t", today=TODAY)
    assert not compare(twice, MANAGER, "a", "b").whole
    with pytest.raises(Forbidden):
        merge(twice, MANAGER, MergeOrder("a", "b"), key="m", today=TODAY)


def test_those_told_apart_are_not_shown_again_also_after_export_and_import(twice, tmp_path):
    assert ("e", "e2") in ids(likely_duplicates(twice, OWNER))
    not_same(twice, OWNER, "e2", "e", key="n")
    assert not_same(twice, OWNER, "e", "e2", key="n2").change_id is None
    assert ("e", "e2") not in ids(likely_duplicates(twice, OWNER))
    export_folder(twice, OWNER, tmp_path / "out")
    empty(twice)
    import_folder(twice, OWNER, tmp_path / "out")
    assert ("NOT_SAME", "e2", True) in ties_of(twice, "e")
    assert ("e", "e2") not in ids(likely_duplicates(twice, OWNER))
    with pytest.raises(Forbidden):
        not_same(twice, READER, "a", "b", key="n3")


def test_two_firms_become_one_with_all_their_people(database):
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "f", {"name": "ООО «Северная верфь»", "kinds": ["client"], "inn": "7707083893"}),
            RowEdit("Organization", "g", {"name": "Severnaya Verf", "kinds": ["partner"], "inn": "7707083893"}),
            RowEdit("Person", "p", {"name": "Anna"}),
            RowEdit("WORKS_AT", "", {"person_id": "p", "organization_id": "g"}),
        ],
        key="start",
        today=TODAY,
    )
    assert ids(likely_duplicates(database, OWNER, "Organization")) == {("f", "g")}
    before = whole_graph(database)
    saved = merge(database, OWNER, MergeOrder("f", "g"), key="m", today=TODAY)
    assert labels(database, "f") == {"Entity", "Organization", "Client", "Partner"}
    assert ties_of(database, "f") == [("WORKS_AT", "p", False)]
    history.undo(database, OWNER, key="u", change_id=saved.change_id, today=TODAY)
    assert whole_graph(database) == before


def test_the_command_line_finds_merges_tells_apart_and_takes_back(twice, run):
    (row,) = json.loads(run("duplicates", "--format", "json"))
    assert (row["one_id"], row["other_id"], row["score"] >= 0.6) == ("e", "e2", True)
    assert run("duplicates", "--format", "csv").splitlines()[1].startswith("e,Emil Kern,e2,Emil Kern,0.")
    assert "Emil Kern" in run("duplicates")
    assert "No likely duplicates" in run("duplicates", "--kind", "organizations")
    assert "Merged." in run("merge", "e", "e2")
    assert json.loads(run("duplicates", "--format", "json")) == []
    run("undo")
    assert labels(twice, "e2")
    run("not-same", "e", "e2")
    assert json.loads(run("duplicates", "--format", "json")) == []


def test_a_record_without_a_name_stops_nobody(twice):
    twice.write("MATCH (p:Person {id: 'x'}) REMOVE p.name SET p.birth_date = 'in May'", {})
    assert ("e", "e2") in ids(likely_duplicates(twice, OWNER))
