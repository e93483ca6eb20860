"""The ranking's own uncertainty and the next best question, against every possible world counted out (C2.1, C1.8)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.next_question import GRADES, average_overlap, questions
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.reach import sway_on
from graphcrm.domain.resampling import UNKNOWN_ROLES, Scored, draw_worlds, stability
from graphcrm.domain.structure import InfluenceTie, PowerStructure, Stakeholder

TODAY = date(2026, 11, 23)
WORLDS = 20_000

TINY = PowerStructure(
    "c",
    TODAY,
    people=(
        Stakeholder("boss", "Boss", level=1, roles=frozenset({"decision_maker"}), confidence=0.7, stakeholder_id="s1"),
        Stakeholder("deputy", "Deputy", level=2),
        Stakeholder("clerk", "Clerk", roles=frozenset({"payment_decider"}), confidence=1.0, stakeholder_id="s3"),
    ),
    influences=(
        InfluenceTie("t1", "clerk", "boss", None, confidence=0.6),
        InfluenceTie("t2", "deputy", "boss", 8, confidence=0.5),
        InfluenceTie("t3", "deputy", "clerk", 6, confidence=1.0),
    ),
)
"""Unknown: is the boss's role so, which role has the deputy, on which rung sits the clerk, are two ties so, how strong
is one: 2 x 10 x 2 x 11 x 2 worlds."""


def outcomes() -> Iterator[tuple[float, dict[str, object], PowerStructure]]:
    """Every world with its chance: built as if all were known, so that the shipped ranking itself judges it."""
    boss, deputy, clerk = TINY.people
    unknown, known, sure = TINY.influences
    roles = [*UNKNOWN_ROLES.items(), (None, 1 - sum(UNKNOWN_ROLES.values()))]
    strengths = [(None, 0.4), *((number, 0.06) for number in range(1, 11))]
    for (is_so, p1), (role, p2), level, (strength, p3), (there, p4) in product(
        [(True, 0.7), (False, 0.3)], roles, (1, 2), strengths, [(True, 0.5), (False, 0.5)]
    ):
        people = (
            replace(boss, roles=boss.roles if is_so else frozenset(), confidence=1.0),
            replace(deputy, roles=frozenset({role} - {None}), confidence=1.0),
            replace(clerk, level=level),
        )
        ties = [replace(sure)]
        ties += [replace(unknown, strength=strength, confidence=1.0)] if strength else []
        ties += [replace(known, confidence=1.0)] if there else []
        answers = {"boss": is_so, "deputy": role, "level": level, "t1": strength, "t2": there}
        yield p1 * p2 * 0.5 * p3 * p4, answers, replace(TINY, people=people, influences=tuple(ties))


@pytest.fixture(scope="module")
def exact() -> list[tuple[float, dict[str, object], dict[str, float]]]:
    return [
        (chance, answers, {one.person_id: one.score.value or 0.0 for one in rank_key_figures(structure)})
        for chance, answers, structure in outcomes()
    ]


@pytest.fixture(scope="module")
def scored() -> Scored:
    return Scored(draw_worlds(TINY, np.random.default_rng(7), WORLDS), PowerWeights())


def expected(exact, holds=lambda answers: True) -> dict[str, float]:
    chosen = [(chance, scores) for chance, answers, scores in exact if holds(answers)]
    total = sum(chance for chance, _ in chosen)
    return {who: sum(chance * scores[who] for chance, scores in chosen) / total for who in ("boss", "deputy", "clerk")}


def test_all_worlds_are_counted(exact):
    assert len(exact) == 2 * 10 * 2 * 11 * 2
    assert sum(chance for chance, _, _ in exact) == pytest.approx(1)


@pytest.mark.parametrize("top", [1, 2])
def test_how_often_a_person_is_among_the_first_is_the_exact_chance(exact, scored, top):
    found = stability(scored, top)
    for who in ("boss", "deputy", "clerk"):
        true = sum(
            chance
            for chance, _, scores in exact
            if scores[who] > 1e-9 and sum(other > scores[who] + 1e-9 for other in scores.values()) < top
        )
        assert found[who].in_top == pytest.approx(true, abs=4 * (true * (1 - true) / WORLDS) ** 0.5 + 1e-9), who
        assert 0 < true < 1 or top == 2


def test_the_mean_power_is_the_exact_expectation(exact, scored):
    mean = dict(zip(("boss", "deputy", "clerk"), scored.total.mean(axis=0), strict=True))
    for who, value in expected(exact).items():
        column = scored.index[who]
        assert mean[who] == pytest.approx(value, abs=4 * scored.total[:, column].std() / WORLDS**0.5), who


def order(mean: dict[str, float]) -> list[str]:
    return sorted(mean, key=lambda who: -mean[who])


def test_the_value_of_each_question_is_the_exact_one(exact, scored):
    today = order(expected(exact))
    groups = {
        ("role_so", "boss"): [("boss", {True}), ("boss", {False})],
        ("role", "deputy"): [("deputy", {role}) for role in (*UNKNOWN_ROLES, None)],
        ("level", "clerk"): [("level", {1}), ("level", {2})],
        ("tie_so", "deputy"): [("t2", {True}), ("t2", {False})],
        ("strength", "clerk"): [("t1", {None}), *(("t1", {*range(low, high + 1)}) for low, high in GRADES.values())],
    }
    true = {}
    for question, answers in groups.items():
        value = 0.0
        for key, among in answers:
            chance = sum(p for p, told, _ in exact if told[key] in among)
            then = order(expected(exact, lambda told, key=key, among=among: told[key] in among))
            value += chance * (1 - average_overlap(today, then, 3))
        true[question] = value
    found = {(one.kind, one.person_id): one.value for one in questions(scored, top=3)}
    assert {one: value for one, value in true.items() if value > 0} == pytest.approx(found)
    assert max(true.values()) > 0


def test_where_nothing_can_change_nothing_is_worth_asking():
    """All is certain: no question. And an uncertain tie between people far from any decision is worth exactly zero."""
    sure = PowerStructure(
        "c",
        TODAY,
        people=(
            Stakeholder("boss", "Boss", level=1, roles=frozenset({"decision_maker"}), confidence=1.0),
            Stakeholder("aide", "Aide", level=2, roles=frozenset({"user"}), confidence=1.0),
        ),
        influences=(InfluenceTie("t", "aide", "boss", 5, confidence=1.0),),
    )
    certain = Scored(draw_worlds(sure, np.random.default_rng(1), 200), PowerWeights())
    assert questions(certain) == []
    assert {one.in_top for one in stability(certain, 1).values()} == {0.0, 1.0}
    far = replace(
        sure,
        people=(
            *sure.people,
            *(Stakeholder(one, one, level=3, roles=frozenset({"user"}), confidence=1.0) for one in "xy"),
        ),
        influences=(*sure.influences, InfluenceTie("idle", "x", "y", None, confidence=0.5)),
    )
    assert questions(Scored(draw_worlds(far, np.random.default_rng(1), 200), PowerWeights()), top=2) == []


def test_the_same_seed_gives_the_same_answer_and_nobody_gives_none():
    def answer():
        made = Scored(draw_worlds(TINY, np.random.default_rng(3), 200), PowerWeights())
        return stability(made), questions(made)

    assert answer() == answer()
    empty = Scored(draw_worlds(PowerStructure("c", TODAY), np.random.default_rng(3), 10), PowerWeights())
    assert (stability(empty), questions(empty)) == ({}, [])


@st.composite
def structures(draw) -> PowerStructure:
    ids = "abcdef"[: draw(st.integers(2, 6))]
    roles = st.sampled_from([frozenset(), frozenset({"decision_maker"}), frozenset({"blocker", "user"})])
    people = tuple(
        Stakeholder(one, one, level=draw(st.integers(1, 3)), roles=draw(roles), confidence=1.0) for one in ids
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=10))
    ties = tuple(
        InfluenceTie(f"t{place}", one, two, draw(st.integers(0, 10)), confidence=1.0)
        for place, (one, two) in enumerate(pairs)
    )
    return PowerStructure("c", TODAY, people=people, influences=ties)


@settings(deadline=None, max_examples=60)
@given(structures(), st.sampled_from([PowerWeights(), PowerWeights(structural_holes=0.3, horizon=2)]))
def test_in_a_certain_world_the_power_is_the_shipped_one(structure: PowerStructure, weights: PowerWeights):
    """Without a doubt every world is the same, and its scores are those of the ranking itself."""
    known = replace(
        structure,
        people=tuple(replace(p, roles=p.roles or frozenset({"user"})) for p in structure.people),
    )
    made = Scored(draw_worlds(known, np.random.default_rng(0), 3), weights)
    for figure in rank_key_figures(known, weights):
        assert made.total[:, made.index[figure.person_id]] == pytest.approx([figure.score.value or 0.0] * 3)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([4, 6, 8]), st.booleans())
def test_an_array_of_chances_gives_what_each_number_gives(seed: int, people: int, few: bool):
    """Exact, bounded and by cuts: the three ways of the sway, world by world."""
    generator = np.random.default_rng(seed)
    graph = nx.DiGraph()
    for one, two in product(range(people), repeat=2):
        if one != two and generator.random() < 0.8:
            graph.add_edge(str(one), str(two), worlds=np.round(generator.random(3), 1))
    graph.add_node("0")
    with patch("graphcrm.domain.reach.MAX_CHAINS", 10 if few else 20_000):
        at_once = sway_on(graph, "0", weight="worlds").chances
        for world in range(3):
            for *_, data in graph.edges(data=True):
                data["weight"] = float(data["worlds"][world])
            alone = sway_on(graph, "0").chances
            assert {who: chances[world] for who, chances in at_once.items()} == pytest.approx(alone)


def test_average_overlap_by_hand():
    """(1 + 2/2 + 2/3) / 3 for one of three exchanged at the end."""
    assert average_overlap("abc", "abc", 3) == 1
    assert average_overlap("abc", "abd", 3) == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert average_overlap("abc", "xyz", 3) == 0
    assert average_overlap("ab", "ba", 2) == pytest.approx(0.5)
