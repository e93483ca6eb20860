"""Log a meeting, call, letter or event: a dialog with everything chosen that can be guessed (C1.2, D1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services._wording import value_name
from graphcrm.services.editing import RowEdit
from graphcrm.services.interactions import coverage_begun, log_choices
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_fields import EARLIEST, LATEST, chosen_record, date_format
from graphcrm.ui.components.edit_form import Form, send
from graphcrm.ui.components.formats import plain
from graphcrm.ui.components.log_contact_dialog import Log
from graphcrm.ui.components.log_contact_learnt import learnt_edits
from graphcrm.ui.state import ME, ui_state
from graphcrm.vocabulary import VOCABULARY


def log_contact_button(key: str, *, client_id: str | None = None, person_id: str | None = None) -> None:
    """A button that opens the dialog for a client or a person; nothing for who may not write."""
    app, viewer = session.current_app(), session.current_viewer()
    if not viewer.may_write:
        return
    if st.button(_("Log a contact"), icon=":material/add_comment:", key=key):
        choices = log_choices(app.database, viewer, as_of=app.today(), client_id=client_id, person_id=person_id)
        first = next(iter(choices.clients), None)
        open_dialog(_("Log a contact"), draw_log, Log(choices, first))


def draw_log(log: Log) -> None:
    """Draw the dialog; save when it is sent."""
    values: dict[str, Any] = {}
    with st.container(gap="small"):
        theirs, ours = _who(log)
        values |= _how(log)
        values |= _next_step(log, ours)
        begun = _coverage(log, theirs, ours)
        learnt = learnt_edits(log, theirs, ours, values["date"])
        if st.button(_("Save"), type="primary", icon=":material/check:", key=log.key("save")):
            contact = {**values, "participant_ids": theirs, "employee_ids": ours, "client_id": log.client_id}
            own = RowEdit("Interaction", editing.new_id("Interaction", log.nonce), contact)
            send(Form("Interaction", nonce=log.nonce), [own, *begun, *learnt])


def _who(log: Log) -> tuple[list[str], list[str]]:
    choices, left, right = log.choices, *st.columns(2)
    me = ui_state().pages.get(ME)
    chosen_ours = [me] if me in choices.ours else list(choices.chosen_ours)
    with left:
        theirs = _several(_("With whom"), choices.theirs, choices.chosen_theirs, log.key("theirs"))
    with right:
        ours = _several(_("By whom of ours"), choices.ours, chosen_ours, log.key("ours"))
    if len(choices.clients) > 1:
        log.client_id = chosen_record(_("For which client"), log.client_id, log.key("client"), choices.clients)
    return theirs, ours


def _several(label: str, names: Any, chosen: Sequence[str], key: str) -> list[str]:
    return st.multiselect(
        f"{label} *",
        list(names),
        default=list(chosen),
        format_func=lambda one: plain(names.get(one, one)),
        placeholder=_("Choose"),
        key=key,
    )


def _how(log: Log) -> dict[str, Any]:
    today = session.current_app().today()
    kinds, moods = (list(VOCABULARY.enumerations[name].values) for name in ("interaction_kind", "mood"))
    left, right = st.columns([1, 2])
    with left:
        on = st.date_input(
            _("When"), value=today, min_value=EARLIEST, max_value=today, format=date_format(), key=log.key("date")
        )
    with right:
        kind = st.pills(
            _("How"),
            kinds,
            default="meeting",
            required=True,
            format_func=partial(value_name, "interaction_kind"),
            key=log.key("kind"),
        )
    mood = st.pills(
        _("Mood"),
        moods,
        format_func=partial(value_name, "mood"),
        key=log.key("mood"),
        help=_("Leave it open if you cannot tell."),
    )
    said = st.text_area(_("What was said"), key=log.key("summary"), height=80).strip()
    return {"kind": kind, "date": on, "mood": mood, "summary": said or None}


def _next_step(log: Log, ours: Sequence[str]) -> dict[str, Any]:
    what, due, owner = st.columns([2, 1, 1.2])
    with what:
        step = st.text_input(_("Next step"), key=log.key("step")).strip()
    with due:
        on = st.date_input(
            _("By when"), value=None, min_value=EARLIEST, max_value=LATEST, format=date_format(), key=log.key("due")
        )
    with owner:
        first = next(iter(ours), None)
        who = chosen_record(_("Who takes it"), first, log.key("owner"), log.choices.ours)
    if not step:
        return {}
    return {"next_step": step, "next_step_due": on, "next_step_owner_id": who}


def _coverage(log: Log, theirs: Sequence[str], ours: Sequence[str]) -> list[RowEdit]:
    """For whom nobody of those who spoke is in touch as yet: this contact begins it, unless it is unticked."""
    new = [one for one in theirs if ours and log.choices.uncovered(one, list(ours))]
    if not new:
        return []
    names = ", ".join(plain(log.choices.theirs[one]) for one in new)
    said = _("Record that {ours} is now in touch with {theirs}", ours=plain(log.choices.ours[ours[0]]), theirs=names)
    if not st.checkbox(said, value=True, key=log.key("covers")):
        return []
    return coverage_begun(log.choices, new, ours[0])
