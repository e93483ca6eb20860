"""Who is on the list: invitations sent, answers, the waiting list, who came; many rows in one save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services._colleagues import our_people
from graphcrm.services.events import Event, Guest
from graphcrm.services.invitation_approvals import invitations_to_send
from graphcrm.services.invitations import ANSWERS, answer, attend, invite, strike
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip, show_chips
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.event_approvals import render_approvals, sending_button
from graphcrm.ui.components.event_saving import save_button
from graphcrm.ui.components.formats import day_in_table, number, plain, safe
from graphcrm.vocabulary import VOCABULARY


def render_answers(found: Event, as_of: date) -> None:
    """Draw the tab."""
    people = (*found.guests, *found.hosts)
    may_write = session.current_viewer().may_write
    if not people:
        empty(_("Nobody is on the list yet."), _("Choose guests, or add people of ours below."))
    else:
        _counts(found)
        _waiting(found)
        if may_write:
            _sending(found)
        changed = _table(found, people, as_of)
        if may_write:
            _save(found, changed)
    if may_write and not found.is_over(as_of):
        _add_ours(found, as_of)
    how_computed(found.asked, key="event-answers")


def _counts(found: Event) -> None:
    counts = Counter(one.rsvp for one in found.guests)
    values = VOCABULARY.enumerations["rsvp"].values
    show_chips(
        chip(
            f"{values[code].name_in(language())} · {number(counts[code])}",
            values[code].color,
            values[code].help_in(language()),
        )
        for code in values
        if counts[code]
    )
    late = [one.name for one in found.guests if one.late]
    if late:
        st.html(f'<p class="gc-note">{safe(_("Answered late: {names}.", names=", ".join(late)))}</p>')


def _waiting(found: Event) -> None:
    """A seat that has become free goes to who waits longest, by a click."""
    waiting, free = found.waiting, found.free
    if not waiting:
        return
    names = ", ".join(one.name for one in waiting)
    st.html(f'<p class="gc-question">{safe(_("Waiting list"))}</p><p>{safe(names)}</p>')
    if free and session.current_viewer().may_write:
        first = waiting[0]
        label = _("Give the free seat to {name}", name=plain(first.name))
        save_button(label, "event-seat-free", answer, found.facts.id, {first.person_id: "accepted"})


def _sending(found: Event) -> None:
    chosen = tuple(one.person_id for one in found.guests if one.rsvp == "chosen")
    if not chosen:
        return
    app, viewer = session.current_app(), session.current_viewer()
    views = invitations_to_send(app.database, viewer, found.facts.id, today=app.today())
    if views:
        render_approvals(found, views)
    held = {one.guest.person_id for one in views if not one.is_free}
    free = tuple(one for one in chosen if one not in held)
    with st.container(horizontal=True, gap="small"):
        if free:
            sending_button(found, free, registered=bool(views))
        label = plural("Take {n} off the list", "Take {n} off the list", len(chosen))
        save_button(label, "event-strike", strike, found.facts.id, chosen, icon=":material/person_remove:")


def _table(found: Event, people: Sequence[Guest], as_of: date) -> tuple[dict[str, str], dict[str, bool | None]]:
    """The list as a table to edit; what was changed: answers, and who came."""
    column, over = st.column_config, found.facts.on is not None and found.facts.on <= as_of
    codes = ("chosen", *ANSWERS)
    days = day_in_table()
    order = sorted(people, key=lambda one: (one.is_ours, one.firm_name, one.name))
    rows = pd.DataFrame([_row(one) for one in order])
    edited = st.data_editor(
        rows,
        hide_index=True,
        num_rows="fixed",
        key=f"event-answers-{hash(tuple((one.tie_id, one.rsvp, one.attended) for one in order))}",
        height=36 * (min(len(order), 16) + 1) + 3,
        row_height=36,
        placeholder="",
        disabled=True if not session.current_viewer().may_write else ["name", "firm", "invited", "answered", "late"],
        column_config={
            "name": column.TextColumn(_("Person"), pinned=True),
            "firm": column.TextColumn(_("Firm")),
            "answer": column.SelectboxColumn(
                _("Answer"), options=list(codes), required=True,
                format_func=lambda code: VOCABULARY.value_name("rsvp", code, language()),
            ),
            "came": column.CheckboxColumn(_("Came")) if over else None,
            "invited": column.DateColumn(_("Invited on"), format=days),
            "answered": column.DateColumn(_("Answered on"), format=days),
            "late": column.TextColumn(_("In time")),
        },
    )  # fmt: skip
    answers, came = {}, {}
    for one, row in zip(order, edited.to_dict("records"), strict=True):
        if row["answer"] != one.rsvp:
            answers[one.person_id] = row["answer"]
        if over and bool(row["came"]) != bool(one.attended):
            came[one.person_id] = bool(row["came"])
    return answers, came


def _row(one: Guest) -> dict[str, Any]:
    return {
        "name": one.name,
        "firm": one.firm_name,
        "answer": one.rsvp,
        "came": bool(one.attended),
        "invited": one.invited_on,
        "answered": one.answered_on,
        "late": _("late") if one.late else "",
    }


def _save(found: Event, changed: tuple[dict[str, str], dict[str, bool | None]]) -> None:
    answers, came = changed
    with st.container(horizontal=True, gap="small"):
        if answers:
            label = plural("Save {n} answer", "Save {n} answers", len(answers))
            save_button(label, "event-answer", answer, found.facts.id, answers, type="primary", icon=":material/check:")
        if came:
            label = plural("Save who came: {n} changed", "Save who came: {n} changed", len(came))
            save_button(label, "event-attend", attend, found.facts.id, came, type="primary", icon=":material/check:")
    if not answers and not came:
        st.caption(_("Change as many answers as you like in the table, then save them together."))


def _add_ours(found: Event, as_of: date) -> None:
    """Our own people who will be there: they host."""
    listed = {one.person_id for one in found.hosts}
    names = {one: name for one, name in our_people(session.current_app().database, as_of).items() if one not in listed}
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.multiselect(
            _("People of ours who will be there"), list(names), format_func=lambda one: names.get(one, one),
            placeholder=_("Choose"), key=f"event-ours-{len(listed)}",
        )  # fmt: skip
        if chosen:
            save_button(_("Add"), "event-add-ours", invite, found.facts.id, tuple(chosen), icon=":material/add:")
