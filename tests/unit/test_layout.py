"""Where cards go: nothing overlaps, bosses stand above, the same input gives the same picture (issue 3, power map)."""

from __future__ import annotations

import random
import time
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import layout_boxes, layout_network
from graphcrm.domain.layout import org_chart
from graphcrm.domain.layout_boxes import Place, pull_apart, shelves
from graphcrm.domain.layout_network import influence_network
from graphcrm.domain.layout_quadrant import power_quadrant
from graphcrm.domain.layout_rows import set_in_rows
from graphcrm.domain.layout_sparse import sparse_stress, spread_pivots

CARD = (208.0, 118.0)
CODES = ("enemy", "non_supporter", "neutral", "supporter", "mentor", "unknown")


def overlapping(places, sizes) -> list[tuple[str, str]]:
    """Pairs of cards that share ground."""
    return [
        (one, other)
        for one, other in combinations(places, 2)
        if abs(places[one].x - places[other].x) < (sizes[one][0] + sizes[other][0]) / 2 - 0.1
        and abs(places[one].y - places[other].y) < (sizes[one][1] + sizes[other][1]) / 2 - 0.1
    ]


def tree(count: int, width: int) -> dict[str, str | None]:
    return {f"p{index}": None if index == 0 else f"p{(index - 1) // width}" for index in range(count)}


def sizes_of(ids) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(ids, CARD)


@st.composite
def charts(draw: st.DrawFn):
    """Any chart: circles, several heads, unknown bosses, cards of several sizes."""
    count = draw(st.integers(1, 40))
    ids = [f"p{index}" for index in range(count)]
    bosses = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from([*ids, "gone", None]), max_size=count))
    sizes = {card: draw(st.sampled_from([CARD, (240.0, 136.0), (188.0, 62.0)])) for card in ids}
    return bosses, sizes


@settings(max_examples=60, deadline=None)
@given(charts())
def test_any_chart_is_drawn_whole_without_overlap_and_bosses_above(chart) -> None:
    """Circles, several heads, unknown bosses: everybody has a place, nobody is covered, who hangs hangs below."""
    bosses, sizes = chart
    drawn = org_chart(bosses, sizes)
    assert drawn.places.keys() == sizes.keys()
    assert overlapping(drawn.places, sizes) == []
    for person in drawn.attachments:
        assert drawn.places[bosses[person]].y < drawn.places[person].y


def test_everybody_with_a_boss_hangs_under_the_boss() -> None:
    """In a chart without circles each line is drawn as a bracket or along a column."""
    bosses = tree(60, 5)
    drawn = org_chart(bosses, sizes_of(bosses))
    assert drawn.attachments.keys() == {person for person, boss in bosses.items() if boss}


def test_a_circle_of_bosses_is_cut_at_the_first_and_once() -> None:
    """A leads B, B leads C, C leads A: A becomes the head, the other two lines stay."""
    bosses = {"a": "c", "b": "a", "c": "b"}
    drawn = org_chart(bosses, sizes_of("abc"))
    assert drawn.attachments.keys() == {"b", "c"}
    assert drawn.places["a"].y < drawn.places["b"].y < drawn.places["c"].y


def test_the_same_chart_twice_gives_the_same_picture() -> None:
    bosses = tree(120, 4)
    assert org_chart(bosses, sizes_of(bosses)) == org_chart(bosses, sizes_of(bosses))


def test_forty_people_fit_a_window_at_a_legible_size() -> None:
    """ui.md: the hierarchical layout of vis came out 10:1; ours must fill the window at half size or better."""
    bosses = tree(41, 5)
    drawn = org_chart(bosses, sizes_of(bosses), (1180.0, 680.0))
    width = max(at.x for at in drawn.places.values()) - min(at.x for at in drawn.places.values()) + CARD[0]
    height = max(at.y for at in drawn.places.values()) - min(at.y for at in drawn.places.values()) + CARD[1]
    assert min(1180 / width, 680 / height) > 0.45


