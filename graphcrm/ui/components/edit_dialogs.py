"""The dialogs of the workbench: correct a record, its ties, add a person to a client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import Record, RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.edit_fields import field as draw_field
from graphcrm.ui.components.edit_form import Form, draw_form, save_button, send
from graphcrm.ui.components.edit_guide import guided_field, help_to_choose, is_guided
from graphcrm.ui.components.formats import plain, safe
from graphcrm.vocabulary import VOCABULARY


@dataclass(slots=True)
class Ties:
    """The dialog of a record's ties: the list, or the form of one of them."""

    entity_id: str
    name: str
    form: Form | None = None
    tie: Record | None = None
    adding: bool = False


def edit_buttons(entity_id: str, name: str, key: str) -> None:
    """Buttons that open the dialogs for one record; nothing for who may not write."""
    if not session.current_viewer().may_write:
        return
    with st.container(horizontal=True, gap="small", width="content"):
        if st.button(_("Edit"), icon=":material/edit:", key=f"{key}-edit"):
            open_dialog(_("Edit"), edit_record, _form_of(entity_id))
        if st.button(_("Ties"), icon=":material/polyline:", key=f"{key}-ties"):
            open_dialog(_("Ties of {name}", name=plain(name)), edit_ties, Ties(entity_id, name))


def add_person_button(client_id: str, key: str) -> None:
    """A button that opens the form of a new person at a client."""
    if session.current_viewer().may_write and st.button(
        _("Add a person"), icon=":material/person_add:", key=f"{key}-add"
    ):
        open_dialog(_("Add a person"), add_person, Form("Person", fixed={"organization_id": client_id}))


def new_client_button(key: str) -> None:
    """A button that opens the form of a new client."""
    if session.current_viewer().may_write and st.button(_("New client"), icon=":material/add_business:", key=key):
        open_dialog(
            _("New client"), edit_record, Form("Organization", shown={"kinds": ["client"]}, fixed={"kinds": ["client"]})
        )


def add_tie_button(label: str, tie_type: str, entity_id: str, name: str, key: str) -> None:
    """A button that opens the form of a new tie of a known type, from or to ``entity_id``."""
    if session.current_viewer().may_write and st.button(label, icon=":material/add:", type="tertiary", key=key):
        open_dialog(_("Ties of {name}", name=plain(name)), edit_ties, Ties(entity_id, name, adding=True), tie_type)


def edit_record_button(entity_id: str, key: str) -> None:
    """A pencil that opens the form of a record that has no page of its own."""
    if session.current_viewer().may_write and st.button(
        "", icon=":material/edit:", type="tertiary", help=_("Edit"), key=key
    ):
        open_dialog(_("Edit"), edit_record, _form_of(entity_id))


def edit_tie_button(entity_id: str, name: str, tie_id: str, key: str) -> None:
    """A pencil that opens the form of one tie of ``entity_id``."""
    if session.current_viewer().may_write and st.button(
        "", icon=":material/edit:", type="tertiary", help=_("Edit"), key=key
    ):
        dialog = Ties(entity_id, name)
        for tie in editing.ties(session.current_app().database, session.current_viewer(), entity_id):
            if tie.id == tie_id:
                _choose(dialog, tie)
        open_dialog(_("Ties of {name}", name=plain(name)), edit_ties, dialog)


def learn_button(label: str, kind: str, about: tuple[str, str], client_id: str, key: str, tie_id: str = "") -> None:
    """A button that opens the form in which a fact of this kind is entered, or the one that is there verified anew.

    Args:
        kind: type of tie, or label of node. about: id and name of the person whose fact it is, or of the client.
        tie_id: the tie or node to look at again; "" for a fact that is not there.
    """
    if session.current_viewer().may_write and st.button(label, icon=":material/edit_note:", key=key):
        title = _("What is known of {name}", name=plain(about[1]))
        if kind in VOCABULARY.ties:
            open_dialog(title, edit_ties, *_learnt_tie(kind, about, client_id, tie_id))
        elif kind in ("Person", "Organization"):
            open_dialog(title, edit_record, _form_of(about[0]))
        else:
            open_dialog(title, edit_record, _learnt_record(kind, client_id, tie_id))


def _learnt_record(kind: str, client_id: str, record_id: str) -> Form:
    """The form of a unit or plan of the client, new or there. What keeps a day of verification gets today's."""
    form = _form_of(record_id) if record_id else Form(kind)
    if not record_id:
        form.fixed = {"part_of_id" if kind == "Unit" else "client_id": client_id}
    if "last_verified_at" in VOCABULARY.nodes[kind].properties:
        form.fixed = {**form.fixed, "last_verified_at": session.current_app().today()}
        form.shown["last_verified_at"] = form.fixed["last_verified_at"]
    return form


