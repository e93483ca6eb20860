"""Base analysis (C1.1-C1.8) on real Neo4j: who, how sure, from where, and what is not known."""

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.errors import NotFound
from graphcrm.services.base_analysis import client_analysis
from tests.small_graph import TODAY, build, node, orion


@pytest.fixture
def db(database):
    orion(database)
    return database


@pytest.mark.parametrize(
    ("question", "people", "status"),
    [
        ("C1.1", ["Ida Moss"], "known"),
        ("C1.2", ["Greta Holm"], "partly"),
        ("C1.3", ["Greta Holm"], "known"),
        ("C1.4", ["Lev Sorokin", "Ida Moss"], "known"),
        ("C1.5", ["Ida Moss"], "known"),
        ("C1.6", ["Anton Berg"], "known"),
        ("C1.7", ["Lev Sorokin", "Ida Moss"], "known"),
    ],
)
def test_answers(db, question, people, status):
    """C1.1-C1.7, answered from the small graph by eye."""
    answer = client_analysis(db, OWNER, "c-orion", as_of=TODAY).analysis[question]
    assert [person.name for person in answer.people] == people
    assert answer.status == status


def test_an_answer_has_its_proof(db):
    """C1.3: confidence, source and date come from the tie."""
    result = client_analysis(db, OWNER, "c-orion", as_of=TODAY)
    (greta,) = result.analysis["C1.3"].people
    assert (greta.confidence, greta.source, str(greta.on)) == (0.9, "Talk at the fair", "2026-10-01")
    assert greta.tie_id in result.evidence


def test_first_contact_tells_who_and_when(db):
    """C1.1: made by Kai in May 2019."""
    (ida,) = client_analysis(db, OWNER, "c-orion", as_of=TODAY).analysis["C1.1"].people
    assert (ida.employee, ida.on) == ("Kai Brandt", "2019-05")


def test_who_could_find_out(db):
    """C1.2 is known in part: Kai is best placed, as his contact is deep, fresh and on our side."""
    answer = client_analysis(db, OWNER, "c-orion", as_of=TODAY).analysis["C1.2"]
    assert [one.employee_name for one in answer.could_find_out] == ["Kai Brandt", "Zoe Lind"]
    assert answer.could_find_out[0].guide


def test_of_an_unknown_client_nothing_is_claimed(db):
    """Nobody known: every question is open, and nothing is raised."""
    build(db, [node("c-void", "Organization Client", name="Void")], [])
    result = client_analysis(db, OWNER, "c-void", as_of=TODAY)
    assert {answer.status for answer in result.analysis.answers} == {"not_known"}
    assert [gap.code for gap in result.gaps][:1] == ["nobody_known"]


def test_no_such_client(db):
    with pytest.raises(NotFound):
        client_analysis(db, OWNER, "no-such", as_of=TODAY)
