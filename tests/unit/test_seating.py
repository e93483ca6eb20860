"""The seating (C3.6): equal to trying every plan where that is possible, within the bound where it is not."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.seating import COVERED_POINTS, FEUD_POINTS, OURS_POINTS, PAIR_POINTS, Room, Sitter, judged
from graphcrm.domain.seating_best import best_seating
from graphcrm.errors import InvalidInput


def generator():
    return np.random.default_rng(7)


@st.composite
def rooms(draw):
    hosts = [Sitter(f"h{number}", f"Host {number}", is_ours=True) for number in range(draw(st.integers(0, 2)))]
    covers = st.frozensets(st.sampled_from([host.id for host in hosts]), max_size=2) if hosts else st.just(frozenset())
    guests = [
        Sitter(f"g{number}", f"Guest {number}", covered_by=draw(covers)) for number in range(draw(st.integers(0, 4)))
    ]
    people = (*hosts, *guests)
    ids = [one.id for one in people]
    pairs = [frozenset(pair) for pair in combinations(ids, 2)]
    some = st.lists(st.sampled_from(pairs), max_size=2).map(frozenset) if pairs else st.just(frozenset())
    tables = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple))
    if sum(tables) < len(people):
        tables = (*tables, len(people))
    fixed = {draw(st.sampled_from(ids)): draw(st.integers(1, len(tables)))} if ids and draw(st.booleans()) else {}
    return Room(people, tables, apart=draw(some), together=draw(some), fixed=fixed)


@settings(max_examples=80, deadline=None)
@given(rooms())
def test_no_plan_has_more_points(room):
    ids = [one.id for one in room.sitters]
    plans = (dict(zip(ids, places, strict=True)) for places in product(range(1, len(room.tables) + 1), repeat=len(ids)))
    best = max(room.points(plan) for plan in plans if room.holds(plan))
    found = best_seating(room, generator(), steps=300)
    assert room.holds(found.seats)
    assert found.exact
    assert found.points == best
    assert best <= room.bound()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_large_room_keeps_to_its_bound_and_says_how_far_off_it_may_be(seed):
    draw = np.random.default_rng(seed)
    hosts = [Sitter(f"h{number}", "", is_ours=True) for number in range(6)]
    guests = [
        Sitter(
            f"g{number}", "", covered_by=frozenset(f"h{host}" for host in draw.choice(6, 2)), client_id=str(number % 9)
        )
        for number in range(50)
    ]
    feuds = frozenset(
        frozenset({f"g{first}", f"g{second}"}) for first, second in draw.choice(50, (8, 2)) if first != second
    )
    room = Room((*hosts, *guests), (8,) * 7, apart=feuds)
    found = best_seating(room, generator(), steps=1500)
    assert room.holds(found.seats)
    assert found.points == room.points(found.seats) <= found.bound
    assert found.exact == (found.gap == 0)
    assert best_seating(room, generator(), steps=1500).seats == found.seats, "the same seed, the same plan"


def test_conflicts_apart_pairs_together_and_one_of_ours_with_each():
    anna, bo = Sitter("anna", "Anna", is_ours=True), Sitter("bo", "Bo", is_ours=True)
    guests = [Sitter(f"a{n}", "", covered_by=frozenset({"anna"})) for n in range(3)]
    guests += [Sitter(f"b{n}", "", covered_by=frozenset({"bo"})) for n in range(3)]
    room = Room(
        (anna, bo, *guests),
        (4, 4),
        apart=frozenset({frozenset({"a0", "b0"})}),
        together=frozenset({frozenset({"a1", "a2"})}),
    )
    found = best_seating(room, generator())
    assert found.points == 6 * COVERED_POINTS + PAIR_POINTS
    assert (found.exact, found.alone, found.uncovered, found.feuds, found.parted) == (True, (), (), (), ())
    by_hand = judged(room, {**found.seats, "a0": found.seats["bo"], "b2": found.seats["anna"]})
    assert by_hand.feuds == (("a0", "b0"),)
    assert set(by_hand.uncovered) == {"a0", "b2"}
    assert by_hand.points == 4 * COVERED_POINTS + 2 * OURS_POINTS + PAIR_POINTS - FEUD_POINTS


def test_too_few_seats_and_tables_that_are_not_there():
    people = (Sitter("a", "A"), Sitter("b", "B"))
    with pytest.raises(InvalidInput):
        Room(people, (1,))
    with pytest.raises(InvalidInput):
        Room(people, (2,), fixed={"a": 2})
    with pytest.raises(InvalidInput):
        Room(people, (1, 1), fixed={"a": 1, "b": 1})
    assert best_seating(Room((), ()), generator()).exact
