"""The dialogs of an account plan: the goal, a step, a risk, and what attitude is wanted of whom."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import streamlit as st

from graphcrm.domain.account_plan import PlanFigure
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services._colleagues import our_people
from graphcrm.services.account_plan import AccountPlan
from graphcrm.services.editing import Record, RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_form import Form, draw_form, send
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

REFERENCES = {
    "AccountPlan": ("owner_id",),
    "PlanStep": ("owner_id", "person_id"),
    "PlanRisk": ("owner_id", "person_id"),
}
"""The references that a form offers; to which client or plan a record belongs is not chosen."""


def new_button(label: str, kind: str, found: AccountPlan, key: str, **shown: Any) -> None:
    """A button that opens the form of a new plan, step or risk; ``shown`` is filled in already."""
    if session.current_viewer().may_write and st.button(label, icon=":material/add:", type="tertiary", key=key):
        form = Form(kind, fixed=_belongs(found), offers=_offers(kind, found))
        form.shown = {name: value for name, value in shown.items() if value is not None}
        open_dialog(label, draw_new, form)


def edit_button(kind: str, record_id: str, found: AccountPlan, key: str) -> None:
    """A pencil that opens the form of a plan, step or risk that is there."""
    if session.current_viewer().may_write and st.button(
        "", icon=":material/edit:", type="tertiary", help=_("Edit"), key=key
    ):
        viewer = session.current_viewer()
        record = editing.record(session.current_app().database, viewer, record_id)
        columns = REFERENCES[kind]
        properties = editing.visible_properties(viewer, VOCABULARY.nodes[kind])
        held = {name: record.values.get(name) or [] for name in columns}
        shown = {name: value for name, value in record.values.items() if name in properties}
        shown |= {name: ids[0] for name, ids in held.items() if ids}
        seen = {**{name: record.values.get(name) for name in properties}, **held}
        form = Form(kind, record.id, {}, shown, seen, dict(record.names), _offers(kind, found))
        open_dialog(VOCABULARY.nodes[kind].name_in(language()), draw_form, form)


def wishes_button(found: AccountPlan) -> None:
    """A button that opens the dialog of the attitudes that are wanted."""
    if session.current_viewer().may_write and found.plan is not None and found.figures:
        label = _("Set the attitudes wanted")
        if st.button(label, icon=":material/flag:", type="tertiary", key="plan-wishes"):
            open_dialog(label, draw_wishes, Form("SEEKS_SUPPORT_OF"), found)


def state_buttons(kind: str, record_id: str, states: Sequence[str], enumeration: str) -> None:
    """Buttons that close an open step or risk with today's date."""
    if not session.current_viewer().may_write:
        return
    icons = {"done": ":material/check:", "averted": ":material/check:"}
    for state in states:
        name = VOCABULARY.value_name(enumeration, state, language())
        st.button(
            name, icon=icons.get(state, ":material/block:"), type="tertiary", key=f"{record_id}-{state}",
            on_click=close, args=(kind, record_id, state, secrets.token_hex(8)),
        )  # fmt: skip


@guarded_callback
def close(kind: str, record_id: str, state: str, key: str) -> None:
    """Write that a step or risk is no longer open."""
    app, viewer = session.current_app(), session.current_viewer()
    before = editing.record(app.database, viewer, record_id).values.get("state")
    seen = {"state": before if before in (None, "open") else "open", "closed": None}
    edit = RowEdit(kind, record_id, {"state": state, "closed": app.today()}, seen)
    editing.save_edits(app.database, viewer, [edit], key=key, today=app.today())
    ui_state().done = _("Saved.")


def draw_new(form: Form) -> None:
    """The form of something new: what is filled in already is sent too."""
    form.fixed = {**form.fixed, **{name: value for name, value in form.shown.items() if name not in form.fixed}}
    draw_form(form)


def draw_wishes(form: Form, found: AccountPlan) -> None:
    """One choice for each key figure; all are saved together."""
    st.caption(_("What attitude must each have for the goal to be reached? Leave open whom the plan does not need."))
    prop = VOCABULARY.ties["SEEKS_SUPPORT_OF"].properties["support_wanted"]
    codes = [None, *(code for code in VOCABULARY.enumerations[prop.enum or ""].values if code != "unknown")]
    shown = lambda code: VOCABULARY.value_name("support", code, language()) or _("no wish")  # noqa: E731
    with st.form(f"form-{form.nonce}", border=False):
        chosen = {}
        for one in found.figures:
            now = VOCABULARY.value_name("support", one.support, language())
            chosen[one.person_id] = st.selectbox(
                plain(_("{name} (now: {attitude})", name=one.name, attitude=now)),
                codes, index=codes.index(one.wanted) if one.wanted in codes else 0, format_func=shown,
                key=f"{form.nonce}-{one.person_id}",
            )  # fmt: skip
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/check:", key=f"save-{form.nonce}")
    if sent:
        send(form, *_wishes(found, chosen))


def _wishes(found: AccountPlan, chosen: dict[str, str | None]) -> tuple[list[RowEdit], list[Record]]:
    """The ties to make or change, and those to take away."""
    assert found.plan is not None
    edits, gone = [], []
    for one in found.figures:
        wanted = chosen[one.person_id]
        if wanted == one.wanted:
            continue
        ends = {"plan_id": found.plan.id, "person_id": one.person_id}
        if one.wanted_tie_id is None:
            edits.append(RowEdit("SEEKS_SUPPORT_OF", "", {**ends, "support_wanted": wanted}))
        elif wanted is None:
            gone.append(_tie(found.plan.id, one))
        else:
            cells = {**ends, "support_wanted": wanted}
            edits.append(RowEdit("SEEKS_SUPPORT_OF", one.wanted_tie_id, cells, {"support_wanted": one.wanted}))
    return edits, gone


def _tie(plan_id: str, one: PlanFigure) -> Record:
    values = {"support_wanted": one.wanted}
    return Record(one.wanted_tie_id or "", "SEEKS_SUPPORT_OF", one.name, values, plan_id, one.person_id)


def _belongs(found: AccountPlan) -> dict[str, Any]:
    return {"plan_id": found.plan.id} if found.plan else {"client_id": found.facts.id}


def _offers(kind: str, found: AccountPlan) -> dict[str, dict[str, str]]:
    app = session.current_app()
    ours = our_people(app.database, app.today())
    theirs = {one.id: one.name for one in found.structure.people if not one.is_vacant}
    names = {"owner_id": ours, "person_id": dict(sorted(theirs.items(), key=lambda item: item[1]))}
    return {column: names[column] for column in REFERENCES[kind]}