def _learnt_tie(kind: str, about: tuple[str, str], client_id: str, tie_id: str) -> tuple[Ties, str | None]:
    """The dialog of a tie. What is entered now counts as verified today unless the form says otherwise."""
    dialog, today = Ties(*about), session.current_app().today()
    found = editing.ties(session.current_app().database, session.current_viewer(), about[0]) if tie_id else []
    for tie in found:
        if tie.id == tie_id:
            _choose(dialog, tie)
    words = VOCABULARY.ties[kind]
    if dialog.form is None and kind in ("WORKS_AT", "STAKEHOLDER_IN") and about[0] != client_id:
        assert words.start is not None
        assert words.end is not None
        dialog.form = Form(kind, fixed={words.start.column: about[0], words.end.column: client_id})
    if dialog.form is not None:
        dialog.form.fixed = {**dialog.form.fixed, "last_verified_at": today}
        dialog.form.shown["last_verified_at"] = today
        return dialog, None
    dialog.adding = True
    return dialog, kind


def _form_of(entity_id: str) -> Form:
    record = editing.record(session.current_app().database, session.current_viewer(), entity_id)
    kind = VOCABULARY.nodes[record.kind]
    shown = {name: value for name, value in record.values.items() if name in kind.properties}
    seen = {name: record.values.get(name) for name in editing.visible_properties(session.current_viewer(), kind)}
    return Form(record.kind, record.id, {}, shown, seen, dict(record.names))


def edit_record(form: Form) -> None:
    """The form of a person, a firm or another record."""
    draw_form(form)


def edit_ties(dialog: Ties, tie_type: str | None = None) -> None:
    """All ties of a record: correct, end or take away one, or add another."""
    if dialog.tie is not None and dialog.form is not None:
        _tie_form(dialog, dialog.tie, dialog.form)
    elif dialog.form is not None and not dialog.adding:
        draw_form(dialog.form)
    elif dialog.adding:
        _new_tie(dialog, tie_type)
    else:
        _tie_list(dialog)


def _tie_list(dialog: Ties) -> None:
    found = editing.ties(session.current_app().database, session.current_viewer(), dialog.entity_id)
    if st.button(_("Add a tie"), icon=":material/add:", key=f"add-tie-{dialog.entity_id}"):
        dialog.adding = True
        st.rerun(scope="fragment")
    if not found:
        st.html(f'<p class="gc-missing">{safe(_("No tie is recorded."))}</p>')
    for tie in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if st.button("", icon=":material/edit:", help=_("Edit"), key=f"tie-{tie.id}", type="tertiary"):
                _choose(dialog, tie)
                st.rerun(scope="fragment")
            st.html(_tie_line(dialog, tie))


def _tie_line(dialog: Ties, tie: Record) -> str:
    ended = tie.values.get("valid_to")
    note = f' <span class="gc-note">{safe(_("until {date}", date=ended))}</span>' if ended else ""
    return f"<span>{safe(_direction(tie.kind, tie.start == dialog.entity_id))} <b>{safe(tie.name)}</b></span>{note}"


def _direction(tie_type: str, outgoing: bool) -> str:
    kind = VOCABULARY.ties[tie_type]
    if outgoing:
        return kind.name_in(language())
    return kind.reverse_ru if language() == "ru" else kind.reverse_en


def _choose(dialog: Ties, tie: Record) -> None:
    kind = VOCABULARY.ties[tie.kind]
    assert kind.start is not None
    assert kind.end is not None
    viewer = session.current_viewer()
    seen = {name: tie.values.get(name) for name in editing.visible_properties(viewer, kind)}
    fixed = {kind.start.column: tie.start, kind.end.column: tie.end}
    names = editing.tie_names(session.current_app().database, tie)
    dialog.tie, dialog.form = tie, Form(tie.kind, tie.id, fixed, dict(tie.values), seen, names)


