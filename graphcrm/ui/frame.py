"""The frame round every page: name, sections, shared choices, and the last stop for failures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from graphcrm import i18n
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotSignedIn
from graphcrm.i18n import translate as _
from graphcrm.ui import session, streamlit_words
from graphcrm.ui.components.errors import boundary, show
from graphcrm.ui.components.sign_in import ask_to_sign_in, signed_in
from graphcrm.ui.components.undo import undo_buttons
from graphcrm.ui.places import home, place
from graphcrm.ui.state import ME, UiState, default_language, ui_state

ASSETS = Path(__file__).parent / "assets"
LANGUAGE_KEY = "language"
AS_OF_KEY = "as_of"
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2200, 12, 31)


def run() -> None:
    """Draw the frame and, inside it, the page that the address names."""
    state = ui_state()
    _take_choices(state)
    st.set_page_config(page_icon=str(ASSETS / "icon.png"), layout="wide")
    viewer, refused = _viewer(state)
    outside = isinstance(refused, NotSignedIn)
    page = st.navigation(_pages(viewer), position="hidden" if outside else "sidebar")
    st.html(ASSETS / "style.css")
    shade = "dark" if st.context.theme.type == "dark" else "light"
    st.html(ASSETS / f"style-{shade}.css")
    if own_words := streamlit_words.style():
        st.html(own_words)
    st.logo(str(ASSETS / f"wordmark-{shade}.svg"), icon_image=str(ASSETS / "icon.svg"), size="large")
    if outside:
        state.failure = None
        ask_to_sign_in(refused)
        return
    with st.sidebar:
        _choices(state)
        signed_in()
        beside = st.container()
    _news(state)
    with boundary():
        if refused is not None:
            raise refused
        page.run()
        # After the page, so that nothing is asked twice of a database that does not answer.
        with beside:
            undo_buttons()


def _viewer(state: UiState) -> tuple[Viewer, Exception | None]:
    """Who asks; or why no page can be drawn: nobody is signed in who may see one, or that cannot be asked."""
    try:
        viewer = session.current_viewer()
    except Exception as error:
        return OWNER, error
    if state.seen_by not in (None, viewer):
        state.pages.clear()  # what was kept for another role, or another person in this tab, may show too much
    if state.seen_by != viewer:
        state.seen_by = viewer
        state.pages[ME] = viewer.person_id or state.pages.get(ME, "")
    return viewer, None


def _pages(viewer: Viewer) -> dict[str, list[st.Page]]:
    """Sections and pages. The pages of one client and one person are reached by a click or an address.

    What a role cannot use at all is not listed for it; at its address the page says so.
    """
    writes = {"visibility": "visible" if viewer.may_write else "hidden"}
    asks = {"visibility": "visible" if viewer.may_see >= OWNER.may_see else "hidden"}
    return {
        _("Clientele"): [
            home(title=_("Clients"), icon=":material/domain:"),
            place("clients", title=_("Clients"), visibility="hidden"),
            place("week", title=_("My week"), icon=":material/event_available:"),
            place("coverage", title=_("Coverage"), icon=":material/hub:"),
            place("partner_loss", title=_("Partners"), icon=":material/handshake:"),
            place("calendar", title=_("Calendar"), icon=":material/calendar_month:"),
            place("congratulations", title=_("Congratulations"), icon=":material/cake:"),
            place("events", title=_("Events"), icon=":material/celebration:"),
            place("gifts", title=_("Gifts"), icon=":material/redeem:"),
            place("client", title=_("Client"), visibility="hidden"),
            place("person", title=_("Person"), visibility="hidden"),
        ],
        _("Data"): [
            place("import_files", **writes, title=_("Import"), icon=":material/upload_file:"),
            place("contacts_import", **writes, title=_("Import contacts"), icon=":material/contact_mail:"),
            place("duplicates", title=_("Duplicates"), icon=":material/merge:"),
            place("queries", **asks, title=_("Queries"), icon=":material/database_search:"),
        ],
    }


def _take_choices(state: UiState) -> None:
    """The language holds for the names of the pages too, so it is read before its widget is drawn."""
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    if chosen:
        state.language = i18n.supported(chosen)
    # The address tells the language where it is not the browser's own, so that reload and bookmark keep it. Streamlit
    # could bind the widget to the address by itself, but would write the language's name there, not its code.
    if state.language != default_language():
        st.query_params[LANGUAGE_KEY] = state.language
    elif LANGUAGE_KEY in st.query_params:
        del st.query_params[LANGUAGE_KEY]


def _choices(state: UiState) -> None:
    """Language and as-of date: shared by all pages and kept in the address, so a link shows the same."""
    state.as_of = st.date_input(
        _("As of"),
        value=None,
        min_value=EARLIEST_DAY,  # Streamlit's own bounds are ten years away
        max_value=LATEST_DAY,
        format="DD.MM.YYYY" if state.language == "ru" else "YYYY-MM-DD",
        help=_(
            "Show the clientele as it is known to be on this day; a day ahead shows who will have left. "
            "Empty means today."
        ),
        key=AS_OF_KEY,
        bind="query-params",
    )
    codes = list(i18n.LANGUAGES)
    st.selectbox(
        _("Language"),
        codes,
        index=codes.index(state.language),
        format_func=i18n.LANGUAGES.__getitem__,
        key=LANGUAGE_KEY,
    )


def _news(state: UiState) -> None:
    """What a callback has done or failed to do since the last run."""
    if state.failure is not None:
        failure, state.failure = state.failure, None
        show(failure)
    if state.done:
        st.toast(state.done, icon=":material/check:")
        state.done = ""
