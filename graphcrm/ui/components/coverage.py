"""The coverage of a client: what is amiss, the matrix, every relation opened to its reasons (C1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.coverage import Finding, Pair
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import N_, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.coverage import ClientCoverage, client_coverage
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.coverage_matrix import render_matrix
from graphcrm.ui.components.coverage_pair import choose_pair, render_pair
from graphcrm.ui.components.empty import empty, nobody_known
from graphcrm.ui.components.formats import day_in_table, number, safe
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.vocabulary import VOCABULARY

TITLES = {
    "uncovered": N_("Key figures nobody covers"),
    "leaving": N_("About to leave"),
    "below_wanted": N_("Below the wanted level"),
    "cold": N_("Cooled off"),
}
FORMULA = N_(
    "Strength today = what was stated, halved for every half-life since its day, plus what each later contact added, "
    "halved likewise. Half-life in days: vendor 90, credible source 180, problem solver 270, trusted adviser 365, "
    "not known 180. A contact closes a share of what is missing to 10: meeting 30%, event and call 20%, letter "
    "10%, e-mail 5%; times the mood: warm or good 1, neutral or not known 0.75, cool 0.25, tense 0. The strongest "
    "contact of a day counts. To keep its level a relation needs at least: vendor 1, credible source 2, problem solver "
    "4, trusted adviser 6 of 10; the level now counts, or the wanted one where that is lower or alone known. "
    "After Ahmad, Porter and Beguerisse-Díaz (2021), tie-decay networks."
)
SHOWN = 5


def render_coverage(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab."""
    found = client_coverage(app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=chosen_weights())
    if not found.figures:
        nobody_known(as_of)
        return
    st.subheader(_("What is amiss"), anchor=False)
    render_findings(found)
    render_matrix(found)
    if not found.pairs:
        empty(_("No coverage is recorded."), _("Log a contact, or add a coverage tie on the page of a person."))
    else:
        st.subheader(_("Relations"), anchor=False)
        pairs_table(found.pairs, as_of)
        chosen = choose_pair(found.pairs, f"coverage-pair-{client_id}")
        if chosen is not None:
            render_pair(chosen, as_of, "coverage-pair")
    how_computed(found.asked, _(FORMULA), key="coverage")


def render_findings(found: ClientCoverage) -> None:
    """Single thread, then every kind of finding with the people to open."""
    lines = [reason for reason in found.summary.reasons if reason.code in ("single_threaded", "coverage_no_key_figure")]
    if lines:
        told = "".join(f"<li>{safe(sentence(reason.code, reason.params))}</li>" for reason in lines)
        st.html(f'<ul class="gc-proof">{told}</ul>')
    kinds = [kind for kind in TITLES if found.of_kind(kind)]
    if not kinds and not lines:
        st.html(f'<p class="gc-note">{safe(_("Nothing: every key figure is covered, and as well as is wanted."))}</p>')
    columns = st.columns(2) if len(kinds) > 1 else [st.container()]
    for place, kind in enumerate(kinds):
        with columns[place % len(columns)]:
            _findings(found, kind, found.of_kind(kind))


def _findings(found: ClientCoverage, kind: str, findings: Sequence[Finding]) -> None:
    st.html(f'<p class="gc-question">{safe(_(TITLES[kind]))} · {number(len(findings))}</p>')
    for finding in findings[:SHOWN]:
        _finding(found, finding)
    if len(findings) > SHOWN:
        with st.expander(plural("{n} more", "{n} more", len(findings) - SHOWN)):
            for finding in findings[SHOWN:]:
                _finding(found, finding)


def _finding(found: ClientCoverage, finding: Finding) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        person_link(found.names.get(finding.about, finding.about), finding.about)
        if finding.kind != "uncovered":  # there the heading has said it
            st.html(f'<p class="gc-note">{safe(sentence(finding.code, finding.params))}</p>', width="content")


def pairs_table(pairs: Sequence[Pair], as_of: date) -> None:
    """Every relation in one row; each column sorts."""
    days = day_in_table()
    column = st.column_config
    st.dataframe(
        pd.DataFrame([_row(pair, as_of) for pair in pairs]),
        hide_index=True,
        placeholder="",
        alt=_("Relations"),
        height=min(36 * (len(pairs) + 1) + 3, 520),
        row_height=36,
        column_config={
            "theirs": column.TextColumn(_("Theirs"), pinned=True),
            "ours": column.TextColumn(_("Ours")),
            "coverage": column.TextColumn(_("Coverage")),
            "now": column.TextColumn(_("Level now")),
            "wanted": column.TextColumn(_("Level wanted")),
            "last": column.DateColumn(_("Last contact"), format=days),
            "strength": column.ProgressColumn(_("Strength today"), min_value=0, max_value=10, format="%.1f"),
            "until": column.DateColumn(
                _("Falls below on"),
                format=days,
                help=_("The day on which the strength falls below what the level asks for, if nobody is in touch."),
            ),
        },
    )


def _row(pair: Pair, as_of: date) -> dict[str, object]:
    levels = (
        VOCABULARY.value_name("relationship_level", code, language()) for code in (pair.level_now, pair.level_wanted)
    )
    now, wanted = levels
    return {
        "theirs": pair.person_name,
        "ours": pair.employee_name,
        "coverage": VOCABULARY.value_name("coverage", pair.coverage, language()),
        "now": now,
        "wanted": wanted,
        "last": pair.last_contact,
        "strength": None if pair.points is None else round(pair.points, 1),
        "until": None if pair.is_cold else pair.cools_on(as_of),
    }
