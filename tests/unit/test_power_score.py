"""The power score as a whole: its promises, its bounds, and what it makes of bad data (C2.1, issue part 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.base_analysis import base_analysis, gaps
from graphcrm.domain.map_health import coverage_summary, map_health
from graphcrm.domain.messages import describe
from graphcrm.domain.power import PowerWeights, interest, quadrant, rank_key_figures
from graphcrm.domain.structure import (
    ROLES,
    SUPPORTS,
    InfluenceTie,
    Outsider,
    PowerStructure,
    ReportingLine,
    Stakeholder,
)
from graphcrm.errors import InvalidInput

TODAY = date(2026, 9, 1)
IDS = ("p1", "p2", "p3", "p4", "p5")
DECIDING = {"economic_buyer", "decision_maker", "payment_decider"}


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


tenths = st.integers(0, 10).map(lambda tenth: tenth / 10)
people = st.tuples(
    *(
        st.builds(
            Stakeholder,
            id=st.just(person),
            name=st.just(person.upper()),
            level=maybe(st.integers(-1, 5)),
            roles=st.frozensets(st.sampled_from(ROLES), max_size=3),
            support=st.sampled_from(SUPPORTS),
            confidence=maybe(tenths),
            interest=maybe(st.integers(0, 10)),
        )
        for person in IDS
    )
)
ends = st.sampled_from((*IDS, "outsider"))
influences = st.lists(
    st.builds(
        InfluenceTie, st.uuids().map(str), ends, ends, strength=maybe(st.integers(0, 10)), confidence=maybe(tenths)
    ),
    max_size=8,
    unique_by=lambda tie: tie.id,
).map(tuple)
reporting = st.lists(
    st.builds(ReportingLine, st.uuids().map(str), st.sampled_from(IDS), st.sampled_from(IDS)), max_size=6
).map(tuple)
structures = st.builds(
    PowerStructure,
    client_id=st.just("c"),
    as_of=st.just(TODAY),
    people=people,
    reporting=reporting,
    influences=influences,
    outsiders=st.just((Outsider("outsider", "Outsider"),)),
)


@given(structures)
@settings(max_examples=150, deadline=None)
def test_every_score_lies_within_its_bounds_and_equals_its_reasons(structure: PowerStructure) -> None:
    """C2.1. 0 <= low <= value <= high <= 1; the contributions sum up to the value."""
    for figure in rank_key_figures(structure):
        score = figure.score
        assert sum(reason.weight for reason in score.reasons) == pytest.approx(1)
        for reason in score.reasons:
            assert reason.value is None or 0 <= reason.low <= reason.value + 1e-9 <= reason.high + 2e-9 <= 1 + 3e-9
        if score.value is not None:
            assert 0 <= score.low <= score.value <= score.high <= 1
            assert sum(reason.contribution for reason in score.reasons) == pytest.approx(score.value)


@given(structures)
@settings(max_examples=100, deadline=None)
def test_any_data_can_be_analysed_and_every_sentence_said(structure: PowerStructure) -> None:
    """C1.1-C1.8, C2.1. Whatever is wrong in the data, it computes, and each sentence has its fields."""
    figures = rank_key_figures(structure)
    analysis = base_analysis(structure)
    scores = [score for figure in figures for score in (figure.score, figure.interest)]
    reasons = [reason for score in (*scores, analysis["C1.8"].score) for reason in score.reasons]
    reasons += [*map_health(structure, figures).reasons, *coverage_summary(structure, figures).reasons]
    said = [describe(item.code, item.params) for item in (*reasons, *gaps(structure))]
    said += [describe(fact.code, fact.params) for reason in reasons for fact in reason.facts if fact.code]
    assert all(sentence and "{" not in sentence for sentence in said)
    known = {tie.id for tie in (*structure.influences, *structure.reporting)}
    assert {fact.id for figure in figures for fact in figure.score.facts if fact.kind == "tie"} <= known


@given(
    structures, st.sampled_from(IDS), st.sampled_from(IDS), maybe(st.integers(0, 10)), maybe(tenths), st.integers(1, 4)
)
@settings(max_examples=200, deadline=None)
def test_an_influence_onto_a_decider_never_lowers_the_influencer(
    structure: PowerStructure, source: str, target: str, strength: float | None, confidence: float | None, horizon: int
) -> None:
    """C2.1, issue part 7: not the value, nor either bound."""
    decider = replace(structure.by_id[target], roles=structure.by_id[target].roles | {"decision_maker"})
    before = replace(structure, people=tuple(decider if p.id == target else p for p in structure.people))
    tie = InfluenceTie("new", source, target, strength=strength, confidence=confidence)
    after = replace(before, influences=(*before.influences, tie))
    weights = PowerWeights(horizon=horizon)
    old = {figure.person_id: figure.score for figure in rank_key_figures(before, weights)}[source]
    new = {figure.person_id: figure.score for figure in rank_key_figures(after, weights)}[source]
    if old.value is None:
        return
    assert new.value >= old.value - 1e-9
    assert new.low >= old.low - 1e-9
    assert new.high >= old.high - 1e-9


@given(structures, st.permutations(IDS))
@settings(max_examples=80, deadline=None)
def test_renaming_changes_nothing(structure: PowerStructure, order: list[str]) -> None:
    """C2.1, issue part 7: new ids and names, people and ties in another order; the same scores and ranks."""
    new = {**dict(zip(IDS, (f"x-{name}" for name in order), strict=True)), "outsider": "anybody"}
    renamed = PowerStructure(
        "other",
        TODAY,
        tuple(reversed([replace(p, id=new[p.id], name="Somebody") for p in structure.people])),
        tuple(replace(r, person_id=new[r.person_id], boss_id=new[r.boss_id]) for r in reversed(structure.reporting)),
        tuple(
            replace(t, source_id=new[t.source_id], target_id=new[t.target_id]) for t in reversed(structure.influences)
        ),
    )
    there = {figure.person_id: figure for figure in rank_key_figures(renamed)}
    for figure in rank_key_figures(structure):
        other = there[new[figure.person_id]]
        assert (other.rank, other.formal_rank, other.is_key, other.quadrant) == (
            figure.rank,
            figure.formal_rank,
            figure.is_key,
            figure.quadrant,
        )
        if figure.score.value is None:
            assert other.score.value is None
        else:
            assert (other.score.value, other.score.low, other.score.high) == pytest.approx(
                (figure.score.value, figure.score.low, figure.score.high)
            )


@given(structures, st.sampled_from(IDS))
@settings(max_examples=80, deadline=None)
def test_an_isolated_person_scores_zero_reach(structure: PowerStructure, person: str) -> None:
    """C2.1, issue part 7. Zero and certain when others decide, not computable when nobody does."""
    ties = tuple(tie for tie in structure.influences if person not in (tie.source_id, tie.target_id))
    figures = {figure.person_id: figure for figure in rank_key_figures(replace(structure, influences=ties))}
    reason = next(r for r in figures[person].score.reasons if r.code.startswith("reach"))
    assert figures[person].components["reach"] == 0 or reason.code == "reach_no_decider"
    assert (reason.low, reason.high) == (0, 0)


def person(name: str, *roles: str, level: int | None = None, **more: object) -> Stakeholder:
    return Stakeholder(name, name.title(), roles=frozenset(roles), level=level, confidence=1.0, **more)  # type: ignore[arg-type]


def client(*staff: Stakeholder, ties: tuple[InfluenceTie, ...] = ()) -> PowerStructure:
    return PowerStructure("c", TODAY, staff, influences=ties)


def tie(source: str, target: str, strength: float | None, confidence: float | None = 1.0) -> InfluenceTie:
    return InfluenceTie(f"{source}>{target}", source, target, strength=strength, confidence=confidence)


STAFF = (
    person("head", "economic_buyer", level=1),
    person("money", "payment_decider", level=2),
    person("works", "decision_maker", level=2),
    person("chief", "user", level=2),
    person("deputy", "influencer", level=4),
)


def test_the_deputy_who_sways_all_who_sign_comes_before_the_chart() -> None:
    """C2.1. Last by the chart, second by power, and the reasons name the very ties."""
    structure = client(*STAFF, ties=(tie("deputy", "head", 9), tie("deputy", "money", 8), tie("deputy", "works", 9)))
    figures = {figure.person_id: figure for figure in rank_key_figures(structure)}
    deputy = figures["deputy"]
    assert (deputy.rank, deputy.formal_rank) == (2, 5)
    assert deputy.is_key
    assert not figures["chief"].is_key
    reach = deputy.score.reasons[0]
    assert reach.code == "reach"
    assert {fact.id for fact in reach.facts if fact.kind == "tie"} == {"deputy>head", "deputy>money", "deputy>works"}
    # By hand: rights 0.75 purchase + 0.25 payment: head 0.875, works 0.75, money 0.25.
    assert reach.value == pytest.approx((0.9 * 0.875 + 0.9 * 0.75 + 0.8 * 0.25) / 1.875)


def test_an_influence_of_unknown_strength_is_an_uncertainty_not_zero() -> None:
    """C2.1, issue part 7. Bounds from strength 1 to 10, likely 5, with everybody's facts otherwise known."""
    figures = {f.person_id: f for f in rank_key_figures(client(*STAFF, ties=(tie("deputy", "works", None),)))}
    reason = next(r for r in figures["deputy"].score.reasons if r.code == "reach")
    share = 0.75 / 1.875
    assert (reason.low, reason.value, reason.high) == pytest.approx((0.1 * share, 0.5 * share, 1.0 * share))
    assert figures["deputy"].score.is_uncertain
    assert not figures["head"].score.is_uncertain
    assert any(fact.code == "influence_strength_unknown" for fact in reason.facts)


