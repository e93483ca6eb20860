"""The tab and the page of coverage (C1.2, D1, D4): nothing known, hostile names, the strength with its reasons."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, ours, tie

TODAY = date.today()


@pytest.fixture
def nord(page_environment):
    """One who decides, covered by one of ours; one who decides and is not; hostile names."""
    build(page_environment, *ours(bo=f"Bo {HOSTILE[3]}"))
    build(
        page_environment,
        [
            node("nord", "Organization Client", name=HOSTILE[0]),
            node("anna", "Person", name=f"Anna {HOSTILE[1]}"),
            node("per", "Person", name="Очень длинное имя " * 4),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("per", "WORKS_AT", "nord", title="Deputy", level=2),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("per", "STAKEHOLDER_IN", "nord", roles=["economic_buyer"]),
            tie("anna", "COVERED_BY", "bo", coverage="multiple", level_now="credible_source",
                level_wanted="trusted_advisor", strength=8.0, last_contact=TODAY - timedelta(days=180)),
        ],
    )  # fmt: skip
    return page_environment


def coverage_tab(open_page, **query):
    """The client's page with the tab of coverage open."""
    at = open_page("client", client="nord", **query)
    at.session_state["client-tab"] = "Охват" if query.get("language") == "ru" else "Coverage"
    return at.run()


def test_strength_decays_and_says_how(nord, open_page):
    at = coverage_tab(open_page)
    assert not at.exception
    said = texts(at)
    assert "4 of 10" in said
    assert "50% of it is left, with a half-life of 180 days" in said
    assert "Key figures nobody covers" in said
    assert not re.search(r"(?<!\\)<img", said), "hostile text is shown, never drawn"


def test_in_russian(nord, open_page):
    at = coverage_tab(open_page, language="ru")
    assert not at.exception
    assert "Матрица охвата" in texts(at)
    assert "осталось 50" in texts(at)


def test_a_client_with_nobody(page_environment, open_page):
    build(page_environment, [node("nord", "Organization Client", name="Nord")], [])
    at = coverage_tab(open_page)
    assert not at.exception
    assert "Nobody is known at this client on" in texts(at).replace("\\", "")


def test_the_whole_clientele(nord, open_page):
    at = open_page("coverage")
    assert not at.exception
    said = texts(at)
    assert "Clients on one thread · 1" in said
    assert "Key figures nobody covers · 1" in said
    assert "Below the wanted level · 1" in said


def test_the_page_without_clients(page_environment, open_page):
    build(page_environment, [node("anna", "Person", name="Anna")], [])
    at = open_page("coverage", language="ru")
    assert not at.exception
    assert "Пока нет клиентов" in texts(at) or "Клиентов пока нет" in texts(at)


def test_the_clients_of_one_of_ours(nord, open_page):
    """D4: "who is missing from my coverage" is asked of one's own clients."""
    build(
        nord,
        [node("syd", "Organization Client", name="Syd"), node("ida", "Person", name="Ida"),
         node("eva", "Person Employee", name="Eva")],
        [tie("ida", "WORKS_AT", "syd", level=1), tie("ida", "STAKEHOLDER_IN", "syd", roles=["decision_maker"]),
         tie("eva", "WORKS_AT", "us"), tie("ida", "COVERED_BY", "eva", coverage="brief")],
    )  # fmt: skip
    at = open_page("coverage")
    assert "Clients on one thread · 2" in texts(at)
    at.selectbox(key="coverage-whose").set_value("eva").run()
    said = texts(at)
    assert "Clients on one thread · 1" in said
    assert "Key figures nobody covers · 0" in said
