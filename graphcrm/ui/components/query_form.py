"""The form of a named query's parameters, made from its signature."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Query
from graphcrm.services import asking, editing
from graphcrm.services.asking import Parameter
from graphcrm.ui import session
from graphcrm.ui.components.formats import DASH, plain

PERSON = "person_id"
MOST_NAMESAKES = 8


def parameter_form(app: App, query: Query) -> dict[str, Any] | None:
    """The values, once the form has been sent and is complete; None before."""
    parameters = asking.parameters_of(query)
    with st.form(f"query-{query.name}", border=bool(parameters)):
        values = {parameter.name: _field(app, query, parameter) for parameter in parameters}
        sent = st.form_submit_button(_("Ask"), type="primary", icon=":material/play_arrow:")
    if not sent:
        return None
    missing = [one.name for one in parameters if one.required and values[one.name] in (None, "", [])]
    if missing:
        names = ", ".join(parameter_name(name) for name in missing)
        st.warning(_("Fill in: {names}.", names=plain(names)), icon=":material/edit:")
        return None
    if values.get(PERSON):
        values[PERSON] = _person(app, values[PERSON])
        if values[PERSON] is None:
            return None
    return {name: value for name, value in values.items() if value not in (None, "")}


def _person(app: App, text: str) -> str | None:
    """The id of the person who is meant by an id or a name; None, and told why, when it is not one person."""
    if "Person" in editing.labels_of(app.database, text):
        return text
    found = editing.find(app.database, text, ("Person",))
    if len(found) == 1:
        return found[0].id
    if not found:
        st.warning(_("Nobody has this name or id."), icon=":material/person_search:")
        return None
    lines = [f"- {plain(one.name)} ({plain(one.note or DASH)}): `{one.id}`" for one in found[:MOST_NAMESAKES]]
    told = _("Several people have this name. Write the id of one of them:")
    st.warning("\n".join([told, "", *lines]), icon=":material/person_search:")
    return None


def _field(app: App, query: Query, parameter: Parameter) -> Any:
    key = f"query-{query.name}-{parameter.name}"
    label = parameter_name(parameter.name)
    if parameter.name == "client_id":
        names = asking.clients_to_choose(app.database, app.viewer)
        return st.selectbox(
            label,
            list(names),
            index=None,
            format_func=lambda id: names.get(id, id),
            placeholder=_("Choose a client"),
            key=key,
        )
    if parameter.many:
        text = st.text_input(label, help=_("Several values are separated by commas."), key=key)
        return [parameter.kind(part.strip()) for part in (text or "").split(",") if part.strip()]
    return _single(parameter, label, key)


def _single(parameter: Parameter, label: str, key: str) -> Any:
    if parameter.kind is bool:
        return st.toggle(label, value=bool(parameter.default), key=key)
    if parameter.kind in (int, float):
        step = 1 if parameter.kind is int else 0.1
        return st.number_input(label, value=parameter.default, step=step, placeholder=_("A number"), key=key)
    if parameter.kind in (date, datetime):
        shape = "DD.MM.YYYY" if language() == "ru" else "YYYY-MM-DD"
        return st.date_input(label, value=session.current_day(), format=shape, key=key)
    return st.text_input(label, value=parameter.default or "", key=key)


def parameter_name(name: str) -> str:
    """A parameter's name for people; one that is not listed is shown as the query writes it."""
    known = {
        "as_of": _("As of"),
        "client_id": _("Client"),
        "person_id": _("Person: name or id"),
        "since": _("From"),
        "until": _("Until (not included)"),
        "most": _("At most so many"),
    }
    return known.get(name, name)
