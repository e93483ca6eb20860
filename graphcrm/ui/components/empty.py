"""Empty places: what would be here, and what to do so that something is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import day, plain


def empty(title: str, text: str = "") -> None:
    """A calm note in place of a table or list that holds nothing. Both texts may hold names."""
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        if text:
            st.caption(plain(text))


def nobody_known(as_of: date) -> None:
    """In place of what a tab tells of a client's people, while none is known there on the day."""
    empty(
        _("Nobody is known at this client on {day}.", day=day(as_of)),
        _("Import its people, or enter the first contact. If all have left, an earlier day shows who was there."),
    )
