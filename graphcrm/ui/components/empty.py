"""Empty places: what would be here, and what to do so that something is."""

from __future__ import annotations

import streamlit as st

from graphcrm.ui.components.formats import plain


def empty(title: str, text: str = "") -> None:
    """A calm note in place of a table or list that holds nothing. Both texts may hold names."""
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        if text:
            st.caption(plain(text))