def test_a_narrow_window_gives_a_narrower_chart() -> None:
    bosses = tree(41, 5)

    def ratio(window: tuple[float, float]) -> float:
        at = org_chart(bosses, sizes_of(bosses), window).places.values()
        return (max(p.x for p in at) - min(p.x for p in at)) / (max(p.y for p in at) - min(p.y for p in at))

    assert ratio((600.0, 900.0)) < ratio((1600.0, 600.0))


def test_two_thousand_people_in_a_moment() -> None:
    """Generous for a shared machine: measured 0.3 s."""
    bosses = tree(2000, 6)
    began = time.perf_counter()
    drawn = org_chart(bosses, sizes_of(bosses))
    assert time.perf_counter() - began < 5
    assert len(drawn.places) == 2000


def test_nobody_and_one() -> None:
    assert org_chart({}, {}).places == {}
    assert list(org_chart({}, {"a": CARD}).places) == ["a"]
    assert influence_network([], {}) == {}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(0, 2**32))
def test_any_network_is_drawn_without_overlap_and_the_same_twice(count: int, seed: int) -> None:
    chance = random.Random(seed)
    ids = [f"p{index}" for index in range(count)]
    ties = [(chance.choice(ids), chance.choice(ids), chance.random()) for _ in range(count * 2)]
    sizes = sizes_of(ids)
    places = influence_network(ties, sizes)
    assert places.keys() == sizes.keys()
    assert overlapping(places, sizes) == []
    assert influence_network(ties, sizes) == places


def test_ties_bring_people_together() -> None:
    """Two cliques joined by one tie: neighbours stand nearer than the other clique."""
    ids = [f"{side}{index}" for side in "ab" for index in range(5)]
    ties = [(one, other, 0.8) for one, other in combinations(ids, 2) if one[0] == other[0]] + [("a0", "b0", 0.3)]
    places = influence_network(ties, sizes_of(ids))

    def away(one: str, other: str) -> float:
        return ((places[one].x - places[other].x) ** 2 + (places[one].y - places[other].y) ** 2) ** 0.5

    inside = [away(one, other) for one, other in combinations(ids, 2) if one[0] == other[0]]
    across = [away(one, other) for one in ids for other in ids if one[0] == "a" and other[0] == "b"]
    assert sum(inside) / len(inside) < 0.6 * sum(across) / len(across)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=4),
        st.tuples(st.none() | st.floats(0, 1), st.sampled_from(CODES)),
        max_size=40,
    )
)
def test_the_quadrant_keeps_bands_and_the_order_of_power(people) -> None:
    """Each card in the band of its attitude, none over another; unknown power below all known."""
    sizes = sizes_of(people)
    picture = power_quadrant(people, sizes, CODES)
    bands = {band.code: band for band in picture.bands}
    assert overlapping(picture.places, sizes) == []
    for card, (power, code) in people.items():
        assert bands[code].left < picture.places[card].x < bands[code].right
        if power is None:
            assert picture.strip is not None
            assert picture.places[card].y > picture.strip
    for one, other in combinations(people, 2):
        same_column = abs(picture.places[one].x - picture.places[other].x) < 1
        if same_column and None not in (people[one][0], people[other][0]) and people[one][0] > people[other][0]:
            assert picture.places[one].y < picture.places[other].y


def test_pulled_apart_even_when_all_stand_in_one_spot() -> None:
    ids = [f"p{index}" for index in range(25)]
    sizes = sizes_of(ids)
    assert overlapping(pull_apart(dict.fromkeys(ids, Place(0, 0)), sizes, 10), sizes) == []


def test_cards_that_do_not_overlap_stay_where_they_are() -> None:
    apart = {"a": Place(0, 0), "b": Place(900, 0)}
    moved = pull_apart(apart, sizes_of("ab"), 10)
    assert moved["b"].x == pytest.approx(900, abs=0.01)


def test_shelves_break_lines_like_words() -> None:
    corners, size = shelves([(10, 5), (10, 7), (10, 5)], 25, 2)
    assert [(at.x, at.y) for at in corners] == [(0, 0), (12, 0), (0, 9)]
    assert size == (22, 14)


