"""The calendar of useful dates on real Neo4j (C2.4, C3.1-C3.4): what falls when, who covers whom, who may see it."""

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path

import holidays
import pytest
import vobject

from graphcrm.documents.calendar_ics import IcsDay, calendar_ics
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditRefused, Forbidden, InvalidInput, NotFound
from graphcrm.services._calendar import _public_days, holiday_name
from graphcrm.services.calendar import client_calendar, require_ahead
from graphcrm.services.calendar_feed import feed, renew_feed
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.congratulations import congratulation_texts, greeting_of_holiday
from graphcrm.vocabulary.holidays import in_russian
from graphcrm.vocabulary.occasions import occasion_catalogue
from graphcrm.vocabulary.school import school_dates
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 25)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def clientele(database):
    nodes = [
        node("zavod", "Organization Client", name="Завод", country="RU", industry="C28"),
        node("werk", "Organization Client", name="Werk", country="DE"),
        node("nowhere", "Organization Client", name="Nowhere"),
        node("bavaria", "Region", name="Bavaria", country="DE", subdivision="DE-BY"),
        node("anna", "Person", name="Anna", birth_date="1980-05-09"),
        node("boris", "Person", name="Boris", birth_date="--02-29", status="deceased"),
        node("gone", "Person", name="Gone", birth_date="1970-06-01"),
        node("ours", "Person Employee", name="Ours"),
        node("fishing", "Interest", name="Fishing", name_ru="Рыбалка"),
        node("wedding", "UsefulDate", name="Wedding", kind="wedding", date="2001-06-07", recurs=True, lead_days=5),
        node("launch", "UsefulDate", name="Line 3", kind="project", date="2026-07-04", recurs=False),
        node("new-year", "UsefulDate", name="Новый год", kind="public_holiday", date="--01-01", recurs=True),
    ]
    ties = [
        tie("werk", "IN_REGION", "bavaria"),
        tie("anna", "WORKS_AT", "zavod"),
        tie("boris", "WORKS_AT", "werk"),
        tie("gone", "WORKS_AT", "zavod", valid_to=date(2026, 1, 1)),
        tie("anna", "COVERED_BY", "ours"),
        tie("anna", "INTERESTED_IN", "fishing"),
        tie("boris", "INTERESTED_IN", "fishing", use="do_not_use"),
        tie("wedding", "DATE_OF", "anna"),
        tie("launch", "DATE_OF", "zavod"),
        tie("new-year", "DATE_OF", "zavod"),
    ]
    build(database, nodes, ties)
    return database


def falls(calendar, **wanted):
    """{(name, whom or the firms, day, day to act on)} of the entries with these attributes."""
    return {
        (entry.name, entry.person_name or "+".join(entry.clients), entry.when.on, entry.when.act_on)
        for entry in calendar.entries
        if all(getattr(entry, name) == value for name, value in wanted.items())
    }


def test_stored_dates_birthdays_and_hobbies(clientele):
    calendar = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    assert falls(calendar, origin="stored") == {
        ("Wedding", "Anna", date(2026, 6, 7), date(2026, 6, 5)),  # a Sunday: on Friday
        ("Line 3", "zavod", date(2026, 7, 4), date(2026, 7, 3)),
        ("Новый год", "zavod", date(2026, 1, 1), date(2025, 12, 30)),  # 31 December 2025 is a day off in Russia
    }
    assert falls(calendar, origin="birth_date") == {
        ("Birthday", "Anna", date(2026, 5, 9), date(2026, 5, 8)),
        ("Birthday", "Boris", date(2026, 2, 28), date(2026, 2, 27)),
    }
    hobby, trade = (falls(calendar, origin="catalogue", kind=kind) for kind in ("hobby", "professional_day"))
    assert hobby == {("Day of the fisherman", "Anna", date(2026, 7, 12), date(2026, 7, 10))}
    assert trade == {("Day of machine builders", "zavod", date(2026, 9, 27), date(2026, 9, 25))}


def test_the_dead_are_not_congratulated_and_those_who_left_are_not_there(clientele):
    calendar = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    assert {entry.person_name: entry.may_congratulate for entry in calendar.entries if entry.kind == "birthday"} == {
        "Anna": True, "Boris": False}  # fmt: skip


def test_public_holidays_are_those_of_the_country_and_its_part(clientele):
    calendar = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    german = {entry.when.on for entry in calendar.entries if entry.country == "DE"}
    assert german == set(holidays.country_holidays("DE", subdiv="BY", years=2026)) | {date(2026, 4, 5)}
    russian = {entry.when.on for entry in calendar.entries if entry.country == "RU"}
    by_hand = {date(2026, 1, 1)}
    assert russian == set(holidays.country_holidays("RU", years=2026)) - by_hand | {date(2026, 4, 12)}


