"""The tabs Owners and Clusters of the page of partners (D2): data, hostile names, nothing known, a large clientele."""

from __future__ import annotations

import re

import pytest

from graphcrm.services import partner_groups as service
from graphcrm.ui.components import partner_groups as component
from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, tie


@pytest.fixture
def open_tab(open_page):
    """Opens a tab of the page of partners by its title."""

    def open_(title: str, **query: str):
        at = open_page("partners", **query)
        at.session_state["partners-tabs"] = title
        at.run()
        assert not at.exception
        return at

    return open_


@pytest.fixture
def held(page_environment):
    """Ana owns 60% of a holding, which owns half of Nord and an unknown part of Süd."""
    build(
        page_environment,
        [
            node("holding", "Organization Partner", name=f"Holding {HOSTILE[0]}"),
            node("nord", "Organization Client", name=f"Nord {HOSTILE[1]}"),
            node("sued", "Organization Client", name="Süd"),
            node("ana", "Person", name="Очень длинное имя " * 4),
        ],
        [
            tie("ana", "OWNS", "holding", percent=60.0),
            tie("holding", "OWNS", "nord", percent=50.0),
            tie("holding", "OWNS", "sued"),
        ],
    )
    return page_environment


def test_owners(held, open_tab):
    at = open_tab("Owners")
    said = texts(at).replace("\\", "")
    assert "(60%) → Nord" in said
    assert "30%" in said
    assert "share not known" in said
    assert not re.search(r"(?<!\\)<img", texts(at)), "hostile text is shown, never drawn"
    ways = {one.proto.query_string for one in at.main if one.type == "page_link"}
    assert {"person=ana", "partner=holding", "client=nord", "client=sued"} <= ways


def test_the_ties_of_a_chain_with_who_says_so(held, open_tab):
    held.write("MATCH (:Person)-[t:OWNS]->() SET t.confidence = 0.6")
    at = open_tab("Owners")
    at.session_state["owner-why-ana"] = True
    said = texts(at.run())
    assert not at.exception
    assert "confidence 60% · source not known · never verified" in said.replace("\\", "")
    assert not re.search(r"(?<!\\)<img", said), "hostile text is shown, never drawn"


def test_clusters_in_russian(held, open_tab):
    said = texts(open_tab("Группы", language="ru")).replace("\\", "")
    assert "Группа 1" in said
    assert "Süd" in said
    assert "· 2" in said


def test_nothing_known(page_environment, open_tab):
    assert "Nobody is known to own two clients" in texts(open_tab("Owners"))
    assert "No two clients are known to share a partner or an owner" in texts(open_tab("Clusters"))


def test_what_is_left_out_is_told(held, open_tab, monkeypatch):
    monkeypatch.setattr(component, "FIRST_SHOWN", 1)
    assert "1 of 2 are shown" in texts(open_tab("Owners"))
    monkeypatch.setattr(service, "MOST_CLIENTS", 1)
    assert "Looked at are the first 1 of 2 clients by name" in texts(open_tab("Owners")).replace("\\", "")
