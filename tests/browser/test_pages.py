"""Every page in both languages and both themes: drawn to the end, no error, and the ways between them (D1)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenApp

PATHS = (
    "",
    "client?client=client-zaonezhsky",
    "client?client=client-hallbach",
    "person?person=person-zaonezhsky-veligzhanin",
    "week",
    "coverage",
    "import",
    "contacts-import",
    "queries",
)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("ru", "light")])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_drawn_without_an_error(open_app: OpenApp, path: str, language: str, theme: str):
    """The page fixture fails the test when a script throws or a request leaves this computer."""
    page = open_app(path, language=language, theme=theme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("Traceback")
    name = page.get_by_test_id("stSidebarNav").inner_text()
    assert bool(CYRILLIC.search(name)) is (language == "ru")


def test_a_click_on_a_name_opens_the_client(open_app: OpenApp):
    page = open_app("")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 35 + 18)  # the first name, below the row of titles: drawn on a canvas
    page.wait_for_url("**/client?client=*")
    expect(page.get_by_role("heading", level=1, name="Apele Verzi Timiș")).to_be_visible()
    page.get_by_role("link", name="All clients").click()
    expect(page.get_by_role("heading", level=1, name="Clients")).to_be_visible()


def test_the_language_can_be_changed_and_stays(open_app: OpenApp):
    page = open_app("client?client=client-hallbach")
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Русский").click()
    tab = page.get_by_role("tab", name="Базовый анализ")
    expect(tab).to_be_visible()
    page.reload()
    expect(tab).to_be_visible()


def test_the_list_of_clients_opens_by_its_address_too(open_app):
    """Typed by hand, or opened from a link in another tab."""
    page = open_app("clients")
    expect(page.get_by_role("heading", name="Clients", exact=True)).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