def test_an_unknown_role_or_level_widens_the_score() -> None:
    """C2.1. Who might decide, for all we know, has an upper bound that says so."""
    figures = {f.person_id: f for f in rank_key_figures(client(*STAFF, person("new")))}
    assert figures["new"].score.value is None
    assert figures["new"].rank == 6
    known_level = {f.person_id: f for f in rank_key_figures(client(*STAFF, person("new", level=3)))}["new"].score
    weights = PowerWeights().shares()
    assert known_level.high - known_level.value == pytest.approx(
        weights["purchase"] + weights["payment"] + weights["veto"]
    )


def test_the_weights_change_the_ranking_and_only_their_proportions_count() -> None:
    """C2.1."""
    structure = client(*STAFF, ties=(tie("deputy", "head", 9), tie("deputy", "works", 9)))
    chart_only = PowerWeights(reach=0, purchase=0, payment=0, brokerage=0, veto=0, formal=3)
    assert all(figure.rank == figure.formal_rank for figure in rank_key_figures(structure, chart_only))
    tenfold = PowerWeights(reach=3.8, purchase=2.85, payment=0.95, formal=0.8, brokerage=0.8, veto=0.8)
    assert [f.score.value for f in rank_key_figures(structure, tenfold)] == pytest.approx(
        [f.score.value for f in rank_key_figures(structure)]
    )


