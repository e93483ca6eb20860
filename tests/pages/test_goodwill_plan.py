"""The tab of the goodwill plan: nobody known, a plan with hostile names, saved by a click; both languages (C3)."""

from __future__ import annotations

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, tie

TAB = {"en": "Goodwill plan", "ru": "План внимания"}


@pytest.fixture
def nord(page_environment):
    """One who decides, with a hostile name and a birthday."""
    build(
        page_environment,
        [
            node("nord", "Organization Client", name=HOSTILE[0]),
            node("anna", "Person", name=f"Anna {HOSTILE[1]}"),
            node("birthday", "UsefulDate", name=HOSTILE[2], kind="birthday", date="--01-20", recurs=True),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("birthday", "DATE_OF", "anna"),
        ],
    )
    return page_environment


def tab(open_page, language="en"):
    at = open_page("client", client="nord", **({"language": "ru"} if language == "ru" else {}))
    at.session_state["client-tab"] = TAB[language]
    return at.run()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_plan_and_what_came_after(nord, open_page, language):
    at = tab(open_page, language)
    assert not at.exception
    said = texts(at)
    assert ("nothing to compare" if language == "en" else "сравнивать нечего") in said


def test_planned_by_a_click(nord, open_page):
    at = tab(open_page)
    next(one for one in at.button if one.key == "goodwill-save").click().run()
    assert not at.exception
    rows = nord.read("MATCH (a:GoodwillAction)-[:TARGETS]->(p) RETURN p.id AS id, a.status AS status")
    assert rows == [{"id": "anna", "status": "planned"}]


def test_nobody_is_known(page_environment, open_page):
    build(page_environment, [node("nord", "Organization Client", name="Nord")], [])
    at = tab(open_page)
    assert not at.exception
    assert "No key figure is known" in texts(at).replace("\\", "")
