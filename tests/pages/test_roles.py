"""What roles meet: no button that a service refuses, no page that ends in a refusal, one's own name and week."""

import time
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graphcrm.database.connection import Database
from graphcrm.domain.sign_in import SignIn
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, NotSignedIn
from graphcrm.services import accounts, editing, history
from graphcrm.services.editing import RowEdit
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded, guarded_callback
from graphcrm.ui.places import ADDRESSES
from graphcrm.ui.state import UiState
from tests.pages.conftest import OpenPage, texts
from tests.small_graph import TODAY, build, node, orion, tie

READING = {
    "Add the contact", "Add the influence", "Another text", "Back to the shipped weights", "Earlier change",
    "Later change", "Picture (PNG)", "Search again", "Show partners and owners", "Skip",
}  # fmt: skip
"""Buttons that change nothing but what one sees oneself."""
ANNA = "anna@example.org"


@pytest.fixture
def clientele(page_environment: Database) -> Database:
    """Orion, and a couple whose tie is a family matter."""
    orion(page_environment)
    build(page_environment, [node("spouse", "Person", name="MARK-family")], [tie("p-greta", "SPOUSE_OF", "spouse")])
    return page_environment


def roles_page(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, role: str, address: str, **query: str) -> AppTest:
    monkeypatch.setattr(session, "current_viewer", lambda: Viewer("v", "V", role))
    return open_page(address, **query)


@pytest.mark.parametrize("role", ["reader", "analyst"])
@pytest.mark.parametrize("address", [one for one in ADDRESSES.values() if one != "queries"])
def test_who_may_not_write_meets_no_button_that_is_refused(clientele, open_page, monkeypatch, role, address):
    query = {"client": {"client": "c-orion"}, "person": {"person": "p-greta"}}.get(address, {})
    names = {row["name"] for row in clientele.read("MATCH (p:Person) RETURN p.name AS name")}
    at = roles_page(open_page, monkeypatch, role, address, **query)
    assert {button.label or button.key for button in at.button} - READING - names == set()
    assert not [*at.warning, *at.error, *at.exception, *at.get("file_uploader")]
    assert "MARK-family" not in texts(at)


def test_an_owner_meets_them(clientele, open_page, monkeypatch):
    """Else the test above could not fail."""
    at = roles_page(open_page, monkeypatch, "owner", "person", person="p-greta")
    assert "Edit" in {button.label for button in at.button}
    assert "MARK-family" in texts(at)
    assert roles_page(open_page, monkeypatch, "owner", "import").get("file_uploader")


def test_an_empty_graph_offers_a_reader_nothing_to_load(page_environment, open_page, monkeypatch):
    at = roles_page(open_page, monkeypatch, "reader", "clients")
    assert not at.button
    assert "Ask the owner of the data" in texts(at)


