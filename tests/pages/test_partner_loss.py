"""The page of partners (D2): list, one partner and what breaks, nothing known, hostile names, a viewer's rights."""

from __future__ import annotations

import re

import pytest

from graphcrm.domain.viewer import Viewer
from graphcrm.ui import session
from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, ours, tie


@pytest.fixture
def bank(page_environment):
    """Eva knows Mia at the bank, Mia alone knows Ada, who decides at Nord. The bank is tied to Süd, too."""
    build(page_environment, *ours(eva="Eva"))
    build(
        page_environment,
        [
            node("bank", "Organization Partner", name=f"Bank {HOSTILE[0]}"),
            node("nord", "Organization Client", name=f"Nord {HOSTILE[1]}"),
            node("sued", "Organization Client", name="Süd"),
            node("mia", "Person", name="Очень длинное имя " * 4),
            node("ada", "Person", name=f"Ada {HOSTILE[3]}"),
        ],
        [
            tie("mia", "WORKS_AT", "bank"),
            tie("ada", "WORKS_AT", "nord"),
            tie("ada", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("eva", "KNOWS", "mia", strength=7.0),
            tie("mia", "KNOWS", "ada", strength=6.0, sensitivity="personal"),
            tie("bank", "PARTNER_OF", "nord", kind="bank"),
            tie("bank", "OWNS", "sued", percent=30.0, sensitivity="restricted"),
        ],
    )  # fmt: skip
    return page_environment


def rows(at):
    """The cells of the list."""
    return at.dataframe[0].value.to_dict("records")


def test_the_list(bank, open_page):
    at = open_page("partners")
    assert not at.exception
    (row,) = rows(at)
    assert (row["clients"], row["links"], row["people"]) == (2, "Bank, owns", 1)
    assert "Süd" in row["names"]


def test_one_partner_and_its_reasons(bank, open_page):
    at = open_page("partners", partner="bank")
    assert not at.exception
    said = texts(at).replace("\\", "")
    assert "Key figures to whom we have a way only over this firm: Ada" in said
    assert "Eva →" in said
    assert "Share of the decision that we reach: 0%, then 0%." in said
    assert not re.search(r"(?<!\\)<img", texts(at)), "hostile text is shown, never drawn"


def test_in_russian_and_on_a_day_before(bank, open_page):
    at = open_page("partners", partner="bank", language="ru")
    assert not at.exception
    assert "Без партнёра: Bank" in texts(at).replace("\\", "")
    bank.write("MATCH (:Person {id: 'mia'})-[t:KNOWS]->(:Person {id: 'ada'}) SET t.valid_from = date('2026-01-01')")
    assert "Eva →" not in texts(open_page("partners", partner="bank", as_of="2025-06-01"))


def test_what_a_reader_may_not_see(bank, open_page, monkeypatch):
    monkeypatch.setattr(session, "current_viewer", lambda: Viewer("r", "Reader", "reader"))
    (row,) = rows(open_page("partners"))
    assert (row["clients"], row["links"]) == (1, "Bank"), "an owner that is restricted"
    assert row["people"] != 1, "a tie that is personal"
    said = texts(open_page("partners", partner="bank"))
    assert "Süd" not in said
    assert "No way of ours leads over it" in said


def test_nothing_known_or_found(page_environment, open_page):
    build(page_environment, [node("alone", "Organization Partner", name="Alone")], [])
    assert "No partner of any client is known" in texts(open_page("partners"))
    assert "No client is tied to this firm" in texts(open_page("partners", partner="alone"))
    assert "There is no such firm" in texts(open_page("partners", partner="nobody"))


def test_a_search_that_finds_nothing(bank, open_page):
    at = open_page("partners")
    at.text_input(key="partners_search").set_value("zzz").run()
    assert "No partner has such a name" in texts(at)
    at.text_input(key="partners_search").set_value("BANK").run()
    assert len(rows(at)) == 1
