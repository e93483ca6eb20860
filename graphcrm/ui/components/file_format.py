"""Which files the import reads, and which columns each may have: from the vocabulary, with empty files to fill in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, Reference, TieKind

Kind = NodeKind | TieKind


def show_file_format() -> None:
    """Choose a file, read its columns, take an empty one."""
    kinds = {kind.file or "": kind for kind in importable()}
    # The names are looked up now: Streamlit may ask for one outside the session, which has no language there.
    names = {stem: f"{stem}.csv · {kind_name(kind)}" for stem, kind in kinds.items()}
    stem = st.selectbox(_("File"), list(kinds), format_func=names.__getitem__, key="format_of")
    _show_columns(kinds[stem])
    _offer_templates(kinds[stem])


def _show_columns(kind: Kind) -> None:
    st.dataframe(
        pd.DataFrame(column_rows(kind)),
        hide_index=True,
        key="format_table",
        alt=_("Columns of {file}", file=f"{kind.file}.csv"),
        column_config={
            "column": st.column_config.TextColumn(_("Column"), width=150, pinned=True),
            "meaning": st.column_config.TextColumn(_("Meaning"), width=220),
            "form": st.column_config.TextColumn(_("Form"), width=200),
            "required": st.column_config.CheckboxColumn(_("Required"), width=85),
            "values": st.column_config.TextColumn(_("Values"), width=420),
        },
    )


def _offer_templates(kind: Kind) -> None:
    one, every, _rest = st.columns([1, 1, 2])
    one.download_button(
        _("Empty {file}", file=f"{kind.file}.csv"),
        data=template(kind),
        file_name=f"{kind.file}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="template_one",
        width="stretch",
    )
    every.download_button(
        _("All empty files"),
        data=all_templates,
        file_name="graphcrm-empty-files.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        key="template_all",
        width="stretch",
    )


def importable() -> list[Kind]:
    """The kinds that have a file, nodes before ties."""
    return [kind for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file]


def kind_name(kind: Kind) -> str:
    """What the rows of a file are, in the session's language."""
    if isinstance(kind, NodeKind):
        return kind.plural_ru if language() == "ru" else kind.plural_en
    return kind.name_in(language())


def file_name_of(stem: str) -> str:
    """What the rows of the file ``stem`` are; the stem itself for a file that is not known."""
    kind = VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)
    return kind_name(kind) if kind else stem


def template(kind: Kind) -> bytes:
    """The file with its first line and no row. The mark at its head tells spreadsheets that it is UTF-8."""
    return (",".join(kind.columns) + "\r\n").encode("utf-8-sig")


def all_templates() -> bytes:
    """Every empty file, in a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in importable():
            archive.writestr(f"{kind.file}.csv", template(kind))
    return packed.getvalue()


def column_rows(kind: Kind) -> list[dict[str, object]]:
    """One row per column of the file: name, meaning, form, whether it must be filled, and its values."""
    return [
        dict(zip(("column", "meaning", "form", "required", "values"), row, strict=True))
        for row in (_node_rows(kind) if isinstance(kind, NodeKind) else _tie_rows(kind))
    ]


def _node_rows(kind: NodeKind) -> Iterator[tuple[str, str, str, bool, str]]:
    yield "id", _("Unique name of the row"), _("text"), True, ""
    yield from map(_property_row, kind.properties.values())
    yield from map(_reference_row, kind.references.values())


def _tie_rows(kind: TieKind) -> Iterator[tuple[str, str, str, bool, str]]:
    yield "id", _("Unique name of the tie; made up when it is empty"), _("text"), False, ""
    for end in (kind.start, kind.end):
        if end:
            yield end.column, _("Who or what it ties"), _("id"), True, ", ".join(map(_label_name, end.labels))
    yield from map(_property_row, kind.properties.values())


def _property_row(prop: Property) -> tuple[str, str, str, bool, str]:
    values = ""
    if prop.enum:
        known = VOCABULARY.enumerations[prop.enum].values.values()
        values = ", ".join(f"{value.code} ({value.name_in(language())})" for value in known)
    elif prop.minimum is not None or prop.maximum is not None:
        values = f"{_bound(prop.minimum)} … {_bound(prop.maximum)}"
    return prop.name, prop.name_in(language()), _form(prop), prop.required, values


def _reference_row(reference: Reference) -> tuple[str, str, str, bool, str]:
    form = _("ids, separated by |") if reference.many else _("id")
    return (
        reference.name,
        reference.name_in(language()),
        form,
        reference.required,
        ", ".join(map(_label_name, reference.to)),
    )


def _form(prop: Property) -> str:
    forms = {
        "text": _("text"),
        "longtext": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "percent": _("percent, 0 to 100"),
        "share": _("share, 0 to 1"),
        "score": _("number, 0 to 10"),
        "boolean": _("true or false"),
        "date": _("date, 2026-05-09"),
        "datetime": _("time, 2026-05-09T14:30:00Z"),
        "partial_date": _("date or part of it: 1968, 1968-05, --05-09, ~1968"),
        "enum": _("code"),
        "ref": _("id"),
        "country": _("country, two letters (ISO 3166-1)"),
        "currency": _("currency, three letters (ISO 4217)"),
        "language": _("language, two letters (ISO 639-1)"),
        "time_zone": _("time zone, Europe/Berlin"),
        "email": _("e-mail address"),
        "phone": _("telephone number"),
        "url": _("web address"),
    }
    form = forms.get(prop.type, prop.type.upper())
    return _("{form}; several separated by |", form=form) if prop.many else form


def _label_name(label: str) -> str:
    primary = VOCABULARY.nodes[VOCABULARY.primary_of[label]]
    return primary.secondary.get(label, primary).name_in(language())


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
