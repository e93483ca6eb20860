"""The preview of an import of contacts: what would be recorded, what not and why, and the button that records."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from graphcrm.errors import EditRefused
from graphcrm.i18n import describe, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import contacts_import as service
from graphcrm.ui import session
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.formats import day_in_table, number, plain, safe
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

MOST_SHOWN = 500


def show_preview(found: service.ContactsPreview, ours: Mapping[str, str]) -> None:
    """Draw what would be recorded and what is left out."""
    total = len(found.found) + found.rest
    facts_grid(
        [
            (_("Read"), number(found.read), _("events or mails") + (_(", the file holds more") if found.cut else "")),
            (_("To be recorded"), number(total), ""),
            (_("Left out"), number(len(found.left_out)), ""),
        ]
    )
    if found.found:
        st.subheader(_("To be recorded"), anchor=False)
        _table(found, ours)
    if found.rest:
        st.info(
            plural(
                "{n} older contact is recorded when you import the file again.",
                "{n} older contacts are recorded when you import the file again.",
                found.rest,
            ),
            icon=":material/info:",
        )
    if found.left_out:
        st.subheader(_("Left out, and why"), anchor=False)
        rows = "".join(
            f"<li>{safe(number(count))} – {safe(_(service.REASONS[one]))}</li>" for one, count in found.reasons.items()
        )
        st.html(f'<ul class="gc-proof">{rows}</ul>')
        _left_out(found)
    _strangers(found)


def record_button(found: service.ContactsPreview) -> None:
    """Record what was shown, as one change that can be taken back."""
    if not found.found:
        return
    subjects = st.checkbox(
        _("Keep the titles of events and the subjects of mails"), value=True, key="contacts_subjects"
    )
    label = plural("Record {n} contact", "Record {n} contacts", len(found.found))
    if not st.button(label, type="primary", icon=":material/check:", key="contacts_record"):
        return
    app, viewer = session.current_app(), session.current_viewer()
    key = ui_state().pages.setdefault(f"contacts-import-{found.found[0].id}-{len(found.found)}", secrets.token_hex(8))
    try:
        service.record(app.database, viewer, found, key=key, today=app.today(), subjects=subjects)
    except EditRefused as refusal:
        told = " ".join(problem.describe(_) for problem in refusal.problems[:5])
        st.warning(plain(f"{describe(refusal)} {told}"), icon=":material/warning:")
        return
    ui_state().pages.pop(f"contacts-import-{found.found[0].id}-{len(found.found)}", None)
    ui_state().done = plural("{n} contact was recorded.", "{n} contacts were recorded.", len(found.found))
    st.rerun()


def _table(found: service.ContactsPreview, ours: Mapping[str, str]) -> None:
    days = day_in_table()
    rows = [
        {
            "on": one.entry.on,
            "kind": VOCABULARY.value_name("interaction_kind", one.entry.kind, language()),
            "theirs": ", ".join(one.theirs.values()),
            "ours": ", ".join(name or ours.get(who, who) for who, name in one.ours.items()),
            "subject": one.entry.subject,
        }
        for one in found.found[:MOST_SHOWN]
    ]
    text = st.column_config.TextColumn
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="",
        alt=_("To be recorded"),
        column_config={
            "on": st.column_config.DateColumn(_("When"), format=days),
            "kind": text(_("How")),
            "theirs": text(_("With whom")),
            "ours": text(_("By whom of ours")),
            "subject": text(_("Title or subject")),
        },
    )


def _left_out(found: service.ContactsPreview) -> None:
    with st.expander(_("Each of them"), key="contacts-left-out", on_change="rerun") as fold:
        if not fold.open:
            return
        rows = [
            {
                _("Line"): entry.line,
                _("When"): entry.on,
                _("Title or subject"): entry.subject,
                _("Why"): _(service.REASONS[entry.left_out]),
                _("Addresses"): ", ".join(entry.addresses[:5]),
            }
            for entry in found.left_out[:MOST_SHOWN]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", alt=_("Left out, and why"))


def _strangers(found: service.ContactsPreview) -> None:
    if not found.strangers:
        return
    with st.expander(_("Addresses that nobody has"), key="contacts-strangers", on_change="rerun") as fold:
        if fold.open:
            st.caption(_("Write an address into a person's record, then import the file again."))
            rows = [{_("Address"): one, _("How often"): count} for one, count in found.strangers.items()]
            st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", alt=_("Addresses that nobody has"))
