"""The tables of the page of coverage: one for each thing that can be amiss.

A click on a client opens it at its coverage, one on a name the person's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.coverage import ClienteleCoverage
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.client_tabs import CLIENT_TAB, client_tabs
from graphcrm.ui.components.coverage import render_coverage
from graphcrm.ui.components.formats import day_in_table, number, safe
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.components.row_click import keep_row, kept_row
from graphcrm.ui.components.tabs import open_at
from graphcrm.ui.places import place
from graphcrm.ui.state import ME, ui_state
from graphcrm.vocabulary import VOCABULARY

OPEN_CLIENT, OPEN_PERSON = "open_coverage", "open_coverage_person"
NAME_WIDTH = 190
WIDTHS = {"employee": 115, "now": 150, "wanted": 150}
"""In pixels: Russian levels are long, and the strength at the end of the row is to be seen too."""
Row = tuple[str, str, dict[str, Any]]
"""Ids of the client and of the person ("" where it is about nobody alone), and the cells."""


def choose_whose(found: ClienteleCoverage) -> ClienteleCoverage:
    """What concerns the clients of one of ours; to begin with, of whom the page of the week was chosen for."""
    names = {
        pair.employee_id: pair.employee_name
        for one in found.clients
        for pair in one.pairs
        if pair.employee_id in one.summary.employee_ids
    }
    options = ["", *sorted(names, key=names.__getitem__)]
    me = ui_state().pages.get(ME)
    chosen = st.selectbox(
        _("Clients of"),
        options,
        index=options.index(me) if me in names else 0,
        format_func=lambda one: names.get(one) or _("Everybody"),
        key="coverage-whose",
        width=320,
    )
    if not chosen:
        return found
    return replace(found, clients=tuple(one for one in found.clients if chosen in one.summary.employee_ids))


def figures(found: ClienteleCoverage) -> None:
    """The numbers that a head of sales reads first."""
    covered = sum(one.summary.covered for one in found.clients)
    key = sum(one.summary.key_figures for one in found.clients)
    single = sum(one.summary.single_threaded for one in found.clients)
    nobody = sum(not one.summary.employee_ids for one in found.clients)
    cold, pairs = len(found.of_kind("cold")), sum(len(one.pairs) for one in found.clients)
    facts_grid(
        [
            (_("Key figures covered"), _("{covered} of {total}", covered=covered, total=key), ""),
            (_("Clients on one thread"), _("{covered} of {total}", covered=single, total=len(found.clients)),
             plural("{n} more without any contact", "{n} more without any contact", nobody)),
            (_("Relations below the wanted level"), number(len(found.of_kind("below_wanted"))),
             plural("of {n} relation", "of {n} relations", pairs)),
            (_("Relations cooled off"), number(cold), _("strength below what the level asks for")),
        ]
    )  # fmt: skip


def sections(found: ClienteleCoverage, as_of: date) -> None:
    """A table for each kind of finding, the heaviest first."""
    days = day_in_table()
    strength = st.column_config.ProgressColumn(_("Strength today"), min_value=0, max_value=10, format="%.1f", width=100)
    number_column = st.column_config.NumberColumn
    thread = {
        "leaves": st.column_config.DateColumn(_("Last day"), format=days, width=110),
        "covered": number_column(_("Key figures covered"), help=_("Empty: no key figure is known.")),
        "total": number_column(_("Key figures")),
    }
    _table(_("Clients on one thread"), "single", _single(found), thread)
    uncovered = {"power": st.column_config.ProgressColumn(_("Power"), min_value=0, max_value=100, format="%d")}
    _table(_("Key figures nobody covers"), "uncovered", _uncovered(found), uncovered)
    _table(_("About to leave"), "leaving", _leaving(found), {})
    columns = {"last": st.column_config.DateColumn(_("Last contact"), format=days, width=110), "strength": strength}
    _table(_("Below the wanted level"), "below", _pairs(found, cold=False), columns)
    _table(_("Cooled off"), "cold", _pairs(found, cold=True), columns)


def open_chosen() -> None:
    """Go to the client that was clicked, to its coverage; or to the person."""
    client, person = kept_row(OPEN_CLIENT), kept_row(OPEN_PERSON)
    if client:
        open_at([draw for _title, draw in client_tabs()].index(render_coverage), CLIENT_TAB, client)
        st.switch_page(place("client"), query_params={"client": client})
    if person:
        st.switch_page(place("person"), query_params={"person": person})


def _single(found: ClienteleCoverage) -> list[Row]:
    rows = []
    for one in found.clients:
        if not one.summary.single_threaded:
            continue
        names = one.names
        leaves = {pair.employee_id: pair.employee_leaves_on for pair in one.pairs if pair.employee_leaves_on}
        leaves |= {person.id: person.leaves_on for person in one.structure.people if person.leaves_on}
        told = [leaves[who] for who in one.summary.at_risk if who in leaves]
        total = one.summary.key_figures
        cells = {
            "hangs": " – ".join(names.get(who, who) for who in one.summary.hangs_on),
            "leaves": min(told, default=None),
            "covered": one.summary.covered if total else None,
            "total": total or None,
        }
        rows.append((one.client_id, "", {"client": one.client_name, **cells}))
    return sorted(rows, key=lambda row: (row[2]["leaves"] is None, row[2]["client"]))


def _uncovered(found: ClienteleCoverage) -> list[Row]:
    rows = []
    for one, finding in found.of_kind("uncovered"):
        figure = next(figure for figure in one.figures if figure.person_id == finding.person_id)
        roles = one.structure.by_id[figure.person_id].roles
        cells = {
            "client": one.client_name,
            "person": figure.name,
            "power": None if figure.score.value is None else round(100 * figure.score.value),
            "roles": ", ".join(VOCABULARY.value_name("role", role, language()) for role in sorted(roles)),
        }
        rows.append((one.client_id, figure.person_id, cells))
    return sorted(rows, key=lambda row: -(row[2]["power"] or 0))


def _leaving(found: ClienteleCoverage) -> list[Row]:
    return [
        (
            one.client_id,
            finding.about,
            {
                "client": one.client_name,
                "person": one.names.get(finding.about, finding.about),
                "why": sentence(finding.code, finding.params),
            },
        )
        for one, finding in found.of_kind("leaving")
    ]


def _pairs(found: ClienteleCoverage, *, cold: bool) -> list[Row]:
    """The most powerful of theirs first; a key figure has a star."""
    rows: list[tuple[float, Row]] = []
    for one in found.clients:
        figures_of = {figure.person_id: figure for figure in one.figures}
        for pair in one.pairs:
            figure = figures_of.get(pair.person_id)
            if not (pair.is_cold if cold else pair.below_wanted):
                continue
            cells = {
                "client": one.client_name,
                "person": f"★ {pair.person_name}" if figure and figure.is_key else pair.person_name,
                "employee": pair.employee_name,
                "now": VOCABULARY.value_name("relationship_level", pair.level_now, language()) or _("not known"),
                "wanted": VOCABULARY.value_name("relationship_level", pair.level_wanted, language()),
                "last": pair.last_contact,
                "strength": None if pair.points is None else round(pair.points, 1),
            }
            power = (figure.score.value or 0.0) + figure.is_key if figure else 0.0
            rows.append((power, (one.client_id, pair.person_id, cells)))
    return [row for _power, row in sorted(rows, key=lambda row: -row[0])]


def _table(title: str, key: str, rows: Sequence[Row], columns: dict[str, Any]) -> None:
    st.subheader(f"{title} · {number(len(rows))}", anchor=False)
    if not rows:
        st.html(f'<p class="gc-missing">{safe(_("None."))}</p>')
        return
    names = {
        "hangs": _("All contact hangs on"),
        "roles": _("Role in the decision"),
        "why": _("Why"),
        "employee": _("Ours"),
        "now": _("Level now"),
        "wanted": _("Level wanted"),
    }
    named = {name: st.column_config.TextColumn(label, width=WIDTHS.get(name))
             for name, label in names.items() if name in rows[0][2]}  # fmt: skip
    if "person" in rows[0][2]:
        named["person"] = _button(_("Person"), f"coverage-{key}-person", [row[1] for row in rows], OPEN_PERSON)
    st.dataframe(
        pd.DataFrame([cells for _client, _person, cells in rows]),
        hide_index=True,
        placeholder="",
        alt=title,
        row_height=36,
        height=36 * (min(len(rows), 10) + 1) + 3,
        key=f"coverage-{key}",
        column_config={
            "client": _button(_("Client"), f"coverage-{key}-open", [row[0] for row in rows], OPEN_CLIENT, pinned=True),
            **named,
            **columns,
        },
    )  # fmt: skip


def _button(title: str, key: str, ids: Sequence[str], opens: str, *, pinned: bool = False) -> Any:
    """A column of names that open a page."""
    return st.column_config.ButtonColumn(
        title, type="tertiary", alignment="left", pinned=pinned, width=NAME_WIDTH, key=key,
        on_click=keep_row(ids, key, opens),
    )  # fmt: skip
