"""The pages of events (C3.6): nothing there, hostile names, guests, answers, tables, follow-up; both languages."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, ours, tie

TODAY = date.today()
TABS = {"en": ("Guests", "Answers", "Seating", "Follow-up"), "ru": ("Гости", "Ответы", "Рассадка", "После мероприятия")}


@pytest.fixture
def party(page_environment):
    """An event ahead with hostile names, one past."""
    build(page_environment, *ours(bo=f"Bo {HOSTILE[3]}"))
    build(
        page_environment,
        [
            node("nord", "Organization Client", name=HOSTILE[0]),
            node("anna", "Person", name=f"Anna {HOSTILE[1]}"),
            node("per", "Person", name="Очень длинное имя " * 4),
            node("party", "Event", name=f"Party {HOSTILE[2]}", kind="celebration", date=TODAY + timedelta(days=30),
                 seats=20, budget=500.0, steps="1 <b>one</b>"),
            node("past", "Event", name="Past", kind="exhibition", date=TODAY - timedelta(days=10)),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("per", "WORKS_AT", "nord", title="Deputy", level=2),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("anna", "COVERED_BY", "bo", coverage="multiple"),
            tie("per", "INVITED_TO", "party", rsvp="accepted"),
            tie("bo", "INVITED_TO", "party", rsvp="accepted"),
            tie("anna", "INVITED_TO", "past", rsvp="accepted", attended=True),
        ],
    )  # fmt: skip
    return page_environment


def tab(open_page, event, number, language="en"):
    at = open_page("events", event=event, **({"language": "ru"} if language == "ru" else {}))
    at.session_state["event-tab"] = TABS[language][number]
    return at.run()


def test_the_list_and_the_empty_list(page_environment, open_page):
    at = open_page("events")
    assert not at.exception
    assert "No events yet" in texts(at)
    build(page_environment, [node("party", "Event", name=HOSTILE[0], kind="seminar", date=TODAY)], [])
    at = open_page("events", language="ru")
    assert not at.exception
    assert "Предстоят · 1" in texts(at)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("number", range(4))
def test_every_tab_draws(party, open_page, number, language):
    at = tab(open_page, "party", number, language)
    assert not at.exception
    said = texts(at)
    assert "<b>one</b>" not in said, "text stays text"
    assert ("currency" if language == "en" else "валюта") in said, "the budget has none, and the page says so"


def test_guests_are_proposed_and_put_on_the_list(party, open_page):
    at = tab(open_page, "party", 0)
    assert "1 guest proposed" in texts(at)
    button = next(one for one in at.button if one.key == "event-invite")
    button.click().run()
    assert not at.exception
    rows = party.read("MATCH (:Person {id: 'anna'})-[t:INVITED_TO]->(:Event {id: 'party'}) RETURN t.rsvp AS rsvp")
    assert [row["rsvp"] for row in rows] == ["chosen"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_has_to_be_agreed_to_says_so_with_hostile_names(party, open_page, language):
    party.write("MATCH (e:Event {id: 'party'}) SET e.cost_per_guest = 30.0, e.currency = 'EUR'")
    build(party, [], [tie("anna", "INVITED_TO", "party", rsvp="chosen")])
    at = tab(open_page, "party", 1, language)
    assert not at.exception
    said = texts(at)
    assert ("Not to be sent yet · 1" if language == "en" else "Пока не отправлять · 1") in said
    assert not re.search(r"(?<!\\)<img", said), "hostile text is shown, never drawn"
    next(one for one in at.button if one.key == "event-ask").click().run()
    assert any(("as whom you act" if language == "en" else "от чьего имени") in one.value
               for one in (*at.warning, *at.info))  # fmt: skip
    assert party.read("MATCH (e:GiftEntry) RETURN count(e) AS n") == [{"n": 0}]


def test_what_only_a_file_agreed_to_is_not_offered_to_be_approved(party, open_page):
    party.write("MATCH (e:Event {id: 'party'}) SET e.cost_per_guest = 30.0, e.currency = 'EUR'")
    build(party, [], [tie("anna", "INVITED_TO", "party", rsvp="chosen", approval="needs_approval")])
    at = tab(open_page, "party", 1)
    assert {one.key for one in at.button if (one.key or "").endswith("-anna")} == {
        "event-refuse-anna", "event-withdraw-anna"}  # fmt: skip
    assert "Take it back, and send it." in texts(at)


def test_tables_are_proposed_and_saved(party, open_page):
    at = tab(open_page, "party", 2)
    assert "Without a table" in texts(at)
    next(one for one in at.button if one.key == "event-propose").click().run()
    assert "points" in texts(at)
    next(one for one in at.button if one.key == "event-seat").click().run()
    assert not at.exception
    rows = party.read("MATCH ()-[t:INVITED_TO]->(:Event {id: 'party'}) RETURN t.table AS place")
    assert [row["place"] for row in rows] == [1, 1]


def test_the_past_event_tells_whom_to_speak_to(party, open_page):
    at = tab(open_page, "past", 3)
    assert not at.exception
    said = texts(at)
    assert "1 guest came; spoken to since: 0" in said
    assert "nobody has spoken to them since" in said
    assert "is over" in texts(tab(open_page, "past", 0))


def test_no_such_event(party, open_page):
    at = open_page("events", event="nothing")
    assert not at.exception
    assert "There is no such event" in "".join(one.value for one in at.info)
