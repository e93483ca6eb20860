"""The two hand-written clients, walked as their stories tell (docs/stories)."""

import re

from playwright.sync_api import expect


def test_the_deputy_without_a_budget(open_app):
    """Story 1 (C1.4, C2.1): first by power, not by the chart; the way to him runs over an auditor whom ours knows."""
    page = open_app("client?client=client-zaonezhsky")
    page.get_by_role("tab", name="Key figures").click()
    card = page.locator('[data-testid="stVerticalBlock"]', has=page.locator(".gc-rank")).filter(has_text="Велигжанин")
    expect(page.locator(".gc-rank").first).to_have_text("1")
    expect(card.first).to_be_visible()
    first = page.locator('[role="tabpanel"] [data-testid="stPageLink-NavLink"]:visible').first
    expect(first).to_have_text("Велигжанин Константин Маркович")
    expect(page.get_by_text(re.compile(r"\d+ places above the chart")).first).to_be_visible()
    first.click()
    expect(page.get_by_role("heading", name="Велигжанин Константин Маркович", level=1)).to_be_visible()
    # How to reach him: the warmest chain runs over a former colleague of ours at an auditor.
    way = page.locator("ol.gc-way").first
    names = way.locator(".gc-who strong")
    expect(names).to_have_text(["Анна Белякова", "Мелентьева Ольга Юрьевна", "Велигжанин Константин Маркович"])
    expect(way.locator(".gc-weak")).to_have_count(1)
    expect(page.get_by_text(re.compile("Анна Белякова asks Мелентьева .* for an introduction"))).to_be_visible()
    page.get_by_text("Why: what it rests on").first.click()
    expect(page.get_by_text(re.compile("strength 8 of 10, confidence 90%"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Мелентьева")).first.click()
    expect(page.get_by_role("heading", name=re.compile("Мелентьева"), level=1)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Велигжанин")).first).to_be_visible()
    # One of ours, who once worked with her.
    expect(page.get_by_role("link", name=re.compile("Белякова")).first).to_be_visible()


def test_all_contact_hangs_on_one_man_who_leaves(open_app):
    """Story 2 (C1.2): the warning names both ends of the thread and the last day; the key figures are not covered."""
    page = open_app("client?client=client-hallbach")
    warning = page.get_by_text(re.compile("All our contact hangs on one thread"))
    expect(warning).to_contain_text("Jürgen Sieglitz")
    expect(warning).to_contain_text("31 Dec 2026")
    expect(page.locator(".gc-facts")).to_contain_text("1 of 5")
    page.get_by_role("tab", name="Base analysis").click()
    expect(page.get_by_text("No other contact is known.")).to_be_visible()


def test_whom_to_win_names_the_deputy(open_app):
    """Story 1 (C2.1, D1): he alone is enough; who cannot have him is told whom to win instead."""
    page = open_app("client?client=client-zaonezhsky&as_of=2026-11-23")
    page.get_by_role("tab", name="Whom to win").click()
    expect(page.get_by_text("To win: 1 person.")).to_be_visible()
    best = page.locator('[class*="st-key-win-set-client-zaonezhsky-1"]')
    expect(best.get_by_role("link", name="Велигжанин Константин Маркович")).to_be_visible()
    best.get_by_text("Why: the reasons and what they rest on").click()
    expect(best.get_by_text(re.compile("Велигжанин Константин Маркович · influences · Ракитин")).first).to_be_visible()
    page.get_by_label("Cannot be won").click()
    page.get_by_role("option", name="Велигжанин Константин Маркович").click()
    page.keyboard.press("Escape")
    expect(best.get_by_role("link", name="Велигжанин Константин Маркович")).to_have_count(0)
    expect(best.get_by_role("link", name="Аникеева Наталья Викторовна")).to_be_visible()


def test_what_is_left_on_new_years_day(open_app):
    """Story 2 (C1.2, D1): one click takes away who leaves; nothing is left, and whom to meet first is named."""
    page = open_app("client?client=client-hallbach&as_of=2026-11-23")
    page.get_by_role("tab", name="What if").click()
    page.get_by_role("button", name=re.compile("Without Jürgen Sieglitz, who leaves on 31 Dec 2026")).click()
    expect(page.get_by_text("No way of ours leads to anybody who decides.")).to_be_visible()
    expect(page.get_by_text("today over Katrin Reinholt → Jürgen Sieglitz").first).to_be_visible()
    expect(page.get_by_text("Which new contact would mend most")).to_be_visible()
    expect(page.get_by_text(re.compile("Tilo Börnert has a say in the decision"))).to_be_visible()
    page.get_by_text("Why: the reasons and what they rest on").click()
    expect(page.get_by_text(re.compile("Jürgen Sieglitz · influences · Tilo Börnert"))).to_be_visible()
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_text("Which new contact would add most")).to_be_visible()