def test_the_distances_of_the_network_are_those_of_networkx():
    graph, same = random_tree(60)
    wanted = [[nx.dijkstra_path_length(graph, one, other, weight="length") for other in graph] for one in graph]
    assert np.allclose(layout_network._distances(same), wanted)


def test_the_ways_to_the_pivots_are_those_of_networkx_and_each_stands_for_the_nearest():
    graph, same = random_tree(60)
    pivots = spread_pivots(same, 9)
    assert len(set(pivots.ids)) == 9
    for column, pivot in enumerate(pivots.ids):
        wanted = nx.single_source_dijkstra_path_length(graph, int(pivot), weight="length")
        assert np.allclose(pivots.lengths[:, column], [wanted[one] for one in graph])
    assert np.allclose(pivots.lengths[np.arange(60), pivots.region], pivots.lengths.min(axis=1))


def random_tree(count: int) -> tuple[nx.Graph, rx.PyGraph]:
    """The same tree with random lengths for both libraries."""
    chance, graph = random.Random(4), nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(
        [(number, chance.randrange(number), chance.random() + 0.5) for number in range(1, count)], weight="length"
    )
    same: rx.PyGraph = rx.PyGraph()
    same.add_nodes_from(list(graph))
    same.add_edges_from(list(graph.edges(data="length")))
    return graph, same


def test_a_grid_is_drawn_as_a_grid_by_its_pivots():
    """On a lattice the stress of all pairs, drawn to its best scale, is that of the known picture, to 2 %."""
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(18, 18))
    same: rx.PyGraph = rx.PyGraph()
    same.add_nodes_from(list(grid))
    same.add_edges_from([(one, other, 1.0) for one, other in grid.edges()])
    steps = rx.distance_matrix(same)
    known = np.array([(number // 18, number % 18) for number in range(324)], dtype=float)
    assert stress(sparse_stress(same), steps) <= 1.02 * stress(known, steps)


def stress(at: np.ndarray, wanted: np.ndarray) -> float:
    """Normalised stress (weights 1 / distance squared) at the scale where it is least; 0-1."""
    pairs = np.triu_indices(len(at), 1)
    drawn = np.hypot(*(at[:, None, k] - at[None, :, k] for k in (0, 1)))[pairs] / wanted[pairs]
    return float(1 - drawn.sum() ** 2 / (drawn**2).sum() / len(drawn))


def test_a_large_network_is_drawn_at_once_the_same_twice_and_nothing_overlaps():
    chance = random.Random(2)
    ids = [f"p{number}" for number in range(700)]
    ties = [(ids[one], ids[max(0, one - 1 - chance.randrange(20))], chance.random()) for one in range(1, 650)]
    ties += [(ids[one], ids[min(649, one + chance.randrange(1, 30))], 0.5) for one in range(0, 640, 2)]
    sizes = sizes_of(ids)
    places = influence_network(ties, sizes)
    assert overlapping(places, sizes) == []
    assert influence_network(ties, sizes) == places


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-900, 900), st.floats(-900, 900), st.floats(1, 200), st.floats(1, 90)),
        min_size=1,
        max_size=40,
    )
)
def test_cards_in_rows_never_overlap_and_stay_when_they_fit(cards):
    given_cards = np.array(cards)
    at, half = given_cards[:, :2], given_cards[:, 2:]
    rows = set_in_rows(at, half)
    for one, other in combinations(range(len(rows)), 2):
        apart = np.abs(rows[one] - rows[other])
        assert (apart >= half[one] + half[other] - 1e-6).any()
    assert np.allclose(set_in_rows(rows, half), rows)


def test_no_pair_that_overlaps_is_overlooked():
    chance = np.random.default_rng(1)
    at, half = chance.random((200, 2)) * 900, chance.random((200, 2)) * 60 + 10
    ones, others = layout_boxes._near(at, half)
    found = {tuple(sorted(pair)) for pair in zip(ones.tolist(), others.tolist(), strict=True)}
    overlapping = {
        (one, other)
        for one in range(200)
        for other in range(one + 1, 200)
        if (np.abs(at[one] - at[other]) < half[one] + half[other]).all()
    }
    assert overlapping <= found
    assert len(found) == len(ones) < 200 * 199 / 4
