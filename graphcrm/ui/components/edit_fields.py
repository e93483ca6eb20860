"""The widgets of a form, made from the vocabulary: one for each type of property."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from graphcrm.formats import countries, currencies, languages, time_zones
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import plain
from graphcrm.vocabulary import VOCABULARY, Property

NUMBERS = {"integer", "number", "percent", "share", "score"}
CLOSED_LISTS = {"country": countries, "language": languages, "currency": currencies, "time_zone": time_zones}
BOUNDS = {"percent": (0.0, 100.0), "share": (0.0, 1.0), "score": (0.0, 10.0)}
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


def field(prop: Property, value: Any, key: str, names: Mapping[str, str]) -> Any:
    """Draw the widget of a property; its value, None when it is empty.

    Args:
        names: id -> name of what a property that refers to another record can hold.
    """
    label = prop.name_in(language()) + (" *" if prop.required else "")
    if prop.many:
        return _many(prop, value, key, label)
    if prop.enum:
        return _choice(prop, value, key, label)
    if prop.type == "ref":
        return chosen_record(label, value, key, names)
    if prop.type in CLOSED_LISTS:
        return chosen_record(label, value, key, CLOSED_LISTS[prop.type]())
    if prop.type in NUMBERS:
        return _number(prop, value, key, label)
    return _day_or_yes(prop, value, key, label) if prop.type in ("date", "boolean") else _text(prop, value, key, label)


def _day_or_yes(prop: Property, value: Any, key: str, label: str) -> Any:
    if prop.type == "date":
        return st.date_input(label, value=value, min_value=EARLIEST, max_value=LATEST, format=date_format(), key=key)
    answers = {True: _("yes"), False: _("no")}
    options = [None, True, False]
    shown = lambda one: answers.get(one, _("not known"))  # noqa: E731
    return st.selectbox(label, options, index=options.index(value), format_func=shown, key=key)


def date_format() -> str:
    """How dates are entered in the language in use."""
    return "DD.MM.YYYY" if language() == "ru" else "YYYY-MM-DD"


def chosen_record(label: str, value: str | None, key: str, names: Mapping[str, str]) -> str | None:
    """A choice among records by name."""
    options = [None, *names]
    if value is not None and value not in names:
        options.append(value)
    # The options of a list are text as it is: Streamlit reads no Markdown in them.
    shown = lambda one: _("not known") if one is None else names.get(one, one)  # noqa: E731
    return st.selectbox(label, options, index=options.index(value), format_func=shown, key=key)


def _many(prop: Property, value: Any, key: str, label: str) -> list[Any]:
    held = list(value or [])
    if prop.enum:
        codes = list(VOCABULARY.enumerations[prop.enum].values)
        return st.multiselect(
            label,
            codes + [one for one in held if one not in codes],
            default=held,
            format_func=lambda code: VOCABULARY.value_name(prop.enum or "", code, language()),
            placeholder=_("not known"),
            help=meanings(prop),
            key=key,
        )
    return st.multiselect(label, held, default=held, accept_new_options=True, placeholder=_("not known"), key=key)


def _choice(prop: Property, value: Any, key: str, label: str) -> str | None:
    codes = [None, *VOCABULARY.enumerations[prop.enum or ""].values]
    if value not in codes:
        codes.append(value)
    return st.selectbox(
        label,
        codes,
        index=codes.index(value),
        format_func=lambda code: VOCABULARY.value_name(prop.enum or "", code, language()) or _("not known"),
        help=meanings(prop),
        key=key,
    )


def meanings(prop: Property) -> str | None:
    """What each value of a list means, to be read beside the form; None when the vocabulary says nothing."""
    values = VOCABULARY.enumerations[prop.enum or ""].values.values()
    lines = [
        f"- **{plain(value.name_in(language()))}**: {plain(value.help_in(language()))}"
        for value in values
        if value.help_in(language())
    ]
    return "\n".join(lines) or None


def _number(prop: Property, value: Any, key: str, label: str) -> Any:
    whole = prop.type == "integer"
    low, high = BOUNDS.get(prop.type, (prop.minimum, prop.maximum))
    convert = int if whole else float
    return st.number_input(
        label,
        value=None if value is None else convert(value),
        min_value=None if low is None else convert(low),
        max_value=None if high is None else convert(high),
        step=1 if whole else 0.1 if prop.type == "share" else 1.0,
        placeholder=_("not known"),
        key=key,
    )


def _text(prop: Property, value: Any, key: str, label: str) -> str | None:
    text = "" if value is None else value if isinstance(value, str) else value.isoformat()
    if prop.type == "longtext":
        return st.text_area(label, text, key=key, height=80).strip() or None
    hint = None
    if prop.type == "partial_date":
        hint = _("Write 1968, 1968-05, 1968-05-09, or --05-09 without a year; put ~ before it for about.")
    return st.text_input(label, text, help=hint, key=key).strip() or None
