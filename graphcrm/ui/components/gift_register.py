"""The register of gifts, with its export for the auditor (C3.5)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.gift_register import GiftRegister, answer_of, gift_register, register_csv, register_workbook
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day_in_table, plain
from graphcrm.vocabulary import VOCABULARY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_register() -> None:
    """Draw the register, newest first."""
    app, viewer = session.current_app(), session.current_viewer()
    register = gift_register(app.database, viewer, today=app.today())
    if register.broken:
        numbers = ", ".join(str(one) for one in register.broken)
        st.error(_("The chain of seals is broken at: {numbers}. Somebody has changed the database.", numbers=numbers),
                 icon=":material/gpp_bad:")  # fmt: skip
    elif register.lines:
        told = plural("{n} entry, none changed since it was written.", "{n} entries, none changed since written.",
                      len(register.lines))  # fmt: skip
        st.success(f"{told} {_('Last seal: {seal}', seal=register.seal)}", icon=":material/verified_user:")
    else:
        empty(
            _("No step of a gift yet"), _("Plan a gift on a person's page, under goodwill; each step is written here.")
        )
    _export(register)
    if register.lines:
        st.dataframe(_frame(register), hide_index=True, key="gift-register", alt=_("Register of gifts"),
                     placeholder="", column_config=_days())  # fmt: skip
    if register.brought_in:
        _brought_in(register)
    if register.hospitality:
        _hospitality(register)
    how_computed(
        register.asked,
        _("Entries are only added, each sealed over itself and the one before it; no query changes or deletes one."),
        key="gift-register",
    )


def _export(register: GiftRegister) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(_("Export for the auditor (CSV)"), lambda: register_csv(register), "gift-register.csv",
                           "text/csv", icon=":material/download:", key="register-csv", on_click="ignore")  # fmt: skip
        st.download_button(_("Workbook (.xlsx)"), lambda: register_workbook(register), "gift-register.xlsx", XLSX,
                           icon=":material/download:", key="register-xlsx", on_click="ignore")  # fmt: skip


def _days() -> dict[str, Any]:
    return {_("Day"): st.column_config.DateColumn(format=day_in_table())}


def _frame(register: GiftRegister) -> pd.DataFrame:
    def name(enumeration: str, code: str | None) -> str:
        return VOCABULARY.value_name(enumeration, code, language()) if code else ""

    rows = [
        {
            _("Number"): line.row.number,
            _("Day"): line.row.done_on,
            _("Step"): name("gift_step", line.row.step),
            _("Outcome"): _("refused") if line.row.refused else name("action_status", line.row.after),
            _("By whom of ours"): line.row.by,
            _("For whom"): line.row.person,
            _("Kind"): name("action_kind", "invitation" if line.row.of_event else "gift"),
            _("Gift"): line.row.gift,
            _("Value"): float(line.row.value) if line.row.value else None,
            _("Currency"): line.row.currency or "",
            _("Approved by"): ", ".join(line.approvals),
            _("Reasons"): line.why,
            _("Note"): line.row.note,
        }
        for line in reversed(register.lines)
    ]
    return pd.DataFrame(rows)


def _brought_in(register: GiftRegister) -> None:
    title = plural("{n} gift was brought in by a file", "{n} gifts were brought in by a file", len(register.brought_in))
    with st.expander(title, icon=":material/upload_file:"):
        st.caption(plain(_("As the file says: nobody's approval of them is proved by this register.")))
        rows = [
            {
                _("Day"): gift.day,
                _("For whom"): gift.person_name,
                _("Gift"): gift.offering_name or gift.description,
                _("Value"): gift.cost,
                _("Currency"): gift.currency or "",
                _("State"): VOCABULARY.value_name("action_status", gift.status, language()),
                _("By whom of ours"): ", ".join(one["name"] for one in gift.by),
                _("Approved by"): ", ".join(one["name"] for one in gift.approved_by),
            }
            for gift in register.brought_in
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="gift-brought-in", alt=title,
                     placeholder=_("not known"), column_config=_days())  # fmt: skip


def _hospitality(register: GiftRegister) -> None:
    """The invitations that count in the same sums as gifts."""
    title = plural("{n} invitation to an event", "{n} invitations to events", len(register.hospitality))
    with st.expander(title, icon=":material/celebration:", key="gift-hospitality-fold"):
        st.caption(plain(_("Celebrations, events with clients, and all else that costs something for each guest.")))
        rows = [
            {
                _("Day"): one.day,
                _("Event"): one.event_name,
                _("For whom"): one.person_name,
                _("Firm"): one.firm_name,
                _("Cost per guest"): one.cost,
                _("Currency"): one.currency or "",
                _("Answer"): answer_of(one),
                _("Register"): _("no step: by file, or before it was of value")
                if one.tie_id in register.unproved
                else "",
            }
            for one in register.hospitality
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="gift-hospitality", alt=title,
                     placeholder=_("not known"), column_config=_days())  # fmt: skip
