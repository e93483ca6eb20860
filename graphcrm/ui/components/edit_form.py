"""The form of one record or tie: sends what was changed, tells what is wrong and what others changed meanwhile."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from graphcrm.domain.changes import Difference, unlike
from graphcrm.errors import EditConflict, EditRefused, InvalidInput
from graphcrm.i18n import describe, language
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.edit_fields import field as draw_field
from graphcrm.ui.components.edit_guide import guided_field, help_to_choose, is_guided
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, TieKind

PROOF = frozenset({"valid_from", "valid_to", "last_verified_at", "source", "recorded_by"})
"""Columns of a stance that change with any change of it."""


@dataclass(slots=True)
class Form:
    """A form that is open.

    Attributes:
        kind, id: as of a :class:`RowEdit`. fixed: cells that are sent but not shown (the ends of a tie).
        shown: the values that the form began with. seen: those that are taken to be stored; refreshed by a conflict.
        offers: reference column -> id -> name of the records that can be chosen for it; others have no field.
        names: id -> name of what it refers to. nonce: tells its widgets and its command from all others.
        check: looks at the cells before they are sent; what it raises is told, and nothing is saved.
    """

    kind: str
    id: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] | None = None
    names: dict[str, str] = field(default_factory=dict)
    offers: dict[str, dict[str, str]] = field(default_factory=dict)
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    check: Callable[[Mapping[str, Any]], None] | None = None

    @property
    def words(self) -> NodeKind | TieKind:
        """The kind in the vocabulary."""
        return VOCABULARY.kind(self.kind)


def draw_form(form: Form) -> None:
    """Draw the form; save when it is sent."""
    properties = editing.visible_properties(session.current_viewer(), form.words)
    names = _choices(form, properties)
    guided = [prop for prop in properties.values() if is_guided(prop)]
    help_to_choose(guided, form.nonce)
    with sheet(form, bool(guided)):
        values = {**dict(_fields(form, properties, names)), **dict(_references(form))}
        corrected = form.kind == "STAKEHOLDER_IN" and bool(form.id) and _asks_for_correction(form)
        sent = save_button(form, bool(guided))
    if sent:
        cells = {name: values[name] for name in unlike(values, {name: form.shown.get(name) for name in values})}
        if form.check is not None:
            try:
                form.check(values)
            except InvalidInput as refusal:
                _tell(describe(refusal), [])
                return
        send(form, [RowEdit(form.kind, form.id, {**form.fixed, **cells}, form.seen, corrected)])


def _asks_for_correction(form: Form) -> bool:
    return st.checkbox(
        _("It was so all along: correct the record"),
        help=_("Else a changed stance counts from today, and the old one is kept as history."),
        key=f"correction-{form.nonce}",
    )


def sheet(form: Form, guided: bool) -> Any:
    """What holds the fields: a form, or where suggestions go into the fields, a plain container."""
    return st.container() if guided else st.form(f"form-{form.nonce}", border=False)


def save_button(form: Form, guided: bool) -> bool:
    """The button that sends a :func:`sheet`."""
    button = st.button if guided else st.form_submit_button
    return button(_("Save"), type="primary", icon=":material/check:", key=f"save-{form.nonce}")


def send(form: Form, edits: list[RowEdit], remove: list[editing.Record] | None = None) -> None:
    """Save and close the dialog; or tell what is wrong and leave all as it was entered."""
    app, viewer = session.current_app(), session.current_viewer()
    try:
        saved = editing.save_edits(app.database, viewer, edits, key=form.nonce, remove=remove or [], today=app.today())
    except EditRefused as refusal:
        _tell(describe(refusal), [_problem(problem) for problem in refusal.problems])
        return
    except EditConflict as conflict:
        _tell(describe(conflict), [_difference(one) for one in _take_over(form, conflict.differences)])
        return
    ui_state().done = _("Saved.") if saved.change_id else _("Nothing was changed.")
    st.rerun()


def _tell(sentence: str, lines: list[str]) -> None:
    st.warning("\n".join([plain(sentence), "", *(f"- {plain(line)}" for line in lines)]), icon=":material/warning:")


def _problem(problem: Any) -> str:
    kind = problem.file
    words = next((one for one in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if one.file == kind), None)
    prop = words.properties.get(problem.column) if words else None
    said = problem.describe(_)
    return f"{prop.name_in(language())}: {said}" if prop else said


def _difference(one: Difference) -> str:
    words = VOCABULARY.kind(one.kind)
    prop = words.properties.get(one.column)
    if prop is None and one.column in getattr(words, "references", {}):
        return _("{field}: it was changed.", field=words.references[one.column].name_in(language()))  # type: ignore[union-attr]
    if prop is None:
        return _("It is no longer as it was.")
    was, now = (editing.value_words(prop, value) or _("not known") for value in (one.expected, one.found))
    return f"{prop.name_in(language())}: {was} → {now}"


def _take_over(form: Form, differences: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """What there is to tell. From now on it counts as seen, so that saving again is a decision with open eyes."""
    if form.seen is None:
        return differences
    if form.kind == "STAKEHOLDER_IN" and any(one.column == "valid_to" for one in differences):
        return _follow(form) or differences
    for one in differences:
        if one.kind == form.kind and one.column:
            form.seen[one.column] = one.found
    return differences


def _follow(form: Form) -> tuple[Difference, ...]:
    """Somebody turned while the form was open: the old stance was ended. The form now speaks of the new one."""
    ends = (form.fixed["person_id"], form.fixed["subject_id"])
    app, before = session.current_app(), form.seen or {}
    new = editing.successor(app.database, session.current_viewer(), form.kind, ends)
    if new is None or new.id == form.id:
        return ()
    form.id, form.seen = new.id, {name: new.values.get(name) for name in before}
    changed = [name for name in unlike(before, form.seen) if name not in PROOF]
    return tuple(Difference(new.id, form.kind, name, before[name], form.seen[name]) for name in changed)


def _references(form: Form) -> Iterator[tuple[str, str | None]]:
    """The records that a node refers to, two in a row, each chosen from what is offered."""
    columns: list[Any] = []
    for name, offered in form.offers.items():
        assert isinstance(form.words, NodeKind)
        columns = columns or list(st.columns(2))
        held = form.shown.get(name)
        known = {**offered, **({held: form.names.get(held, held)} if held else {})}
        with columns.pop(0):
            label = form.words.references[name].name_in(language())
            yield name, chosen_record(label, held, f"{form.nonce}-{name}", known)


def _choices(form: Form, properties: Mapping[str, Property]) -> dict[str, dict[str, str]]:
    """Column -> id -> name, for the columns that refer to a small kind; what is held already is always among them."""
    db = session.current_app().database
    return {
        name: {
            **_held(form, name),
            **editing.choices(db, [prop.ref]),
        }
        for name, prop in properties.items()
        if prop.type == "ref" and prop.ref and not prop.many
    }


def _held(form: Form, column: str) -> dict[str, str]:
    held = form.shown.get(column)
    return {held: form.names[held]} if held in form.names else {}


def _fields(
    form: Form, properties: Mapping[str, Property], names: Mapping[str, dict[str, str]]
) -> Iterator[tuple[str, Any]]:
    common = [
        name
        for name, prop in properties.items()
        if prop.featured or prop.required or name in form.shown or is_guided(prop)
    ]
    if len(properties) <= 12 or not common:
        common = list(properties)
    yield from _grid(form, {name: properties[name] for name in common}, names)
    rest = {name: prop for name, prop in properties.items() if name not in common}
    if rest:
        with st.expander(_("More fields")):
            yield from _grid(form, rest, names)


def _grid(
    form: Form, properties: Mapping[str, Property], names: Mapping[str, dict[str, str]]
) -> Iterator[tuple[str, Any]]:
    """Short fields two in a row, long texts over the whole width."""
    columns: list[Any] = []
    for name, prop in properties.items():
        wide = prop.type == "longtext" or prop.many
        if not columns and not wide:
            columns = list(st.columns(2))
        place = st.container() if wide else columns.pop(0)
        with place:
            if is_guided(prop):
                value = guided_field(prop, form.shown.get(name), form.nonce)
            else:
                value = draw_field(prop, form.shown.get(name), f"{form.nonce}-{name}", names.get(name, {}))
        yield name, value
