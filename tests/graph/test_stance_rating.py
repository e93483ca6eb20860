"""Several of ours rate one person, blind to each other, on real Neo4j (C1.8)."""

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditRefused, Forbidden
from graphcrm.services import history
from graphcrm.services.person import person
from graphcrm.services.stance_rating import employees, rate, ratings
from tests.small_graph import TODAY, orion

ANNA, BORIS = (Viewer(one, one.title(), "manager") for one in ("anna", "boris"))
WHOM = ("p-greta", "c-orion")


@pytest.fixture
def graph(database: Database) -> Database:
    orion(database)
    return database


def give(graph: Database, viewer: Viewer, employee: str, support: str, key: str, words: str = "MARK-why") -> None:
    cells = {"person_id": WHOM[0], "subject_id": WHOM[1], "by_id": employee, "support": support, "words": words}
    rate(graph, viewer, cells, key=key, today=TODAY)


def seen(graph: Database, viewer: Viewer, employee: str):
    return ratings(graph, viewer, *WHOM, employee_id=employee, as_of=TODAY)


def test_nobody_sees_a_rating_before_giving_their_own(graph: Database):
    give(graph, ANNA, "e-kai", "supporter", "one")
    blind = seen(graph, BORIS, "e-zoe")
    assert (blind.total, blind.given, blind.ratings, blind.spread) == (1, False, (), None)
    give(graph, BORIS, "e-zoe", "non_supporter", "two")
    open_ = seen(graph, BORIS, "e-zoe")
    assert [(one.employee_id, one.support) for one in open_.ratings] == [
        ("e-kai", "supporter"),
        ("e-zoe", "non_supporter"),
    ]
    assert open_.spread is not None
    assert open_.spread.steps == 2


def test_claiming_to_be_a_colleague_from_another_account_opens_nothing(graph: Database):
    give(graph, ANNA, "e-kai", "supporter", "one")
    assert seen(graph, BORIS, "e-kai").ratings == ()
    assert seen(graph, ANNA, "e-zoe").ratings == ()


def test_the_list_of_changes_does_not_tell_a_rating_to_others(graph: Database):
    give(graph, ANNA, "e-kai", "enemy", "one")
    for viewer in (BORIS, OWNER):
        told = repr(history.recent(graph, viewer)) + repr(person(graph, viewer, WHOM[0], as_of=TODAY).changes)
        assert "MARK-why" not in told
    assert "MARK-why" in repr(history.recent(graph, ANNA))


def test_who_may_not_write_rates_nothing_and_sees_nothing(graph: Database):
    reader = Viewer("r", "Reader", "reader")
    with pytest.raises(Forbidden):
        give(graph, reader, "e-kai", "enemy", "one")
    with pytest.raises(Forbidden):
        seen(graph, reader, "e-kai")


def test_a_double_click_rates_once_and_a_wrong_value_not_at_all(graph: Database):
    give(graph, ANNA, "e-kai", "enemy", "one")
    give(graph, ANNA, "e-kai", "enemy", "one")
    assert seen(graph, ANNA, "e-kai").total == 1
    assert len(graph.read("MATCH (r:StanceRating) RETURN r.id AS id", {})) == 1
    with pytest.raises(EditRefused):
        give(graph, ANNA, "e-kai", "adores us", "two")
    with pytest.raises(EditRefused):
        give(graph, ANNA, "p-lev", "enemy", "three")


def test_our_people_can_be_chosen(graph: Database):
    assert set(employees(graph)) == {"e-kai", "e-zoe"}
