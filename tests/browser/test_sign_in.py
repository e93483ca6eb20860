"""Signing in at an identity provider: who comes in, who does not, and how it ends (faults.md, "People, rights").

What only the server has to refuse is asked without a browser: the same addresses, redirects and cookies.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import psutil
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services import accounts
from graphcrm.streamlit_options import streamlit_options
from tests.browser.conftest import ROOT, _await_health, await_drawn, environment_of
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider
from tests.ports import free_port
from tests.small_graph import build, node, tie

ANNA = "anna@example.org"
COOKIE = "_streamlit_user"


@dataclass(frozen=True, slots=True)
class SignedApp:
    """An app with a sign-in: its address, and the folder of its data."""

    address: str
    data: Path


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    """One provider for all tests here."""
    with IdentityProvider() as started:
        yield started


@pytest.fixture(scope="module")
def signed_app(
    provider: IdentityProvider, neo4j_endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignedApp]:
    """One app for all tests here."""
    home, port = tmp_path_factory.mktemp("signed"), free_port()
    app, log = SignedApp(f"http://127.0.0.1:{port}", home / "data"), home / "log.txt"
    own = {
        "GRAPHCRM_DATA": str(app.data), "GRAPHCRM_URL": app.address, "GRAPHCRM_OIDC_CLIENT_ID": CLIENT_ID,
        "GRAPHCRM_OIDC_CLIENT_SECRET": CLIENT_SECRET, "GRAPHCRM_OIDC_METADATA_URL": provider.metadata_url,
    }  # fmt: skip
    environment = os.environ | environment_of(neo4j_endpoint) | own
    command = [sys.executable, "-m", "graphcrm.app_process", "run", str(ROOT / "app.py")]
    command += streamlit_options(server_port=port, server_headless=True)
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=home, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=out)
    try:
        _await_health(app.address, process, log)
        assert CLIENT_SECRET not in " ".join(psutil.Process(process.pid).cmdline())
        yield app
    finally:
        process.terminate()
        process.wait(10)
    assert CLIENT_SECRET not in log.read_text()


@pytest.fixture
def base(database: Database, signed_app: SignedApp, provider: IdentityProvider) -> str:
    """A client and a couple in the graph, and an account of Anna's, a manager, whom the provider lets in."""
    nodes = [
        node("us", "Organization OwnFirm", name="We"),
        node("nord", "Organization Client", name="Nord"),
        node("ida", "Person", name="Ida Moss"),
        node("max", "Person", name="MARK-spouse"),
        node("bo", "Person Employee", name="Bo Dahl"),
    ]
    ties = [
        tie("ida", "WORKS_AT", "nord", title="Head", level=1),
        tie("bo", "WORKS_AT", "us"),
        tie("ida", "SPOUSE_OF", "max", sensitivity="family"),
    ]
    build(database, nodes, ties)
    provider.email, provider.change, provider.key = ANNA, lambda _: None, provider.published
    accounts.add(database, OWNER, (ANNA, "Anna Berg", "manager"), key="anna", today=date.today(), person_id="bo")
    return signed_app.address


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    await_drawn(page)


def sign_in(page: Page, base: str) -> None:
    open_page(page, f"{base}/?language=en")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()  # also of whom is not let in
    await_drawn(page)


def test_nobody_sees_a_page_before_signing_in_and_then_as_the_role_allows(page: Page, base: str, database: Database):
    person = f"{base}/person?person=ida&language=en"
    open_page(page, person)
    expect(page.get_by_test_id("stMain")).to_contain_text("Please sign in.")
    expect(page.locator("body")).not_to_contain_text("Ida Moss")
    expect(page.get_by_text("My week")).to_have_count(0)
    sign_in(page, base)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Anna Berg")
    open_page(page, person)
    expect(page.get_by_test_id("stMain")).to_contain_text("MARK-spouse")
    expect(page.get_by_role("button", name="Edit").first).to_be_visible()
    open_page(page, f"{base}/week?language=en")
    expect(page.get_by_role("combobox", name="Whose week")).to_have_value("Bo Dahl")

    accounts.set_role(database, OWNER, ANNA, "reader", key="r")
    open_page(page, person)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Ida Moss")
    expect(page.locator("body")).not_to_contain_text("MARK-spouse")
    expect(main.get_by_role("button", name="Edit")).to_have_count(0)

    accounts.disable(database, OWNER, ANNA, key="d")
    page.get_by_role("link", name="Coverage", exact=True).click()  # the next click, over a connection that stays open
    expect(main).to_contain_text("anna@example.org may not use graphcrm.")
    expect(page.get_by_text("My week")).to_have_count(0)


