"""The ranking of gifts (C3.5): each of its six parts by hand, the sum of the parts, the order, what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.gift_ranking import (
    LIKED,
    UNTRIED,
    WEIGHTS,
    GiftOffer,
    Wanted,
    bars,
    is_fitting,
    rank_gifts,
    why_none,
)
from graphcrm.domain.goodwill_rules import Finding, Verdict
from graphcrm.domain.goodwill_sums import GiftGiven
from graphcrm.domain.money import Money, Rate, Rates
from graphcrm.domain.score import Reason

DAY = date(2026, 11, 26)
ON = DAY + timedelta(days=14)
BOOK = GiftOffer("book", "Book", "book", Money.of(20, "EUR"), ("stamps", "birthday"), lead_days=7)
WANTED = Wanted("ann", ON, DAY, {"Stamps": ("stamps",), "Birthday": ("birthday",)}, Money.of(40, "EUR"))
FITTING = Verdict("fitting")
NEVER = Verdict("not_correct", (Finding("never", Reason.told("goodwill_rule")),))


def rank(offer=BOOK, verdict=FITTING, wanted=WANTED, given=(), rates=None):
    (one,) = rank_gifts([(offer, verdict)], wanted, given, rates or Rates())
    return one


def part(code_of, **changes):
    found = {one.code: one for one in rank(**changes).score.reasons}
    return found[code_of]


def test_no_gift_is_fitting_and_why():
    """C3.5: the cheapest is not proposed for want of a fitting one; each reason is told once, by the cheapest gift."""
    unfit = replace(BOOK, id="pen", fits=(), price=Money.of(3, "EUR"))
    dear = replace(BOOK, id="dear", price=Money.of(90, "EUR"))
    reasons = [Reason.told("goodwill_over_gift", value=of.price) for of in (dear, unfit)]
    over = [Verdict("not_correct", (Finding("never", one),)) for one in reasons]

    def none(*judged, known=("Stamps",)):
        return [(one.code, one.params.get("fits") or one.params.get("value"))
                for one in why_none(rank_gifts(judged, WANTED, (), Rates()), known)]  # fmt: skip

    assert is_fitting(rank())
    assert not is_fitting(rank(verdict=NEVER))
    assert not is_fitting(rank(offer=unfit))
    assert none((BOOK, FITTING), (unfit, FITTING)) == []
    assert none() == [], "there is no catalogue"
    assert none((unfit, FITTING)) == [("none_fits", ("Stamps",))]
    assert none((unfit, FITTING), known=()) == [("none_interests_known", None)]
    assert none((unfit, FITTING), (dear, over[0])) == [("none_fits", ("Stamps",)), ("goodwill_over_gift", dear.price)]
    assert none((dear, over[0]), (unfit, over[1]), (BOOK, NEVER)) == [
        ("goodwill_over_gift", unfit.price), ("goodwill_rule", None),
    ]  # fmt: skip
    by = bars(rank_gifts([(dear, over[0]), (replace(unfit, name="Pen"), over[1]), (BOOK, FITTING), (unfit, NEVER)],
                         WANTED, (), Rates()))  # fmt: skip
    assert [(one.reason.code, one.gifts) for one in by] == [
        ("goodwill_over_gift", ("Pen", "Book")), ("goodwill_rule", ("Book",))]  # fmt: skip


def before(**changes):
    kept = {"offering_id": "other", "offering_kind": "book"} | changes
    return GiftGiven("g", "ann", DAY - timedelta(days=99), "done", Money.of(9, "EUR"), **kept)


def test_the_weights_are_a_whole():
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)


def test_the_score_of_a_gift_by_hand():
    # fit 1 (two things), correct 1, new 1, cost 1 - (20 / 40) / 2, in time 1, untried 0.5
    expected = 0.35 * 1 + 0.2 * 1 + 0.15 * 1 + 0.1 * 0.75 + 0.1 * 1 + 0.1 * 0.5
    assert rank().score.value == pytest.approx(expected)
    assert sum(one.contribution for one in rank().score.reasons) == pytest.approx(expected)
    assert (rank().score.low, rank().score.high) == (pytest.approx(expected - 0.05), pytest.approx(expected + 0.05))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ({}, 0.0),
        ({"Fishing": ("fishing",)}, 0.0),
        ({"Stamps": ("STAMPS",)}, 0.75),
        ({"Old stamps": ("old stamps",)}, 0.75),
        ({"Stamps": ("stamps",), "Birthday": ("birthday",)}, 1.0),
        ({"Марки": ("stamp",)}, 0.75),  # begins with it
        ({"Tea": ("st",)}, 0.0),  # too short to begin with
    ],
)
def test_fit(words, value):
    found = rank(wanted=replace(WANTED, words=words)).score.reasons[0]
    assert (found.code, found.value) == ("rank_fit" if value else "rank_fit_none", value)


@pytest.mark.parametrize(("mark", "value"), [("fitting", 1.0), ("possible", 0.4), ("not_correct", 0.0)])
def test_correctness(mark, value):
    assert part("rank_correct", verdict=Verdict(mark)).value == value


def test_given_before():
    assert part("rank_new").value == 1.0
    assert part("rank_given", given=[before(offering_id="book")]).value == 0.0
    assert part("rank_given_kind", given=[before()]).value == 0.6
    assert part("rank_new", given=[before(offering_kind="food")]).value == 1.0
    assert part("rank_new", given=[replace(before(offering_id="book"), person_id="bob")]).value == 1.0
    assert part("rank_new", given=[replace(before(offering_id="book"), status="cancelled")]).value == 1.0


@pytest.mark.parametrize(("price", "value"), [(0, 1.0), (20, 0.75), (40, 0.5)])
def test_the_cheaper_is_the_better(price, value):
    assert part("rank_cost", offer=replace(BOOK, price=Money.of(price, "EUR"))).value == pytest.approx(value)


def test_cost_over_the_budget_without_a_price_and_without_a_rate():
    assert part("rank_cost_over", offer=replace(BOOK, price=Money.of(41, "EUR"))).value == 0.0
    for offer in (replace(BOOK, price=None), replace(BOOK, price=Money.of(900, "RUB"))):
        unknown = part("rank_cost_unknown", offer=offer)
        assert (unknown.value, unknown.contribution, unknown.low, unknown.high) == (None, 0.0, 0.0, 1.0)
    roubles = replace(BOOK, price=Money.of(1800, "RUB"))
    rates = Rates([Rate("EUR", "RUB", Decimal(90), DAY)])
    assert part("rank_cost", offer=roubles, rates=rates).value == pytest.approx(0.75)


@pytest.mark.parametrize(("days", "code"), [(None, "rank_lead_unknown"), (14, "rank_lead"), (15, "rank_lead_short")])
def test_time_to_prepare(days, code):
    assert part(code, offer=replace(BOOK, lead_days=days)).value == {"rank_lead": 1.0, "rank_lead_short": 0.0}.get(code)


@pytest.mark.parametrize("reaction", sorted(LIKED))
def test_reactions_are_learnt(reaction):
    assert part("rank_liked", given=[before(reaction=reaction)]).value == LIKED[reaction]


def test_the_last_reaction_counts_and_none_is_neither_for_nor_against():
    older = replace(before(reaction="annoyed"), on=DAY - timedelta(days=400))
    assert part("rank_liked", given=[older, before(reaction="delighted")]).value == 1.0
    assert part("rank_liked_none").value == UNTRIED


def test_what_is_not_correct_scores_nothing_and_comes_last_with_its_reasons():
    cheap = replace(BOOK, id="cheap", name="A", price=Money.of(1, "EUR"))
    ranked = rank_gifts([(cheap, NEVER), (BOOK, FITTING)], WANTED, (), Rates())
    assert [one.offer.id for one in ranked] == ["book", "cheap"]
    assert ranked[1].score.value == 0.0
    assert {one.contribution for one in ranked[1].score.reasons} == {0.0}
    assert len(ranked[1].score.reasons) == len(WEIGHTS)


def test_equal_ones_by_name():
    twins = [replace(BOOK, id=name, name=name) for name in ("B", "A")]
    assert [one.offer.id for one in rank_gifts([(one, FITTING) for one in twins], WANTED, (), Rates())] == ["A", "B"]


@given(
    st.lists(st.tuples(st.sampled_from(["fitting", "possible", "not_correct"]), st.none() | st.integers(0, 90),
                       st.none() | st.integers(0, 30)), min_size=1, max_size=8))  # fmt: skip
def test_scores_lie_between_their_bounds_and_fall(gifts):
    offers = [
        (replace(BOOK, id=f"{place}", price=None if price is None else Money.of(price, "EUR"), lead_days=lead),
         Verdict(mark))  # type: ignore[arg-type]
        for place, (mark, price, lead) in enumerate(gifts)
    ]  # fmt: skip
    ranked = rank_gifts(offers, WANTED, (), Rates())
    values = [one.score.value for one in ranked]
    assert len(ranked) == len(gifts)
    assert values == sorted(values, reverse=True)
    for one in ranked:
        assert 0.0 <= one.score.value <= 1.0
        if one.verdict.mark != "not_correct":
            assert one.score.low - 1e-9 <= one.score.value <= one.score.high + 1e-9
