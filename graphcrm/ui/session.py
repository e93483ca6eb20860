"""What every page needs of its session: the app, who asks, and the day as of which things are shown."""

from __future__ import annotations

import hashlib
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App, open_app
from graphcrm.config import Settings, load_settings
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import GraphcrmError
from graphcrm.ui.state import ui_state


def current_app() -> App:
    """The App of this process. All users share it, and the database's connections with it.

    Raises:
        ConfigurationError, DatabaseUnavailable: as ``open_app``; nothing is kept then, so the next run tries again.
    """
    settings = load_settings()
    return _opened(settings, _fingerprint(settings))


def current_viewer() -> Viewer:
    """Who asks. Until there is a login: the owner of this computer."""
    return current_app().viewer


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
