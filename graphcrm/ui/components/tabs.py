"""Tabs that stay where they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from graphcrm.ui.components.errors import boundary
from graphcrm.ui.state import ui_state


def draw_tabs(tabs: Sequence[tuple[str, Callable[..., None]]], key: str, whose: str, *given: Any) -> None:
    """Tabs, each of a title and what draws it; only the open one is drawn, with what is ``given``.

    The open one is open again after a failure, or another page, has come between: Streamlit forgets a widget that was
    not drawn in one run. ``whose``: the id of what they are about; another one's tabs begin with the first.
    """
    titles = [title for title, _draw in tabs]
    owner, place = ui_state().pages.get(key, ("", 0))
    if key not in st.session_state and owner == whose and place < len(titles):
        st.session_state[key] = titles[place]
    shown = st.tabs(titles, key=key, on_change=_keep, args=(titles, key, whose))
    for tab, (_title, draw) in zip(shown, tabs, strict=True):
        if tab.open:
            with tab, boundary():
                draw(*given)


def open_at(place: int, key: str, whose: str) -> None:
    """Let the tabs begin with another than the first when they are drawn next, for what ``whose`` names."""
    ui_state().pages[key] = (whose, place)


def _keep(titles: Sequence[str], key: str, whose: str) -> None:
    # Noted at the click: the run that it starts may fail before it comes to the tabs.
    chosen = st.session_state[key]
    ui_state().pages[key] = (whose, titles.index(chosen) if chosen in titles else 0)
