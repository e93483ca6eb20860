"""What was learnt in a contact, written at once: attitude, role, influence or coverage, by the rows of any edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from graphcrm.i18n import N_
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import Record, RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.edit_fields import field as draw_field
from graphcrm.ui.components.log_contact_dialog import Log
from graphcrm.vocabulary import VOCABULARY

KINDS = {
    "support": N_("Attitude to us"),
    "roles": N_("Role in the decision"),
    "influence": N_("Influence"),
    "coverage": N_("Level of the relation"),
}
OF_THE_OLD = frozenset({"valid_from", "valid_to", "source", "confidence", "recorded_by", "note", "last_verified_at"})
"""What a new statement does not take over from the one it replaces."""


def learnt_edits(log: Log, theirs: Sequence[str], ours: Sequence[str], on: date) -> list[RowEdit]:
    """Draw the choice and its fields; the rows to save with the contact."""
    kinds = [kind for kind in KINDS if log.client_id or kind not in ("support", "roles")]
    kind = st.pills(_("Learnt something?"), kinds, format_func=lambda one: _(KINDS[one]), key=log.key("learnt"))
    if kind is None:
        return []
    if not theirs:
        st.caption(_("Choose with whom first."))
        return []
    names = {one: log.choices.theirs[one] for one in theirs}
    about = theirs[0]
    if len(theirs) > 1:
        about = chosen_record(_("About whom"), about, log.key("about"), names) or about
    if kind == "influence":
        return _influence(log, about, on)
    if kind == "coverage":
        return _level(log, about, ours, on)
    return _stance(log, about, kind, on)


def _field(log: Log, tie_type: str, name: str, value: Any) -> Any:
    return draw_field(VOCABULARY.ties[tie_type].properties[name], value, log.key(f"{tie_type}-{name}"), {})


def _ties(person_id: str, tie_type: str) -> list[Record]:
    """The ties of a type that start at a person and hold."""
    found = editing.ties(session.current_app().database, session.current_viewer(), person_id)
    return [tie for tie in found if (tie.kind, tie.start) == (tie_type, person_id) and not tie.values.get("valid_to")]


def _stance(log: Log, person_id: str, name: str, on: date) -> list[RowEdit]:
    """A changed stance closes the tie that held and opens another; the same one again is a verification."""
    held = next((tie for tie in _ties(person_id, "STAKEHOLDER_IN") if tie.end == log.client_id), None)
    value = _field(log, "STAKEHOLDER_IN", name, held.values.get(name) if held else None)
    if not value:
        return []
    ends = {"person_id": person_id, "subject_id": log.client_id}
    stated = {name: value, "last_verified_at": on}
    if held is None:
        return [RowEdit("STAKEHOLDER_IN", "", {**ends, **stated, "valid_from": on})]
    seen = _seen("STAKEHOLDER_IN", held)
    begun = held.values.get("valid_from")
    if held.values.get(name) == value or (begun and begun >= on):
        return [RowEdit("STAKEHOLDER_IN", held.id, {**ends, **stated}, seen)]
    kept = {column: one for column, one in held.values.items() if column not in OF_THE_OLD and column != "recorded_at"}
    return [
        RowEdit("STAKEHOLDER_IN", held.id, {**ends, "valid_to": on}, seen),
        RowEdit("STAKEHOLDER_IN", "", {**kept, **ends, **stated, "valid_from": on}),
    ]


def _influence(log: Log, person_id: str, on: date) -> list[RowEdit]:
    others = {one: name for one, name in log.choices.theirs.items() if one != person_id}
    other = chosen_record(_("Influences whom"), None, log.key("influenced"), others)
    left, right = st.columns(2)
    with left:
        strength = _field(log, "INFLUENCES", "strength", None)
    with right:
        basis = _field(log, "INFLUENCES", "basis", None)
    if other is None:
        return []
    ends = {"person_id": person_id, "influenced_id": other}
    stated = {"strength": strength, "last_verified_at": on}
    for tie in _ties(person_id, "INFLUENCES"):
        if tie.end == other and tie.values.get("basis") == basis:
            return [RowEdit("INFLUENCES", tie.id, {**ends, **_known(stated)}, _seen("INFLUENCES", tie))]
    return [RowEdit("INFLUENCES", "", {**ends, **_known(stated), "basis": basis})]


def _level(log: Log, person_id: str, ours: Sequence[str], on: date) -> list[RowEdit]:
    """The relation as it is judged today: what was stated before is replaced, the day of it is today's."""
    if not ours:
        st.caption(_("Choose who of ours first."))
        return []
    held = next((tie for tie in _ties(person_id, "COVERED_BY") if tie.end == ours[0]), None)
    values: Mapping[str, Any] = held.values if held else {}
    names = ("coverage", "level_now", "level_wanted", "strength")
    columns = list(st.columns(2)) * 2
    stated = {}
    for name, column in zip(names, columns, strict=True):
        with column:
            begun = values.get(name) or ("brief" if name == "coverage" else None)
            stated[name] = _field(log, "COVERED_BY", name, begun)
    ends = {"person_id": person_id, "employee_id": ours[0]}
    cells = {**ends, **stated, "last_verified_at": on}
    return [RowEdit("COVERED_BY", held.id if held else "", cells, _seen("COVERED_BY", held) if held else None)]


def _seen(tie_type: str, tie: Record) -> dict[str, Any]:
    viewer = session.current_viewer()
    return {name: tie.values.get(name) for name in editing.visible_properties(viewer, VOCABULARY.ties[tie_type])}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
