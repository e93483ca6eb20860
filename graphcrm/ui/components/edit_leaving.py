"""Somebody leaves a firm: job, lines of reporting and stakes end on one day, the seat stays vacant or goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import Leaving, Record
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog, save_and_close
from graphcrm.ui.components.edit_fields import EARLIEST, LATEST, date_format
from graphcrm.ui.components.formats import plain


def leaves_button(person_id: str, name: str, key: str) -> None:
    """A button that asks when somebody leaves and what becomes of the seat; nothing for who may not write."""
    viewer = session.current_viewer()
    if not viewer.may_write or not st.button(_("Leaves the firm"), icon=":material/logout:", key=key):
        return
    found = editing.ties(session.current_app().database, viewer, person_id)
    today = session.current_app().today()
    jobs = [tie for tie in found if tie.kind == "WORKS_AT" and (tie.values.get("valid_to") or date.max) > today]
    open_dialog(_("{name} leaves the firm", name=plain(name)), _question, jobs, name, secrets.token_hex(8))


def _question(jobs: Sequence[Record], name: str, key: str) -> None:
    if not jobs:
        st.write(_("No job is recorded that holds today or later."))
        return
    job = jobs[0]
    if len(jobs) > 1:
        job = st.selectbox(_("Which job"), jobs, format_func=_job_name, key=f"job-{key}")
    begin = job.values.get("valid_to") or session.current_app().today()
    day = st.date_input(
        _("No longer there from"), value=begin, min_value=EARLIEST, max_value=LATEST,
        format=date_format(), key=f"day-{key}-{job.id}",
    )  # fmt: skip
    meanings = {
        "vacant": _("It stays vacant: roles, boss and reports stay with the seat"),
        "gone": _("There is no such seat any more: the reports go to the boss"),
    }
    fate = st.radio(_("What becomes of the seat"), list(meanings), format_func=meanings.__getitem__, key=f"fate-{key}")
    seat = None
    if fate == "vacant":
        title = job.values.get("title") or _("Seat of {name}", name=name)
        seat = st.text_input(_("The seat is called"), title, key=f"seat-{key}-{job.id}").strip()
    st.caption(
        _(
            "The job, the lines of reporting and the stakes in decisions end on that day and stay as history. "
            "Acquaintances, influence and who of ours is in touch stay as they are."
        )
    )
    sent = st.button(_("Save"), type="primary", icon=":material/check:", disabled=day is None, key=f"save-{key}")
    if sent and day is not None:
        _save(job, Leaving(day, seat), key)


def _job_name(job: Record) -> str:
    title = job.values.get("title")
    return f"{title}, {job.name}" if title else job.name


def _save(job: Record, leaving: Leaving, key: str) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    save_and_close(lambda: editing.leave(app.database, viewer, job, leaving, key=key, today=app.today()))
