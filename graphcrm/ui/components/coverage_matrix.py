"""The coverage matrix: our people by theirs, as a heat map and as a table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from graphcrm.domain.coverage import Pair
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.coverage import ClientCoverage
from graphcrm.ui.components.coverage_pair import strength_text
from graphcrm.ui.components.formats import day, number
from graphcrm.vocabulary import VOCABULARY

MOST_PEOPLE = 30
ROW = 26


def render_matrix(found: ClientCoverage) -> None:
    """Key figures first, then whoever is covered; a row without a cell is somebody nobody covers."""
    people, left_out = _people(found)
    if not people:
        return
    st.subheader(_("Coverage matrix"), anchor=False)
    st.caption(
        _("Theirs by power from the top, ours across. The number is the strength today, of 10; ★ is a key figure.")
    )
    picture, table = st.tabs([_("Picture"), _("Table")])
    with picture:
        _heat_map(found, people)
    with table:
        _table(found, people)
    if left_out:
        st.caption(
            _("{shown} of {total} people are shown: the key figures and the most powerful of the others.",
              shown=len(people), total=len(people) + left_out)
        )  # fmt: skip


def _people(found: ClientCoverage) -> tuple[list[tuple[str, str]], int]:
    """(id, label) of those to show, by power, and how many are left out."""
    covered = {pair.person_id for pair in found.pairs}
    wanted = [figure for figure in found.figures if figure.is_key or figure.person_id in covered]
    shown = wanted[:MOST_PEOPLE]
    labels: dict[str, str] = {}
    for figure in shown:
        label = f"★ {figure.name}" if figure.is_key else figure.name
        taken = label in labels.values()  # two of one name are two rows
        labels[figure.person_id] = f"{label} ({figure.rank})" if taken else label
    return list(labels.items()), len(wanted) - len(shown)


def _ours(found: ClientCoverage) -> dict[str, str]:
    """Id -> name of ours, who covers most first."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for pair in found.pairs:
        counts[pair.employee_id] = counts.get(pair.employee_id, 0) + 1
        same = [one for one, name in names.items() if name == pair.employee_name and one != pair.employee_id]
        names.setdefault(pair.employee_id, f"{pair.employee_name} ({len(same) + 1})" if same else pair.employee_name)
    return {one: names[one] for one in sorted(counts, key=lambda one: (-counts[one], names[one]))}


def _heat_map(found: ClientCoverage, people: Sequence[tuple[str, str]]) -> None:
    ours, labels = _ours(found), dict(people)
    if not ours:
        st.caption(_("Nobody of ours is in contact with anybody there."))
        return
    rows = [_cell(pair, labels[pair.person_id], ours) for pair in found.pairs if pair.person_id in labels]
    # The grid is drawn in full: an empty row, whom nobody covers, is what the picture is for.
    held = {(row["theirs"], row["ours"]) for row in rows}
    grid = [{"theirs": label, "ours": name} for label in labels.values() for name in ours.values()]
    rows += [cell for cell in grid if (cell["theirs"], cell["ours"]) not in held]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            "ours:N",
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, labelLimit=150),
            scale=alt.Scale(domain=list(ours.values())),
        ),
        y=alt.Y("theirs:N", sort=list(labels.values()), title=None, axis=alt.Axis(labelLimit=230)),
    )
    wide = alt.Step(min(max(44, 520 // len(ours)), 110))
    chart = alt.layer(*_layers(base)).properties(height=alt.Step(ROW), width=wide)
    st.altair_chart(chart, width="content", alt=_("Coverage matrix: {client}", client=found.client_name))


def _layers(base: alt.Chart) -> list[alt.Chart]:
    """The grid, the coloured cells, their numbers, and a question mark where the strength is not known."""
    known = base.transform_filter("isValid(datum.strength)")
    tooltip = [
        alt.Tooltip("theirs:N", title=_("Theirs")),
        alt.Tooltip("ours:N", title=_("Ours")),
        alt.Tooltip("told:N", title=_("Strength")),
        alt.Tooltip("level:N", title=_("Level now, wanted")),
        alt.Tooltip("last:N", title=_("Last contact")),
    ]
    colour = alt.Color(
        "strength:Q",
        scale=alt.Scale(domain=[0, 5, 10], range=["#c9d6e6", "#5f93c9", "#0b4a8a"]),
        legend=alt.Legend(title=_("Strength"), orient="bottom"),
    )
    ink = alt.condition("datum.strength > 3.6", alt.value("#ffffff"), alt.value("#12263d"))
    unknown = base.transform_filter("datum.unknown").mark_text(fontSize=13, fontWeight=600, color="#8b95a1")
    return [
        base.mark_rect(fill="transparent", stroke="#8b95a1", strokeOpacity=0.25),
        known.mark_rect(cornerRadius=3).encode(color=colour, tooltip=tooltip),
        known.mark_text(fontSize=12, fontWeight=600).encode(text="short:N", color=ink, tooltip=tooltip),
        unknown.encode(text=alt.value("?"), tooltip=tooltip),
    ]


def _cell(pair: Pair, label: str, ours: dict[str, str]) -> dict[str, object]:
    now, wanted = (
        VOCABULARY.value_name("relationship_level", code, language()) or _("not known")
        for code in (pair.level_now, pair.level_wanted)
    )
    coverage = VOCABULARY.value_name("coverage", pair.coverage, language())
    return {
        "theirs": label,
        "ours": ours[pair.employee_id],
        "strength": pair.points,
        "unknown": pair.points is None,
        "short": number(pair.points, 1) if pair.points is not None else "?",
        "told": f"{strength_text(pair)}, {coverage}",
        "level": f"{now} → {wanted}",
        "last": day(pair.last_contact) if pair.last_contact else _("not known"),
    }


def _table(found: ClientCoverage, people: Sequence[tuple[str, str]]) -> None:
    ours = _ours(found)
    cells = {(pair.person_id, pair.employee_id): pair for pair in found.pairs}
    rows = []
    for person_id, label in people:
        row: dict[str, object] = {_("Theirs"): label}
        for employee_id, name in ours.items():
            pair = cells.get((person_id, employee_id))
            row[name] = None if pair is None or pair.points is None else round(pair.points, 1)
        silent = [name for employee_id, name in ours.items()
                  if (pair := cells.get((person_id, employee_id))) and pair.points is None]  # fmt: skip
        rows.append(row | ({_("Strength not known"): ", ".join(silent)} if silent else {}))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="",
        alt=_("Coverage matrix as a table"),
        column_config={
            _("Theirs"): st.column_config.TextColumn(_("Theirs"), pinned=True),
            **{name: st.column_config.NumberColumn(format="%.1f") for name in ours.values()},
        },
    )
    st.caption(_("Empty: no contact is recorded, or its strength is not known: then the last column names who."))
