"""Partial dates: read strictly, written back the same, compared only as far as they go (C2.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput

days = st.dates(date(1, 1, 1), date(9990, 12, 31))
forms = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "--%m-%d", "--%m"])


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day, form, about = draw(days), draw(forms), draw(st.booleans())
    text = form.replace("%Y", f"{day.year:04d}").replace("%m", f"{day.month:02d}").replace("%d", f"{day.day:02d}")
    return PartialDate.parse(("~" if about else "") + text)


@given(partial_dates())
def test_what_is_written_reads_the_same(partial: PartialDate) -> None:
    """C2.4."""
    assert PartialDate.parse(str(partial)) == partial
    assert PartialDate.parse(f"  {partial} ") == partial


@pytest.mark.parametrize(
    ("text", "parts", "precision"),
    [
        ("1968-05-09", (1968, 5, 9, False), "day"),
        ("1968-05", (1968, 5, None, False), "month"),
        ("~1968", (1968, None, None, True), "year"),
        ("--05-09", (None, 5, 9, False), "day_of_year"),
        ("--05", (None, 5, None, False), "month_of_year"),
        ("--02-29", (None, 2, 29, False), "day_of_year"),
        ("2000-02-29", (2000, 2, 29, False), "day"),
    ],
)
def test_the_forms(text: str, parts: tuple, precision: str) -> None:
    """C2.4."""
    partial = PartialDate.parse(text)
    assert (partial.year, partial.month, partial.day, partial.about) == parts
    assert partial.precision == precision
    assert partial.is_complete == (precision == "day")


@pytest.mark.parametrize(
    "text",
    [
        *("", "~", "-", "--", "~~1968", "68", "19680509", "1968-5-9", "1968/05/09", "09.05.1968", "1968-05-09T00:00"),
        *("1900-02-29", "1999-02-29", "--02-30", "--04-31", "1968-00", "1968-13", "1968-05-00", "0000", "--00", "--13"),
        *("-05-09", "---05", "1968--05", "１９６８", "1968-05-09 ~", "+1968", "1968-", "x"),
    ],
)
def test_what_is_no_date_is_refused_with_the_text_and_a_mend(text: str) -> None:
    """C2.4."""
    with pytest.raises(InvalidInput) as caught:
        PartialDate.parse(text)
    assert "date" in str(caught.value)
    assert "--05-09 (no year)" in str(caught.value)


@pytest.mark.parametrize("parts", [{}, {"day": 5}, {"year": 1968, "day": 5}, {"year": 10_000}, {"year": -1}])
def test_parts_that_make_no_form_are_refused(parts: dict) -> None:
    """C2.4."""
    with pytest.raises(InvalidInput):
        PartialDate(**parts)


@given(partial_dates(), partial_dates())
def test_comparison_is_right_for_every_day_that_is_meant(one: PartialDate, other: PartialDate) -> None:
    """C2.4. Surely before means: the latest of the one is before the earliest of the other; and the mirror."""
    verdict = one.compare(other)
    mirrored = other.compare(one)
    assert mirrored == (None if verdict is None else -verdict)
    if one.year is None or other.year is None:
        assert verdict is None
    elif not (one.about or other.about):
        expected = -1 if one.latest() < other.earliest() else 1 if one.earliest() > other.latest() else None
        if expected is None and one.is_complete and one == other:
            expected = 0
        assert verdict == expected


def test_about_leaves_a_year_on_either_side() -> None:
    """C2.4."""
    about = PartialDate.parse("~1968")
    assert about.compare(PartialDate.parse("1969")) is None
    assert about.compare(PartialDate.parse("1970")) == -1
    assert about.compare(date(1966, 12, 31)) == 1
    assert PartialDate.parse("~2000-02-29").compare(date(2003, 1, 1)) == -1
    assert PartialDate.parse("~0001").compare(date(1, 1, 1)) is None
    assert PartialDate.parse("~9999").compare(date(9999, 12, 31)) is None


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_next_occurrence_is_the_first_from_today(day: date, today: date) -> None:
    """C2.4. Checked by walking day by day."""
    partial = PartialDate(month=day.month, day=day.day)
    found = partial.next_occurrence(today)
    step = today
    while (step.month, step.day) != (day.month, day.day):
        tomorrow = step + timedelta(days=1)
        if (day.month, day.day) == (2, 29) and (step.month, step.day) == (2, 28) and tomorrow.day != 29:
            break
        step = tomorrow
    assert found == step


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("--05-09", date(2026, 5, 9), date(2026, 5, 9)),
        ("--05-09", date(2026, 5, 10), date(2027, 5, 9)),
        ("1968-05-09", date(2026, 1, 1), date(2026, 5, 9)),
        ("2030-05-09", date(2026, 1, 1), date(2030, 5, 9)),
        ("--02-29", date(2026, 2, 28), date(2026, 2, 28)),
        ("--02-29", date(2026, 3, 1), date(2027, 2, 28)),
        ("--02-29", date(2027, 12, 1), date(2028, 2, 29)),
        ("--12-31", date(9999, 12, 31), date(9999, 12, 31)),
        ("--01-01", date(9999, 12, 31), None),
        ("1968", date(2026, 1, 1), None),
        ("--05", date(2026, 1, 1), None),
    ],
)
def test_next_occurrences(text: str, today: date, expected: date | None) -> None:
    """C2.4. 29 February is kept on the 28th in other years; a month alone has no day to come."""
    assert PartialDate.parse(text).next_occurrence(today) == expected


def test_the_leap_day_can_be_kept_in_march() -> None:
    """C2.4."""
    assert PartialDate.parse("--02-29").next_occurrence(date(2026, 3, 1), leap_day="march") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "today", "years"),
    [
        ("1968-05-09", date(2026, 5, 8), 57),
        ("1968-05-09", date(2026, 5, 9), 58),
        ("1968-05", date(2026, 6, 1), 58),
        ("1968-05", date(2026, 5, 9), None),
        ("1968", date(2026, 5, 9), None),
        ("1968", date(2026, 12, 31), 58),
        ("~1968-05-09", date(2026, 5, 9), None),
        ("--05-09", date(2026, 5, 9), None),
        ("2030-01-01", date(2026, 5, 9), None),
    ],
)
def test_full_years_only_where_they_are_certain(text: str, today: date, years: int | None) -> None:
    """C2.4."""
    assert PartialDate.parse(text).years_on(today) == years
