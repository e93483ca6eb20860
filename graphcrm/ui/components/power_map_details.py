"""Beside the map: who was chosen, their roles, who of ours covers them, whom they sway, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.structure import InfluenceTie, Stakeholder
from graphcrm.domain.viewer import Viewer
from graphcrm.drawing.model import MapData
from graphcrm.drawing.power_map import coverage_of
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.power_map import PowerMap, last_contacts
from graphcrm.ui.components.chips import show_chips, value_chip
from graphcrm.ui.components.formats import day, days_from, number, plain, safe
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasoned_ties import render_pair
from graphcrm.ui.components.reasons import points, sentence
from graphcrm.ui.graph.component import Selection
from graphcrm.vocabulary import VOCABULARY

MOST_LINES = 6


def render_details(app: App, viewer: Viewer, found: PowerMap, data: MapData, selection: Selection) -> None:
    """What is chosen on the map; without a choice, what is missing in the whole."""
    people = found.structure.by_id
    pair = next((one for one in found.reasoned if one.id in selection.edges[:1]), None)
    if pair is not None:
        render_pair(found.structure.names, pair)
    elif selection.edges:
        _tie(data, selection.edges[0])
    elif len(selection.nodes) > 1:
        st.markdown(f"**{plural('{n} card chosen', '{n} cards chosen', len(selection.nodes))}**")
        names = {node.id: node.name for node in data.nodes}
        _lines([names.get(node, node) for node in selection.nodes])
    elif selection.nodes and selection.nodes[0] in people:
        _person(app, viewer, found, people[selection.nodes[0]])
    elif selection.nodes:
        _neighbour(found, data, selection.nodes[0])
    else:
        _whole(found)


def _whole(found: PowerMap) -> None:
    st.markdown(f"**{plain(found.client_name)}**")
    st.caption(_("Choose a card or a tie to see what is known. Drag with Shift to choose several."))
    key = [figure for figure in found.figures.values() if figure.is_key]
    if key:
        _head(_("Key figures"))
        st.caption(_("The number is the place by power among all; others than key figures are left out."))
        for figure in key[:MOST_LINES]:
            person_link(f"{figure.rank}. {figure.name}", figure.person_id)
    missing = found.gaps.get("", ())
    if missing:
        _head(_("Not known"))
        _lines([sentence(gap.code, gap.params) for gap in missing])


def _person(app: App, viewer: Viewer, found: PowerMap, person: Stakeholder) -> None:
    person_link(person.name, person.id, _("Open the person's page"))
    st.caption(plain(" · ".join(filter(None, (person.title, person.unit_name)))))
    roles = sorted(person.roles, key=list(VOCABULARY.enumerations["role"].values).index)
    show_chips([value_chip("support", person.support), *(value_chip("role", role) for role in roles)])
    figure = found.figures.get(person.id)
    if figure is not None:
        chart = _("by the chart {n}", n=figure.formal_rank) if figure.formal_rank else _("the chart does not tell")
        told = _(
            "Power {points} of 100, rank {rank} ({chart})",
            points=points(figure.score.value),
            rank=figure.rank,
            chart=chart,
        )
        st.caption(plain(told))
    _coverage(found, person)
    ties = found.structure.influences
    _influence(_("Influences"), [tie for tie in ties if tie.source_id == person.id], found, "target_id")
    _influence(_("Influenced by"), [tie for tie in ties if tie.target_id == person.id], found, "source_id")
    _contacts(app, viewer, found, person)
    missing = found.gaps.get(person.id, ())
    if missing:
        _head(_("Not known"))
        _lines([sentence(gap.code, gap.params) for gap in missing])


def _coverage(found: PowerMap, person: Stakeholder) -> None:
    _head(_("Covered by"))
    ties = found.structure.coverage_of.get(person.id, ())
    if not ties:
        best = coverage_of(found, person.id)
        st.caption(_("nobody of ours") if best == "none" else _("not known"))
        return
    lines = []
    for tie in ties:
        level = VOCABULARY.value_name("relationship_level", tie.level_now, language())
        kind = VOCABULARY.value_name("coverage", tie.coverage, language())
        contact = days_from(tie.last_contact, found.structure.as_of) if tie.last_contact else ""
        lines.append(" · ".join(filter(None, (tie.employee_name, kind, level, contact))))
    _lines(lines)


def _influence(title: str, ties: Sequence[InfluenceTie], found: PowerMap, end: str) -> None:
    if not ties:
        return
    _head(title)
    lines = []
    for tie in sorted(ties, key=lambda tie: -(tie.strength or 0)):
        other = getattr(tie, end)
        strength = _("strength not known") if tie.strength is None else _("strength {n} of 10", n=number(tie.strength))
        basis = VOCABULARY.value_name("influence_basis", tie.basis, language())
        lines.append(" · ".join(filter(None, (found.structure.names.get(other, other), strength, basis))))
    _lines(lines)


def _contacts(app: App, viewer: Viewer, found: PowerMap, person: Stakeholder) -> None:
    contacts = last_contacts(app.database, viewer, person.id, as_of=found.structure.as_of)
    _head(_("Last contacts"))
    if not contacts:
        st.caption(_("none recorded"))
        return
    lines = []
    for contact in contacts:
        kind = VOCABULARY.value_name("interaction_kind", contact.kind, language()) if _KINDS else contact.kind
        ours = ", ".join(employee["name"] for employee in contact.employees)
        lines.append(" · ".join(filter(None, (day(contact.date), kind, ours))))
    _lines(lines)


_KINDS = "interaction_kind" in VOCABULARY.enumerations


def _tie(data: MapData, edge_id: str) -> None:
    edge = next((edge for edge in data.edges if edge.id == edge_id), None)
    if edge is None:
        return
    st.markdown(f"**{plain(VOCABULARY.ties[edge.kind].name_in(language()))}**")
    _lines(list(edge.tooltip))


def _neighbour(found: PowerMap, data: MapData, node_id: str) -> None:
    node = next(node for node in data.nodes if node.id == node_id)
    kind = next((item.kind for item in found.neighbours if item.id == node_id), "person")
    if kind == "client":
        client_link(node.name, node_id)
    elif kind == "person":
        person_link(node.name, node_id, _("Open the person's page"))
    else:
        st.markdown(f"**{plain(node.name)}**")
    if node.title:
        st.caption(plain(node.title))
    told = [
        line for edge in data.edges if node_id in (edge.source, edge.target) for line in (" · ".join(edge.tooltip),)
    ]
    _lines(told)


def _head(text: str) -> None:
    st.html(f'<div class="gc-note" style="margin-top:.35rem;font-weight:600">{safe(text)}</div>')


def _lines(lines: Sequence[str]) -> None:
    """A short list; the rest is counted."""
    items = "".join(f"<li>{safe(line)}</li>" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        items += f"<li>{safe(plural('and {n} more', 'and {n} more', len(lines) - MOST_LINES))}</li>"
    st.html(f'<ul class="gc-proof gc-said">{items}</ul>')
