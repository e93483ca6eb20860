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
    with st.container(horizontal=True, gap="small"):
        st.button(_("Undo"), icon=":material/undo:", disabled=undoable is None, on_click=undo_change, key="undo")
        st.button(_("Redo"), icon=":material/redo:", disabled=redoable is None, on_click=_redo, key="redo")


@guarded_callback
def undo_change(change_id: str | None = None) -> None:
    """Take back one change, or one's own newest."""
    app = session.current_app()
    history.undo(
        app.database, session.current_viewer(), key=secrets.token_hex(8), change_id=change_id, today=app.today()
    )
    ui_state().done = _("The change was taken back.")


@guarded_callback
def _redo() -> None:
    app = session.current_app()
    history.redo(app.database, session.current_viewer(), key=secrets.token_hex(8), today=app.today())
    ui_state().done = _("The change was made again.")
