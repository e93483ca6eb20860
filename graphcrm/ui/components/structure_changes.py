"""What changed at a client since a day (C1.8, D1): in plain words, each opened to its ties, and ready for a mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import quote

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.documents import FORMS
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.structure_changes import (
    CHANGE_KINDS,
    KINDS,
    Changed,
    TieLearnt,
    changed,
    changed_document,
    learnt_groups,
    learnt_line,
    turns_line,
)
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasons import sentence, tie_line

SPANS = {"week": 7, "month": 30, "quarter": 91, "year": 365}
SHOWN_SOURCES = 3
MOST_IN_ADDRESS = 1_800
"""Signs of a mail that an address may hold; longer ones many mail programs cut off."""


@st.fragment
@guarded
def render_structure_changes(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab. A fragment: another day does not draw the page again."""
    st.subheader(_("What changed"), anchor=False)
    since = _since(as_of)
    found = changed(app.database, viewer, client_id, since=since, until=as_of)
    st.caption(_("From {since} to {until}.", since=day(since), until=day(as_of)))
    if not found.changes and not found.learnt:
        empty(
            _("Nothing is recorded that changed in this time."),
            _("Choose an earlier day, or another day under As of in the sidebar."),
        )
    for kind in KINDS:
        _group(found, kind)
    _learnt(found)
    _mail(found)
    how_computed(
        found.asked,
        _(
            "The power structure is read as of both days and compared: people by who they are, ties by whom they join."
            " A tie holds on a day from its first day on and before its last. What we learnt is told by the day of its "
            "source, or of its entry, whenever it began to be so."
        ),
        key="structure-changes",
    )


def _since(as_of: date) -> date:
    """The day to compare with: a span back, or a day of one's own."""
    names = {"week": _("a week"), "month": _("a month"), "quarter": _("a quarter"), "year": _("a year"),
             "day": _("since a day")}  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.segmented_control(
            _("Look back over"), list(names), default="month", required=True, format_func=names.__getitem__,
            key="changes-span",
        )  # fmt: skip
        if chosen in SPANS:
            return as_of - timedelta(days=SPANS[chosen])
        yesterday = as_of - timedelta(days=1)
        given = st.date_input(
            _("Since"), as_of - timedelta(days=SPANS["year"]), min_value=date(1950, 1, 1), max_value=yesterday,
            key="changes-since", width=180,
        )  # fmt: skip
    return given if isinstance(given, date) else yesterday


def _group(found: Changed, kind: str) -> None:
    own = [one for one in found.changes if one.kind == kind]
    if not own:
        return
    st.html(f'<p class="gc-question">{safe(_(CHANGE_KINDS[kind]))}</p>')
    for number, change in enumerate(own):
        with st.container(gap=None, key=f"change-{kind}-{number}"):
            mark = "" if change.good is None else chip(_("good for us") if change.good else _("bad for us"),
                                                       "#1b7f4d" if change.good else "#b3322e")  # fmt: skip
            st.html(f"{safe(sentence(change.code, change.params))} {mark}")
            how = turns_line(found.turns.get(change.person_ids[0], ())) if "turned" in change.code else ""
            if how:
                st.html(f'<p class="gc-note">{safe(how)}</p>')
            _opened(found, change.tie_ids, change.person_ids)


def _opened(found: Changed, tie_ids: Sequence[str], person_ids: Sequence[str]) -> None:
    """The people to open, and the ties that tell it."""
    proof = "".join(tie_line(found.evidence[one]) for one in tie_ids if one in found.evidence)
    with st.container(horizontal=True, gap="small"):
        for one in person_ids:
            if one in found.names:
                person_link(found.names[one], one)
    if proof:
        st.html(f'<ul class="gc-proof">{proof}</ul>')


def _learnt(found: Changed) -> None:
    if not found.learnt:
        return
    st.html(f'<p class="gc-question">{safe(_("What we learnt"))}</p>')
    groups = learnt_groups(found)
    for heading, ties in groups[:SHOWN_SOURCES]:
        _heard(heading, ties)
    rest = groups[SHOWN_SOURCES:]
    if rest:
        count = sum(len(ties) for _heading, ties in rest)
        with st.expander(plural("{n} more line learnt earlier", "{n} more lines learnt earlier", count)):
            for heading, ties in rest:
                _heard(heading, ties)


def _heard(heading: str, ties: Sequence[TieLearnt]) -> None:
    lines = "".join(f"<li>{safe(learnt_line(tie))}</li>" for tie in ties)
    st.html(f'<p class="gc-note">{safe(heading)}</p><ul class="gc-proof">{lines}</ul>')


def _mail(found: Changed) -> None:
    """The same as a text: to copy, to send, to keep."""
    document = changed_document(found)
    text = FORMS["text"].write(document).decode()
    with st.expander(_("As a mail"), icon=":material/mail:", key="changes-mail"):
        st.code(text, language=None, wrap_lines=True)
        with st.container(horizontal=True, gap="small"):
            body = text if len(quote(text)) <= MOST_IN_ADDRESS else _("The text is long: paste it here.")
            st.link_button(
                _("Write a mail"), f"mailto:?subject={quote(document.title)}&body={quote(body)}",
                icon=":material/forward_to_inbox:",
            )  # fmt: skip
            for form, name in {"docx": _("Word"), "pdf": _("PDF"), "md": _("Markdown")}.items():
                st.download_button(
                    name, _maker(found, form), f"changes-{found.client_id}.{FORMS[form].ending}",
                    FORMS[form].media_type, key=f"changes-{form}", on_click="ignore",
                )  # fmt: skip


def _maker(found: Changed, form: str) -> Callable[[], bytes]:
    spoken = language()  # the session is not at hand where the file is made
    return lambda: FORMS[form].write(changed_document(found, spoken))
