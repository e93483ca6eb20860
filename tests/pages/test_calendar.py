"""The calendar page in AppTest (C2.4): nothing, the three views, hostile names, both languages."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import KEY, UiState
from tests.small_graph import TODAY, build, node, orion, tie

HOSTILE = "<img src=x onerror=alert(1)></script>{{constructor}}[a](javascript:alert(1))"


def draw():
    from graphcrm.ui.pages.calendar import page

    page()


@pytest.fixture
def open_calendar(page_environment):
    def open_(view="month", language="en"):
        at = AppTest.from_function(draw, default_timeout=60)
        at.session_state[KEY] = UiState(language=language, as_of=TODAY)
        at.session_state["calendar-view"] = view
        at.run()
        assert not at.exception, at.exception
        return at

    return open_


def html(at):
    return "\n".join(str(element.proto) for kind in ("html", "markdown") for element in at.get(kind))


def test_without_clients_it_says_what_is_missing(open_calendar, database):
    build(database, [node("anna", "Person", name="Anna")], [])
    assert "No clients yet" in html(open_calendar())


@pytest.mark.parametrize("view", ["month", "week"])
def test_a_hostile_name_is_text(open_calendar, database, view):
    orion(database, p_greta=HOSTILE)
    build(database, [node("d", "UsefulDate", name=HOSTILE, kind="birthday", date=f"--{TODAY:%m-%d}")],
          [tie("d", "DATE_OF", "p-greta")])  # fmt: skip
    at = open_calendar(view)
    said = html(at)
    assert "<img" not in said
    if view == "month":
        assert "&lt;img" in said
    else:
        assert plain(HOSTILE) in [link.proto.label for link in at.get("page_link")]


def test_the_list_names_day_person_and_occasion(open_calendar, database):
    orion(database)
    rows = open_calendar("list").dataframe[0].value
    assert "Greta Holm" in set(rows["Whom"])
    assert set(rows.columns) >= {"Act on", "Day", "Prepare from", "Occasion", "Covered by"}


def test_russian_month_names(open_calendar, database):
    orion(database)
    at = open_calendar(language="ru")
    assert "ноябрь 2026" in html(at)
    assert at.title[0].value == "Календарь"


@pytest.mark.parametrize(("language", "words"), [("en", "Name day"), ("ru", "Именины")])
def test_a_name_that_says_no_more_than_the_kind_is_said_in_the_reader_s_language(
    open_calendar, database, language, words
):
    orion(database)
    build(database, [node("d", "UsefulDate", name="Name day", kind="name_day", date=f"--{TODAY:%m-%d}"),
                     node("e", "UsefulDate", name="Thirty years of Orion", kind="foundation", date=f"--{TODAY:%m-%d}")],
          [tie("d", "DATE_OF", "p-greta"), tie("e", "DATE_OF", "p-greta")])  # fmt: skip
    said = html(open_calendar("week", language))
    assert words in said
    assert "Thirty years of Orion" in said, "what somebody wrote stays as it was written"


def test_below_the_month_stands_what_comes_next_with_its_ways(open_calendar, database):
    """C2.4: whose day is next, at the month's end too; a line opens the person and, when it is near, the draft."""
    orion(database)
    days = {"near": 3, "far": 25, "past": -5}
    dates = {f"d-{one}": f"--{TODAY + timedelta(days=ahead):%m-%d}" for one, ahead in days.items()}
    build(
        database,
        [node(one, "UsefulDate", name="Name day", kind="name_day", date=on) for one, on in dates.items()],
        [tie("d-near", "DATE_OF", "p-greta"), tie("d-far", "DATE_OF", "p-lev"), tie("d-past", "DATE_OF", "p-ida")],
    )
    at = open_calendar()
    links = [(link.proto.label, link.proto.query_string) for link in at.get("page_link")]
    people = [label for label, query in links if query.startswith("person=")]
    assert "Greta Holm" in people
    assert "Lev Sorokin" in people
    assert "Ida Moss" not in people
    drafts = [query for label, query in links if label == "Write"]
    assert any("d-near" in query for query in drafts)
    assert not any("d-far" in query for query in drafts)