@pytest.fixture
def signing_in(clientele: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The app asks who is there; Anna is a manager and one of ours."""
    for name, value in {
        "GRAPHCRM_URL": "http://localhost:8501", "GRAPHCRM_OIDC_CLIENT_ID": "us", "GRAPHCRM_OIDC_CLIENT_SECRET": "s",
        "GRAPHCRM_OIDC_METADATA_URL": "http://localhost:1/metadata",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    accounts.add(clientele, OWNER, (ANNA, "Anna Berg", "manager"), key="a", today=TODAY, person_id="e-kai")
    return clientele


def hers(**changes: object) -> dict[str, object]:
    return {"is_logged_in": True, "aud": "us", "email": ANNA, "iat": int(time.time()), "nonce": "n"} | changes


def as_user(at: AppTest, claims: dict[str, object]) -> AppTest:
    at.user = claims
    return at.run()


def test_without_a_sign_in_no_page_is_drawn(signing_in, open_page):
    for address in ADDRESSES.values():
        at = open_page(address)
        assert [button.label for button in at.button] == ["Sign in"]
        assert not at.exception
        assert not at.sidebar.selectbox


def test_a_click_after_being_shut_out_changes_nothing(signing_in, open_page):
    """Undo is a callback: it runs before the frame, which would have shut the page."""
    edit = RowEdit("Person", "p-greta", {"phone": "+49 30 1234567"})
    editing.save_edits(signing_in, Viewer(ANNA, "Anna Berg", "manager"), [edit], key="e", today=TODAY)
    at = as_user(open_page("person", person="p-greta"), hers())
    assert session_name(at) == "Anna Berg"
    assert history.recent(signing_in, OWNER)[0].by == "Anna Berg"
    accounts.disable(signing_in, OWNER, ANNA, key="d")
    before = len(history.recent(signing_in, OWNER))
    at.sidebar.button(key="undo").click().run()
    assert len(history.recent(signing_in, OWNER)) == before
    assert "anna@example.org may not use graphcrm." in texts(at).replace("\\", "")
    assert {button.label for button in at.button} == {"Sign in again", "Sign out"}
    assert not at.exception
    accounts.enable(signing_in, OWNER, ANNA, key="f")
    at.run()
    assert not at.warning, "the click of then is forgotten"


def test_a_fragment_and_a_callback_that_hold_who_asked_do_nothing_for_who_was_shut_out(signing_in, monkeypatch):
    """Fragments and downloads keep the viewer of the page that they were drawn with."""
    done = []

    @guarded_callback
    def save(viewer: Viewer) -> None:
        done.append(viewer)

    anna = Viewer(ANNA, "Anna Berg", "manager", "e-kai")
    state = UiState(seen_by=anna)
    monkeypatch.setattr("graphcrm.ui.components.errors.ui_state", lambda: state)
    monkeypatch.setattr(session, "current_viewer", lambda: anna)
    save(anna)
    assert (done, state.failure) == ([anna], None)
    monkeypatch.setattr(session, "current_viewer", lambda: Viewer(ANNA, "Anna Berg", "reader", "e-kai"))
    save(anna)
    assert len(done) == 1
    assert isinstance(state.failure, Forbidden)

    drawn = []
    monkeypatch.setattr("graphcrm.ui.components.errors._draws_a_fragment_only", lambda: True)
    monkeypatch.setattr(st, "rerun", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    state.failure = None
    with pytest.raises(KeyboardInterrupt):  # the whole page anew
        guarded(drawn.append)("fragment")
    assert drawn == []


def test_a_download_is_not_made_for_who_was_shut_out(signing_in, monkeypatch):
    sign_in = SignIn(ANNA, True, datetime.now(UTC), "k")
    monkeypatch.setattr(session, "current_sign_in", lambda: sign_in)
    monkeypatch.setattr(
        session, "current_viewer", lambda: Viewer(ANNA, "Anna Berg", "manager", "e-kai", acts_freely=False)
    )
    check = session.checked_later()
    check()
    accounts.set_role(signing_in, OWNER, ANNA, "reader", key="r")
    with pytest.raises(NotSignedIn):
        check()
    accounts.disable(signing_in, OWNER, ANNA, key="d")
    with pytest.raises(NotSignedIn):
        check()


def session_name(at: AppTest) -> str:
    return at.session_state["graphcrm"].admitted.viewer.name


def test_her_week_is_hers_until_she_chooses_another(signing_in, open_page):
    at = as_user(open_page("week"), hers())
    assert at.selectbox(key="week_who").value == "e-kai"
    at.selectbox(key="week_who").set_value("").run()
    assert at.selectbox(key="week_who").value == ""
    at.run()
    assert at.selectbox(key="week_who").value == ""


def test_a_contact_that_she_logs_is_hers(signing_in, open_page):
    at = as_user(open_page("person", person="p-greta"), hers())
    next(button for button in at.button if button.label == "Log a contact").click().run()
    (ours,) = [one for one in at.multiselect if one.label.startswith("By whom of ours")]
    assert ours.value == ["e-kai"]


def test_what_was_kept_for_another_role_is_forgotten(signing_in, open_page):
    at = as_user(open_page("clients"), hers())
    at.session_state["graphcrm"].pages["kept"] = "MARK-family"
    at.run()
    assert "kept" in at.session_state["graphcrm"].pages
    accounts.set_role(signing_in, OWNER, ANNA, "reader", key="r")
    at.run()
    assert "kept" not in at.session_state["graphcrm"].pages


def test_a_laptop_asks_nobody(clientele, open_page):
    at = open_page("clients")
    assert "Sign out" not in {button.label for button in at.sidebar.button}
    assert at.session_state["graphcrm"].admitted is None
