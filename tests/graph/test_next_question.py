"""The next best question on real Neo4j: learnt facts make the ranking surer (C1.8, C2.1)."""

import json

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services.editing import RowEdit, save_edits, ties
from graphcrm.services.next_question import next_questions
from tests.small_graph import TODAY, orion

READER = Viewer("reader", "Reader", "reader")


@pytest.fixture
def graph(database: Database) -> Database:
    orion(database)
    return database


def test_an_answer_that_is_entered_is_asked_no_more(graph: Database):
    before = next_questions(graph, OWNER, "c-orion", as_of=TODAY)
    question = next(one for one in before.questions if one.kind == "role_so")
    (stake,) = (one for one in ties(graph, OWNER, question.person_id) if one.id == question.tie_id)
    edit = RowEdit("STAKEHOLDER_IN", stake.id, {"person_id": stake.start, "subject_id": stake.end, "confidence": 1.0})
    save_edits(graph, OWNER, [edit], key="learn", today=TODAY)
    after = next_questions(graph, OWNER, "c-orion", as_of=TODAY)
    assert (question.kind, question.person_id) not in {(one.kind, one.person_id) for one in after.questions}
    moved = [one for one in before.stability if before.stability[one] != after.stability[one]]
    assert question.person_id in moved


def test_a_question_names_who_could_find_out_and_its_proof(graph: Database):
    found = next_questions(graph, OWNER, "c-orion", as_of=TODAY)
    first = found.questions[0]
    assert 0 < first.value <= 1
    assert sum(answer.chance for answer in first.answers) == pytest.approx(1)
    assert first.tie_id is None or first.tie_id in found.evidence
    assert found.could_find_out(first)
    assert all(found.question_told(one)[0].startswith("ask_") for one in found.questions)


def test_a_tie_that_the_viewer_may_not_see_is_no_question(graph: Database):
    graph.write(
        "MATCH (:Person {id: 'p-lev'})-[t:INFLUENCES]->() SET t.sensitivity = 'restricted', t.confidence = 0.5", {}
    )
    hidden = {tie.id for tie in ties(graph, OWNER, "p-lev") if tie.kind == "INFLUENCES" and tie.start == "p-lev"}
    assert hidden
    seen = {one.tie_id for one in next_questions(graph, READER, "c-orion", as_of=TODAY).questions}
    assert not seen & hidden


def test_nobody_known_and_no_such_client(graph: Database):
    found = next_questions(graph, OWNER, "c-vega", as_of=TODAY)
    assert (found.stability, found.questions, found.top) == ({}, (), 0)
    with pytest.raises(NotFound):
        next_questions(graph, OWNER, "no-such", as_of=TODAY)


def test_the_command_line_tells_the_same(graph: Database, run):
    told = json.loads(run("next-question", "c-orion", "--format", "json"))
    assert told["top"] == 5
    assert told["worlds"] == 200
    assert all(question["answers"] for question in told["questions"])
    assert "Among the first 5" in run("next-question", "c-orion")
