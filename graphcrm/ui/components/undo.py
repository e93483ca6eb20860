"""Undo and redo: two buttons beside every page."""

from __future__ import annotations

import secrets

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import history
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.state import ui_state


def undo_buttons() -> None:
    """Take back one's own newest change, or make it again. Nothing for who may not write."""
    app, viewer = session.current_app(), session.current_viewer()
    undoable, redoable = history.next_ids(app.database, viewer) if viewer.may_write else (None, None)
    if undoable is None and redoable is None:
        return
    drawn = secrets.token_hex(8)
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Undo"), icon=":material/undo:", disabled=undoable is None, key="undo",
            on_click=undo_change, args=(None, f"{drawn}-undo"),
        )  # fmt: skip
        st.button(
            _("Redo"), icon=":material/redo:", disabled=redoable is None, key="redo",
            on_click=_redo, args=(f"{drawn}-redo",),
        )  # fmt: skip


@guarded_callback
def undo_change(change_id: str | None, key: str) -> None:
    """Take back one change, or one's own newest.

    ``key`` is made where the button is drawn, so that a double click on one drawing of it is one step, not two.
    """
    app = session.current_app()
    history.undo(app.database, session.current_viewer(), key=key, change_id=change_id, today=app.today())
    ui_state().done = _("The change was taken back.")


@guarded_callback
def _redo(key: str) -> None:
    app = session.current_app()
    history.redo(app.database, session.current_viewer(), key=key, today=app.today())
    ui_state().done = _("The change was made again.")