def test_easter_is_there_once_where_it_is_kept_and_has_a_greeting():
    """Western and Orthodox (C2.4), whether the law names the Sunday (Poland, Greece) or not (Germany, Russia)."""
    spring = (date(2026, 3, 1), date(2026, 5, 31))
    for country, sunday in {"DE": 5, "PL": 5, "SE": 5, "RU": 12, "GR": 12, "RS": 12}.items():
        named = [name for on, name in _public_days(country, None, "en", spring) if on == date(2026, 4, sunday)]
        assert [greeting_of_holiday(name, country) for name in named] == ["easter"], country
    assert not [name for _, name in _public_days("TR", None, "en", spring) if "Easter" in name]
    assert dict(_public_days("RU", None, "ru", spring))[date(2026, 4, 12)] == "Пасха (православная)"


@pytest.mark.parametrize(
    "country", ["DE", "AT", "PL", "FR", "IT", "SE", "NO", "FI", "CZ", "HU", "RO", "NL", "TR", "US"]
)
def test_foreign_holidays_are_named_in_russian_where_the_library_does_not(country):
    days = (date(2026, 1, 1), date(2026, 12, 31))
    named = dict(_public_days(country, None, "ru", days))
    assert named.keys() == dict(_public_days(country, None, "en", days)).keys()
    assert not [name for name in named.values() if re.search("[a-z]", name, re.IGNORECASE)]


