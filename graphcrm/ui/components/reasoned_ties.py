"""Ties that can be reasoned, drawn dashed: a queue that waits for a yes or a no (A5.4)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

import streamlit as st

from graphcrm.domain.power_map import ReasonedPair
from graphcrm.domain.reasoned_ties import Stay
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.services.introductions import ReasonedTie, reasoned
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, partial_day, plain, safe, share
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

SHOWN = 3


def render_reasoned(person_id: str, as_of: date) -> None:
    """Whom the person may know, those first who would help us most; the rest behind a fold."""
    found = reasoned(session.current_app().database, session.current_viewer(), person_id, as_of=as_of)
    if not found:
        return
    st.html(f'<p class="gc-question">{safe(_("May know, not counted until somebody has said so"))}</p>')
    for tie in found[:SHOWN]:
        _reasoned(person_id, tie)
    if found[SHOWN:]:
        title = plural("{n} more", "{n} more", len(found) - SHOWN)
        with st.expander(title, key=f"reasoned-of-{person_id}", on_change="rerun") as rest:
            if rest.open:
                for tie in found[SHOWN:]:
                    _reasoned(person_id, tie)


def render_pair(names: Mapping[str, str], pair: ReasonedPair) -> None:
    """A line of the map opened: rule, proof, and the question. Nothing is counted before it is answered."""
    person, tie = pair.person_id, pair.tie
    st.markdown(f"**{plain(_('May know, not counted until somebody has said so'))}**")
    person_link(names.get(person, person), person)
    st.caption(_("Rule: at one place at the same time. The two stays that prove it:"))
    stays = ((names.get(person, person), tie.shared.own), (tie.other_name, tie.shared.theirs))
    lines = "".join(f"<li>{safe(_stay(who, stay, tie.shared.place_name))}</li>" for who, stay in stays)
    st.html(f'<ul class="gc-proof">{lines}</ul>')
    _reasoned(person, tie)


def _stay(who: str, stay: Stay, place: str) -> str:
    since = partial_day(stay.since) if stay.since else day(stay.valid_from) if stay.valid_from else _("not known")
    until = partial_day(stay.until) if stay.until else day(stay.valid_to) if stay.valid_to else _("not known")
    verb = VOCABULARY.ties[stay.kind].name_in(language())
    return f"{who} · {verb} · {place} · " + _("since {since}, until {until}", since=since, until=until)


def _reasoned(person_id: str, tie: ReasonedTie) -> None:
    with st.container(key=f"reasoned-{tie.other_id}"):
        st.html('<div class="gc-dashed"></div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            person_link(tie.other_name, tie.other_id)
            likely = _("likely: {share}", share=share(tie.likely))
            st.html(f'<span class="gc-note">{safe(sentence(tie.code, tie.params))} ({safe(likely)})</span>')
        if session.current_viewer().may_write:
            ends, key = (person_id, tie.other_id), secrets.token_hex(8)
            context = sentence(tie.code, tie.params).rstrip(".")
            with st.container(horizontal=True, gap="small"):
                st.button(_("They know each other"), icon=":material/check:", type="tertiary",
                          key=f"yes-{tie.other_id}", on_click=_confirm, args=(*ends, context, key))  # fmt: skip
                st.button(_("They do not"), icon=":material/close:", type="tertiary",
                          key=f"no-{tie.other_id}", on_click=_reject, args=(*ends, key))  # fmt: skip


@guarded_callback
def _confirm(person_id: str, other_id: str, context: str, key: str) -> None:
    app = session.current_app()
    cells = {"person_id": person_id, "other_id": other_id, "context": context, "last_verified_at": app.today()}
    _save(RowEdit("KNOWS", "", cells), key)
    ui_state().done = _("Saved: they know each other. How well is not known yet; say so under Ties.")


@guarded_callback
def _reject(person_id: str, other_id: str, key: str) -> None:
    _save(RowEdit("NOT_ACQUAINTED", "", {"person_id": person_id, "other_id": other_id}), key)
    ui_state().done = _("Remembered: they do not know each other.")


def _save(edit: RowEdit, key: str) -> None:
    app = session.current_app()
    editing.save_edits(app.database, session.current_viewer(), [edit], key=key, today=app.today())
