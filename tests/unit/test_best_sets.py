"""Best sets (C2.1): branch and bound equals brute force, lazy greedy equals plain greedy, the bound holds."""

from __future__ import annotations

from itertools import combinations
from math import e

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import best_sets as best_sets_module
from graphcrm.domain.best_sets import GainsOf, SearchTooLong, best_sets, lazy_greedy, plain_greedy, upper_bound

MANY = "abcdefgh"
covers = st.fixed_dictionaries({one: st.frozensets(st.integers(0, 12), max_size=6) for one in MANY})


def worth_of(cover: dict[str, frozenset[int]]):
    """How many things a set covers: monotone and submodular."""
    return lambda members: float(len(frozenset().union(*(cover[one] for one in members))))


@given(covers, st.integers(0, 4), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_branch_and_bound_equals_brute_force(cover: dict, size: int, most: int) -> None:
    """The same worths in the same order, and the condition holds for each set."""
    worth = worth_of(cover)

    def allows(members: frozenset[str]) -> bool:
        return bool(members & {"a", "c", "h"})

    found = best_sets(MANY, worth, size, most=most, allows=allows)
    groups = (frozenset(group) for group in combinations(MANY, size))
    expected = sorted((worth(group) for group in groups if allows(group)), reverse=True)[:most]
    assert [value for value, _members in found] == expected
    assert len({members for _value, members in found}) == len(found)
    assert all(allows(members) and worth(members) == value for value, members in found)


@given(covers, st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_lazy_greedy_finds_what_plain_greedy_finds(cover: dict, size: int) -> None:
    worth = worth_of(cover)
    lazy = lazy_greedy(MANY, GainsOf(worth), size)
    assert lazy == plain_greedy(MANY, GainsOf(worth), size)
    best = best_sets(MANY, worth, size)[0][0]
    reached = worth(frozenset(one for one, _gain in lazy))
    assert reached >= (1 - 1 / e) * best - 1e-9  # Nemhauser, Wolsey & Fisher (1978)
    assert best <= upper_bound(MANY, worth, size, [frozenset(), frozenset(one for one, _gain in lazy)]) + 1e-9


def test_lazy_greedy_asks_less() -> None:
    """That is its only purpose."""
    cover = {f"p{number}": frozenset(range(number, number + 1 + number % 7)) for number in range(60)}

    class Counting(GainsOf):
        asked = 0

        def gain(self, candidate: str) -> float:
            Counting.asked += 1
            return super().gain(candidate)

    lazy = lazy_greedy(cover, Counting(worth_of(cover)), 8)
    few, Counting.asked = Counting.asked, 0
    assert plain_greedy(cover, Counting(worth_of(cover)), 8) == lazy
    assert few < Counting.asked / 3


def test_a_search_beyond_its_budget_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_sets_module, "MOST_ASKED", 100)
    cover = {f"p{number}": frozenset({number}) for number in range(12)}
    with pytest.raises(SearchTooLong):
        best_sets(cover, worth_of(cover), 6, most=1_000)
