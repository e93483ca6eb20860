"""What is to be watched in a family (C2.3): children, reviews; and where the people of a tree are drawn."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.family import age, child_excess, is_minor, review_due
from graphcrm.domain.layout_family import family_places
from graphcrm.ui.components.edit_family import KINDS, family_edits

TODAY = date(2026, 11, 25)
STEP = (100.0, 80.0)


@pytest.mark.parametrize(
    ("born", "minor", "years"),
    [
        ("2008-11-26", True, 17),  # one day short of full age
        ("2008-11-25", False, 18),
        ("2008", True, None),  # may have been born in December
        ("2007", False, None),
        ("~2008", True, None),
        ("--11-25", False, None),
        (None, False, None),
        ("nonsense", False, None),
        ("2027-01-01", True, None),
    ],
)
def test_who_is_a_child(born, minor, years):
    assert is_minor(born, TODAY) is minor
    assert age(born, TODAY) == years


def test_of_a_child_given_name_and_year_may_be_kept():
    assert child_excess("2015", ("given_name",)) == ()
    assert child_excess("2015-03", ()) == ("birth_day",)
    assert child_excess("2015-03-02", ("family_name", "phone")) == ("birth_day", "family_name", "phone")


@pytest.mark.parametrize(
    ("review_on", "verified", "due"),
    [
        (date(2026, 11, 25), date(2026, 11, 24), True),
        (date(2026, 11, 26), None, False),
        (None, None, True),
        (None, date(2025, 11, 25), True),
        (None, date(2025, 11, 26), False),
    ],
)
def test_when_a_fact_is_due_for_review(review_on, verified, due):
    assert review_due(review_on, verified, TODAY) is due


def test_a_small_family_is_drawn_as_one_would():
    generations = {"me": 0, "wife": 0, "father": 1, "mother": 1, "son": -1, "daughter": -1}
    couples = [("me", "wife"), ("father", "mother")]
    parents = [("me", "son"), ("wife", "son"), ("me", "daughter"), ("father", "me"), ("mother", "me")]
    at = family_places(generations, couples, parents, STEP)
    assert {person: y for person, (_x, y) in at.items()} == {
        "father": -80, "mother": -80, "me": 0, "wife": 0, "son": 80, "daughter": 80}  # fmt: skip
    assert abs(at["me"][0] - at["wife"][0]) == pytest.approx(STEP[0])
    assert abs(at["father"][0] - at["mother"][0]) == pytest.approx(STEP[0])
    assert at["me"][0] == pytest.approx((at["father"][0] + at["mother"][0]) / 2, abs=STEP[0])


def test_who_married_twice_stands_between_the_two():
    at = family_places({"me": 0, "first": 0, "second": 0}, [("me", "first"), ("me", "second")], [], STEP)
    assert sorted(["first", "me", "second"], key=lambda person: at[person][0])[1] == "me"


PEOPLE = st.sampled_from("abcdefghij")
PAIRS = st.lists(st.tuples(PEOPLE, PEOPLE), max_size=12)


@given(st.dictionaries(PEOPLE, st.integers(-3, 3), min_size=1), PAIRS, PAIRS)
def test_nobody_stands_on_anybody_whatever_the_ties(generations, couples, parents):
    at = family_places(generations, couples, parents, STEP)
    assert at.keys() == generations.keys()
    rows: dict[float, list[float]] = {}
    for x, y in at.values():
        rows.setdefault(y, []).append(x)
    for xs in rows.values():
        xs.sort()
        assert all(right - left >= STEP[0] - 1e-6 for left, right in pairwise(xs))


def test_the_form_of_a_family_stands_for_people_and_ties():
    members = [{"kind": "w", "name": " Olga ", "born": "1980"}, {"kind": "s", "name": "Petr", "born": ""},
               {"kind": "W", "name": "Zoya", "born": None}, {"kind": "f", "name": "Lev", "born": "~1950"}]  # fmt: skip
    facts = {"source": "source-1", "kept_for": None, "review_on": None}
    edits = family_edits("me", "key", members, facts, both_parents=True, today=TODAY)
    people = {edit.cells["name"]: edit for edit in edits if edit.kind == "Person"}
    assert {name: edit.cells["gender"] for name, edit in people.items()} == {
        "Olga": "female", "Petr": "male", "Zoya": "female", "Lev": "male"}  # fmt: skip
    ids = {edit.id: name for name, edit in people.items()} | {"me": "me"}
    ends = {"PARENT_OF": ("parent_id", "child_id"), "SPOUSE_OF": ("person_id", "spouse_id")}
    ties = {
        (edit.kind, *(ids[edit.cells[column]] for column in ends[edit.kind]), "valid_to" in edit.cells)
        for edit in edits
        if edit.kind in ends
    }
    assert ties == {
        ("SPOUSE_OF", "me", "Olga", False), ("SPOUSE_OF", "me", "Zoya", True), ("PARENT_OF", "me", "Petr", False),
        ("PARENT_OF", "Olga", "Petr", False), ("PARENT_OF", "Lev", "me", False)}  # fmt: skip
    assert all(edit.cells["source"] == "source-1" for edit in edits if edit.kind in ends)


def test_every_kind_of_the_form_has_a_name_in_both_languages():
    from graphcrm.vocabulary.kinship import kinship_name

    for language in ("en", "ru"):
        assert len({kinship_name(letter, language) for letter in KINDS}) == len(KINDS)
