"""The ledger of introductions: who was asked to introduce us to whom, and what came of it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.services.introductions import LedgerEntry, Reach
from graphcrm.ui import session
from graphcrm.ui.components.chips import value_chip
from graphcrm.ui.components.edit_dialogs import edit_record_button
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

NEXT = {"planned": ("asked",), "asked": ("agreed", "made", "refused"), "agreed": ("made", "came_to_nothing")}
"""What an open introduction may turn into by one click."""


def render_ledger(found: Reach) -> None:
    """The introductions to the person, or asked of them or of those in between; newest first."""
    if not found.ledger:
        return
    st.html(f'<p class="gc-question">{safe(_("Introductions so far"))}</p>')
    for entry in found.ledger:
        _entry(entry)


def _entry(entry: LedgerEntry) -> None:
    who = " → ".join(name for name in (entry.employee_name, entry.introducer_name, entry.introduced_name) if name)
    with st.container(gap=None, key=f"introduction-{entry.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f"{value_chip('introduction_status', entry.status)} {safe(who)}")
            if session.current_viewer().may_write:
                edit_record_button(entry.id, f"ledger-{entry.id}")
        asked = _("asked {date}", date=day(entry.asked_on)) if entry.asked_on else _("day not known")
        told = " · ".join(part for part in (asked, entry.outcome) if part)
        st.html(f'<p class="gc-note">{safe(told)}</p>')
        if session.current_viewer().may_write and entry.status in NEXT:
            with st.container(horizontal=True, gap="small"):
                for status in NEXT[entry.status]:
                    name = VOCABULARY.value_name("introduction_status", status, language())
                    st.button(
                        name, type="tertiary", icon=":material/arrow_forward:", key=f"{entry.id}-{status}",
                        on_click=_move, args=(entry.id, entry.status, status, secrets.token_hex(8)),
                    )  # fmt: skip


@guarded_callback
def _move(entry_id: str, before: str, status: str, key: str) -> None:
    app = session.current_app()
    cells: dict[str, Any] = {"status": status}
    if status == "made":
        cells["made_on"] = app.today()
    edit = RowEdit("Introduction", entry_id, cells, {"status": before})
    editing.save_edits(app.database, session.current_viewer(), [edit], key=key, today=_today())
    ui_state().done = _("Saved.")


def _today() -> date:
    return session.current_app().today()
