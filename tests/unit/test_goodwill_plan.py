"""The goodwill plan of a quarter: words before gifts, cheapest adequate first, within budget; an honest outcome."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.goodwill_plan import APART_DAYS, After, Figure, Gesture, outcome, plan_quarter, spread

BEGIN = date(2026, 12, 1)


@st.composite
def figures(draw):
    found = []
    for number in range(draw(st.integers(0, 4))):
        gestures = tuple(
            Gesture(
                f"p{number}",
                BEGIN + timedelta(days=draw(st.integers(0, 90))),
                "gift" if cost else "congratulation",
                "m",
                Decimal(cost),
                draw(st.sampled_from(("fitting", "possible"))),
            )
            for cost in draw(st.lists(st.sampled_from((0, 10, 25, 60)), max_size=5))
        )
        last = draw(st.none() | st.just(BEGIN - timedelta(days=5)))
        found.append(Figure(f"p{number}", f"P{number}", draw(st.floats(0, 1)), gestures, last))
    return found


@given(figures(), st.none() | st.integers(0, 120))
def test_words_before_gifts_within_the_budget_and_never_too_close(people, money):
    plan = plan_quarter(people, None if money is None else Decimal(money))
    assert plan.cost == sum(one.cost for one in plan.gestures) <= (money or 0)
    for person in people:
        own = [one for one in plan.gestures if one.person_id == person.person_id]
        assert not own or own[0].cost == 0, "words first"
        days = [one.on for one in own] + ([person.last] if person.last else [])
        assert all(abs((a - b).days) >= APART_DAYS for i, a in enumerate(days) for b in days[i + 1 :])


def gesture(days, cost=0, mark="fitting"):
    return Gesture("p", BEGIN + timedelta(days=days), "gift" if cost else "congratulation", "m", Decimal(cost), mark)


def test_the_cheapest_adequate_gift_after_the_words():
    offers = (gesture(0), gesture(30, 40), gesture(30, 15), gesture(30, 5, "possible"))
    plan = plan_quarter([Figure("p", "P", 1.0, offers)], Decimal(50))
    assert [(one.cost, one.mark) for one in plan.gestures] == [(0, "fitting"), (15, "fitting")]
    short = plan_quarter([Figure("p", "P", 1.0, offers[:3])], Decimal(10))
    assert [one.code for one in short.left] == ["plan_budget"]
    assert [one.code for one in plan_quarter([Figure("p", "P", 1.0, ())], None).left] == ["plan_no_words"]


def test_the_most_powerful_first_when_money_is_short():
    two = [Figure(one, one, power, (Gesture(one, BEGIN, "congratulation", "m"),
                                    Gesture(one, BEGIN + timedelta(days=40), "gift", "m", Decimal(30))))
           for one, power in (("weak", 0.1), ("strong", 0.9))]  # fmt: skip
    plan = plan_quarter(two, Decimal(30))
    assert [one.person_id for one in plan.gestures if one.cost] == ["strong"]


def test_days_without_an_occasion_are_spread_over_working_days():
    days = spread(BEGIN, BEGIN + timedelta(days=90), 5)
    assert days == sorted(days)
    assert all(BEGIN <= day <= BEGIN + timedelta(days=90) and day.weekday() < 5 for day in days)


def after(gestures, before, now):
    return After("p", "P", gestures, before, now, None, None)


def test_too_few_to_tell_no_effect_and_no_proof():
    few = [after(1, "neutral", "supporter"), after(0, "neutral", "neutral")]
    assert outcome(few).code == "outcome_too_few"
    assert outcome([after(0, "neutral", "supporter")] * 30).code == "outcome_none"
    same = [after(side, "neutral", now) for side in (0, 1) for now in ("supporter", "neutral") for _ in range(5)]
    assert outcome(same).code == "outcome_same"
    better = [after(1, "neutral", "supporter")] * 12 + [after(0, "neutral", "neutral")] * 12
    assert outcome(better).code == "outcome_differs"
    assert after(1, "unknown", "supporter").turned is None, "not known is no change"


def test_a_holiday_of_all_is_not_the_day_of_all():
    def person(number):
        own = (Gesture(f"p{number}", BEGIN + timedelta(days=20), "congratulation", "card", occasion_id="christmas"),
               Gesture(f"p{number}", BEGIN + timedelta(days=30 + number), "congratulation", "card"))  # fmt: skip
        return Figure(f"p{number}", f"P{number}", 1 - number / 10, own)

    plan = plan_quarter([person(number) for number in range(4)], None)
    assert [one.occasion_id for one in plan.gestures] == ["christmas", "christmas", "", ""]
