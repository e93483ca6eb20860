"""What is not known, found and entered; one deal against the rule; ratings given blind (A5, C1.8, C2.1, D1)."""

import re

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of
from tests.small_graph import build, orion, tie


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on Orion, with a stake in its open deal."""
    orion(database)
    stake = tie("p-nina", "STAKEHOLDER_IN", "deal-open", id="in-deal", roles=["decision_maker"], support="enemy")
    build(database, [], [stake])
    return start_app(**environment_of(neo4j_endpoint))


def open_tab(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/client?client=c-orion&language=en")
    page.get_by_role("tab", name=name, exact=True).click()
    await_drawn(page)


def resamplings(page: Page) -> list[str]:
    notes = page.get_by_text(re.compile("of 100 resamplings"))
    expect(notes.first).to_be_visible()
    return notes.all_inner_texts()


def test_the_next_question_is_answered_in_its_form_and_the_ranking_grows_surer(page: Page, base: str):
    """C1.8, C2.1: open the form from the question, set the confidence to certain; question and shares change."""
    open_tab(page, base, "Key figures")
    before = resamplings(page)
    open_tab(page, base, "Gaps")
    expect(page.get_by_role("heading", name="The next best question")).to_be_visible()
    asked = page.locator(".gc-question").first.inner_text()
    page.locator(".st-key-ask-0 button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Confidence").fill("1")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(asked, exact=True)).to_have_count(0)
    open_tab(page, base, "Key figures")
    assert resamplings(page) != before


def test_a_gap_is_closed_in_its_form_and_leaves_the_list(page: Page, base: str, database: Database):
    """A5.5: the client's plans are not known; enter one from its gap."""
    open_tab(page, base, "Gaps")
    gap = page.locator('[data-testid="stVerticalBlock"]', has_text="Growth or investment").filter(
        has=page.get_by_role("button", name="Enter")
    )
    gap.last.get_by_role("button", name="Enter").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name *", exact=True).fill("A second line in Ulm")
    dialog.get_by_role("combobox", name=re.compile("Kind")).click()
    page.get_by_role("option", name="Growth", exact=True).click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Growth or investment", exact=True)).to_have_count(0)
    assert (
        database.read("MATCH (:Client {id: 'c-orion'})<-[:PLAN_OF]-(p:Plan) RETURN p.kind AS kind")[0]["kind"]
        == "growth"
    )


def test_the_page_switches_to_a_deal_and_tells_what_differs(page: Page, base: str):
    """C1.3: in the deal somebody else decides; the base analysis says so, and the list what is otherwise."""
    open_tab(page, base, "Base analysis")
    page.get_by_text("New line", exact=True).first.click()
    expect(page.get_by_text("≠ 1 person stands otherwise in this deal")).to_be_visible()
    expect(page.get_by_role("link", name="Nina Vale").first).to_be_visible()
    page.get_by_role("tab", name="Key figures", exact=True).click()
    expect(page.get_by_text("Opponent").first).to_be_visible()
    page.get_by_text("As a rule", exact=True).first.click()
    expect(page.get_by_text("stands otherwise in this deal")).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    expect(box).to_be_enabled()
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    await_drawn(page)


def rate(page: Page, who: str, attitude: str) -> None:
    choose(page, "Who rates", who)
    page.get_by_role("combobox", name=re.compile("Attitude to us")).click()
    page.get_by_role("option", name=attitude, exact=True).click()
    page.get_by_role("button", name="Give the rating").click()
    await_drawn(page)


def test_ratings_stay_blind_until_ones_own_is_given(page: Page, base: str):
    """C1.8: Zoe sees that one of ours has rated, not what; after her own, both and how far apart they are."""
    page.goto(f"{base}/person?person=p-greta&language=en")
    page.get_by_text("What our people think of the attitude").click()
    expect(page.get_by_text("You see what others think once")).to_be_visible()
    await_drawn(page)
    rate(page, "Kai Brandt", "Mentor")
    expect(page.get_by_text("All agree: Mentor.")).to_be_visible()
    choose(page, "Who rates", "Zoe Lind")
    expect(page.get_by_text("1 of ours has rated.")).to_be_visible()
    expect(page.get_by_text("All agree")).to_have_count(0)
    rate(page, "Zoe Lind", "Opponent")
    expect(page.get_by_text("From Opponent to Mentor: 4 steps apart.")).to_be_visible()
