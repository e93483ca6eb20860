"""A dialog that is filled by a function; what goes wrong in it is told in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from graphcrm.errors import EditConflict, EditRefused
from graphcrm.i18n import describe
from graphcrm.i18n import translate as _
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state


def open_dialog(title: str, draw: Callable[..., None], *args: Any) -> None:
    """Open a wide dialog and call ``draw(*args)`` in it."""
    st.dialog(title, width="large")(guarded(draw))(*args)


def save_and_close(save: Callable[[], object]) -> None:
    """Save what a dialog asked for and close it; or tell in it what is wrong."""
    try:
        save()
    except EditRefused as refusal:
        st.warning(plain(" ".join(problem.describe(_) for problem in refusal.problems)), icon=":material/warning:")
        return
    except EditConflict as conflict:
        st.warning(plain(describe(conflict)), icon=":material/warning:")
        return
    ui_state().done = _("Saved.")
    st.rerun()
