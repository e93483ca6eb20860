"""Settings: from the environment, from options, to child processes."""

import pytest

from graphcrm.config import child_environment, load_settings
from graphcrm.errors import ConfigurationError


def test_the_default_is_a_local_server(monkeypatch):
    monkeypatch.delenv("NEO4J_URI", raising=False)
    assert load_settings().is_local


def test_neo4js_own_names_are_read(monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://example.invalid")
    monkeypatch.setenv("NEO4J_PASSWORD", "hidden")
    settings = load_settings()
    assert (settings.neo4j_uri, settings.is_local) == ("neo4j+s://example.invalid", False)
    assert "hidden" not in repr(settings)


def test_an_option_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("GRAPHCRM_HEAP", "1g")
    assert load_settings().heap == "1g"
    assert load_settings(heap="2g").heap == "2g"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("heap", "lots"),
        ("bolt_port", 70000),
        ("language", "fr"),
        ("disk_spare", "half"),
        ("ui_names", "https://crm.example.org"),
        ("ui_names", "*"),
        ("ui_names", "a,,b"),
    ],
)
def test_a_wrong_value_names_the_setting(name, value):
    with pytest.raises(ConfigurationError, match=f"The setting {name} cannot be used"):
        load_settings(**{name: value})


def test_further_names_are_listed_with_commas(monkeypatch):
    assert load_settings().further_names == ()
    monkeypatch.setenv("GRAPHCRM_UI_NAMES", "")
    assert load_settings().further_names == ()
    monkeypatch.setenv("GRAPHCRM_UI_NAMES", "crm.example.org, *.crm.example.org,team")
    assert load_settings().further_names == ("crm.example.org", "*.crm.example.org", "team")


def test_a_child_process_sees_the_same_settings(monkeypatch, tmp_path):
    settings = load_settings(data=tmp_path, ui_port=1234, neo4j_uri="bolt://127.0.0.1:1", neo4j_password="hidden")
    environment = child_environment(settings)
    for name in list(environment):
        if name.startswith(("NEO4J_", "GRAPHCRM_")):
            monkeypatch.setenv(name, environment[name])
    assert load_settings() == settings


@pytest.mark.parametrize(("given", "size"), [("0m", 0), ("3k", 3 * 1024), ("512m", 512 * 1024**2), ("2g", 2 * 1024**3)])
def test_the_room_kept_free_is_written_as_java_writes_sizes(given, size):
    assert load_settings(disk_spare=given).disk_spare_bytes == size
