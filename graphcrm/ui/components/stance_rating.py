"""What our people think of a person's attitude: given blind, then shown with how far apart they are (C1.8)."""

from __future__ import annotations

import secrets

import pandas as pd
import streamlit as st

from graphcrm.errors import EditRefused
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import stance_rating as service
from graphcrm.services.person import PersonView
from graphcrm.services.stance_rating import Ratings
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day_in_table, plain
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY


def render_ratings(view: PersonView) -> None:
    """Draw the part of the person's page; nothing for who may not write, and for one of ours."""
    subjects = {job.organization_id: job.organization_name for job in view.jobs if job.at_client and job.current}
    subjects |= {stake.subject_id: stake.subject_name for stake in view.stakes if stake.current}
    if view.is_ours or not subjects or not session.current_viewer().may_write:
        return
    with st.expander(_("What our people think of the attitude"), key=f"ratings-{view.id}", on_change="rerun") as part:
        if part.open:
            _part(view.id, subjects)


@st.fragment
@guarded
def _part(person_id: str, subjects: dict[str, str]) -> None:
    db, viewer = session.current_app().database, session.current_viewer()
    names = service.employees(db)
    who, where = st.columns(2)
    employee = who.selectbox(
        _("Who rates"), list(names), index=None, format_func=lambda one: names.get(one, one),
        placeholder=_("Choose yourself"), key=f"rater-{person_id}",
    )  # fmt: skip
    subject = where.selectbox(
        _("In which decision"), list(subjects), format_func=lambda one: subjects.get(one, one), key=f"rated-{person_id}"
    )
    if employee is None or subject is None:
        st.caption(_("You see what others think once you have said what you think."))
        return
    found = service.ratings(db, viewer, person_id, subject, employee_id=employee, as_of=session.current_day())
    if not found.given:
        st.caption(
            plural("{n} of ours has rated.", "{n} of ours have rated.", found.total)
            + " "
            + _("You see what others think once you have said what you think.")
        )
    else:
        _shown(found)
    _form(found, employee)


def _shown(found: Ratings) -> None:
    if found.spread is not None:
        worst, best = _name(found.spread.worst), _name(found.spread.best)
        if found.spread.steps == 0:
            st.markdown(plain(_("All agree: {attitude}.", attitude=best)))
        else:
            steps = plural("{n} step apart", "{n} steps apart", found.spread.steps)
            st.markdown(plain(_("From {worst} to {best}: {steps}.", worst=worst, best=best, steps=steps)))
    rows = [
        {
            _("Who"): one.employee_name,
            _("Attitude to us"): _name(one.support),
            _("Day"): one.on,
            _("Why"): one.words,
        }
        for one in found.ratings
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("What our people think of the attitude"),
                 column_config={_("Day"): st.column_config.DateColumn(format=day_in_table())})  # fmt: skip
    how_computed(found.asked, _("The newest rating of each counts."), key=f"ratings-{found.person_id}")


def _form(found: Ratings, employee: str) -> None:
    values = VOCABULARY.enumerations["support"].values
    with st.form(f"rate-{found.person_id}", border=False, clear_on_submit=True):
        support = st.selectbox(
            _("Attitude to us"), list(values), index=None, placeholder=_("Choose"),
            format_func=lambda code: values[code].name_in(language()),
        )  # fmt: skip
        words = st.text_area(_("Why"), height=68)
        sent = st.form_submit_button(_("Give the rating"), type="primary")
    if not sent:
        return
    if support is None:
        st.warning(_("Choose an attitude first."))
        return
    cells = {"person_id": found.person_id, "subject_id": found.subject_id, "by_id": employee, "support": support,
             "words": words or None}  # fmt: skip
    app, viewer = session.current_app(), session.current_viewer()
    try:
        service.rate(app.database, viewer, cells, key=secrets.token_hex(8), today=app.today())
    except EditRefused as refusal:
        st.warning(plain(" ".join(problem.describe(_) for problem in refusal.problems)), icon=":material/warning:")
        return
    ui_state().done = _("Saved.")
    st.rerun(scope="fragment")


def _name(code: str) -> str:
    return VOCABULARY.value_name("support", code, language())
