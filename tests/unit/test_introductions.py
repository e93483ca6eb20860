"""The warmest chains to a person (C1.2, C1.4): against brute force, networkx' Dijkstra and tables worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, permutations
from math import log, prod

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.introductions import (
    COLD_CALL,
    MAX_TIES,
    Circle,
    build_network,
    chains_by_warmth,
    ways_to,
)
from graphcrm.domain.introductions_warmth import (
    DORMANT,
    HALF_LIFE_DAYS,
    KINDS,
    MET,
    Acquaintance,
    Standing,
    freshness,
    tie_warmth,
    willingness,
)
from graphcrm.domain.messages import describe
from graphcrm.domain.relationship_strength import Contact
from graphcrm.vocabulary import VOCABULARY

TODAY = date(2026, 11, 23)
FAMILY = {name for name, kind in VOCABULARY.ties.items() if kind.sensitivity == "family"}
PEOPLE = ["t", "a", "b", "c", "d", "o1", "o2"]
OURS = frozenset({"o1", "o2"})


def knows(one, other, strength=10.0, *, kind="KNOWS", confidence=1.0, last=TODAY, **more):
    more.setdefault("id", f"{one}-{kind}-{other}")
    return Acquaintance(
        kind=kind, one_id=one, other_id=other, strength=strength, confidence=confidence, last=last, **more
    )


def circle(*ties, **more):
    return Circle("t", TODAY, OURS, ties, **more)


@pytest.mark.parametrize(("half_lives", "left"), [(0, 1.0), (1, 0.625), (2, 0.4375), (3, 0.34375), (60, DORMANT)])
@pytest.mark.parametrize("kind", sorted(HALF_LIFE_DAYS))
def test_freshness_by_a_table_worked_by_hand(kind, half_lives, left):
    """0.25 + 0.75 / 2^n after n half-lives."""
    last = TODAY - timedelta(days=HALF_LIFE_DAYS[kind] * half_lives)
    assert freshness(kind, last, TODAY) == pytest.approx(left)


def test_freshness_of_what_is_not_known_and_of_what_goes_on():
    assert freshness("KNOWS", None, TODAY) is None
    assert freshness("REPORTS_TO", None, TODAY) == 1.0
    assert freshness("KNOWS", TODAY + timedelta(days=9), TODAY) == 1.0


def test_what_is_not_known_is_neither_zero_nor_full_and_said():
    warmth = tie_warmth(Acquaintance("k", "KNOWS", "a", "b"), TODAY)
    assert (warmth.strength, warmth.confidence, warmth.freshness) == (0.5, 0.75, 0.5)
    assert warmth.assumed == {"strength", "confidence", "freshness"}
    assert willingness(None).value == 0.5
    assert willingness(None).code == "will_unknown"


def test_kin_and_conflict_are_no_kind_that_is_walked():
    assert FAMILY
    assert not FAMILY & set(KINDS)
    assert "CONFLICTS_WITH" not in KINDS


def test_deeds_tell_more_than_stance_and_stance_more_than_mood():
    assert willingness(Standing("a", "neutral", "warm", TODAY, introduced=1)).code == "will_introduced"
    assert willingness(Standing("a", "supporter", "warm", TODAY, refused=2)).value == 0.2
    assert willingness(Standing("a", "supporter", "tense", TODAY)).value == 0.9
    assert willingness(Standing("a", None, "warm", TODAY)).code == "will_mood"
    assert willingness(Standing("a", "enemy", "warm", TODAY, introduced=3)).value == 0.0


def test_the_warmth_of_a_chain_by_hand():
    """0.8 x 0.9 (supporter) x 0.5 = 0.36; the weakest is the second tie, whose strength is 5."""
    ways = ways_to(
        circle(knows("o1", "a", 8), knows("a", "t", 5), standings={"a": Standing("a", "supporter")}),
        {"o1": "Kai", "a": "Ida", "t": "Lev"},
    )
    (chain,) = ways.warm
    assert chain.people == ("o1", "a", "t")
    assert chain.warmth == pytest.approx(0.36)
    assert (chain.weakest.kind, chain.weakest.at) == ("tie", 1)
    assert [describe(one.code, one.params) for one in chain.ask] == [
        "Kai asks Ida for an introduction to Lev.",
        "Ida and Lev are not close (5 of 10): ask for something small, such as two lines passed on.",
    ]


@pytest.mark.parametrize(
    ("second", "standing", "code"),
    [
        ({"strength": None}, "supporter", "mend_strength_unknown"),
        ({"strength": 2.0}, "supporter", "mend_weak"),
        ({"confidence": 0.2}, "supporter", "mend_unsure"),
        ({"last": None}, "supporter", "mend_undated"),
        ({"last": date(2001, 1, 1)}, "supporter", "mend_stale"),
        ({}, None, "mend_will_unknown"),
        ({}, "non_supporter", "mend_will_low"),
        ({}, "mentor", None),
    ],
)
def test_the_weakest_link_says_what_to_mend(second, standing, code):
    ties = (knows("o1", "a"), knows("a", "t", **second))
    (chain, *_) = ways_to(circle(*ties, standings={"a": Standing("a", standing)}), {}).warm
    assert [one.code for one in chain.ask] == ["ask_one", *([code] if code else [])]
    assert all(describe(one.code, one.params) for one in chain.ask)


def test_a_barred_pair_an_enemy_and_a_tie_of_strength_zero_are_never_walked():
    ties = (knows("o1", "a"), knows("a", "t"))
    assert ways_to(circle(*ties), {}).warm
    assert not ways_to(circle(*ties, barred=frozenset({frozenset({"a", "t"})})), {}).warm
    assert not ways_to(circle(*ties, standings={"a": Standing("a", "enemy")}), {}).warm
    assert not ways_to(circle(knows("o1", "a"), knows("a", "t", 0)), {}).warm


def test_one_hop_too_many_is_not_walked():
    """Three go-betweens, each as warm as can be: a cold call is better."""
    ties = [knows(one, other) for one, other in pairwise(["o1", "a", "b", "c", "t"])]
    friends = {one: Standing(one, "mentor") for one in "abc"}
    ways = ways_to(circle(*ties, standings=friends), {})
    assert (ways.warm, ways.cold) == ((), ())
    assert ways_to(circle(*ties[1:], knows("o2", "b"), standings=friends), {}).warm


def test_a_chain_colder_than_a_cold_call_is_told_apart():
    ways = ways_to(circle(knows("o1", "a", 2), knows("a", "t", 2), knows("o2", "t", 9)), {})
    assert [chain.people for chain in ways.warm] == [("o2", "t")]
    assert [chain.people for chain in ways.cold] == [("o1", "a", "t")]
    assert ways.cold[0].warmth < COLD_CALL


def test_a_coverage_is_as_strong_as_the_coverage_page_says():
    """Stated as 8 at the level with a half-life of 365 days, 365 days ago: 4 of 10. A meeting adds 0.3 of the rest."""
    stated = knows("o1", "t", 8, kind="COVERED_BY", level="trusted_advisor", last=TODAY - timedelta(days=365))
    (chain,) = ways_to(circle(stated), {}).warm
    assert chain.warmth == pytest.approx(0.4)
    assert [one.code for one in chain.ask] == ["ask_direct", "mend_stale"]
    met = Acquaintance("i", MET, "o1", "t", last=TODAY, contacts=(Contact("i", TODAY, "meeting", "warm"),))
    (chain,) = ways_to(circle(stated, met), {}).warm
    assert chain.warmth == pytest.approx(0.4 + 0.3 * 0.6)
    assert (chain.links[0].tie.id, chain.links[0].more_tie_ids, chain.links[0].tie.last) == (stated.id, ("i",), TODAY)


def test_contacts_alone_are_a_tie_and_a_dated_statement_counts_before_an_undated_one():
    met = Acquaintance("i", MET, "o1", "t", last=TODAY, contacts=(Contact("i", TODAY, "meeting", "good"),))
    (chain,) = ways_to(circle(met), {}).warm
    assert chain.warmth == pytest.approx(0.3)
    undated = knows("o1", "t", 8, kind="COVERED_BY", last=None)
    assert tie_warmth(undated, TODAY).value == pytest.approx(0.8 * 0.5)
    assert tie_warmth(undated, TODAY).assumed == {"freshness"}


def test_a_stated_strength_counts_before_one_that_is_assumed():
    """That he reports to her would be taken as 5 of 10; somebody who knows better stated 3."""
    line = knows("a", "t", None, kind="REPORTS_TO")
    (chain,) = ways_to(
        circle(knows("o1", "a"), line, knows("a", "t", 3), standings={"a": Standing("a", "mentor")}), {}
    ).warm
    assert chain.warmth == pytest.approx(0.3)


@st.composite
def circles(draw):
    pairs = draw(st.lists(st.sampled_from([(a, b) for a in PEOPLE for b in PEOPLE if a < b]), max_size=16))
    ties = tuple(
        knows(one, other, draw(st.one_of(st.none(), st.integers(0, 10))), id=f"k{number}",
              kind=draw(st.sampled_from(KINDS)), last=draw(st.sampled_from([None, TODAY, date(2024, 1, 1)])))
        for number, (one, other) in enumerate(pairs)
    )  # fmt: skip
    supports = st.sampled_from([None, "mentor", "supporter", "neutral", "non_supporter", "enemy"])
    standings = {one: Standing(one, draw(supports)) for one in draw(st.sets(st.sampled_from("abcd")))}
    barred = draw(st.sets(st.sampled_from([frozenset(pair) for pair in permutations(PEOPLE, 2)]), max_size=3))
    return circle(*ties, standings=standings, barred=frozenset(barred))


def by_brute_force(given_circle, longest):
    """Every order of every choice of people, multiplied out."""
    network = build_network(given_circle)
    found = {}
    for ties in range(1, longest + 1):
        for people in permutations(PEOPLE, ties + 1):
            between = people[1:-1]
            if people[0] not in OURS or people[-1] != "t" or OURS & set(between):
                continue
            if any(there not in network.get(here, {}) for here, there in pairwise(people)):
                continue
            warm = [network[here][there].warmth.value for here, there in pairwise(people)]
            ready = [willingness(given_circle.standings.get(person)).value for person in between]
            if prod(ready) > 0:
                found[people] = prod(warm) * prod(ready)
    return found


@settings(max_examples=300, deadline=None)
@given(circles(), st.integers(1, 6))
def test_chains_are_those_of_brute_force_the_warmest_first(given_circle, longest):
    ready = {one: willingness(standing) for one, standing in given_circle.standings.items()}
    found = list(chains_by_warmth(given_circle, build_network(given_circle), ready, max_ties=longest))
    assert dict(found) == pytest.approx(by_brute_force(given_circle, longest))
    warmths = [warmth for _, warmth in found]
    assert all(one >= other - 1e-12 for one, other in pairwise(warmths))


@settings(max_examples=300, deadline=None)
@given(circles())
def test_the_first_chain_is_dijkstras_shortest_path_on_minus_log_warmth(given_circle):
    network = build_network(given_circle)
    graph = nx.DiGraph()
    graph.add_nodes_from(PEOPLE)
    for here, far in network.items():
        for there, link in far.items():
            ready = 1.0 if here in OURS else willingness(given_circle.standings.get(here)).value
            if ready > 0 and there not in OURS and here != "t":
                graph.add_edge(here, there, weight=-log(link.warmth.value) - log(ready))
    ready = {one: willingness(standing) for one, standing in given_circle.standings.items()}
    first = next(chains_by_warmth(given_circle, network, ready, max_ties=len(PEOPLE)), None)
    try:
        cost, _ = nx.multi_source_dijkstra(graph, OURS, "t")
    except nx.NetworkXNoPath:
        assert first is None
        return
    assert first is not None
    assert -log(first[1]) == pytest.approx(cost)


@settings(max_examples=100, deadline=None)
@given(circles())
def test_nobody_of_ours_asks_a_colleague_and_nobody_is_met_twice(given_circle):
    ways = ways_to(given_circle, {})
    for chain in (*ways.warm, *ways.cold):
        assert chain.people[0] in OURS
        assert not OURS & set(chain.people[1:])
        assert len(set(chain.people)) == len(chain.people) <= MAX_TIES + 1
        assert 0 < chain.warmth <= 1