def test_no_holiday_of_the_demos_countries_has_a_latin_letter_in_russian():
    """Of every part that the library knows, in years with Easter early and late, days moved and days estimated."""
    with Path("seed/organizations.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["country"] for row in csv.DictReader(file) if row["country"]}
    known = holidays.list_supported_countries()
    assert {"DE", "RU", "ES", "IT", "AZ"} < countries
    latin = {
        (country, name)
        for country in countries
        for part in (None, *known[country])
        for _on, name in _public_days(country, part, "ru", (date(2024, 1, 1), date(2028, 12, 31)))
        if re.search("[a-z]", name, re.IGNORECASE)
    }
    assert latin == set()


def test_a_holiday_keeps_its_key_and_what_the_library_adds():
    assert in_russian("Christmas Day (observed)") == "Рождество (выходной)"
    assert in_russian("Children's Day; Pentecost") == "День детей; Пятидесятница"
    assert in_russian("Eid al-Adha (observed, estimated)") == "Курбан-байрам (выходной, ожидается)"
    assert in_russian("Monday following Epiphany") == "Понедельник после праздника: Богоявление"
    assert in_russian("Day off (substituted from 12/14/2024)") == "Выходной день (перенос с 14.12.2024)"
    assert in_russian("Day nobody knows (observed)") == "Day nobody knows (observed)"
    assert holiday_name("DE", date(2026, 10, 3), "ru") == "День германского единства"
    assert holiday_name("DE", date(2026, 10, 3), "de") == "Tag der Deutschen Einheit"


def test_school_is_estimated_from_the_year_alone_and_only_where_it_was_asked_for(clientele):
    build(clientele, [node("kid", "Person FamilyMember", name="Mila", given_name="Mila", birth_date="2019"),
                      node("mum", "Person", name="Mum")],
          [tie("mum", "WORKS_AT", "zavod"), tie("mum", "PARENT_OF", "kid")])  # fmt: skip
    told = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    assert falls(told, kind="school") == set(), "off unless asked for"
    clientele.write("MATCH (p:Person {id: 'mum'}) SET p.school_dates = true")
    told = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    (first,) = [entry for entry in told.entries if entry.kind == "school"]
    assert (first.when.on, first.when.exact, first.person_id) == (date(2026, 9, 1), False, "mum")
    assert "about" in first.name
    blind = client_calendar(clientele, Viewer("a", "A", "analyst"), YEAR, as_of=TODAY)
    assert falls(blind, kind="school") == set()
    assert [one for one, _day in school_dates("XX", 2019)] == [], "no country is guessed"
    assert dict(school_dates("RU", 2008)) == {
        "first_day": date(2015, 9, 1), "last_bell": date(2026, 5, 25), "graduation": date(2026, 6, 25),
    }  # fmt: skip


def test_every_language_has_words_for_every_holiday():
    for code, kept in congratulation_texts().languages.items():
        for greeting in congratulation_texts().holidays:
            assert len(kept.openings(greeting)) >= 3, (code, greeting)
            assert kept.subject[greeting]


def test_lead_days_and_who_covers(clientele):
    calendar = client_calendar(clientele, OWNER, YEAR, as_of=TODAY)
    (wedding,) = [entry for entry in calendar.entries if entry.kind == "wedding"]
    assert wedding.when.prepare_from == date(2026, 5, 31)
    assert wedding.when.years == 25
    assert dict(wedding.covered_by) == {"ours": "Ours"}
    ours = calendar.of_employee("ours")
    assert {entry.person_name for entry in ours.entries if entry.origin != "holiday"} == {"Anna"}


def test_of_one_client(clientele):
    calendar = client_calendar(clientele, OWNER, YEAR, as_of=TODAY, clients=["werk"])
    assert {client for entry in calendar.entries for client in entry.clients} == {"werk"}
    assert client_calendar(clientele, OWNER, YEAR, as_of=TODAY, clients=["unknown"]).entries == ()


@pytest.mark.parametrize(("role", "kinds"), [("reader", set()), ("analyst", {"birthday", "hobby"})])
def test_dates_that_the_viewer_may_not_know_of_are_absent(clientele, role, kinds):
    calendar = client_calendar(clientele, Viewer("v", "V", role), YEAR, as_of=TODAY)
    assert {entry.kind for entry in calendar.entries if entry.person_id} == kinds


def test_every_day_of_the_catalogue_has_a_rule_that_works_a_kind_and_known_codes():
    from graphcrm.domain.occasions import Rule

    industries = VOCABULARY.enumerations["industry"].values
    for day in occasion_catalogue():
        assert Rule(**day.rule).in_year(2026)
        assert day.kind in VOCABULARY.enumerations["date_kind"].values
        assert day.industries <= industries.keys(), day.code
        assert all(len(country) == 2 for country in day.countries)


def test_the_file_for_calendar_programs_is_read_back_by_another_library():
    hostile = "Anna; Иван, \\ \n BEGIN:VEVENT"
    days = [IcsDay("one", date(2026, 5, 8), hostile, "The day itself: 9 May", 7), IcsDay("two", date(2026, 6, 1), "B")]
    data = calendar_ics("dates", days, stamp=datetime(2026, 11, 25, tzinfo=UTC))
    (calendar,) = vobject.readComponents(data.decode("utf-8"))
    first, second = calendar.vevent_list
    assert first.summary.value == hostile
    assert (first.dtstart.value, first.dtend.value) == (date(2026, 5, 8), date(2026, 5, 9))
    assert first.valarm.trigger.value.days == -7
    assert second.summary.value == "B"
    assert not hasattr(second, "valarm")


def test_the_feed_opens_to_its_secret_alone_and_a_new_secret_shuts_the_old_one(clientele):
    build(clientele, [node("own", "Organization OwnFirm", name="We")], [tie("ours", "WORKS_AT", "own")])
    name, old = renew_feed(clientele, OWNER, today=TODAY)
    found = feed(clientele, name, old, today=TODAY)
    assert ("Birthday", "Anna", date(2027, 5, 9), date(2027, 5, 7)) in falls(found)
    assert not falls(found, kind="wedding"), "family dates never go out"
    _name, new = renew_feed(clientele, OWNER, today=TODAY)
    for secret in (old, "", "x", new[:-1]):
        with pytest.raises(NotFound):
            feed(clientele, name, secret, today=TODAY)
    assert feed(clientele, name, new, today=TODAY).entries
    with pytest.raises(NotFound):
        feed(clientele, "0123456789ab", new, today=TODAY)
    kept = clientele.read("MATCH (f:CalendarFeed) RETURN properties(f) AS p")
    assert len(kept) == 1
    assert new not in str(kept), "only a digest is kept"


def test_the_feed_of_one_of_ours_and_who_may_make_it(clientele):
    build(clientele, [node("own", "Organization OwnFirm", name="We")], [tie("ours", "WORKS_AT", "own")])
    name, secret = renew_feed(clientele, OWNER, today=TODAY, employee_id="ours")
    people = {entry.person_name for entry in feed(clientele, name, secret, today=TODAY).entries if entry.person_id}
    assert people == {"Anna"}
    with pytest.raises(NotFound):
        renew_feed(clientele, OWNER, today=TODAY, employee_id="anna")
    with pytest.raises(Forbidden):
        renew_feed(clientele, Viewer("a", "A", "analyst"), today=TODAY)


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"date": "2026-11-24", "recurs": False}, True),
        ({"date": "2026-11-25", "recurs": False}, False),
        ({"date": "2026-11", "recurs": False}, False),
        ({"date": "1990-01-01", "recurs": True}, False),
        ({"date": "--01-01", "recurs": False}, False),
        ({"date": "2026-02-30", "recurs": False}, False),  # the save refuses it
        ({"recurs": False}, False),
    ],
)
def test_a_day_that_is_past_and_never_comes_again_is_refused(cells, refused):
    if refused:
        with pytest.raises(InvalidInput, match="past"):
            require_ahead(cells, TODAY)
    else:
        require_ahead(cells, TODAY)


def test_an_impossible_date_is_refused_and_nothing_is_saved(clientele):
    cells = {"name": "X", "kind": "birthday", "date": "2026-02-30", "subject_id": "anna"}
    with pytest.raises(EditRefused) as refusal:
        save_edits(clientele, OWNER, [RowEdit("UsefulDate", "", cells)], key="k", today=TODAY)
    assert [problem.code for problem in refusal.value.problems] == ["bad_partial_date"]
    assert clientele.read("MATCH (d:UsefulDate {name: 'X'}) RETURN d") == []
