"""Milestones with a client (C3.7): round deliveries, anniversaries, the day and the steps of the event."""

from datetime import date, timedelta

import holidays
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain import milestones
from graphcrm.domain.milestones import Milestone, anniversary_milestone, cost_per_head, delivery_milestone
from graphcrm.services._workdays import all_work

TODAY = date(2026, 11, 26)
NORD = ("nord", "Nord")


def days(count, *, until=TODAY, apart=3):
    return [until - timedelta(days=apart * number) for number in reversed(range(count))]


def test_the_hundredth_delivery_that_was_just_made():
    found = delivery_milestone(NORD, days(101), TODAY)
    assert (found.number, found.on, found.expected) == (100, TODAY - timedelta(days=3), False)
    assert found.code == "milestone_delivery"


def test_the_hundredth_delivery_that_is_coming_at_the_pace_of_the_last_year():
    # 90 deliveries, one in four days: ten more take some forty days
    found = delivery_milestone(NORD, days(90, apart=4), TODAY)
    assert (found.number, found.expected) == (100, True)
    assert found.on == TODAY + timedelta(days=round(10 * 365 / 90))
    assert found.code == "milestone_delivery_expected"


def test_none_when_it_is_far_or_nothing_was_delivered_for_a_year():
    assert delivery_milestone(NORD, days(20, apart=10), TODAY) is None
    assert delivery_milestone(NORD, days(99, until=TODAY - timedelta(days=400)), TODAY) is None
    assert delivery_milestone(NORD, [], TODAY) is None


def test_deliveries_of_tomorrow_do_not_count():
    assert delivery_milestone(NORD, [*days(99), TODAY + timedelta(days=1)], TODAY).expected


def test_anniversaries_that_are_told_of():
    assert anniversary_milestone(NORD, date(2021, 12, 1), TODAY).number == 5
    assert anniversary_milestone(NORD, date(2022, 12, 1), TODAY) is None, "four years are nothing to tell"
    assert anniversary_milestone(NORD, date(2016, 11, 26), TODAY).on == TODAY
    assert anniversary_milestone(NORD, date(2017, 2, 10), TODAY).on == date(2027, 2, 10), "over the end of the year"
    assert anniversary_milestone(NORD, date(2026, 11, 26), TODAY) is None, "signed today"
    leap = anniversary_milestone(NORD, date(2012, 2, 29), date(2027, 1, 5))
    assert (leap.number, leap.on) == (15, date(2027, 2, 28))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-90, 120))
def test_the_event_is_prepared_and_on_a_working_day(as_of, distance):
    milestone = Milestone("k", "project", *NORD, as_of + timedelta(days=distance))
    on = milestones.proposed_day(milestone, as_of)
    assert on >= as_of + timedelta(days=milestones.LEAD_DAYS)
    assert on >= milestone.on
    assert on.weekday() < 5
    plan = list(milestones.steps(on, as_of))
    assert [day for day, _code in plan] == sorted(day for day, _code in plan)
    assert plan[0][0] >= as_of
    assert {code: day for day, code in plan}["joint_day"] == on


def test_the_day_is_no_holiday_of_either_side():
    ours, theirs = ("RS", None), ("DE", "DE-BY")
    works = all_work([ours, theirs, (None, None), ("XX", None)])
    assert [day.day for day in (date(2027, 1, one) for one in range(1, 16)) if works(day)] == [
        4,
        5,
        8,
        11,
        12,
        13,
        14,
        15,
    ]
    milestone = Milestone("k", "project", *NORD, date(2027, 1, 1))
    # New Year on the 1st and 2nd in Serbia, Epiphany on the 6th in Bavaria, Christmas on the 7th in Serbia
    assert milestones.proposed_day(milestone, date(2026, 11, 1), works) == date(2027, 1, 4)
    assert not all_work([("DE", "DE-BY")])(date(2027, 1, 6))
    assert all_work([("DE", "DE-BE")])(date(2027, 1, 6)), "Epiphany is none in Berlin"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(["RU", "DE", "KZ", "FI"]))
def test_no_proposed_day_is_a_holiday_of_the_library(as_of, country):
    milestone = Milestone("k", "project", *NORD, as_of)
    on = milestones.proposed_day(milestone, as_of, all_work([("RS", None), (country, None)]))
    assert on not in holidays.country_holidays(country, years=on.year)
    assert on not in holidays.country_holidays("RS", years=on.year)
    assert on.weekday() < 5


def test_the_cost_of_a_head_is_the_median_of_former_events():
    assert cost_per_head([(3000, 40), (1000, 10), (900, 10)]) == 90
    assert cost_per_head([]) is None, "not known is not zero"
