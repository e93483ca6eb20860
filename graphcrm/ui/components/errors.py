"""What a user sees when something fails: one calm sentence and the mend, never a traceback.

An error of ours (:class:`GraphcrmError`) is told in the session's language. Anything else is a bug: it gets a number
that the user can quote and that the log holds together with the traceback. A database that does not answer is asked
again in the background, and the page comes back by itself.
"""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graphcrm.errors import (
    AuthenticationFailed,
    ConfigurationError,
    DatabaseTimeout,
    DatabaseUnavailable,
    Forbidden,
    GraphcrmError,
    InvalidInput,
    LocalServerError,
    NotFound,
    NotSignedIn,
)
from graphcrm.i18n import describe
from graphcrm.i18n import translate as _
from graphcrm.ui import session
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("graphcrm.ui")

PULSE_SECONDS = 2.0
"""How often a database that does not answer is asked again."""


@contextmanager
def boundary() -> Iterator[None]:
    """Draw a failure inside it in place of what could not be drawn. What was drawn before stays."""
    try:
        yield
    except Exception as error:
        show(error)


def guarded(function: Callable[P, R]) -> Callable[P, R | None]:
    """A fragment that shows its failures and what its callbacks did: ``@st.fragment`` above, ``@guarded`` below."""

    @functools.wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R | None:
        # The frame shows news, and a click in a fragment draws the fragment only: without this the word of thanks, or
        # the failure, would wait for the next page.
        if _draws_a_fragment_only() and (ui_state().done or ui_state().failure is not None or _drawn_for_another()):
            st.rerun()
        with boundary():
            return function(*args, **kwargs)
        return None

    return inside


def _drawn_for_another() -> bool:
    """Whether the page was drawn for who is not there any longer, in this role: its fragments hold who asked then."""
    try:
        return ui_state().seen_by not in (None, session.current_viewer())
    except NotSignedIn:
        return True


def _draws_a_fragment_only() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def guarded_callback(function: Callable[P, None]) -> Callable[P, None]:
    """A callback of a widget that shows its failures: it runs before the page, so the frame shows them."""

    @functools.wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            if _drawn_for_another():
                raise Forbidden("Your rights were changed meanwhile.", mend="Look at the page anew.")
            function(*args, **kwargs)
        except Exception as error:
            ui_state().failure = error

    return inside


def show(error: Exception) -> None:
    """Draw one failure. Who is no longer signed in sees the whole page anew, which says so."""
    if isinstance(error, NotSignedIn):
        st.rerun()
    if isinstance(error, DatabaseUnavailable):
        _show_unavailable(error)
    elif isinstance(error, NotFound | InvalidInput):
        st.info(plain(describe(error)), icon=":material/search_off:")
    elif isinstance(error, ConfigurationError | AuthenticationFailed | DatabaseTimeout | LocalServerError):
        st.warning(plain(describe(error)), icon=":material/warning:")
        _retry_button()
    elif isinstance(error, GraphcrmError):
        st.warning(plain(describe(error)), icon=":material/warning:")
    else:
        _show_bug(error)


def _show_unavailable(error: DatabaseUnavailable) -> None:
    ui_state().pages["database_failed_at"] = monotonic()
    with st.container(border=True, key="database-unavailable"):
        st.subheader(_("The database does not answer"), anchor=False)
        st.write(plain(describe(error)))
        st.caption(_("Nothing is lost. This page comes back by itself as soon as the database answers."))
        _retry_button()
    _wait_for_database()


def _retry_button() -> None:
    # Any click runs the page again; the button needs no action of its own.
    st.button(_("Try again"), icon=":material/refresh:", key="retry")


@st.fragment(run_every=PULSE_SECONDS)
def _wait_for_database() -> None:
    # The page itself has just asked in vain: its own pass must not ask again and make the message late.
    if monotonic() - ui_state().pages.get("database_failed_at", 0.0) < PULSE_SECONDS / 2:
        return
    if session.database_answers():
        st.rerun()


def _show_bug(error: Exception) -> None:
    number = secrets.token_hex(4).upper()
    log.error("failure %s", number, exc_info=error)
    with st.container(border=True, key="failure"):
        st.subheader(_("Something went wrong on our side"), anchor=False)
        st.write(_("Nothing was changed by this. If it happens again, please quote the number below."))
        st.code(number, language=None)
        _retry_button()
