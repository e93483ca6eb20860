"""The frame round every page: sections, language, as-of date, failures that arrive from callbacks."""

from datetime import date

import pytest

from graphcrm.errors import InvalidInput
from graphcrm.ui.state import KEY
from tests.pages.conftest import texts


@pytest.mark.parametrize("address", ["clients", "client", "person", "import", "queries"])
def test_every_page_opens_on_an_empty_graph_without_an_exception(page_environment, open_page, address):
    at = open_page(address)
    assert not at.exception
    assert at.title or at.info or at.warning, texts(at)


@pytest.mark.parametrize(("locale", "heading"), [("en-GB", "Clients"), ("ru-RU", "Клиенты"), ("de-DE", "Clients")])
def test_the_language_is_the_browsers_until_somebody_chooses(page_environment, open_page, locale, heading):
    assert open_page("clients", locale=locale).title[0].value == heading


def test_the_address_wins_over_the_browser_and_the_choice_over_both(page_environment, open_page):
    at = open_page("clients", locale="en-GB", language="ru")
    assert at.title[0].value == "Клиенты"
    at.sidebar.selectbox(key="language").select("en").run()
    assert at.title[0].value == "Clients"


def test_a_language_nobody_speaks_in_the_address_does_no_harm(page_environment, open_page):
    at = open_page("clients", language="'; DROP <b>")
    assert not at.exception
    assert at.title[0].value == "Clients"


def test_the_chosen_day_reaches_the_session_record(page_environment, open_page):
    at = open_page("clients")
    assert at.session_state[KEY].as_of is None
    at.sidebar.date_input(key="as_of").set_value(date(2026, 3, 15)).run()
    assert at.session_state[KEY].as_of == date(2026, 3, 15)


def test_a_failure_in_a_callback_is_told_once_by_the_frame(page_environment, open_page):
    at = open_page("clients")
    at.session_state[KEY].failure = InvalidInput("The weights of the power score cannot be used.")
    at.run()
    assert [one.value for one in at.info] == ["The weights of the power score cannot be used\\."]
    at.run()
    assert not at.info
