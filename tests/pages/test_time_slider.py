"""The slider over the power map (C1.8): marks, jumps to changes, the day in the sidebar, nothing known to change."""

from __future__ import annotations

from datetime import date

from tests.pages.conftest import texts
from tests.small_graph import TODAY, build, node, orion, tie


def jump(at, which):
    next(one for one in at.button if one.key == f"time-{which}").click().run()
    assert not at.exception
    return at


def test_a_client_that_never_changed_has_no_slider(page_environment, open_page):
    build(
        page_environment,
        [node("c-new", "Organization Client", name="New"), node("p", "Person", name="P")],
        [tie("p", "WORKS_AT", "c-new")],
    )
    at = open_page("client", client="c-new")
    assert "the map is the same on every day" in texts(at)
    assert not at.slider


def test_from_change_to_change_and_back_to_today(page_environment, open_page):
    """One left in 2024 and one leaves next year; the chosen day holds for the whole page."""
    database = page_environment
    orion(database)
    database.write("MATCH ()-[t]->() REMOVE t.valid_from, t.valid_to")
    past, ahead = date(2024, 5, 1), date(2027, 2, 1)
    database.write("MATCH (:Person {id: 'p-ida'})-[t:WORKS_AT]->() SET t.valid_to = $day", {"day": past})
    database.write("MATCH (:Person {id: 'p-lev'})-[t:WORKS_AT]->() SET t.valid_to = $day", {"day": ahead})
    at = open_page("client", client="c-orion", as_of=TODAY.isoformat())
    (slider,) = [one for one in at.slider if one.key == "time-c-orion"]
    assert slider.value == TODAY
    assert "1 May 2024: 1 tie; 1 Feb 2027: 1 tie" in texts(at)
    jump(at, "skip_previous")
    assert at.session_state["as_of"] == past
    at.slider(key="time-c-orion").set_value(date(2024, 4, 1)).run()
    assert at.session_state["as_of"] == date(2024, 4, 1)
    jump(jump(at, "skip_next"), "skip_next")
    assert at.session_state["as_of"] == ahead
    assert at.button(key="time-skip_next").disabled
    jump(at, "today")
    assert at.session_state["as_of"] is None
