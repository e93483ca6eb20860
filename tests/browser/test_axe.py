"""Accessibility of every page in both themes, by axe-core (WCAG 2.1 A and AA; D4)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenApp, await_drawn

PAGES = [
    "",
    "client?client=client-hallbach",
    "person?person=person-hallbach-sieglitz",
    "import",
    "queries",
    "queries?part=console",
    "week",
    "coverage",
    "partners",
    "partners?partner=partner-audit-versta&as_of=2026-11-23",
    "contacts-import",
    "calendar",
    "congratulations",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
GRAVE = {"serious", "critical"}
OF_STREAMLIT = {'[data-testid="stSidebarNavItems"]'}
"""Streamlit wraps the list items of its own navigation into boxes: lists that we can neither write nor mend."""


def faults(page: Page) -> list[str]:
    """What axe finds grave, one line for each place."""
    await_drawn(page)
    found = Axe().run(page, context={"exclude": sorted(OF_STREAMLIT)}, options=RULES).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_grave_fault(path: str, theme: str, open_app: OpenApp):
    assert faults(open_app(path, theme=theme)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_upload_in_russian_has_no_grave_fault(theme: str, open_app: OpenApp):
    """There Streamlit's own words are replaced by a style sheet (graphcrm/ui/streamlit_words.py)."""
    assert faults(open_app("import", language="ru", theme=theme)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("button", ["Edit", "Ties", "Add a person", "Log a contact"])
def test_a_dialog_has_no_grave_fault(button: str, theme: str, open_app: OpenApp):
    page = open_app("client?client=client-hallbach", theme=theme)
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    if button == "Add a person":
        page.get_by_role("dialog").get_by_text("Help me choose").click()
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_changes_of_a_client_have_no_grave_fault(theme: str, open_app: OpenApp):
    page = open_app("client?client=client-zaonezhsky", theme=theme)
    page.get_by_role("tab", name="Changes").click()
    page.get_by_text("As a mail").click()
    expect(page.get_by_role("link", name="Write a mail")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["Whom to win", "What if"])
def test_a_tab_of_sets_and_scenarios_has_no_grave_fault(tab: str, theme: str, open_app: OpenApp):
    page = open_app("client?client=client-hallbach&as_of=2026-11-23", theme=theme)
    page.get_by_role("tab", name=tab).click()
    expect(page.get_by_role("heading", name=tab)).to_be_visible()
    if tab == "What if":
        page.get_by_role("button", name="Without Jürgen Sieglitz").click()
        expect(page.get_by_text("Whom we would no longer reach")).to_be_visible()
    page.get_by_text("Why: the reasons and what they rest on").first.click()
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_answer_of_the_console_has_no_grave_fault(theme: str, open_app: OpenApp):
    page = open_app("queries?part=console", theme=theme)
    page.get_by_role("button", name="Who reports to whom at one client").click()
    await_drawn(page)
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".map[data-ready]")).to_be_visible()
    page.get_by_role("tab", name="Words of the graph").click()
    await_drawn(page)
    assert faults(page) == []
    page.get_by_role("tab", name="Table").click()
    await_drawn(page)
    assert faults(page) == []
