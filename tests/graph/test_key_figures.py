"""Key figures (C2.1) on real Neo4j, against tests/small_graph.py."""

from datetime import date

import pytest

from graphcrm.domain.power import PowerWeights
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import NotFound
from graphcrm.services.key_figures import key_figures
from tests.small_graph import TODAY, build, orion, tie


@pytest.fixture
def db(database):
    orion(database)
    return database


def test_the_deputy_comes_first_though_the_chart_ranks_him_last(db):
    """C2.1: he sways both who decide; by the chart he shares the last place with the head of the laboratory."""
    result = key_figures(db, OWNER, "c-orion", as_of=TODAY)
    first = result.figures[0]
    assert (first.person_id, first.rank, first.formal_rank) == ("p-lev", 1, 4)
    assert result.chart_gap(first) == 3
    assert {figure.person_id for figure in result.key} == {"p-lev", "p-greta", "p-anton"}


def test_reach_is_the_mean_of_the_sway_on_those_who_decide(db):
    """Rights: Greta 0.9 purchase, 0.45 payment; Anton 0.8 payment. Lev sways them by 0.9 and 0.8."""
    weights = PowerWeights(purchase=3, payment=1)
    result = key_figures(db, OWNER, "c-orion", as_of=TODAY, weights=weights)
    greta = 0.75 * 0.9 + 0.25 * 0.45
    anton = 0.25 * 0.8
    expected = (greta * 0.9 + anton * 0.8) / (greta + anton)
    lev = next(figure for figure in result.figures if figure.person_id == "p-lev")
    assert lev.components["reach"] == pytest.approx(expected, abs=1e-9)
    # Ida -> Lev -> Greta, Anton: one of the two shortest paths' pairs of (5-1)(5-2) = 12 ordered pairs each.
    assert lev.components["brokerage"] == pytest.approx((2 / 12) ** 0.5, abs=1e-9)


def test_every_fact_of_every_reason_can_be_opened(db):
    """No number without its reasons: each tie named is among the evidence, with its ends and proof."""
    result = key_figures(db, OWNER, "c-orion", as_of=TODAY)
    named = {fact.id for figure in result.figures for fact in figure.score.facts if fact.kind == "tie"}
    assert "p-lev-INFLUENCES-p-greta" in named
    assert named <= result.evidence.keys()
    tie_ = result.evidence["p-lev-INFLUENCES-p-greta"]
    assert (tie_.source_name, tie_.target_name, tie_.strength, tie_.source) == (
        "Lev Sorokin",
        "Greta Holm",
        9.0,
        "Talk at the fair",
    )
    assert tie_.verified == date(2026, 9, 30)


def test_an_influence_of_unknown_strength_is_uncertainty_and_not_zero(db):
    """Ida sways Lev, nobody knows how strongly: her score has a range, and its likely value counts the sway."""
    result = key_figures(db, OWNER, "c-orion", as_of=TODAY)
    ida = next(figure for figure in result.figures if figure.person_id == "p-ida")
    assert ida.score.low < ida.score.value < ida.score.high
    assert ida.components["reach"] > 0


def test_weights_change_the_order_and_the_change_is_told(db):
    """By formal rank alone Greta leads, and Lev has lost three places against the shipped weights."""
    chart = PowerWeights(reach=0, purchase=0, payment=0, formal=1, brokerage=0, veto=0)
    result = key_figures(db, OWNER, "c-orion", as_of=TODAY, weights=chart)
    assert result.figures[0].person_id == "p-greta"
    lev = next(figure for figure in result.figures if figure.person_id == "p-lev")
    assert (lev.rank, result.moved(lev)) == (4, -3)


def test_as_of_a_day_before_the_ties(db):
    """A tie holds from its first day: before the influence was there, Greta leads."""
    db.write("MATCH (:Person {id: 'p-lev'})-[t:INFLUENCES]->() SET t.valid_from = $day", {"day": date(2026, 6, 1)})
    assert key_figures(db, OWNER, "c-orion", as_of=date(2026, 5, 31)).figures[0].person_id == "p-greta"
    assert key_figures(db, OWNER, "c-orion", as_of=date(2026, 6, 1)).figures[0].person_id == "p-lev"


def test_one_person_client(db):
    """One person known, with no role: ranked, with a range, without an exception."""
    build(db, [], [tie("p-olga", "WORKS_AT", "c-vega", title="Owner", level=1)])
    result = key_figures(db, OWNER, "c-vega", as_of=TODAY)
    assert [figure.rank for figure in result.figures] == [1]
    assert result.figures[0].score.is_uncertain


def test_no_such_client(db):
    with pytest.raises(NotFound):
        key_figures(db, OWNER, "no-such", as_of=TODAY)
