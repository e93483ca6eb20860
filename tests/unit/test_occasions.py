"""When dates come round (C2.4): published tables of Easter, movable days worked by hand, leap days, days off."""

from datetime import date, timedelta

import pytest

from graphcrm.domain.occasions import Rule, fits_interest, occurrences, rule_occurrences, working_day_before

# Month and day of Easter Sunday 2015-2044, as churches publish them.
WESTERN = """
04-05 03-27 04-16 04-01 04-21 04-12 04-04 04-17 04-09 03-31 04-20 04-05 03-28 04-16 04-01
04-21 04-13 03-28 04-17 04-09 03-25 04-13 04-05 04-25 04-10 04-01 04-21 04-06 03-29 04-17"""
ORTHODOX = """
04-12 05-01 04-16 04-08 04-28 04-19 05-02 04-24 04-16 05-05 04-20 04-12 05-02 04-16 04-08
04-28 04-13 05-02 04-24 04-09 04-29 04-20 04-05 04-25 04-17 05-06 04-21 04-13 05-03 04-24"""


@pytest.mark.parametrize(("table", "kind"), [(WESTERN, "western"), (ORTHODOX, "orthodox")])
def test_easter_as_published_for_thirty_years(table, kind):
    days = table.split()
    assert len(days) == 30
    found = [Rule(easter=kind).in_year(year) for year in range(2015, 2045)]
    assert [day and day.strftime("%m-%d") for day in found] == days


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        (Rule(month=7, weekday=7, nth=2), 2026, date(2026, 7, 12)),  # day of the fisherman
        (Rule(month=9, weekday=7, nth=-1), 2026, date(2026, 9, 27)),  # day of machine builders
        (Rule(month=12, day=22), 2026, date(2026, 12, 22)),
        (Rule(month=2, day=29), 2026, None),
        (Rule(month=2, weekday=7, nth=5), 2026, None),
        (Rule(easter="western", days=1), 2026, date(2026, 4, 6)),
        (Rule(easter="orthodox"), 2026, date(2026, 4, 12)),
    ],
)
def test_movable_days(rule, year, day):
    assert rule.in_year(year) == day
    span = (date(year, 1, 1), date(year, 12, 31))
    assert [one.on for one in rule_occurrences(rule, span)] == ([day] if day else [])


def test_a_rule_that_is_none_is_refused():
    with pytest.raises(ValueError, match="rule"):
        Rule(month=3).in_year(2026)


def weekdays(day: date) -> bool:
    return day.isoweekday() <= 5


@pytest.mark.parametrize(
    ("text", "recurs", "expected"),
    [
        ("1968-05-09", True, [(date(2026, 5, 9), date(2026, 5, 8), 58), (date(2027, 5, 9), date(2027, 5, 7), 59)]),
        ("--05-09", True, [(date(2026, 5, 9), date(2026, 5, 8), None), (date(2027, 5, 9), date(2027, 5, 7), None)]),
        ("2026-05-11", False, [(date(2026, 5, 11), date(2026, 5, 11), 0)]),
        ("2000-02-29", True, [(date(2026, 2, 28), date(2026, 2, 27), 26), (date(2027, 2, 28), date(2027, 2, 26), 27)]),
        ("--05", True, [(date(2026, 5, 1), date(2026, 5, 1), None), (date(2027, 5, 1), date(2027, 5, 1), None)]),
        ("1968", True, []),
        ("2027-06-01", True, [(date(2027, 6, 1), date(2027, 6, 1), 0)]),
        (
            "~1968-05-11",
            True,
            [(date(2026, 5, 11), date(2026, 5, 11), None), (date(2027, 5, 11), date(2027, 5, 11), None)],
        ),
        ("2024-05-01", False, []),
        ("not a date", True, []),
    ],
)
def test_partial_dates_come_round(text, recurs, expected):
    span = (date(2026, 1, 1), date(2027, 12, 31))
    found = occurrences(text, recurs=recurs, span=span, lead_days=7, is_working=weekdays)
    assert [(one.on, one.act_on, one.years) for one in found] == expected
    assert all(one.prepare_from == one.act_on - timedelta(days=7) for one in found)


def test_a_leap_day_is_kept_on_the_29th_where_there_is_one():
    span = (date(2028, 1, 1), date(2028, 12, 31))
    assert [one.on for one in occurrences("2000-02-29", recurs=True, span=span)] == [date(2028, 2, 29)]


def test_a_calendar_without_working_days_keeps_the_day():
    assert working_day_before(date(2026, 5, 9), lambda _day: False) == date(2026, 5, 9)


def test_interests_are_found_in_either_language():
    words = ("fishing", "рыбал")
    assert fits_interest(words, ("Fishing", None))
    assert fits_interest(words, ("Angling", "Рыбалка"))
    assert not fits_interest(words, ("Overfishing", "Шахматы"))