@pytest.mark.parametrize(
    "settings_",
    [
        {"reach": -0.1},
        {"formal": float("nan")},
        {"veto": float("inf")},
        {"horizon": 0},
        {"horizon": 9},
        {"passing_on": 1.5},
        dict.fromkeys(("reach", "purchase", "payment", "formal", "brokerage", "veto", "structural_holes"), 0),
    ],
)
def test_weights_that_make_no_sense_are_refused(settings_: dict) -> None:
    """C2.1."""
    with pytest.raises(InvalidInput):
        PowerWeights(**settings_)


def test_bad_or_missing_data_never_raise() -> None:
    """C2.1. Nobody; one person; nobody who decides; a circle; a vacant seat; a person with two jobs."""
    assert rank_key_figures(client()) == []
    alone = rank_key_figures(client(person("sole", "decision_maker")))[0]
    assert (alone.rank, alone.components["reach"]) == (1, 0)
    assert "reach_sole_decider" in {reason.code for reason in alone.score.reasons}
    nobody = rank_key_figures(client(person("a", "user"), person("b", "user"), ties=(tie("a", "b", 7),)))
    assert nobody[0].components["reach"] is None
    assert "reach_no_decider" in {reason.code for reason in nobody[0].score.reasons}
    circle = PowerStructure(
        "c", TODAY, STAFF[:2], (ReportingLine("1", "head", "money"), ReportingLine("2", "money", "head"))
    )
    assert len(rank_key_figures(circle)) == 2
    seat = person("seat", "decision_maker", presence="vacant")
    assert [f.person_id for f in rank_key_figures(client(STAFF[0], seat))] == ["head"]
    twice = client(person("two", "user", level=4), person("two", "decision_maker", level=2))
    assert [(f.person_id, f.components["purchase"]) for f in rank_key_figures(twice)] == [("two", 1.0)]


