"""The lines of a week: each with its reason, a way to the person or client, and what can be done at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.errors import EditConflict, EditRefused
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.services.week import WeekChanged, WeekLine
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.edit_dialogs import edit_tie_button
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, days_from, number, safe
from graphcrm.ui.components.log_contact import log_contact_button
from graphcrm.ui.components.person_contacts import change_item
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state

SHOWN = 8


def render_lines(title: str, lines: Sequence[WeekLine], none: str, key: str, as_of: date) -> None:
    """A section; the lines beyond the first few behind a fold."""
    st.subheader(f"{title} · {number(len(lines))}", anchor=False)
    if not lines:
        st.html(f'<p class="gc-missing">{safe(none)}</p>')
        return
    for turn, line in enumerate(lines[:SHOWN]):
        _line(line, f"{key}-{turn}", as_of)
    rest = lines[SHOWN:]
    if rest:
        with st.expander(plural("{n} more", "{n} more", len(rest)), key=f"{key}-more", on_change="rerun") as fold:
            if fold.open:
                for turn, line in enumerate(rest, SHOWN):
                    _line(line, f"{key}-{turn}", as_of)


def render_changed(changed: Sequence[WeekChanged]) -> None:
    """What was changed at the clients in the last days."""
    st.subheader(f"{_('Changed in the last 7 days')} · {number(len(changed))}", anchor=False)
    if not changed:
        st.html(f'<p class="gc-missing">{safe(_("No change is recorded."))}</p>')
    for turn, one in enumerate(changed[: 2 * SHOWN]):
        with st.container(gap=None, key=f"changed-{turn}"):
            client_link(one.client_name, one.client_id)
            st.html(f'<ul class="gc-time">{change_item(one.change)}</ul>')
    if len(changed) > 2 * SHOWN:
        st.caption(plural("{n} more", "{n} more", len(changed) - 2 * SHOWN))


def _line(line: WeekLine, key: str, as_of: date) -> None:
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if line.on is not None:
                st.html(_when(line, as_of), width="content")
            if line.person_id:
                person_link(line.person_name or "", line.person_id)
            client_link(line.client_name, line.client_id, icon=":material/domain:")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small",
                          key=f"gc-row-{key}"):  # fmt: skip
            st.html(f"<span>{safe(sentence(line.code, line.params))}</span>")
            _action(line, key)


def _when(line: WeekLine, as_of: date) -> str:
    assert line.on is not None
    late = line.on < as_of
    return chip(f"{day(line.on)} · {days_from(line.on, as_of)}", "#b3322e" if late else "#2f7fb8")


def _action(line: WeekLine, key: str) -> None:
    """A step can be ticked off, a contact logged, a stance verified; all else is acted on where the link leads."""
    if not session.current_viewer().may_write:
        return
    if line.kind in ("step", "plan_step"):
        st.button(_("Done"), icon=":material/check:", type="tertiary", key=f"{key}-done", on_click=_done, args=(line,))
    elif line.kind.startswith("congratulation") and line.code != "week_congratulated":
        st.page_link(place("congratulations"), label=_("Write"), icon=":material/edit:", query_params={"open": line.id})
    elif line.kind.startswith("goodwill"):
        _goodwill_action(line, key)
    elif line.kind in ("cold", "cools") and line.person_id:
        log_contact_button(f"{key}-log", person_id=line.person_id)
    elif line.kind == "stance" and line.person_id:
        edit_tie_button(line.person_id, line.person_name or "", line.id, f"{key}-edit")


def _goodwill_action(line: WeekLine, key: str) -> None:
    """A gift is moved by its register alone; of an invitation the list of guests is kept with the event."""
    kind = line.params.get("action_kind")
    if kind == "gift":
        st.page_link(place("gifts"), label=_("Gifts"), icon=":material/redeem:")
        return
    if kind in ("invitation", "joint_event"):
        st.page_link(place("events"), label=_("Events"), icon=":material/celebration:")
    if line.kind != "goodwill_approval":
        st.button(_("Done"), icon=":material/check:", type="tertiary", key=f"{key}-done", on_click=_done, args=(line,))


@guarded_callback
def _done(line: WeekLine) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    edit = RowEdit("Interaction", line.id, {"next_step_done": app.today()}, {"next_step_done": None})
    if line.kind == "plan_step":
        edit = RowEdit("PlanStep", line.id, {"state": "done", "closed": app.today()}, {"closed": None})
    elif line.kind.startswith("goodwill"):
        seen = {"status": line.params["action_status"]}
        edit = RowEdit("GoodwillAction", line.id, {"status": "done", "date": app.today()}, seen)
    try:
        editing.save_edits(app.database, viewer, [edit], key=secrets.token_hex(8), today=app.today())
    except (EditRefused, EditConflict) as error:
        ui_state().failure = error
        return
    ui_state().done = _("Saved.")
