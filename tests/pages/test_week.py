"""The page of the week (D1): nothing there, hostile names, one of ours in the address, a step ticked off."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, ours, tie


@pytest.fixture
def nord(page_environment):
    """A client with a step that is due today; all names try to be more than names."""
    today = date.today()
    build(page_environment, *ours(bo="Bo Dahl"))
    build(
        page_environment,
        [
            node("nord", "Organization Client", name=HOSTILE[0]),
            node("anna", "Person", name=f"Anna {HOSTILE[1]}"),
            node("i1", "Interaction", kind="call", date=today, next_step=HOSTILE[3], next_step_due=today),
        ],
        [
            tie("anna", "WORKS_AT", "nord"),
            tie("i1", "FOR_CLIENT", "nord"),
            tie("i1", "CONDUCTED_BY", "bo"),
            tie("i1", "WITH", "anna"),
        ],
    )
    return page_environment


def test_an_empty_week_says_so(page_environment, open_page):
    build(page_environment, [node("nord", "Organization Client", name="Nord")], [])
    at = open_page("week")
    assert not at.exception
    assert "Nothing is due in these days." in texts(at)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_step_is_ticked_off(nord, open_page, language):
    at = open_page("week", language=language, **{"for": "bo"})
    assert not at.exception
    assert not re.search(r"(?<!\\)<img", texts(at)), "hostile text is shown, never drawn"
    next(one for one in at.button if one.key == "due-0-done").click().run()
    assert not at.exception
    assert nord.read("MATCH (i:Interaction) RETURN i.next_step_done AS on")[0]["on"] == date.today()


def test_an_unknown_one_in_the_address_means_everybody(nord, open_page):
    at = open_page("week", **{"for": "nobody"})
    assert not at.exception
    assert "1 client looked at" in texts(at)
