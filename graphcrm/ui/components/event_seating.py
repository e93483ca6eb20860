"""The tables of an event: laid by the solver or by hand, drawn, and taken away as a table or a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.database.connection import Database
from graphcrm.documents import FORMS
from graphcrm.domain.viewer import Viewer
from graphcrm.drawing.palette import DARK, LIGHT
from graphcrm.i18n import N_, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import seating as service
from graphcrm.services.events import Event
from graphcrm.services.invitations import Noted, seat
from graphcrm.services.seating import SeatingChoices, TablePlan
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.event_saving import save_button
from graphcrm.ui.components.formats import number, percent, safe
from graphcrm.ui.state import ui_state

FORMULA = N_(
    "A plan has 4 points for each guest at a table with one of ours who is in touch with them, 1 with another of "
    "ours, 3 for each neutral beside a supporter of the same client, and loses 25 for each pair in conflict at one "
    "table. It is searched by swaps; a small room is then solved exactly as an integer programme (HiGHS)."
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_seating(found: Event, as_of: date) -> None:
    """Draw the tab."""
    app, viewer, event_id = session.current_app(), session.current_viewer(), found.facts.id
    choices = _choices(found)
    proposed = ui_state().pages.get(f"event-plan-{event_id}")
    if proposed:
        plan = service.propose_seating(app.database, viewer, event_id, choices, as_of=as_of)
    else:
        plan = service.stored_seating(app.database, viewer, event_id, choices, as_of=as_of)
    if not plan.people:
        empty(
            _("Nobody to seat."), _("Who has accepted is seated here; or seat those, too, who have not answered yet.")
        )
        return
    _buttons(event_id, plan, bool(proposed))
    _told(plan, bool(proposed))
    drawing = service.seating_drawing(plan, palette=DARK if st.context.theme.type == "dark" else LIGHT, columns=2)
    st.image(drawing.svg, width="stretch", alt=_("Tables"))
    if not proposed and viewer.may_write:
        _by_hand(event_id, plan)
    _downloads(event_id, choices, as_of)
    how_computed(plan.asked, _(FORMULA), key="event-seating")


def _choices(found: Event) -> SeatingChoices:
    each, count, who, keep = st.columns([1, 1, 1.4, 1.4], vertical_alignment="bottom")
    with each:
        size = st.number_input(
            _("Seats at a table"), 2, 40, found.facts.table_seats or service.TABLE_SEATS, key="event-table-seats"
        )
    with count:
        tables = st.number_input(
            _("Tables"), 1, 500, None, key="event-tables", placeholder=_("as many as needed"),
            help=_("Empty: as many as are needed."),
        )  # fmt: skip
    with who:
        expected = st.checkbox(_("Also who has not answered"), key="event-expected")
    with keep:
        kept = st.checkbox(_("Leave who has a table"), key="event-keep")
    return SeatingChoices(tables, int(size), expected, kept)


def _buttons(event_id: str, plan: TablePlan, proposed: bool) -> None:
    pages, key = ui_state().pages, f"event-plan-{event_id}"
    with st.container(horizontal=True, gap="small"):
        if not proposed:
            st.button(_("Propose a seating"), icon=":material/table_restaurant:", key="event-propose", type="primary",
                      on_click=pages.__setitem__, args=(key, True))  # fmt: skip
            return
        if session.current_viewer().may_write and plan.plan:
            tables = dict(plan.plan.seats)
            save_button(_("Save these tables"), "event-seat", _seat, event_id, tables, type="primary",
                        icon=":material/check:")  # fmt: skip
        st.button(_("Back to the saved tables"), icon=":material/undo:", key="event-plan-back",
                  on_click=pages.pop, args=(key, None))  # fmt: skip


def _seat(db: Database, viewer: Viewer, event_id: str, tables: Mapping[str, int | None], **action: Any) -> Noted:
    """Save the proposed tables and show what is saved."""
    noted = seat(db, viewer, event_id, tables, **action)
    ui_state().pages.pop(f"event-plan-{event_id}", None)
    return noted


def _told(plan: TablePlan, proposed: bool) -> None:
    """What the plan reaches and what it does not, with names."""
    if plan.unseated:
        names = ", ".join(plan.unseated)
        st.html(f'<p class="gc-missing">{safe(_("Without a table: {names}.", names=names))}</p>')
    seating = plan.plan
    if seating is None:
        return
    names = {one.person_id: one.name for one in plan.people}
    said = [_("{points} of at most {bound} points.", points=number(seating.points), bound=number(seating.bound))]
    if seating.exact:
        said.append(_("No other plan for these tables has more."))
    elif proposed:
        said.append(
            _("The best plan could have up to {share} more; time is limited.", share=percent(100 * seating.gap))
        )
    lines = [" ".join(said)]
    if seating.feuds:
        pairs = ", ".join(f"{names[first]} – {names[second]}" for first, second in seating.feuds)
        lines.append(_("In conflict at one table: {pairs}.", pairs=pairs))
    if seating.alone:
        lines.append(_("None of ours at the table: {names}.", names=", ".join(names[one] for one in seating.alone)))
    rest = [one for one in seating.uncovered if one not in seating.alone]
    if rest:
        lines.append(
            _("With one of ours, but none who is in touch: {names}.", names=", ".join(names[one] for one in rest))
        )
    st.html(f'<ul class="gc-proof">{"".join(f"<li>{safe(line)}</li>" for line in lines)}</ul>')


def _by_hand(event_id: str, plan: TablePlan) -> None:
    """The number of everybody's table, to be changed."""
    with st.expander(_("Change tables by hand"), icon=":material/edit:", key="event-by-hand"):
        order = sorted(plan.people, key=lambda one: (one.table or 999, not one.is_ours, one.firm_name, one.name))
        column = st.column_config
        edited = st.data_editor(
            pd.DataFrame([{"name": one.name, "firm": one.firm_name, "table": one.table} for one in order]),
            hide_index=True,
            num_rows="fixed",
            placeholder="",
            disabled=["name", "firm"],
            key=f"event-hand-{hash(tuple((one.tie_id, one.table) for one in order))}",
            column_config={
                "name": column.TextColumn(_("Person"), pinned=True),
                "firm": column.TextColumn(_("Firm")),
                "table": column.NumberColumn(_("Table"), min_value=1, max_value=500, step=1),
            },
        )
        tables = {}
        for one, row in zip(order, edited.to_dict("records"), strict=True):
            wanted = None if pd.isna(row["table"]) else int(row["table"])
            if wanted != one.table:
                tables[one.person_id] = wanted
        if tables:
            label = plural("Save {n} table", "Save {n} tables", len(tables))
            save_button(label, "event-hand-save", seat, event_id, tables, type="primary", icon=":material/check:")


