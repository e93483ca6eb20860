"""What of the map is shown: kinds of tie, and people by role, attitude, coverage and unit; and the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from graphcrm.drawing.power_map import Filters, legend_entries
from graphcrm.drawing.power_map_ties import REASONED, SWITCHED, tie_name
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.power_map import PowerMap
from graphcrm.ui.components.formats import safe
from graphcrm.vocabulary import VOCABULARY

SIGNS = {
    "dot": '<b style="background:{color}"></b>',
    "line": '<b style="background:{color};height:3px;width:22px;border-radius:0"></b>',
    "dashed": '<b style="background:repeating-linear-gradient(90deg,{color} 0 6px,transparent 6px 9px);'
    'height:3px;width:22px;border-radius:0"></b>',
    "ring": '<b style="background:#b7791f;border-radius:50%"></b>',
    "gap": '<b style="background:#fde8c8;border:1px solid #b7791f;border-radius:7px;width:18px"></b>',
    "bars": '<b style="background:linear-gradient(90deg,currentColor 30%,transparent 30% 36%,currentColor 36% 66%,'
    'transparent 66% 72%,#8888 72%)"></b>',
}


def choose_filters(found: PowerMap) -> Filters:
    """A popover with the filters for people."""
    units = {person.unit_id: person.unit_name or "" for person in found.structure.people if person.unit_id}
    with st.popover(_filter_label(found.client_id), icon=":material/filter_alt:"):
        return Filters(
            roles=_choice("role", _("Role")),
            supports=_choice("support", _("Attitude to us")),
            coverages=_choice("coverage", _("Coverage")),
            units=_pick(units, _("Unit"), f"map-units-{found.client_id}"),
        )


def choose_ties(filters: Filters) -> Filters:
    """The filters, with the kinds of tie that are switched on."""
    kinds = [*sorted(SWITCHED - {REASONED}, key=list(VOCABULARY.ties).index), REASONED]
    ties = st.pills(
        _("Ties"),
        kinds,
        selection_mode="multi",
        default=kinds[:-1],
        format_func=lambda kind: _("know or may know") if kind == REASONED else tie_name(kind),
        key="map-ties",
        label_visibility="collapsed",
    )
    return replace(filters, ties=frozenset(ties or ()))


def show_legend(filters: Filters) -> None:
    """What colours, lines and badges mean, under the map."""
    items = "".join(
        f"<span>{SIGNS[entry.sign].format(color=entry.color)}{safe(entry.text)}</span>"
        for entry in legend_entries(filters.ties)
    )
    st.html(f'<div class="gc-legend">{items}</div>')


def _filter_label(client_id: str) -> str:
    keys = ("map-role", "map-support", "map-coverage", f"map-units-{client_id}")
    active = sum(bool(st.session_state.get(key)) for key in keys)
    return _("Filters ({n})", n=active) if active else _("Filters")


def _choice(enumeration: str, label: str) -> frozenset[str]:
    values = VOCABULARY.enumerations[enumeration].values
    return _pick({code: value.name_in(language()) for code, value in values.items()}, label, f"map-{enumeration}")


def _pick(names: Mapping[str, str], label: str, key: str) -> frozenset[str]:
    chosen = st.multiselect(
        label,
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder=_("all"),
        key=key,
        disabled=not names,
    )
    return frozenset(chosen)
