"""The tab of the account plan (D1): nothing there, hostile texts, a step closed by a click."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, orion, tie


def open_plan(open_page, **query):
    at = open_page("client", client="c-orion", **query)
    at.session_state["client-tab"] = "План работы" if query.get("language") == "ru" else "Account plan"
    return at.run()


@pytest.fixture
def planned(page_environment):
    orion(page_environment)
    build(
        page_environment,
        [
            node("ap", "AccountPlan", name=HOSTILE[0], description=HOSTILE[1], begun=date(2026, 1, 1)),
            node("s1", "PlanStep", name=HOSTILE[2], due=date(2026, 1, 2), outcome=HOSTILE[3]),
            node("r1", "PlanRisk", name=HOSTILE[0], answer=HOSTILE[1]),
        ],
        [tie("ap", "FOR_CLIENT", "c-orion"), tie("s1", "STEP_OF", "ap"), tie("r1", "RISK_OF", "ap")],
    )
    return page_environment


def test_no_plan_says_what_to_do(page_environment, open_page):
    orion(page_environment)
    at = open_plan(open_page)
    assert not at.exception
    assert "There is no account plan for this client" in texts(at)
    assert "plan-new" in {one.key for one in at.button}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_hostile_texts_are_shown_and_a_step_is_closed(planned, open_page, language):
    at = open_plan(open_page, language=language)
    assert not at.exception
    assert not re.search(r"(?<!\\)<img", texts(at)), "hostile text is shown, never drawn"
    next(one for one in at.button if one.key == "s1-done").click().run()
    assert not at.exception
    (row,) = planned.read("MATCH (s:PlanStep) RETURN s.state AS state, s.closed AS closed")
    assert (row["state"], row["closed"]) == ("done", date.today())
