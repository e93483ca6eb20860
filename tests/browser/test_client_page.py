"""A client and a person in a real browser: tabs, reasons, links that keep the session, narrow screens."""

import re

import pytest
from playwright.sync_api import expect

NARROW = {"width": 420, "height": 860}


def tab(page, name):
    page.get_by_role("tab", name=name).click()


def test_from_the_client_over_a_key_figure_to_the_person_and_back(open_app):
    """C2.1, C2.2: a click on a name opens the person; the way back opens the client."""
    page = open_app("client?client=client-hallbach")
    expect(page.get_by_role("heading", name="Hallbach Fördertechnik", level=1)).to_be_visible()
    tab(page, "Key figures")
    expect(page.get_by_text("Right to decide the purchase").filter(visible=True).first).to_be_visible()
    page.get_by_role("link", name="Friederike Hallbach", exact=True).first.click()
    expect(page.get_by_role("heading", name="Friederike Hallbach", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/person\?.*person=person-hallbach-"))
    expect(page.get_by_role("heading", name="Place in the structure")).to_be_visible()
    page.get_by_role("link", name=re.compile("Hallbach Fördertechnik")).first.click()
    expect(page.get_by_role("heading", name="Hallbach Fördertechnik", level=1)).to_be_visible()


def test_reasons_open_and_show_their_proof(open_app):
    """C2.1: a folded reason opens on a click, down to confidence and source of a tie."""
    page = open_app("client?client=client-hallbach")
    tab(page, "Key figures")
    why = page.get_by_text("Why: the reasons and what they rest on")
    expect(why.nth(1)).to_be_visible()
    before = page.locator(".gc-reason").count()
    why.nth(1).click()
    expect(page.locator(".gc-reason").nth(before)).to_be_visible()
    expect(page.locator(".gc-proof small", has_text="confidence").first).to_be_visible()


@pytest.mark.parametrize("context", [{"locale": "ru-RU"}], indirect=True)
def test_the_browser_s_language_is_taken(open_app):
    """A Russian browser gets Russian names of industry and roles."""
    page = open_app("client?client=client-zaonezhsky", language="ru")
    expect(page.get_by_text("Бумага и бумажные изделия").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["client?client=client-zaonezhsky", "person?person=person-zaonezhsky-veligzhanin"])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(open_app, path, theme):
    """No sideways scrolling at 420 pixels, with long names."""
    page = open_app(path, theme=theme, size=NARROW)
    if path.startswith("client"):
        tab(page, "Base analysis")
        expect(page.get_by_text("Who decides the purchase?")).to_be_visible()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wide <= 0


def test_unknown_ids_look_calm(open_app):
    """A sentence and a way back; no traceback."""
    for path, sentence in (
        ("client?client=nope", "There is no such client."),
        ("person?person=nope", "There is no such person."),
    ):
        page = open_app(path)
        expect(page.get_by_text(sentence)).to_be_visible()
        expect(page.get_by_role("link", name="All clients")).to_be_visible()
