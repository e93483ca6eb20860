"""A value of a parameter and the text of its field (D3)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.ui.components.console_state import text_of, value_of

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = PLAIN | st.dates() | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(), PLAIN, max_size=3)


@given(VALUES)
def test_it_comes_back_from_the_field_as_it_was(value):
    found = value_of(text_of(value))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("client-hallbach", "client-hallbach"),
        ("0012345", "0012345"),
        ("12", 12),
        ('"12"', "12"),
        ("2026-11-26", date(2026, 11, 26)),
        ("2026-13-40", "2026-13-40"),
        ('["a", "b"]', ["a", "b"]),
        ("NaN", "NaN"),
        ("[", "["),
    ],
)
def test_what_is_written_is_taken_for_what_it_is(text, value):
    assert value_of(text) == value