def test_equals_share_a_rank() -> None:
    """C2.1."""
    figures = rank_key_figures(client(person("b", "user", level=2), person("a", "user", level=2), person("c", level=1)))
    assert [(f.person_id, f.rank) for f in figures] == [("c", 1), ("a", 2), ("b", 2)]


@pytest.mark.parametrize(
    ("who", "expected", "code"),
    [
        (person("a", interest=7, support="enemy"), 0.7, "interest_stated"),
        (person("a", support="enemy"), 1.0, "interest_stance"),
        (person("a", support="neutral", open_deal_ids=("d",)), 0.8, "interest_deal"),
        (person("a", interactions_last_year=4), 4 / 6, "interest_contacts"),
        (person("a", interactions_last_year=0), None, "interest_unknown"),
        (person("a"), None, "interest_unknown"),
    ],
)
def test_interest_is_stated_shown_or_not_known(who: Stakeholder, expected: float | None, code: str) -> None:
    """C2.1, Mendelow 1991."""
    score = interest(who)
    assert score.value == (None if expected is None else pytest.approx(expected))
    assert score.reasons[0].code == code


def test_the_quadrants_of_power_and_interest() -> None:
    """C2.1, Mendelow 1991; what is not known has no quadrant."""
    found = [quadrant(power, concern, power_line=0.3) for power in (0.3, 0.29) for concern in (0.5, 0.49)]
    assert found == ["key_player", "keep_satisfied", "keep_informed", "monitor"]
    assert quadrant(None, 0.9, power_line=0.3) is None
    assert quadrant(0.9, None, power_line=0.3) is None


def test_a_right_counts_as_far_as_its_source_is_sure() -> None:
    """C2.1. The strongest role times confidence; without a confidence 0.5 to 1."""
    sure, vague = replace(STAFF[0], confidence=0.4), replace(STAFF[2], confidence=None)
    figures = {figure.person_id: figure for figure in rank_key_figures(client(sure, vague))}
    assert figures["head"].components["purchase"] == pytest.approx(0.4)
    assert figures["head"].components["payment"] == pytest.approx(0.2)
    reason = next(r for r in figures["works"].score.reasons if r.code == "purchase_right")
    assert (reason.low, reason.value, reason.high) == (0.5, 0.75, 1.0)


def test_brokerage_is_the_root_of_betweenness_and_names_the_ties() -> None:
    """C2.1. Deputy stands on one of the twelve ordered pairs of the four others: the way from works to head."""
    structure = client(*STAFF, ties=(tie("works", "deputy", 5), tie("deputy", "head", 5)))
    figures = {figure.person_id: figure for figure in rank_key_figures(structure)}
    assert figures["deputy"].components["brokerage"] == pytest.approx((1 / 12) ** 0.5)
    reason = next(r for r in figures["deputy"].score.reasons if r.code == "brokerage")
    assert {fact.id for fact in reason.facts if fact.kind == "tie"} == {"works>deputy", "deputy>head"}


def test_the_reasons_come_in_the_order_of_what_they_add() -> None:
    """C2.1. What a reader sees first weighs most."""
    for figure in rank_key_figures(client(*STAFF, ties=(tie("deputy", "head", 9), tie("head", "works", 6)))):
        added = [reason.contribution for reason in figure.score.reasons]
        assert added == sorted(added, reverse=True)
