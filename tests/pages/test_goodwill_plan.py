"""The tab of the goodwill plan: nobody, no dates, no budget, edits, and confirmed by a click; both languages (C3)."""

from __future__ import annotations

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, tie

TAB = {"en": "Goodwill plan", "ru": "План внимания"}


@pytest.fixture
def nord(page_environment):
    """One who decides, with a hostile name and a birthday, whom a colleague covers."""
    build(
        page_environment,
        [
            node("nord", "Organization Client", name=HOSTILE[0]),
            node("firm", "Organization OwnFirm", name="We"),
            node("kai", "Person Employee", name=f"Kai {HOSTILE[1]}"),
            node("anna", "Person", name=f"Anna {HOSTILE[1]}"),
            node("birthday", "UsefulDate", name=HOSTILE[2], kind="birthday", date="--01-20", recurs=True),
            node("book", "Offering", name=f"Book {HOSTILE[0]}", kind="book", price=20, currency="EUR"),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("anna", "COVERED_BY", "kai", coverage="multiple", level_now="vendor"),
            tie("kai", "WORKS_AT", "firm"),
            tie("birthday", "DATE_OF", "anna"),
        ],
    )
    return page_environment


def tab(open_page, language="en"):
    at = open_page("client", client="nord", **({"language": "ru"} if language == "ru" else {}))
    at.session_state["client-tab"] = TAB[language]
    return at.run()


def click(at, key):
    next(one for one in at.button if one.key == key).click()
    return at.run()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_plan_and_what_came_after(nord, open_page, language):
    at = tab(open_page, language)
    assert not at.exception
    said = texts(at)
    assert ("nothing to compare" if language == "en" else "сравнивать нечего") in said
    assert ("Words come first" if language == "en" else "Сначала слова") in said


def test_confirmed_by_a_click(nord, open_page):
    at = click(tab(open_page), "goodwill-save")
    assert not at.exception
    assert "planned" in texts(at)
    rows = nord.read(
        "MATCH (a:GoodwillAction)-[:TARGETS]->(p) OPTIONAL MATCH (a)-[:DONE_BY]->(e) "
        "RETURN p.id AS id, a.status AS status, e.id AS by, a.kind AS kind ORDER BY kind"
    )
    assert rows[0] == {"id": "anna", "status": "planned", "by": "kai", "kind": "congratulation"}


def test_dropped_and_brought_back(nord, open_page):
    at = tab(open_page)
    count = sum((one.key or "").endswith("-drop") for one in at.button)
    at = click(at, "goodwill-step-anna-words-drop")
    assert sum((one.key or "").endswith("-drop") for one in at.button) == count - 1
    at = click(at, "goodwill-reset")
    assert sum((one.key or "").endswith("-drop") for one in at.button) == count


def test_the_form_of_a_change_opens(nord, open_page):
    at = click(tab(open_page), "goodwill-step-anna-words-change")
    assert not at.exception
    choices = next(one for one in at.selectbox if one.key == "goodwill-anna:words-what").options
    assert any("Book" in one for one in choices)


def test_no_budget_no_gifts(nord, open_page):
    at = tab(open_page)
    next(one for one in at.number_input if one.key == "goodwill-budget").set_value(0.0)
    at = at.run()
    assert "no budget: words and invitations alone" in texts(at)
    next(one for one in at.number_input if one.key == "goodwill-budget").set_value(50.0)
    next(one for one in at.text_input if one.key == "goodwill-currency").set_value("E")
    assert "The budget has no currency" in texts(at.run()).replace("\\", "")


def test_without_any_date_there_is_still_something_useful(nord, open_page):
    nord.write("MATCH (d:UsefulDate) DETACH DELETE d")
    at = tab(open_page)
    assert not at.exception
    assert "Send something useful for their work" in texts(at)
    assert "On no date" in texts(at)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("SET p.status = 'deceased'", "This person has died"),
        ("SET p.status = 'left'", "no longer works there"),
        ("SET p.no_congratulations = true", "Send something useful for their work"),
    ],
)
def test_who_died_left_or_asked_not_to_be_is_not_congratulated(nord, open_page, change, said):
    nord.write(f"MATCH (p:Person {{id: 'anna'}}) {change}")
    at = tab(open_page)
    assert not at.exception
    assert said in texts(at)
    assert "Congratulate in person" not in texts(at)


def test_nobody_is_known(page_environment, open_page):
    build(page_environment, [node("nord", "Organization Client", name="Nord")], [])
    at = tab(open_page)
    assert not at.exception
    assert "No key figure is known" in texts(at).replace("\\", "")
