"""The rows of an answer as a table: numbers stand right and sort as numbers, all else is text (D3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.services.asking import shown

MOST_ROWS_SHOWN = 1000
LARGEST_EXACT = 2**53
"""Beyond it a browser rounds; such numbers are shown as text."""


def answer_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, key: str, title: str) -> None:
    """Draw the first rows."""
    st.dataframe(answer_frame(columns, rows[:MOST_ROWS_SHOWN]), hide_index=True, key=key, alt=title, placeholder="")


def answer_frame(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A column of numbers, with gaps or without, stays one; of anything else each value is text."""
    return pd.DataFrame({column: _column([row[column] for row in rows]) for column in columns})


def _column(values: Sequence[Any]) -> pd.Series:
    known = [value for value in values if value is not None]
    if known and all(_is_number(value) for value in known):
        whole = all(isinstance(value, int) for value in known)
        return pd.Series(values, dtype="Int64" if whole else "float64")
    return pd.Series([shown(value) for value in values], dtype="object")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_EXACT
