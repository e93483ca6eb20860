"""What every page needs of its session: the app, who asks, and the day as of which things are shown."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import monotonic

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graphcrm.bootstrap import App, open_app
from graphcrm.config import Settings, load_settings
from graphcrm.domain.sign_in import SignIn, sign_in_of
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import GraphcrmError, NotSignedIn
from graphcrm.services import accounts
from graphcrm.ui.state import Admitted, ui_state

HOLDS_SECONDS = 2.0
"""How long the answer who asks may hold within one run."""
log = logging.getLogger("graphcrm.ui")


def current_app() -> App:
    """The App of this process. All users share it, and the database's connections with it.

    Raises:
        ConfigurationError, DatabaseUnavailable: as ``open_app``; nothing is kept then, so the next run tries again.
    """
    settings = load_settings()
    return _opened(settings, _fingerprint(settings))


def current_viewer() -> Viewer:
    """Who asks: the owner of this computer or, where one signs in, the account of who has, asked once in each run.

    Whoever acts or reads takes the viewer from here, a callback and a fragment too, which run without the frame. So who
    was shut out, or signed out in another tab, gets nothing from the next click on.

    Raises:
        NotSignedIn: nobody is signed in who may use graphcrm.
        DatabaseUnavailable and others: as the database raises; nobody is let in then.
    """
    app = current_app()
    if not app.settings.signs_in:
        return app.viewer
    state, run = ui_state(), _run()
    if state.admitted and state.admitted.run is run and monotonic() - state.admitted.at < HOLDS_SECONDS:
        return state.admitted.viewer
    state.admitted = None
    sign_in = current_sign_in()
    if sign_in is None:
        raise NotSignedIn("Relationship intelligence on a graph. Please sign in.", by_nobody=True)
    now = datetime.now(UTC)
    viewer = accounts.viewer_of(app.database, sign_in, now=now, hours=app.settings.session_hours)
    state.admitted = Admitted(viewer, run, monotonic())
    return viewer


def current_sign_in() -> SignIn | None:
    """The sign-in of which this browser's cookie tells; whether it still opens anything is not asked here."""
    client_id = current_app().settings.oidc_client_id
    claims = st.user.to_dict()
    return sign_in_of(claims, client_id) if client_id and claims.get("is_logged_in") is True else None


def checked_later() -> Callable[[], None]:
    """A check for what is made after the run, as a download is at its click: raises if the sign-in is not the same.

    The check raises NotSignedIn: signed out, shut out or in another role meanwhile.
    """
    app, viewer = current_app(), current_viewer()
    sign_in = current_sign_in() if app.settings.signs_in else None

    def check() -> None:
        if sign_in is not None and viewer != accounts.viewer_of(
            app.database, sign_in, now=datetime.now(UTC), hours=app.settings.session_hours
        ):
            raise NotSignedIn("Your rights were changed meanwhile.", mend="Look at the page anew.")

    return check


def sign_out() -> None:
    """End this sign-in in every tab, and go to the provider to end it there. The run ends here."""
    sign_in = current_sign_in()
    try:
        if sign_in is not None:
            accounts.sign_out(current_app().database, sign_in)
    except GraphcrmError as error:  # the cookie of this browser goes all the same
        log.warning("the end of a sign-in could not be kept: %s", type(error).__name__)
    st.logout()
    st.stop()


def _run() -> object:
    """Tells one run of this session from the next: Streamlit makes these anew for each, before the callbacks."""
    context = get_script_run_ctx(suppress_warning=True)
    return object() if context is None else context.cursors


def current_day() -> date:
    """The day as of which everything is shown: chosen in the sidebar, else today."""
    return ui_state().as_of or current_app().today()


def query_parameter(name: str) -> str | None:
    """A parameter of the page's address, or None when it is missing or empty."""
    return st.query_params.get(name) or None


@st.cache_resource(show_spinner=False, on_release=App.close)
def _opened(_settings: Settings, fingerprint: str) -> App:
    return open_app(_settings)


def _fingerprint(settings: Settings) -> str:
    """Tells one database from another without keeping its password in a cache's key."""
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    return hashlib.sha256(f"{settings!r}{password}".encode()).hexdigest()


def database_answers() -> bool:
    """Whether the database can be asked again. A local server that came back on another port is found, too."""
    try:
        with open_app(load_settings()) as fresh:
            fresh.database.server()
            moved = fresh.database.address != current_app().database.address
    except GraphcrmError:
        return False
    if moved:
        _opened.clear()  # type: ignore[attr-defined]
    return True
