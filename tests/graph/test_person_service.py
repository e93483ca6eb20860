"""The person page's service on real Neo4j: what is there, what is left out for whom, what looks the same."""

from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services.person import person
from tests.small_graph import TODAY, build, orion, tie


def viewer(role):
    return Viewer(id=role, name=role, role=role)


@pytest.fixture
def db(database):
    orion(database)
    return database


def test_features_known_and_not_known(db):
    """C2.2: every professional and personal property of the vocabulary is there, with its value or None."""
    view = person(db, OWNER, "p-greta", as_of=TODAY)
    professional = {one.property.name: one.value for one in view.features["professional"]}
    assert professional["work_style"] == "Decides on one page"
    assert professional["decision_orientation"] == "business"
    assert professional["education"] is None
    assert {one.property.name for one in view.features["personal"]} >= {"temperament", "likes", "dislikes"}


def test_place_in_the_structure(db):
    """Boss, reports, unit, coverage."""
    lev, ida = (person(db, OWNER, one, as_of=TODAY) for one in ("p-lev", "p-ida"))
    assert [one.other_id for one in lev.ties_of("REPORTS_TO", outgoing=True)] == ["p-anton"]
    assert [unit.unit_name for unit in ida.units] == ["Laboratory"]
    assert [(one.other_name, one.coverage) for one in ida.coverage] == [("Kai Brandt", "in_depth")]
    greta = person(db, OWNER, "p-greta", as_of=TODAY)
    assert {one.other_id for one in greta.ties_of("REPORTS_TO", outgoing=False)} == {"p-anton", "p-nina"}


def test_ties_in_and_out_with_proof(db):
    """Influence in both directions, with strength, basis, confidence, source and date."""
    lev = person(db, OWNER, "p-lev", as_of=TODAY)
    (on_greta,) = [one for one in lev.ties_of("INFLUENCES", outgoing=True) if one.other_id == "p-greta"]
    assert (on_greta.strength, on_greta.basis, on_greta.confidence) == (9.0, "expertise", 1.0)
    assert (on_greta.source, on_greta.last_verified) == ("Talk at the fair", date(2026, 9, 30))
    (from_ida,) = lev.ties_of("INFLUENCES", outgoing=False)
    assert from_ida.strength is None


def test_stance_now_and_before(db):
    """Changing a stance closes the old tie: now neutral, an enemy until January."""
    stakes = person(db, OWNER, "p-greta", as_of=TODAY).stakes
    assert [(one.current, one.support) for one in stakes] == [(True, "neutral"), (False, "enemy")]
    then = person(db, OWNER, "p-greta", as_of=date(2025, 6, 1)).stakes
    assert [(one.current, one.support) for one in then] == [(True, "enemy")]


def test_contacts_up_to_the_day(db):
    """The call of 24 December has not happened yet."""
    view = person(db, OWNER, "p-greta", as_of=TODAY)
    assert [one.id for one in view.interactions] == ["i-meet"]


def test_power_is_that_of_the_client(db):
    """C2.1: the same rank as among the client's key figures."""
    (power,) = person(db, OWNER, "p-lev", as_of=TODAY).power
    assert (power.client_id, power.figure.rank, power.figure.formal_rank, power.people) == ("c-orion", 1, 4, 5)


def test_dates_come_round(db):
    """C2.4: a birthday without a year, a wedding with one."""
    found = {one.kind: one.next_on for one in person(db, OWNER, "p-greta", as_of=TODAY).occasions}
    assert found == {"wedding": date(2026, 11, 25), "birthday": date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("owner", {"MARK-personal", "MARK-family", "MARK-change"}),
        ("manager", {"MARK-personal", "MARK-family", "MARK-change"}),
        ("analyst", {"MARK-personal"}),
        ("reader", set()),
    ],
)
def test_what_a_role_does_not_see_is_left_out(db, role, seen):
    """Field-level rights: marked in every family and personal place; nothing of it may reach a lesser role."""
    text = repr(person(db, viewer(role), "p-greta", as_of=TODAY))
    assert {mark for mark in ("MARK-personal", "MARK-family", "MARK-change") if mark in text} == seen


def test_a_basis_that_tells_of_friendship_is_left_out(db):
    """The tie stays, as business; that it rests on friendship is personal."""
    for role, basis in (("owner", "friendship"), ("reader", None)):
        lev = person(db, viewer(role), "p-lev", as_of=TODAY)
        (on_anton,) = [one for one in lev.ties_of("INFLUENCES", outgoing=True) if one.other_id == "p-anton"]
        assert on_anton.basis == basis


def test_a_restricted_tie_is_for_the_owner(db):
    """A tie's own sensitivity holds too."""
    build(db, [], [tie("p-nina", "KNOWS", "p-ida", context="MARK-restricted", sensitivity="restricted")])
    assert "MARK-restricted" in repr(person(db, OWNER, "p-ida", as_of=TODAY))
    assert "MARK-restricted" not in repr(person(db, viewer("manager"), "p-ida", as_of=TODAY))


@pytest.mark.parametrize("role", ["owner", "manager", "analyst", "reader"])
@pytest.mark.parametrize("person_id", ["p-olga", "no-such", "c-orion", ""])
def test_unknown_and_not_allowed_look_the_same(db, role, person_id):
    """IDOR: a relative's id answers a role that may not know of families exactly as an id that is not there."""
    if person_id == "p-olga" and role in ("owner", "manager"):
        assert person(db, viewer(role), person_id, as_of=TODAY).name == "MARK-family Olga"
        return
    with pytest.raises(NotFound) as caught:
        person(db, viewer(role), person_id, as_of=TODAY)
    assert str(caught.value) == "There is no such person. Look for them in the list of the client's people."
    assert caught.value.fields == {}


def test_one_of_ours(db):
    """An employee's page tells whom they cover and whom they spoke with."""
    kai = person(db, OWNER, "e-kai", as_of=TODAY)
    assert kai.is_ours
    assert {one.other_id for one in kai.coverage if not one.outgoing} == {"p-ida", "p-nina"}
    assert [one.id for one in kai.interactions] == ["i-call"]
    assert kai.power == ()


def test_a_date_that_is_none_does_not_take_the_page_down(db):
    """Other tools write too: a value that is no date has no next day."""
    db.write("MATCH (d:UsefulDate {id: 'd-birth'}) SET d.date = 'soon'")
    view = person(db, OWNER, "p-greta", as_of=TODAY)
    assert {one.id: one.next_on for one in view.occasions}["d-birth"] is None
