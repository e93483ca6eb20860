"""Streamlit's settings, as they are shipped and as they are passed on the command line (neo4j.md, ui.md trap 8)."""

import tomllib
from pathlib import Path

from graphcrm.streamlit_options import streamlit_options

ROOT = Path(__file__).parents[2]


def test_the_settings_that_keep_the_app_to_itself():
    options = streamlit_options(server_port=1234)
    for wanted in (
        "--server.address=127.0.0.1",
        "--server.enableXsrfProtection=true",
        "--server.enableCORS=true",
        "--server.maxUploadSize=20",
        "--server.maxMessageSize=20",
        "--server.enableStaticServing=false",
        "--browser.gatherUsageStats=false",
        "--logger.hideWelcomeMessage=true",
        "--client.showErrorDetails=none",
        "--client.disableDataExport=true",
        "--server.port=1234",
        "--server.allowedHosts=localhost",
    ):
        assert wanted in options


def test_further_names_of_the_app_stand_beside_its_own():
    """Behind a proxy the browser's name for the app is another: Streamlit closes the connection of one not listed."""
    names = [one for one in streamlit_options("crm.example.org") if one.startswith("--server.allowedHosts=")]
    assert [one.partition("=")[2] for one in names] == ["127.0.0.1", "localhost", "crm.example.org"]


def test_none_leaves_a_setting_out_and_a_themes_list_is_one_option():
    options = streamlit_options(server_address=None)
    assert not [one for one in options if one.startswith("--server.address")]
    (sizes,) = [one for one in options if one.startswith("--theme.headingFontSizes=")]
    assert sizes.partition("=")[2].startswith("[")


def test_streamlit_run_in_the_checkout_has_the_same_settings():
    here = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    shipped = tomllib.loads((ROOT / "graphcrm" / "ui" / "streamlit.toml").read_text("utf-8"))
    assert here == shipped
