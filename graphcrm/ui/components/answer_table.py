"""The rows of an answer as a table (D3): numbers sort as numbers; people and clients open their pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.services.asking import shown
from graphcrm.services.console import Node
from graphcrm.ui.components.row_click import keep_row, kept_row
from graphcrm.ui.places import place

MOST_ROWS_SHOWN = 1000
LARGEST_EXACT = 2**53
"""Beyond it a browser rounds; such numbers are shown as text."""
PAGES = ("person", "client")
"""Pages of one record; a column that ends in their ``_id`` holds the ids of such."""
OPEN_KEY = "answer-open"


def answer_table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: str,
    title: str,
    show: Callable[[Any], str] = shown,
) -> None:
    """Draw the first rows. What was clicked in it, :func:`open_kept` opens.

    Args:
        show: a value that is no number as text.
    """
    rows = rows[:MOST_ROWS_SHOWN]
    config = {}
    for number, column in enumerate(columns):
        found = [page_of(column, row[column]) for row in rows]
        if any(found):
            button = f"{key}-{number}"
            config[column] = st.column_config.ButtonColumn(
                column, type="tertiary", alignment="left", key=button,
                on_click=keep_row([" ".join(one) if one else "" for one in found], button, OPEN_KEY),
            )  # fmt: skip
    st.dataframe(
        answer_frame(columns, rows, show), hide_index=True, key=key, alt=title, placeholder="", column_config=config
    )


def open_kept() -> None:
    """Go to the page of the person or the client that was clicked."""
    page, _space, record = (kept_row(OPEN_KEY) or "").partition(" ")
    if record:
        st.switch_page(place(page), query_params={page: record})


def page_of(column: str, value: Any) -> tuple[str, str] | None:
    """(page, id of the record) of a value that has a page of its own."""
    if isinstance(value, Node):
        record = value.properties.get("id")
        page = next((page for page in PAGES if page.capitalize() in value.labels), None)
        return (page, record) if page and isinstance(record, str) else None
    page = next((page for page in PAGES if column == f"{page}_id" or column.endswith(f"_{page}_id")), None)
    return (page, value) if page and isinstance(value, str) and value else None


def answer_frame(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], show: Callable[[Any], str] = shown
) -> pd.DataFrame:
    """A column of numbers, with gaps or without, stays one; of anything else each value is text."""
    return pd.DataFrame({column: _column([row[column] for row in rows], show) for column in columns})


def _column(values: Sequence[Any], show: Callable[[Any], str]) -> pd.Series:
    known = [value for value in values if value is not None]
    if known and all(_is_number(value) for value in known):
        whole = all(isinstance(value, int) for value in known)
        return pd.Series(values, dtype="Int64" if whole else "float64")
    return pd.Series([show(value) for value in values], dtype="object")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_EXACT
