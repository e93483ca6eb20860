"""Two records side by side: why they are likely one, where they differ, what a merge would do."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import duplicates as service
from graphcrm.services.duplicates import BOTH, Comparison, Field, Likely, MergeOrder
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import number, plain, safe, share
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY


def pair_label(likely: Likely) -> str:
    """A pair in the list: how likely, and the two names."""
    return f"{share(likely.pair.score.value or 0.0)} · {likely.one_name} — {likely.other_name}"


def draw_pair(likely: Likely) -> None:
    """The chosen pair: reasons, the two records, and the buttons."""
    one, other = likely.pair.one_id, likely.pair.other_id
    key = hashlib.blake2b(f"{one}\n{other}".encode(), digest_size=6).hexdigest()
    _reasons(likely)
    keep = st.radio(
        _("Which record stays?"),
        [one, other],
        format_func=lambda own: plain(f"{likely.one_name if own == one else likely.other_name} ({own})"),
        horizontal=True,
        key=f"keep-{key}",
    )
    seen = service.compare(
        session.current_app().database, session.current_viewer(), keep, other if keep == one else one
    )
    _links(seen)
    st.html(_table(seen))
    choices = _choices(seen, f"{key}-{keep}")
    if not session.current_viewer().may_write:
        st.caption(_("Your role may look at duplicates but not merge them."))
        return
    st.markdown(plain(_what_happens(seen)))
    with st.container(horizontal=True, gap="small"):
        order = MergeOrder(seen.keep_id, seen.gone_id, choices, seen)
        nonce = secrets.token_hex(8)
        st.button(_("Merge"), type="primary", icon=":material/merge:", disabled=not seen.whole, on_click=_merge,
                  args=(order, nonce), key=f"merge-{key}")  # fmt: skip
        st.button(_("Not the same"), icon=":material/call_split:", on_click=_not_same, args=(one, other, nonce),
                  key=f"not-same-{key}")  # fmt: skip
    if not seen.whole:
        st.caption(_("They hold more than you may see. Ask the owner of the data to merge them."))


def _reasons(likely: Likely) -> None:
    rows = "".join(
        f'<li><b class="gc-number">{"+" if reason.contribution > 0 else "−"}{share(abs(reason.contribution))}</b> '
        f"{safe(sentence(reason.code, reason.params))}</li>"
        for reason in likely.pair.score.reasons
    )
    heading = _("Likeness {share}, because:", share=share(likely.pair.score.value or 0.0))
    st.html(f'<p class="gc-question">{safe(heading)}</p><ul class="gc-proof">{rows}</ul>')


def _links(seen: Comparison) -> None:
    with st.container(horizontal=True, gap="small"):
        kinds = next((one for one in seen.fields if one.prop.name == "kinds"), None)
        for name, own_id, held in (
            (seen.keep_name, seen.keep_id, kinds and kinds.keep),
            (seen.gone_name, seen.gone_id, kinds and kinds.gone),
        ):
            if seen.kind == "Person":
                person_link(name, own_id)
            elif "client" in (held or ()):  # other firms have no page
                client_link(name, own_id)


def _table(seen: Comparison) -> str:
    """Both records; a mark, not colour alone, tells where they differ."""
    head = "".join(
        f'<th scope="col" style="text-align:left;padding:.3rem .6rem">{safe(text)}</th>'
        for text in (_("Field"), _("Stays: {name}", name=seen.keep_name), _("Goes: {name}", name=seen.gone_name), "≠")
    )
    rows = "".join(_row(one) for one in seen.fields)
    return (
        '<div style="overflow-x:auto" tabindex="0" role="region" '
        f'aria-label="{safe(_("The two records side by side"))}">'
        f'<table style="width:100%;border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: Field) -> str:
    weight = "font-weight:600" if one.disagrees else ""
    cells = "".join(
        f'<td style="padding:.3rem .6rem;vertical-align:top;overflow-wrap:anywhere;{weight}">'
        f"{safe(service.value_words(one.prop, value)) or '—'}</td>"
        for value in (one.keep, one.gone)
    )
    mark = safe(_("differs")) if one.disagrees else ""
    name = safe(one.prop.name_in(language()))
    return (
        f'<tr style="border-top:1px solid color-mix(in srgb, currentColor 18%, transparent)"><th scope="row" '
        f'style="text-align:left;padding:.3rem .6rem;font-weight:400">{name}</th>{cells}'
        f'<td style="padding:.3rem .6rem">{mark}</td></tr>'
    )


def _choices(seen: Comparison, key: str) -> dict[str, str]:
    """Which value wins, for each column that disagrees."""
    differing = [one for one in seen.fields if one.disagrees]
    if not differing:
        return {}
    st.markdown(f"**{plain(_('Which value wins?'))}**")
    chosen = {}
    for one in differing:
        words = {"keep": service.value_words(one.prop, one.keep), "gone": service.value_words(one.prop, one.gone)}
        options = ["keep", "gone", BOTH] if one.long else ["keep", "gone"]
        chosen[one.prop.name] = st.radio(
            plain(one.prop.name_in(language())),
            options,
            format_func=lambda own, words=words: plain(words[own]) if own in words else _("Keep both texts"),
            horizontal=True,
            key=f"value-{key}-{one.prop.name}",
        )
    return chosen


def _what_happens(seen: Comparison) -> str:
    moved = _types(seen.moved)
    parts = [
        _("What moves to {name}: {ties}.", name=seen.keep_name, ties=moved)
        if moved
        else _("No tie has to be moved to {name}.", name=seen.keep_name)
    ]
    if seen.united:
        parts.append(_("Said by both, so kept once: {ties}.", ties=_types(seen.united)))
    if seen.ended:
        parts.append(_("Cannot be kept, as it leads from one to the other or both have one: {ties}.",
                       ties=_types(seen.ended)))  # fmt: skip
    parts.append(_("The other name is kept among the other names. A merge can be undone."))
    return " ".join(parts)


def _types(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{VOCABULARY.ties[kind].name_in(language()) if kind in VOCABULARY.ties else kind} ({number(count)})"
        for kind, count in counts.items()
    )


@guarded_callback
def _merge(order: MergeOrder, key: str) -> None:
    app = session.current_app()
    service.merge(app.database, session.current_viewer(), order, key=key, today=app.today())
    ui_state().done = _("Merged. The button Undo takes it back.")


@guarded_callback
def _not_same(one_id: str, other_id: str, key: str) -> None:
    service.not_same(session.current_app().database, session.current_viewer(), one_id, other_id, key=key)
    ui_state().done = _("Remembered: they are two.")
