"""Streamlit's own words are Russian where the app is (ui.md, trap 9), and untouched where it is English."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import await_drawn

UPLOADER = '[data-testid="stFileUploaderDropzone"]'


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    await_drawn(page)
    return page


def after(place: Locator) -> str:
    """What the style sheet writes behind the text of an element."""
    await_drawn(place.page)
    return place.evaluate("element => getComputedStyle(element, '::after').content").strip('"')


def shown(place: Locator) -> bool:
    """Whether the element's own text takes any room on the screen."""
    await_drawn(place.page)
    style = place.evaluate("e => { const s = getComputedStyle(e); return [s.display, s.visibility, s.fontSize]; }")
    return style[0] != "none" and style[1] != "hidden" and style[2] != "0px"


def empty_date(page: Page) -> list[Locator]:
    parts = page.get_by_test_id("stSidebar").locator('[data-placeholder="true"]')
    expect(parts).to_have_count(3)
    return parts.all()


def test_the_upload_is_named_in_russian_and_takes_files(page: Page, app_url: str):
    opened(page, f"{app_url}/import?language=ru")
    zone = page.locator(UPLOADER)
    expect(zone.get_by_role("button", name="Загрузить")).to_be_visible()
    word = zone.get_by_role("button", name="Загрузить").locator("p")
    assert (after(word), shown(word)) == ("Загрузить", False)
    limit = zone.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span")
    assert (after(limit), shown(limit)) == ("до 20 МБ на файл", False)
    zone.evaluate(
        "e => { const d = new DataTransfer(); d.items.add(new File(['x'], 'a.csv'));"
        " e.dispatchEvent(new DragEvent('dragenter', {bubbles: true, dataTransfer: d})); }"
    )
    drop = zone.get_by_text("Drag and drop files here")
    drop.wait_for(state="attached")
    assert (after(drop), shown(drop)) == ("Перетащите файлы сюда", False)
    opened(page, f"{app_url}/import?language=ru")
    with page.expect_file_chooser():
        zone.get_by_role("button", name="Загрузить").click()


def test_a_file_that_is_too_large_is_refused_in_russian(page: Page, app_url: str, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(21 * 2**20)
    opened(page, f"{app_url}/import?language=ru")
    page.locator("input[type=file]").set_input_files(large)
    chip = page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
    chip.hover()
    remark = page.get_by_test_id("stTooltipErrorContent")
    expect(remark).to_be_visible()
    said = "Файл не принят: он больше 20 МБ или такого вида здесь не читают."
    for place in (remark, chip.get_by_role("alert")):
        assert (after(place), shown(place)) == (said, False)


def test_a_choice_without_a_hit_says_so_in_russian(page: Page, app_url: str):
    opened(page, f"{app_url}/queries?language=ru")
    page.get_by_role("combobox", name="Запрос").fill("zzzz")
    none = page.get_by_text("No results")
    none.wait_for(state="attached")
    assert (after(none), shown(none)) == ("Ничего не найдено", False)


def test_an_empty_date_is_russian_and_can_be_typed(page: Page, app_url: str):
    opened(page, f"{app_url}/import?language=ru")
    day, month, year = empty_date(page)
    assert [after(part) for part in (day, month, year)] == ["дд", "мм", "гггг"]
    assert not any(shown(part) for part in (day, month, year))
    typed = page.get_by_test_id("stSidebar").get_by_role("spinbutton").first
    typed.click()
    page.keyboard.type("07")
    expect(typed).to_have_text("07")
    assert (after(typed), shown(typed)) == ("none", True)


def test_the_menu_is_russian_and_works(page: Page, app_url: str):
    opened(page, f"{app_url}/?language=ru")
    menu = page.get_by_test_id("stMainMenu").get_by_role("button")
    menu.click()
    items = page.get_by_test_id("stMainMenuList")
    expect(items.get_by_role("menuitem", name="Печать")).to_be_visible()
    expect(items.get_by_role("menuitem", name="Записать экран")).to_be_visible()
    for name, word in {"System": "Системная", "Light": "Светлая", "Dark": "Тёмная"}.items():
        theme = items.get_by_test_id(f"stMainMenuItem-theme-{name}")
        assert (after(theme), shown(theme)) == (word, False)
    items.get_by_test_id("stMainMenuItem-theme-Dark").click()
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")


def test_the_remark_on_the_enter_key_is_russian(page: Page, app_url: str):
    opened(page, f"{app_url}/queries?language=ru")
    chosen = page.get_by_role("combobox", name="Запрос")
    chosen.click()
    chosen.fill("person_jobs")
    page.get_by_role("option", name="person · person_jobs", exact=True).click()
    box = page.get_by_test_id("stMain").get_by_test_id("stTextInput").last
    box.locator("input").fill("x")
    remark = box.get_by_test_id("InputInstructions").locator("span").first
    assert (after(remark), shown(remark)) == ("Enter — применить", False)


@pytest.mark.parametrize("path", ["import", "contacts-import"])
def test_english_stays_as_streamlit_has_it(page: Page, app_url: str, path: str):
    opened(page, f"{app_url}/{path}?language=en")
    button = page.locator(UPLOADER).get_by_role("button", name="Upload", exact=True)
    expect(button).to_be_visible()
    assert all(shown(part) and after(part) == "none" for part in empty_date(page))