def test_signing_out_in_one_tab_ends_the_other(page: Page, base: str):
    sign_in(page, base)
    other = page.context.new_page()
    open_page(other, f"{base}/person?person=ida&language=en")
    expect(other.get_by_test_id("stMain")).to_contain_text("MARK-spouse")
    kept = [one for one in page.context.cookies() if one["name"].startswith(COOKIE)]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("Please sign in.")
    other.get_by_role("link", name="My week").click()
    expect(other.get_by_test_id("stMain")).to_contain_text("You are signed out.")
    expect(other.locator("body")).not_to_contain_text("MARK-spouse")
    page.context.add_cookies(kept)  # copied before, put back afterwards
    open_page(page, f"{base}/person?person=ida&language=en")
    expect(page.get_by_test_id("stMain")).to_contain_text("You are signed out.")


def test_an_unverified_email_and_a_token_for_another_application_open_nothing(
    page: Page, base: str, provider: IdentityProvider
):
    provider.change = lambda claims: claims.update(email_verified=False)
    sign_in(page, base)
    expect(page.get_by_test_id("stMain")).to_contain_text("has not verified the e-mail anna@example.org")
    provider.change = lambda claims: claims.update(aud="another", azp=CLIENT_ID)  # Authlib lets it pass
    page.get_by_role("button", name="Sign in again").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("Please sign in.")
    provider.change = lambda _: None
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Anna Berg")


def start(app: SignedApp, http: httpx.Client) -> str:
    """Ask to sign in; the address at which the provider has led back, not yet opened."""
    secret = tomllib.loads((app.data / "sign-in.toml").read_text("utf-8"))["auth"]["cookie_secret"]
    payload = {"provider": "default", "exp": int(time.time()) + 60}
    token = jwt.encode({"alg": "HS256"}, payload, OctKey.import_key(secret))
    to_provider = http.get(f"{app.address}/auth/login", params={"provider": token})
    return http.get(to_provider.headers["location"]).headers["location"]


def wrong_key(provider: IdentityProvider) -> None:
    provider.key = RSAKey.generate_key(2048, parameters={"kid": "one"})


def claims(**wrong: object):
    def set_(provider: IdentityProvider) -> None:
        provider.change = lambda found: found.update(wrong)

    return set_


WRONG = {
    "issuer": claims(iss="https://elsewhere.example.org"),
    "audience": claims(aud="another"),
    "authorized party": claims(aud=["another", CLIENT_ID], azp="another"),
    "nonce": claims(nonce="another"),
    "no nonce": lambda provider: setattr(provider, "change", lambda found: found.pop("nonce")),
    "expired": claims(exp=1_700_000_000, iat=1_699_990_000),
    "from the future": claims(iat=int(time.time()) + 7_200),
    "key": wrong_key,
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_token_signs_nobody_in(wrong, base: str, signed_app: SignedApp, provider: IdentityProvider):
    with httpx.Client() as http:
        assert http.get(start(signed_app, http)).status_code == 302
        assert COOKIE in http.cookies, "a right one does"
    wrong(provider)
    with httpx.Client() as http:
        assert http.get(start(signed_app, http)).status_code == 302
        assert COOKIE not in http.cookies


def test_the_answer_to_another_browser_signs_nobody_in(base: str, signed_app: SignedApp):
    """Neither an address with a state that was given to another browser, nor one that was used already."""
    with httpx.Client() as hers, httpx.Client() as his:
        led_back = start(signed_app, hers)
        his.get(led_back)
        assert COOKIE not in his.cookies
        start(signed_app, his)
        his.get(led_back)
        assert COOKIE not in his.cookies, "also if he has begun to sign in himself"
        hers.get(led_back)
        assert COOKIE in hers.cookies
        hers.cookies.delete(COOKIE)
        hers.get(led_back)
        assert COOKIE not in hers.cookies, "used once"


def test_a_cookie_that_was_not_signed_here_opens_nothing(page: Page, base: str):
    sign_in(page, base)
    (cookie,) = [one for one in page.context.cookies() if one["name"] == COOKIE]
    value = cookie["value"]
    page.context.add_cookies([{**cookie, "value": value[:20] + ("A" if value[20] != "A" else "B") + value[21:]}])
    open_page(page, f"{base}/person?person=ida&language=en")
    expect(page.get_by_test_id("stMain")).to_contain_text("Please sign in.")
    assert cookie["httpOnly"]
