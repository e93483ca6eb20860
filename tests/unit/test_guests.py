"""The list of guests (C3.6): equal to trying every list, within the limits, with reasons that sum up."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.guests import Candidate, Goals, Limits, Question, reasons
from graphcrm.domain.guests_best import FOR_NOTHING, best_guests
from graphcrm.errors import InvalidInput

ROLE_CODES = ("decision_maker", "procurement", "user")


@st.composite
def questions(draw):
    count = draw(st.integers(0, 8))
    people = tuple(
        Candidate(
            f"p{number}",
            f"Person {number}",
            client_id=draw(st.sampled_from(("a", "b"))),
            client_name="Client",
            power=draw(st.sampled_from((None, 0.0, 0.25, 0.5, 1.0))),
            is_key=draw(st.booleans()),
            roles=draw(st.frozensets(st.sampled_from(ROLE_CODES), max_size=2)),
            support=draw(st.sampled_from(("supporter", "neutral", "enemy", "unknown"))),
            gap=draw(st.sampled_from(("", "uncovered", "cold", "below_wanted"))),
            barred=draw(st.sampled_from(("", "", "", "barred_deceased"))),
        )
        for number in range(count)
    )
    ids = [one.person_id for one in people]
    pairs = [frozenset(pair) for pair in combinations(ids, 2)]
    weight = st.sampled_from((0.0, 1.0, 2.5, 5.0))
    left_out = draw(st.frozensets(st.sampled_from(ids), max_size=1)) if ids else frozenset()
    able = [one.person_id for one in people if not one.barred and one.person_id not in left_out]
    return Question(
        people,
        Goals(coverage=draw(weight), power=1.0, roles=draw(weight), together=draw(weight), apart=draw(weight)),
        Limits(
            seats=draw(st.none() | st.integers(1, 5)),
            per_client=draw(st.none() | st.integers(1, 3)),
            budget=draw(st.none() | st.sampled_from((100.0, 250.0, 399.0))),
            cost_per_guest=draw(st.none() | st.just(100.0)),
        ),
        frozenset(draw(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else frozenset(),
        frozenset(draw(st.lists(st.sampled_from(able), max_size=1))) if able else frozenset(),
        left_out,
    )


@settings(max_examples=150, deadline=None)
@given(questions())
def test_no_list_is_worth_more_than_the_one_that_is_proposed(question):
    lists = [
        frozenset(ids)
        for size in range(len(question.open) + 1)
        for ids in combinations([one.person_id for one in question.open], size)
        if question.fits(ids)
    ]
    if not lists:
        with pytest.raises(InvalidInput):
            best_guests(question)
        return
    found = best_guests(question)
    assert question.fits(found.ids)
    assert found.gap == 0
    best = max(question.worth(ids) - FOR_NOTHING * len(ids) for ids in lists)
    assert question.worth(found.ids) - FOR_NOTHING * len(found.ids) == pytest.approx(best)


@settings(max_examples=100, deadline=None)
@given(questions(), st.data())
def test_the_reasons_of_a_guest_sum_up_to_what_they_add(question, data):
    ids = [one.person_id for one in question.open]
    if not ids:
        return
    chosen = frozenset(data.draw(st.sets(st.sampled_from(ids))))
    one = data.draw(st.sampled_from(ids))
    added = question.worth(chosen | {one}) - question.worth(chosen - {one})
    assert sum(why.points for why in reasons(question, chosen, one)) == pytest.approx(added)


def three(**changes):
    """A key figure nobody covers, a supporter, a neutral who is at odds with the supporter; one client."""
    people = (
        Candidate("key", "Key", "a", "A", power=0.9, is_key=True, roles=frozenset({"decision_maker"}), gap="uncovered"),
        Candidate("friend", "Friend", "a", "A", power=0.3, support="supporter"),
        Candidate("neutral", "Neutral", "a", "A", power=0.2, support="neutral"),
        Candidate("dead", "Dead", "a", "A", power=1.0, barred="barred_deceased"),
    )
    return Question(people, **changes)


def test_who_is_left_out_is_told_why():
    found = best_guests(three(limits=Limits(seats=1)))
    assert found.ids == {"key"}
    assert {why.code for why in found.guests[0].reasons} == {"guest_uncovered_key", "guest_power", "guest_role"}
    assert {one.candidate.person_id: one.verdict for one in found.near} == {
        "friend": "left_full_seats",
        "neutral": "left_full_seats",
    }
    assert [one.verdict for one in found.barred] == ["barred_deceased"]
    assert found.line == pytest.approx(found.guests[0].points)


def test_each_limit_says_its_own_word():
    per_client = best_guests(three(limits=Limits(per_client=1)))
    assert {one.verdict for one in per_client.near} == {"left_client_full"}
    budget = best_guests(three(limits=Limits(seats=10, budget=199, cost_per_guest=100)))
    assert {one.verdict for one in budget.near} == {"left_full_budget"}
    by_hand = best_guests(three(left_out=frozenset({"key"})))
    assert by_hand.near[0].verdict == "left_by_hand"


def test_a_conflict_keeps_the_weaker_one_away_when_it_weighs_more():
    feud = frozenset({frozenset({"friend", "neutral"})})
    assert best_guests(three(conflicts=feud)).ids == {"key", "friend"} or best_guests(three(conflicts=feud)).ids == {
        "key",
        "neutral",
    }
    assert best_guests(three(conflicts=feud, goals=Goals(apart=0))).ids == {"key", "friend", "neutral"}


def test_the_dead_cannot_be_locked_in_nor_more_than_there_are_seats():
    with pytest.raises(InvalidInput):
        best_guests(three(locked=frozenset({"dead"})))
    with pytest.raises(InvalidInput):
        best_guests(three(locked=frozenset({"key", "friend"}), limits=Limits(seats=1)))


def test_goals_and_limits_that_make_no_sense_are_refused():
    for wrong in (
        {"coverage": -1},
        {"power": 6},
        dict.fromkeys(("coverage", "power", "roles", "together", "apart"), 0),
    ):
        with pytest.raises(InvalidInput):
            Goals(**wrong)
    with pytest.raises(InvalidInput):
        Limits(seats=-1)
    assert Limits(budget=300).affordable is None, "a budget without a cost per guest limits nothing"
    assert Limits(budget=0.3, cost_per_guest=0.1).affordable == 3


def test_nobody_to_invite():
    found = best_guests(Question(()))
    assert (found.guests, found.near, found.line) == ((), (), None)