def _downloads(event_id: str, choices: SeatingChoices, as_of: date) -> None:
    """The saved tables as files."""
    with st.popover(_("Download the seating"), icon=":material/download:", key="event-seating-download"):
        files: list[tuple[str, str, str, Callable[[TablePlan], bytes]]] = [
            ("CSV", "csv", "text/csv", service.seating_csv),
            (_("Excel"), "xlsx", XLSX, service.seating_workbook),
        ]
        spoken = language()
        for form, name in (("pdf", _("PDF")), ("docx", _("Word")), ("md", _("Markdown"))):
            files.append((name, FORMS[form].ending, FORMS[form].media_type, _document(form, spoken, as_of)))
        for name, ending, media, write in files:
            st.download_button(
                name, _maker(event_id, choices, as_of, write), f"seating-{event_id}.{ending}", media,
                key=f"event-seating-{ending}", on_click="ignore", width="stretch",
            )  # fmt: skip


def _document(form: str, spoken: str, as_of: date) -> Callable[[TablePlan], bytes]:
    return lambda plan: FORMS[form].write(service.seating_document(plan, spoken, as_of))


def _maker(
    event_id: str, choices: SeatingChoices, as_of: date, write: Callable[[TablePlan], bytes]
) -> Callable[[], bytes]:
    app, viewer = session.current_app(), session.current_viewer()
    return lambda: write(service.stored_seating(app.database, viewer, event_id, choices, as_of=as_of))
