"""What breaks, what would mend it (C1.8, C2.1, D1): today's power structure beside that of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.domain.what_if import Move, Side
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import what_if as service
from graphcrm.services.what_if import WhatIfAtClient
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import nobody_known
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import number, plain, safe, share
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.reasons import render_reasons, sentence, tie_line
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.ui.components.what_if_scenario import chosen_changes, render_scenario
from graphcrm.vocabulary import VOCABULARY

GAIN = "#2f8f83"


@st.fragment
@guarded
def render_what_if(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab. A fragment: a change is computed without drawing the page."""
    st.subheader(_("What if"), anchor=False)
    st.caption(_("Take somebody or something away, or add a tie, and see what breaks. Nothing of it is written."))
    changes = chosen_changes(client_id)
    found = service.what_if(
        app.database, viewer, chosen_subject(client_id), as_of=as_of, changes=changes, weights=chosen_weights()
    )
    if not found.structure.people:
        nobody_known(as_of)
        return
    render_scenario(found)
    _facts(found)
    st.markdown(plain(service.hangs_line(found)))
    if changes:
        _lost(found)
    _repairs(found)
    if changes:
        _ranking(found)
    _why(found)
    _computed(found)


def _facts(found: WhatIfAtClient) -> None:
    before, after = found.result.before, found.result.after
    rows = [
        (_("Share of the decision that we reach"), *(_reach(side) for side in (before, after))),
        (_("People whom we reach"), *(number(len(side.access.ways)) for side in (before, after))),
        (_("Key figures covered"), *(_covered(side) for side in (before, after))),
        (_("Fewest people whose loss cuts us off"), *(_cut(side) for side in (before, after))),
        (_("Power map"), *(_health(side) for side in (before, after))),
        (_("Pairs without a way of influence"), *(share(side.fragmentation) for side in (before, after))),
    ]
    cells = "".join(
        f"<div><dt>{safe(name)}</dt><dd>{safe(new)}<small>{safe(_('today: {value}', value=old))}</small></dd></div>"
        if found.changes
        else f"<div><dt>{safe(name)}</dt><dd>{safe(old)}</dd></div>"
        for name, old, new in rows
    )
    st.html(f'<dl class="gc-facts">{cells}</dl>')


def _reach(side: Side) -> str:
    return _("not known") if side.reach.value is None else share(side.reach.value)


def _covered(side: Side) -> str:
    summary = side.coverage
    if not summary.key_figures:
        return _("not known")
    return _("{covered} of {all}", covered=summary.covered, all=summary.key_figures)


def _cut(side: Side) -> str:
    if side.access.cut is None:
        return _("not known")
    return number(len(side.access.cut)) if side.access.cut else _("no way there")


def _health(side: Side) -> str:
    return VOCABULARY.value_name("map_health", str(side.health.level), language())


def _lost(found: WhatIfAtClient) -> None:
    lost, gained = found.result.lost, found.result.gained
    if not lost and not gained:
        st.markdown(plain(_("We would still reach everybody whom we reach today.")))
        return
    if lost:
        st.markdown(f"**{plain(_('Whom we would no longer reach'))}**")
        _ways(found, lost, today=True)
    if gained:
        st.markdown(f"**{plain(_('Whom we would newly reach'))}**")
        _ways(found, gained, today=False)


def _ways(found: WhatIfAtClient, ways: Mapping[str, tuple[str, ...]], *, today: bool) -> None:
    for person, way in ways.items():
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            person_link(found.names.get(person, person), person)
            route = " → ".join(found.names.get(step, step) for step in way[:-1])
            told = _("today over {way}", way=route) if today else _("then over {way}", way=route)
            st.html(f'<p class="gc-note">{safe(told)}</p>')


def _repairs(found: WhatIfAtClient) -> None:
    if not found.result.repairs:
        return
    title = _("Which new contact would mend most") if found.changes else _("Which new contact would add most")
    st.markdown(f"**{plain(title)}**")
    for repair in found.result.repairs:
        name, bar = st.columns([2, 4], vertical_alignment="center")
        with name:
            person_link(found.names[repair.person_id], repair.person_id)
        with bar:
            piece = f'<i style="left:0;width:{min(repair.gain, 1):.1%};background:{GAIN}"></i>'
            said = safe(sentence(repair.reason.code, repair.reason.params))
            st.html(
                f'<div class="gc-number">+{safe(share(repair.gain))}</div><div class="gc-track">{piece}</div>'
                f'<p class="gc-note">{said}</p>'
            )


def _ranking(found: WhatIfAtClient) -> None:
    moves = found.result.moves
    st.markdown(f"**{plain(_('What changes in the ranking'))}**")
    if not moves:
        st.caption(_("Nobody's rank or power changes."))
        return
    st.caption(_("Choose a row to see the reasons of the power that the person would have."))
    key = f"what-if-moves-{found.client_id}"
    event = st.dataframe(
        [_move(move) for move in moves],
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        height="auto" if len(moves) <= 10 else 400,
        placeholder="",
        column_config={
            _("Rank today"): st.column_config.NumberColumn(help=_("Empty: not there yet.")),
            _("Rank then"): st.column_config.NumberColumn(help=_("Empty: no longer there.")),
        },
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(moves):
        move = moves[rows[0]]
        figure = move.after or move.before
        if figure is not None:
            with st.container(border=True):
                person_link(move.name, move.person_id)
                render_reasons(figure.score, found.evidence, found.names, move.person_id)


def _move(move: Move) -> dict[str, object]:
    return {
        _("Name"): move.name,
        _("Rank today"): move.before.rank if move.before else None,
        _("Rank then"): move.after.rank if move.after else None,
        _("Power today"): _points(move.before),
        _("Power then"): _points(move.after),
    }


def _points(figure: KeyFigure | None) -> int | None:
    value = figure.score.value if figure else None
    return None if value is None else round(100 * value)


def _why(found: WhatIfAtClient) -> None:
    title = _("Why: the reasons and what they rest on")
    with st.expander(title, key=f"what-if-why-{found.client_id}", on_change="rerun") as why:
        if not why.open:
            return
        sides = [(_("Reach today"), found.result.before)]
        sides += [(_("Reach then"), found.result.after)] if found.changes else []
        for name, side in sides:
            st.markdown(f"**{plain(name)}: {plain(_reach(side))}**")
            for reason in (*side.reach.reasons, *side.health.reasons, *side.coverage.reasons):
                _reason(found, reason)


def _reason(found: WhatIfAtClient, reason: Reason) -> None:
    facts = [
        tie_line(found.evidence[fact.id]) for fact in reason.facts if fact.kind == "tie" and fact.id in found.evidence
    ]
    counted = f"<strong>+{safe(share(reason.contribution))}</strong> " if reason.weight else ""
    proof = f'<ul class="gc-proof">{"".join(dict.fromkeys(facts))}</ul>' if facts else ""
    st.html(f"<p>{counted}{safe(sentence(reason.code, reason.params))}</p>{proof}")


def _computed(found: WhatIfAtClient) -> None:
    how_computed(
        found.asked,
        _(
            "The changes are made to a copy of the structure. We reach whom somebody of ours is in contact with, and "
            "whom those people sway over at most three influences. The share of the decision is the reach of our "
            "contacts together, as in Whom to win. The fewest people whose loss cuts us off is a minimum node cut "
            "between our people and those who decide. A new contact is weighed by what it adds to the share. Pairs "
            "without a way of influence: Borgatti's fragmentation F."
        ),
        key="what-if",
    )
