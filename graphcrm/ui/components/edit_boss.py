"""Who reports to whom: a card let go over another, or a choice on the person's page, is asked about, then saved."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.ui import session
from graphcrm.ui.components.dialog import save_and_close
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import plain

Named = tuple[str, str | None]
"""Id and name; None for a card that is no person of the client."""


def ask_new_boss(person: Named, boss: Named) -> None:
    """Ask whether ``person`` now reports to ``boss``. Cards that are no people of the client ask nothing."""
    if person[1] is not None and boss[1] is not None:
        st.dialog(_("Change the chart?"))(guarded(_question))(person, boss, secrets.token_hex(8))


def change_boss_button(person: Named, organization_id: str, key: str) -> None:
    """A pencil that opens the choice of another boss among the colleagues; nothing for who may not write."""
    app, viewer = session.current_app(), session.current_viewer()
    if viewer.may_write and st.button(
        "", icon=":material/edit:", type="tertiary", help=_("Change who they report to"), key=key
    ):
        colleagues = {
            tie.start: tie.name
            for tie in editing.ties(app.database, viewer, organization_id)
            if tie.kind == "WORKS_AT" and tie.start != person[0] and not tie.values.get("valid_to")
        }
        st.dialog(_("Change who they report to"))(guarded(_choice))(person, colleagues, secrets.token_hex(8))


def _choice(person: Named, colleagues: Mapping[str, str], key: str) -> None:
    boss = chosen_record(_("Reports to"), None, f"boss-{key}", colleagues)
    if boss is not None:
        _question(person, (boss, colleagues[boss]), key)


def _question(person: Named, boss: Named, key: str) -> None:
    st.write(_("{person} reports to {boss}?", person=plain(person[1] or ""), boss=plain(boss[1] or "")))
    meanings = {
        "now": _("From now on: the line until today stays as history"),
        "always": _("It was so all along: the chart was wrong"),
    }
    meaning = st.radio(_("What is meant"), list(meanings), format_func=meanings.__getitem__, key=f"meaning-{key}")
    yes, no = st.columns(2)
    if no.button(_("Leave as it was"), width="stretch", key=f"no-{key}"):
        st.rerun()
    if yes.button(_("Yes, change it"), type="primary", width="stretch", key=f"yes-{key}"):
        _save(person[0], boss[0], key, now=meaning == "now")


def _save(person_id: str, boss_id: str, key: str, *, now: bool) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    line, today = (person_id, boss_id), app.today()
    save_and_close(lambda: editing.reassign(app.database, viewer, line, key=key, today=today, now=now))
