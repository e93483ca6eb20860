"""A name in a table is a button: which row was clicked is kept, and told once the page has been drawn to the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.state import ui_state


def keep_row(ids: Sequence[str], button: str, kept_as: str) -> Callable[[], None]:
    """The callback of the column of buttons with the key ``button``: keeps the id of the row that was clicked."""

    @guarded_callback
    def keep() -> None:
        click = st.session_state.get(button)
        if click is not None and 0 <= click["row"] < len(ids):
            ui_state().pages[kept_as] = ids[click["row"]]

    return keep


def kept_row(kept_as: str) -> str | None:
    """The id that was kept, once; None when nobody clicked."""
    found: str | None = ui_state().pages.pop(kept_as, None)
    return found
