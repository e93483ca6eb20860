"""The page of congratulations in AppTest (C3.1-C3.4): nothing, a draft, another text, skipped, sent; hostile names."""

from datetime import date, timedelta

import pytest

from tests.pages.conftest import texts
from tests.small_graph import build, node, orion, tie

HOSTILE = "<img src=x onerror=alert(1)></script>{{constructor}}[a](javascript:alert(1))"


@pytest.fixture
def people(page_environment):
    """Ida, whom Kai covers, has her birthday today; so has Nina, whom nobody covers."""
    on = date.today() + timedelta(days=1)
    orion(page_environment)
    build(
        page_environment,
        [node("b-ida", "UsefulDate", name="Birthday", kind="birthday", date=f"--{on:%m-%d}", recurs=True),
         node("b-nina", "UsefulDate", name=HOSTILE, kind="family", date=f"--{on:%m-%d}", recurs=True)],
        [tie("b-ida", "DATE_OF", "p-ida"), tie("b-nina", "DATE_OF", "p-nina")],
    )  # fmt: skip
    page_environment.write("MATCH (p:Person {id: 'p-nina'}) SET p.name = $name, p.email = $name", {"name": HOSTILE})
    page_environment.write(
        "MATCH (p:Person {id: 'p-ida'}) SET p.email = 'ida@orion.example', p.given_name = 'Ida', "
        "p.family_name = 'Moss', p.gender = 'female'",
        {},
    )
    return page_environment


def of(at, kind, label):
    return next(one for one in getattr(at, kind) if one.label == label)


def about(at, name):
    """Skip until it is this one's turn."""
    for _ in range(20):
        if name in texts(at) and name in of(at, "text_area", "Text").value:
            return at
        at = at.button(key="skip").click().run()
    raise AssertionError(f"{name} has no turn")


def test_without_clients_it_says_what_is_missing(page_environment, open_page):
    build(page_environment, [node("anna", "Person", name="Anna")], [])
    at = open_page("congratulations")
    assert not at.exception
    assert "No clients yet" in texts(at)


def test_a_draft_another_text_and_recorded(people, open_page):
    at = about(open_page("congratulations"), "Ms Moss")
    first = of(at, "text_area", "Text").value
    assert first.startswith("Dear Ms Moss,")
    assert first.endswith("Kai Brandt")
    at = of(at, "button", "Another text").click().run()
    second = of(at, "text_area", "Text").value
    assert second != first
    of(at, "text_area", "Text").set_value("My own words")
    at = at.run()
    at = of(at, "button", "Record as sent").click().run()
    assert not at.exception
    assert people.read("MATCH (a:GoodwillAction)-[:TARGETS]->(p) RETURN p.id AS p, a.text AS text") == [
        {"p": "p-ida", "text": "My own words"}
    ]
    assert "sent " in texts(at)


def test_hostile_names_are_text(people, open_page):
    at = open_page("congratulations")
    said = "\n".join(str(element.proto) for element in at.get("html"))
    assert "&lt;img" in said
    assert "<img" not in said


def test_russian(people, open_page):
    at = open_page("congratulations", locale="ru-RU")
    assert at.title[0].value == "Поздравления"
    assert of(at, "button", "Записать как отправленное")
