"""The goodwill plan of a quarter: words before gifts, cheapest adequate first, within budget; an honest outcome."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.goodwill_outcome import After, outcome
from graphcrm.domain.goodwill_plan import APART_DAYS, Figure, Gesture, Step, noted, plan_quarter
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason

BEGIN = date(2026, 12, 1)


def gesture(days, cost=0, mark="fitting", who="p", **more):
    kind, method, item = ("gift", "book", f"g{cost}") if cost else ("congratulation", "words", "")
    made = Gesture(who, BEGIN + timedelta(days=days), kind, method, Decimal(cost), mark)
    made = replace(made, occasion_key="x", item_id=item, fits=("fishing",))
    return replace(made, **more)


def euros(amount):
    return Money.of(amount, "EUR")


@st.composite
def figures(draw):
    found = []
    for number in range(draw(st.integers(0, 4))):
        costs = draw(st.lists(st.sampled_from((0, 10, 25, 60)), max_size=5))
        marks = st.sampled_from(("fitting", "possible"))
        gestures = tuple(gesture(draw(st.integers(0, 90)), cost, draw(marks), f"p{number}") for cost in costs)
        last = draw(st.none() | st.just(BEGIN - timedelta(days=5)))
        owner = draw(st.sampled_from(("", "us")))
        found.append(Figure(f"p{number}", f"P{number}", draw(st.floats(0, 1)), gestures, last, owner_id=owner))
    return found


def of(plan, person_id):
    return [step.gesture for step in plan.steps if step.gesture.person_id == person_id]


@given(figures(), st.none() | st.integers(0, 120))
def test_words_before_gifts_within_the_budget_and_never_too_close(people, money):
    plan = plan_quarter(people, None if money is None else euros(money))
    assert plan.cost == sum(step.gesture.cost for step in plan.steps) <= (money or 0)
    for person in people:
        own = of(plan, person.person_id)
        assert not own or own[0].cost == 0, "words first"
        days = [one.on for one in own] + ([person.last] if person.last else [])
        assert all(abs((a - b).days) >= APART_DAYS for i, a in enumerate(days) for b in days[i + 1 :])
    assert not any({"step_too_close", "step_no_words"} & {*step.notes} for step in plan.steps)


def test_two_who_could_have_another_week_do_not_share_one():
    two = [Figure(f"p{n}", f"P{n}", 1 - n / 10, (gesture(20, who=f"p{n}"), gesture(27 + 7 * n, who=f"p{n}")),
                  owner_id="us") for n in range(2)]  # fmt: skip
    plan = plan_quarter(two, None)
    assert len({step.gesture.on.isocalendar()[:2] for step in plan.steps}) == 2
    busy = plan_quarter(two[:1], None, {"us": [BEGIN + timedelta(days=20)]})
    assert [step.gesture.on for step in busy.steps] == [BEGIN + timedelta(days=27)], "what they do elsewhere counts"
    birthday = Figure("p", "P", 1.0, (gesture(20, own=True), gesture(27)), owner_id="us")
    kept = plan_quarter([birthday], None, {"us": [BEGIN + timedelta(days=20)]})
    assert [step.notes for step in kept.steps] == [("step_same_week",)], "a birthday has its week"


def test_the_cheapest_adequate_gift_after_the_words():
    offers = (gesture(0), gesture(30, 40), gesture(30, 15), gesture(30, 5, "possible"))
    plan = plan_quarter([Figure("p", "P", 1.0, offers)], euros(50))
    assert [(one.cost, one.mark) for one in of(plan, "p")] == [(0, "fitting"), (15, "fitting")]
    assert {reason.code for reason in plan.steps[1].reasons} == {"step_fits", "step_cheapest", "step_occasion"}
    short = plan_quarter([Figure("p", "P", 1.0, offers[:3])], euros(10))
    assert [(one.code, one.params["cost"]) for one in short.left] == [("plan_budget", euros(15))]
    assert [one.code for one in plan_quarter([Figure("p", "P", 1.0, ())], None).left] == ["plan_no_words"]


def test_only_what_fits_is_proposed_new_things_first():
    unfit = gesture(30, 5, fits=())
    fit = gesture(30, 15)
    plan = plan_quarter([Figure("p", "P", 1.0, (gesture(0), unfit, fit))], euros(50))
    assert [one.cost for one in of(plan, "p")] == [0, 15]
    given_before = replace(fit, given=True)
    other = gesture(30, 25)
    new = plan_quarter([Figure("p", "P", 1.0, (gesture(0), given_before, other))], euros(50))
    assert [one.cost for one in of(new, "p")] == [0, 25]


def test_in_place_of_a_gift_that_is_not_fitting_words_are_offered_and_nothing_is_chosen():
    """On an occasion, too: the cheapest that fits nothing is not proposed (C2.5, C3.5)."""
    unfit, why = gesture(30, 5, fits=()), (Reason.told("none_fits"),)
    near, card, later = gesture(10, method="card"), gesture(40, method="card"), gesture(60, method="card")
    useful = gesture(35, method="useful", occasion_key="", own=False)
    able = (gesture(0), unfit, near, card, later, useful)
    plan = plan_quarter([Figure("p", "P", 1.0, able, no_gift=why)], euros(50))
    assert [one.cost for one in of(plan, "p")] == [0]
    (left,) = plan.left
    assert (left.code, left.why) == ("plan_no_gift", why)
    assert left.instead == (card, useful), "the first of each method that is not too close to the words"
    late = plan_quarter([Figure("p", "P", 1.0, (gesture(0), card))], euros(50))
    assert [(one.code, one.instead) for one in late.left] == [("plan_gift_late", (card,))]
    dear = plan_quarter([Figure("p", "P", 1.0, (gesture(0), gesture(30, 60), card))], euros(50))
    assert [(one.code, one.instead) for one in dear.left] == [("plan_budget", (card,))]


def test_an_invitation_costs_the_plan_nothing_and_so_comes_before_a_gift():
    guest = Gesture("p", BEGIN + timedelta(days=35), "invitation", "celebration", item_id="e", item="Party",
                    event_on=BEGIN + timedelta(days=60))  # fmt: skip
    plan = plan_quarter([Figure("p", "P", 1.0, (gesture(0), gesture(30, 5), guest))], euros(50))
    assert [one.kind for one in of(plan, "p")] == ["congratulation", "invitation"]
    assert plan.cost == 0


def test_the_most_powerful_first_when_money_is_short():
    two = [Figure(one, one, power, (gesture(0, who=one), gesture(40, 30, who=one)))
           for one, power in (("weak", 0.1), ("strong", 0.9))]  # fmt: skip
    plan = plan_quarter(two, euros(30))
    assert [step.gesture.person_id for step in plan.steps if step.gesture.cost] == ["strong"]


def test_a_step_that_was_moved_is_told_what_it_comes_too_close_to():
    steps = [Step(gesture(0), "us", "words"), Step(gesture(10, 20), "us", "more")]
    assert [one.notes for one in noted(steps, {}, {})] == [("step_too_close",), ("step_too_close",)]
    assert noted(steps[1:], {}, {})[0].notes == ("step_no_words",)


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
        who = f"p{number}"
        own = (gesture(20, who=who, occasion_key="christmas"), gesture(30 + number, who=who, occasion_key=""))
        return Figure(who, f"P{number}", 1 - number / 10, own)

    plan = plan_quarter([person(number) for number in range(4)], None)
    assert [step.gesture.occasion_key for step in plan.steps] == ["christmas", "christmas", "", ""]


def test_what_stands_in_the_quarter_is_not_planned_again():
    offers = (gesture(0), gesture(40), gesture(60, 20))
    words = Figure("p", "P", 1.0, offers, planned=(BEGIN,), words_on=BEGIN)
    assert [step.gesture.kind for step in plan_quarter([words], euros(50)).steps] == ["gift"]
    both = replace(words, has_more=True)
    plan = plan_quarter([both], euros(50))
    assert (plan.steps, [one.code for one in plan.left]) == ((), ["plan_stands"])
