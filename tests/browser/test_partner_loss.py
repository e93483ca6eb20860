"""From the menu to what breaks without a partner, and down to its ties, by clicks alone (D2)."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenApp, await_drawn


def test_what_breaks_without_an_auditor(open_app: OpenApp):
    page = open_app("?as_of=2026-11-23")
    page.get_by_role("link", name="Partners").click()
    await_drawn(page)
    main = page.get_by_test_id("stMain")
    main.get_by_role("searchbox", name="Search").or_(main.get_by_label("Search")).first.fill("верста")
    expect(main).to_contain_text("of 1")
    await_drawn(page)
    box = main.get_by_test_id("stDataFrame").bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 35 + 18)  # the first name, below the row of titles: drawn on a canvas
    page.wait_for_url("**/partners?*partner=partner-audit-versta*")
    expect(page.get_by_role("heading", level=1, name="Without Аудиторская фирма «Верста»")).to_be_visible()
    expect(main).to_contain_text("Key figures to whom we have a way only over this firm: Аникеева")
    main.get_by_text("Why: the reasons and what they rest on").first.click()
    expect(main).to_contain_text("The ways over the partner")
    expect(main).to_contain_text("Мелентьева Ольга Юрьевна · knows · Аникеева Наталья Викторовна")
    expect(main.get_by_role("button", name="How was this computed?")).to_have_count(2)
    main.get_by_role("link", name="All partners").click()
    expect(page.get_by_role("heading", level=1, name="Partners")).to_be_visible()
