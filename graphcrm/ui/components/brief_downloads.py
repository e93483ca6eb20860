"""The brief of a client as files, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from graphcrm.documents import FORMS
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.brief import brief_document, client_brief
from graphcrm.ui import session
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.stance import chosen_subject


def brief_downloads(client_id: str) -> None:
    """One button for each form of the brief."""
    names = {"pdf": _("PDF"), "docx": _("Word"), "md": _("Markdown"), "text": _("Text"), "json": _("JSON")}
    what = _(
        "For a meeting: what was said last, what is ahead, who decides and pays, the key figures with their reasons."
    )
    with st.popover(_("Download the brief"), icon=":material/download:", key="brief", help=what):
        for form, name in names.items():
            st.download_button(
                name,
                _maker(client_id, form),
                f"brief-{client_id}.{FORMS[form].ending}",
                FORMS[form].media_type,
                key=f"brief-{form}",
                on_click="ignore",
                width="stretch",
            )


def _maker(client_id: str, form: str) -> Callable[[], bytes]:
    # The session is not at hand where the file is made, so all that it says is taken along.
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    spoken, weights, subject = language(), chosen_weights(), chosen_subject(client_id)

    check = session.checked_later()

    def make() -> bytes:
        check()
        found = client_brief(app.database, viewer, subject, as_of=as_of, weights=weights)
        return FORMS[form].write(brief_document(found, spoken))

    return make
