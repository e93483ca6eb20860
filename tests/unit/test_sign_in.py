"""The sign-in: its settings, its file, and what the claims of a token open (faults.md, "People, rights, sessions")."""

import stat
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.config import child_environment, load_settings
from graphcrm.domain.sign_in import Account, SignIn, is_email, refusal, sign_in_of, small
from graphcrm.errors import ConfigurationError, FolderNotWritable
from graphcrm.sign_in_file import write_sign_in_file

ALL = {
    "url": "https://crm.example.org",
    "oidc_metadata_url": "https://id.example.org/.well-known/openid-configuration",
    "oidc_client_id": "graphcrm",
    "oidc_client_secret": 'sec"ret\\ 🔑',
}
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CLAIMS = {
    "iss": "https://id.example.org", "sub": "1", "aud": "graphcrm", "nonce": "n", "iat": int(NOW.timestamp()),
    "email": "Anna@Example.org", "email_verified": True,
}  # fmt: skip


def test_without_its_settings_nobody_signs_in():
    assert not load_settings().signs_in


def test_with_all_of_them_everybody_signs_in(monkeypatch):
    for name, value in ALL.items():
        monkeypatch.setenv(f"GRAPHCRM_{name.upper()}", value)
    settings = load_settings()
    assert settings.signs_in
    assert settings.further_names == ("crm.example.org",)
    assert "sec" not in repr(settings.oidc_client_secret)
    assert child_environment(settings)["GRAPHCRM_OIDC_CLIENT_SECRET"] == ALL["oidc_client_secret"]


@pytest.mark.parametrize("missing", ALL)
@pytest.mark.parametrize("given_", ["", None])
def test_half_of_them_is_an_error_that_names_what_is_missing(missing, given_):
    with pytest.raises(ConfigurationError, match=f"by half: GRAPHCRM_{missing.upper()} not set"):
        load_settings(**ALL | {missing: given_})


def test_empty_ones_are_none_as_compose_hands_them_on(monkeypatch):
    for name in ALL:
        monkeypatch.setenv(f"GRAPHCRM_{name.upper()}", "")
    assert not load_settings().signs_in


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://CRM.example.org/", "https://crm.example.org"),
        ("https://crm.example.org:443", "https://crm.example.org"),
        ("https://crm.example.org:8443", "https://crm.example.org:8443"),
        ("http://localhost:8501", "http://localhost:8501"),
    ],
)
def test_the_address_is_kept_as_browsers_write_an_origin(written, origin):
    assert load_settings(**ALL | {"url": written}).url == origin


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "http://crm.example.org"),
        ("url", "crm.example.org"),
        ("url", "https://crm.example.org/below"),
        ("url", "https://me:secret@crm.example.org"),
        ("oidc_metadata_url", "http://id.example.org/.well-known/openid-configuration"),
        ("session_hours", 0),
    ],
)
def test_what_is_not_safe_is_refused(name, value):
    with pytest.raises(ConfigurationError, match=name):
        load_settings(**ALL | {name: value})


def test_the_file_is_its_owners_and_keeps_its_secret(tmp_path):
    settings = load_settings(**ALL, data=tmp_path / "new")
    path = write_sign_in_file(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    first = tomllib.loads(path.read_text("utf-8"))["auth"]
    assert first["client_secret"] == ALL["oidc_client_secret"]
    assert first["redirect_uri"] == "https://crm.example.org/oauth2callback"
    assert len(first["cookie_secret"]) == 64
    again = write_sign_in_file(load_settings(**ALL | {"oidc_client_id": "other"}, data=tmp_path / "new"))
    second = tomllib.loads(again.read_text("utf-8"))["auth"]
    assert (second["cookie_secret"], second["client_id"]) == (first["cookie_secret"], "other")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("damage", ["", "no toml", "[auth]\ncookie_secret = 'short'\n", "auth = 1"])
def test_a_damaged_file_gets_a_new_secret(tmp_path, damage):
    (tmp_path / "sign-in.toml").write_text(damage)
    path = write_sign_in_file(load_settings(**ALL, data=tmp_path))
    assert len(tomllib.loads(path.read_text("utf-8"))["auth"]["cookie_secret"]) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_refuses_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable, match="GRAPHCRM_DATA"):
        write_sign_in_file(load_settings(**ALL, data=tmp_path / "file"))


def test_claims_tell_who_and_when():
    found = sign_in_of(CLAIMS, "graphcrm")
    assert (found.email, found.verified, found.at) == ("anna@example.org", True, NOW)
    assert sign_in_of(CLAIMS | {"aud": ["other", "graphcrm"]}, "graphcrm") == found


def test_each_sign_in_has_a_key_of_its_own():
    keys = {sign_in_of(CLAIMS | one, "graphcrm").key for one in ({}, {"nonce": "m"}, {"sub": "2"}, {"iss": "x"})}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "other", "azp": "graphcrm"},
        {"aud": None},
        {"aud": []},
        {"email": None},
        {"email": ""},
        {"email": "no e-mail"},
        {"email": ["anna@example.org"]},
        {"iat": None},
        {"iat": True},
        {"iat": "now"},
    ],
    ids=str,
)
def test_claims_for_others_or_without_the_needed_tell_nothing(wrong):
    assert sign_in_of(CLAIMS | wrong, "graphcrm") is None


@pytest.mark.parametrize(
    ("said", "verified"),
    [(True, True), ("true", True), (False, False), ("false", False), (None, False), (1, True), ("yes", False)],
)
def test_an_email_that_the_provider_calls_unverified_is_not_believed(said, verified):
    assert sign_in_of(CLAIMS | {"email_verified": said}, "graphcrm").verified is verified


def test_a_provider_that_says_nothing_of_it_is_believed():
    claims = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    assert sign_in_of(claims, "graphcrm").verified


def test_no_letter_becomes_another():
    assert small(" Anna@Example.ORG ") == "anna@example.org"
    assert small("mi\N{KELVIN SIGN}a@example.org") != "mika@example.org"
    assert small("İ@example.org") == "İ@example.org"


@given(st.text(max_size=20))
def test_making_small_twice_is_making_small_once(text):
    assert small(small(text)) == small(text)
    assert not is_email(text) or ("@" in text and " " not in text)


def _account(**changes) -> Account:
    given_ = {"id": "anna@example.org", "name": "Anna", "role": "reader", "person_id": None, "disabled": False,
              "signed_out_at": None, "ended": ()}  # fmt: skip
    return Account(**given_ | changes)


@pytest.mark.parametrize(
    ("sign_in", "account", "expected"),
    [
        ({}, _account(), None),
        ({"verified": False}, _account(), "unverified"),
        ({}, None, "unknown"),
        ({}, _account(disabled=True), "unknown"),
        ({"at": NOW - timedelta(hours=12)}, _account(), None),
        ({"at": NOW - timedelta(hours=12, seconds=1)}, _account(), "ended"),
        ({}, _account(signed_out_at=NOW + timedelta(seconds=1)), "ended"),
        ({}, _account(signed_out_at=NOW), None),
        ({}, _account(ended=("k",)), "ended"),
        ({}, _account(ended=("other",)), None),
    ],
)
def test_what_a_sign_in_opens(sign_in, account, expected):
    made = SignIn(**{"email": "anna@example.org", "verified": True, "at": NOW, "key": "k"} | sign_in)
    assert refusal(made, account, now=NOW, longest=timedelta(hours=12)) == expected
