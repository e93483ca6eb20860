"""What the columns of a file are that are called otherwise: asked once, kept by the shape of the header."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.ingest.mapping import FoundHeader, allowed_columns, suggest_columns
from graphcrm.ingest.names import columns_by_name, kind_of, plain_name
from graphcrm.services import importing
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.file_format import file_name_of, importable, kind_name
from graphcrm.ui.components.formats import day, plain
from graphcrm.ui.state import ui_state

MOST_SHOWN = 20
SHOWN_CHARACTERS = 60
_IN_A_ROW = 2


def ask_for_mappings(app: App, headers: Sequence[FoundHeader]) -> None:
    """A card for each table whose columns, or whose name, are not known."""
    if not headers:
        return
    st.subheader(_("What are these columns?"), anchor=False)
    st.caption(
        _(
            "Say once what they hold: the next file with such a header is read the same way, here and on the "
            "command line. The nearest is chosen already."
        )
    )
    for number, header in enumerate(headers[:MOST_SHOWN]):
        with st.container(border=True, key=f"mapping-{number}"):
            _ask(app, header, f"mapping_{header.shape}")


def _ask(app: App, header: FoundHeader, key: str) -> None:
    st.markdown(f"**{plain(header.file)}**")
    stem = header.stem if header.known else _ask_kind(header, key)
    columns: dict[str, str] = {}
    if stem:
        columns = _ask_columns(header, stem, f"{key}_{stem}")
    twice = [one for one in dict.fromkeys(columns.values()) if one and [*columns.values()].count(one) > 1]
    if twice:
        names = allowed_columns(stem, language())
        st.warning(_("Given to two columns: {columns}.", columns=", ".join(plain(names[one]) for one in twice)))
    st.button(
        _("Keep and read again"),
        type="primary",
        disabled=bool(twice),
        key=f"{key}_keep",
        on_click=guarded_callback(partial(_keep, app, header, stem, columns)),
    )


def _ask_kind(header: FoundHeader, key: str) -> str:
    names = {"": _("Leave it out")} | {kind.file or "": kind_name(kind) for kind in importable()}
    stems = list(names)
    return st.selectbox(
        _("What do the rows hold?"),
        stems,
        index=stems.index(header.stem),
        format_func=names.__getitem__,
        key=f"{key}_kind",
    )


def _ask_columns(header: FoundHeader, stem: str, key: str) -> dict[str, str]:
    kind = kind_of(stem)
    assert kind is not None, stem
    names = allowed_columns(stem, language())
    labels = {"": _("Leave it out")} | {column: f"{name} ({column})" for column, name in names.items()}
    near = suggest_columns(kind, header.header)
    asked = [name for name in dict.fromkeys(header.unknown) if plain_name(name)]
    if header.known:
        taken = {columns_by_name(stem).get(plain_name(one)) for one in header.header if one not in asked}
        labels = {column: label for column, label in labels.items() if not column or column not in taken}
    options = list(labels)
    found: dict[str, str] = {}
    for begin in range(0, len(asked), _IN_A_ROW):
        for place, (name, cell) in enumerate(
            zip(asked[begin : begin + _IN_A_ROW], st.columns(_IN_A_ROW), strict=False)
        ):
            with cell:
                found[name] = st.selectbox(
                    plain(name),
                    options,
                    index=options.index(near[name]) if near.get(name) in options else 0,
                    format_func=labels.__getitem__,
                    help=_examples(header, name),
                    key=f"{key}_{begin + place}",
                )
    return found


def _examples(header: FoundHeader, name: str) -> str | None:
    place = header.header.index(name)
    values = [row[place][:SHOWN_CHARACTERS] for row in header.samples if place < len(row) and row[place].strip()]
    return _("For example: {values}", values=plain("; ".join(values))) if values else None


def _keep(app: App, header: FoundHeader, stem: str, columns: dict[str, str]) -> None:
    importing.keep_mapping(app.database, session.current_viewer(), header, stem, columns)
    ui_state().pages["import"]["files"] = None  # read them again
    ui_state().done = _("The mapping is kept. The files were read again.")


def show_kept_mappings(app: App) -> None:
    """The mappings that are kept, each with a button that forgets it."""
    kept = importing.kept_mappings(app.database, session.current_viewer())
    if not kept:
        return
    with st.expander(
        plural("{n} kept mapping of columns", "{n} kept mappings of columns", len(kept)), icon=":material/swap_horiz:"
    ):
        for one in kept[:MOST_SHOWN]:
            text, button = st.columns([5, 1], vertical_alignment="center")
            pairs = [f"{name} → {column or '×'}" for name, column in one.columns.items()]
            told = ", ".join(pairs) or _("left out whole")
            text.markdown(f"**{plain(file_name_of(one.stem) if one.stem else '—')}** · {plain(told)}")
            text.caption(day(one.changed_at.date()))
            button.button(
                _("Forget"),
                key=f"forget_{one.shape}",
                on_click=guarded_callback(
                    partial(importing.forget_mapping, app.database, session.current_viewer(), one.shape)
                ),
            )
