"""The words of the graph beside the console (D3): labels, types of ties in both directions, properties."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import safe
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.model import NodeKind, Property, TieKind


def render_words() -> None:
    """The list, narrowed by a search."""
    text = st.text_input(
        _("Search the words"), key="console-words", type="search", live=True, placeholder=_("Search the words"),
        label_visibility="collapsed",
    )  # fmt: skip
    wanted = (text or "").strip().casefold()
    nodes = [_node(kind, wanted) for kind in VOCABULARY.nodes.values()]
    ties = [_tie(kind, wanted) for kind in VOCABULARY.ties.values()]
    parts = [(_("Nodes"), [one for one in nodes if one]), (_("Ties"), [one for one in ties if one])]
    told = "".join(f"<h5>{safe(title)}</h5>{''.join(found)}" for title, found in parts if found)
    st.html(f'<div class="gc-words">{told or safe(_("No such word."))}</div>')


def _node(kind: NodeKind, wanted: str) -> str:
    own = (
        kind.label,
        kind.en,
        kind.ru,
        *kind.secondary,
        *(n for one in kind.secondary.values() for n in (one.en, one.ru)),
    )
    second = "".join(
        f"<li><code>:{label}</code> {safe(one.name_in(language()))}</li>" for label, one in kind.secondary.items()
    )
    head = f"<code>:{kind.label}</code> {safe(kind.name_in(language()))}"
    return _fold(head, second, kind.properties.values(), own, wanted)


def _tie(kind: TieKind, wanted: str) -> str:
    start, end = ("|".join(side.labels) if side else "" for side in (kind.start, kind.end))
    ends = f"(:{start})-[:{kind.type}]->(:{end})" if start and end else f"[:{kind.type}]"
    back = kind.reverse_ru if language() == "ru" else kind.reverse_en
    head = f"<code>{safe(ends)}</code> {safe(kind.name_in(language()))} ⇄ {safe(back)}"
    own = (kind.type, kind.en, kind.ru, kind.reverse_en, kind.reverse_ru, start, end)
    return _fold(head, "", kind.properties.values(), own, wanted)


def _fold(head: str, first: str, properties: Iterable[Property], own: Iterable[str], wanted: str) -> str:
    """Nothing where the search finds neither the word itself nor one of its properties; these alone, if it does."""
    found = [one for one in properties if not wanted or _has(wanted, (one.name, one.en, one.ru))]
    whole = not wanted or _has(wanted, own)
    if not whole and not found:
        return ""
    items = "".join(f"<li><code>{safe(one.name)}</code> {safe(one.name_in(language()))}</li>"
                    for one in (properties if whole else found))  # fmt: skip
    is_open = " open" if wanted and not whole else ""
    return f"<details{is_open}><summary>{head}</summary><ul>{first if whole else ''}{items}</ul></details>"


def _has(wanted: str, words: Iterable[str]) -> bool:
    return any(wanted in word.casefold() for word in words)