def _tie_form(dialog: Ties, tie: Record, form: Form) -> None:
    st.html(_tie_line(dialog, tie))
    with st.container(horizontal=True, gap="small"):
        if st.button(_("All ties"), icon=":material/arrow_back:", key=f"back-{form.nonce}"):
            dialog.tie = dialog.form = None
            st.rerun(scope="fragment")
        yesterday = session.current_app().today() - timedelta(days=1)
        if not tie.values.get("valid_to") and st.button(
            _("It has ended"), icon=":material/event_busy:", key=f"end-{form.nonce}",
            help=_("Keeps the tie as history, until today."),
        ):  # fmt: skip
            today = yesterday + timedelta(days=1)
            send(form, [RowEdit(form.kind, form.id, {**form.fixed, "valid_to": today}, form.seen)])
        if st.button(
            _("It was never so"), icon=":material/delete:", key=f"remove-{form.nonce}",
            help=_("Takes the tie away altogether. It can be undone."),
        ):  # fmt: skip
            send(form, [], [tie])
    draw_form(form)


def _new_tie(dialog: Ties, tie_type: str | None) -> None:
    db = session.current_app().database
    possible = [one for one in editing.possible_ties(editing.labels_of(db, dialog.entity_id))
                if tie_type is None or one[0] == tie_type]  # fmt: skip
    chosen = st.selectbox(
        _("What ties them"), possible, format_func=lambda one: _direction(*one), key=f"new-type-{dialog.entity_id}"
    )
    if chosen is None:
        return
    kind = VOCABULARY.ties[chosen[0]]
    assert kind.start is not None
    assert kind.end is not None
    own, far = (kind.start, kind.end) if chosen[1] else (kind.end, kind.start)
    text = st.text_input(_("Find by name"), key=f"new-find-{dialog.entity_id}")
    found = editing.find(db, text or "", far.labels)
    options = {one.id: f"{one.name} ({one.note})" if one.note else one.name for one in found}
    # The key holds what was looked for, so that the best of what was found is chosen anew.
    key = f"new-end-{dialog.entity_id}-{text}"
    other = chosen_record(_("With whom or what"), next(iter(options), None), key, options)
    if text and not options:
        st.caption(_("Nobody of this name is known. Add them first."))
    if other is None:
        return
    if dialog.form is None or dialog.form.kind != kind.type:
        dialog.form = Form(kind.type)
    dialog.form.fixed = {own.column: dialog.entity_id, far.column: other}
    draw_form(dialog.form)


def add_person(form: Form) -> None:
    """A new person with their place at the client, all in one go. A seat may be vacant, or known by function only."""
    db, viewer, client_id = session.current_app().database, session.current_viewer(), form.fixed["organization_id"]
    person, works, stake = VOCABULARY.nodes["Person"], VOCABULARY.ties["WORKS_AT"], VOCABULARY.ties["STAKEHOLDER_IN"]
    colleagues = {tie.start: tie.name for tie in editing.ties(db, viewer, client_id) if tie.kind == "WORKS_AT"}
    fields = [(person, "name"), (person, "presence"), (works, "title"), (works, "level"), (stake, "support"),
              (stake, "political_status"), (stake, "roles")]  # fmt: skip
    help_to_choose([kind.properties[name] for kind, name in fields if is_guided(kind.properties[name])], form.nonce)
    values: dict[str, Any] = {}
    columns: list[Any] = []
    for kind, name in fields:
        prop = kind.properties[name]
        columns = columns or list(st.columns(2))
        with st.container() if prop.many else columns.pop(0):
            if is_guided(prop):
                values[name] = guided_field(prop, None, form.nonce)
            else:
                begin = "known" if name == "presence" else None
                values[name] = draw_field(prop, begin, f"{form.nonce}-{name}", {})
    boss = chosen_record(_("Reports to"), None, f"{form.nonce}-boss", colleagues)
    sent = save_button(form, guided=True)
    st.caption(_("A vacant seat, or somebody known by function only, is named by what the seat is called."))
    if sent:
        send(form, _person_edits(form, client_id, values, boss))


def _person_edits(form: Form, client_id: str, values: dict[str, Any], boss: str | None) -> list[RowEdit]:
    person_id = editing.new_id("Person", form.nonce)
    edits = [
        RowEdit("Person", person_id, {"name": values["name"], "presence": values["presence"]}),
        RowEdit("WORKS_AT", "", {"person_id": person_id, "organization_id": client_id,
                                 "title": values["title"], "level": values["level"]}),
    ]  # fmt: skip
    stance = {name: values[name] for name in ("roles", "support", "political_status") if values[name]}
    if stance:
        edits.append(RowEdit("STAKEHOLDER_IN", "", {"person_id": person_id, "subject_id": client_id, **stance}))
    if boss:
        edits.append(RowEdit("REPORTS_TO", "", {"person_id": person_id, "boss_id": boss}))
    return edits
