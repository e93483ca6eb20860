"""The rows of an answer as a table (D3): what is a number sorts as one."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from graphcrm.ui.components.answer_table import answer_frame


@pytest.mark.parametrize(
    ("values", "in_order"),
    [
        ([10, 2, None, 1], [1, 2, 10]),
        ([10.5, 2, -3], [-3.0, 2.0, 10.5]),
        (["10", 2], ["10", "2"]),
        ([True, False], ["false", "true"]),
        ([date(2026, 11, 2), None], ["", "2026-11-02"]),
        ([[1, 2], {"a": 1}], ["1|2", '{"a": 1}']),
        ([2**60, 1], ["1", str(2**60)]),
    ],
)
def test_a_column_sorts_as_what_it_holds(values, in_order):
    frame = answer_frame(["one"], [{"one": value} for value in values])
    found = frame["one"].sort_values().dropna().tolist()
    assert found == in_order
    assert [type(value) for value in found] == [type(value) for value in in_order]


def test_without_rows_the_columns_are_there():
    frame = answer_frame(["a", "b"], [])
    assert list(frame.columns) == ["a", "b"]
    assert isinstance(frame, pd.DataFrame)
    assert frame.empty
