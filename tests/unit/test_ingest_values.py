"""From text to value: every type of the vocabulary, against values worked out by hand or given by the standard."""

from datetime import UTC, date, datetime

import pytest

from graphcrm.i18n import use_language
from graphcrm.ingest.values import BadValue, Reading, parse_value
from graphcrm.ui.components.edit_fields import CLOSED_LISTS
from graphcrm.vocabulary import Property

COMMA, SEMICOLON = Reading(decimal_comma=False), Reading(decimal_comma=True)


def value(text, type_, reading=COMMA, **more):
    return parse_value(text, Property(name="x", type=type_, en="x", ru="х", **more), reading)


def refusal(text, type_, reading=COMMA, **more):
    with pytest.raises(BadValue) as caught:
        value(text, type_, reading, **more)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("12", "integer", 12),
        ("-3", "integer", -3),
        ("1 234 567", "integer", 1234567),
        ("12.0", "integer", 12),
        ("1234.5", "number", 1234.5),
        ("1\u00a0234.5", "number", 1234.5),
        ("2,5", "number", 2.5),
        ("1e3", "number", 1000.0),
        ("0.7", "share", 0.7),
        ("100", "percent", 100.0),
        ("true", "boolean", True),
        ("Нет", "boolean", False),
        ("2026-05-09", "date", date(2026, 5, 9)),
        ("9.05.2026", "date", date(2026, 5, 9)),
        ("2024-02-29", "date", date(2024, 2, 29)),
        ("1968", "partial_date", "1968"),
        ("~1968", "partial_date", "~1968"),
        ("--02-29", "partial_date", "--02-29"),
        ("09.05.1968", "partial_date", "1968-05-09"),
        ("9.5", "partial_date", "--05-09"),
        ("9 мая 1968 г.", "partial_date", "1968-05-09"),
        ("9 мая", "partial_date", "--05-09"),
        ("Март 1968", "partial_date", "1968-03"),
        ("May 9, 1968", "partial_date", "1968-05-09"),
        ("9 сент. 2026", "date", date(2026, 9, 9)),
        ("2026-05-09T14:30:00+03:00", "datetime", datetime(2026, 5, 9, 11, 30, tzinfo=UTC)),
        ("2026-05-09T14:30", "datetime", datetime(2026, 5, 9, 14, 30, tzinfo=UTC)),
        ("de", "country", "DE"),
        ("eur", "currency", "EUR"),
        ("RU", "language", "ru"),
        ("Europe/Moscow", "time_zone", "Europe/Moscow"),
        ("a.b@example.com", "email", "a.b@example.com"),
        ("+7 (495) 123-45-67 доб. 12", "phone", "+7 (495) 123-45-67 доб. 12"),
        ("(495) 123-45-67, доб. 12", "phone", "(495) 123-45-67, доб. 12"),
        ("https://example.com/a?b=c", "url", "https://example.com/a?b=c"),
        ("www.example.com", "url", "https://www.example.com"),
        ("ромашка.рф/о-нас", "url", "https://ромашка.рф/о-нас"),
        # From the standards' own examples: ISO 13616 registry, ISO 9362, the tax office's own INN, EU VAT of stdnum.
        ("DE89 3704 0044 0532 0130 00", "iban", "DE89370400440532013000"),
        ("DEUTDEFF", "bic", "DEUTDEFF"),
        ("044525225", "bic", "044525225"),
        ("7707083893", "inn", "7707083893"),
        ("DE136695976", "vat", "DE136695976"),
        ("EL094259216", "vat", "EL094259216"),
    ],
)
def test_good_values(text, type_, expected):
    found = value(text, type_)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("text", "type_", "code"),
    [
        ("12.5", "integer", "not_integer"),
        ("twelve", "integer", "not_integer"),
        ("9223372036854775808", "integer", "not_integer"),
        ("nan", "number", "not_number"),
        ("1e999", "number", "not_number"),
        ("1,234", "number", "ambiguous_number"),
        ("1.2.3", "number", "not_number"),
        ("1.01", "share", "out_of_range"),
        ("-1", "score", "out_of_range"),
        ("101", "percent", "out_of_range"),
        ("maybe", "boolean", "not_boolean"),
        ("2023-02-29", "date", "bad_date"),
        ("31.04.2026", "date", "bad_date"),
        ("05/09/2026", "date", "bad_date"),
        ("2026-05", "date", "incomplete_date"),
        ("--05-09", "date", "incomplete_date"),
        ("1968-13", "partial_date", "bad_partial_date"),
        ("--02-30", "partial_date", "bad_partial_date"),
        ("spring", "partial_date", "bad_partial_date"),
        ("09.05.68", "partial_date", "bad_partial_date"),
        ("31 апреля 2026", "partial_date", "bad_partial_date"),
        ("9 мая", "date", "incomplete_date"),
        ("2026-05-09T25:00", "datetime", "bad_datetime"),
        ("Germania", "country", "unknown_code"),
        ("anna", "email", "bad_form"),
        ("javascript:alert(1)", "url", "bad_form"),
        ("data:text.html,x", "url", "bad_form"),
        ("our site", "url", "bad_form"),
        ("12", "phone", "bad_form"),
        ("DE89370400440532013001", "iban", "bad_checksum"),
        ("DE8937040044", "iban", "bad_checksum"),
        ("7707083894", "inn", "bad_checksum"),
        ("77070838", "inn", "bad_form"),
        ("DE136695970", "vat", "bad_checksum"),
        ("136695976", "vat", "bad_form"),
        ("DEUT", "bic", "bad_form"),
        ("a b", "ref", "bad_id"),
        ("a|b", "ref", "bad_id"),
        ("x" * 201, "ref", "bad_id"),
        ("x" * 1001, "text", "too_long"),
    ],
)
def test_bad_values(text, type_, code):
    more = {"ref": "Person"} if type_ == "ref" else {}
    assert refusal(text, type_, **more) == code


def test_a_comma_is_for_decimals_where_it_does_not_separate_cells():
    assert value("1,234", "number", SEMICOLON) == 1.234
    assert refusal("1,234", "number", COMMA) == "ambiguous_number"


def test_an_enumeration_takes_its_codes_and_offers_the_nearest():
    assert value("Supporter", "enum", enum="support") == "supporter"
    with pytest.raises(BadValue) as caught:
        value("suporter", "enum", enum="support")
    assert caught.value.fields["nearest"] == "supporter"
    with pytest.raises(BadValue) as caught:
        value("Протвник", "enum", enum="support")
    assert caught.value.fields["nearest"] == "enemy"


def test_words_of_the_vocabulary_and_of_countries_are_taken_in_both_languages():
    assert value("Противник", "enum", enum="support") == "enemy"
    assert value("opponent", "enum", enum="support") == "enemy"
    assert value("Германия", "country") == value("germany", "country") == "DE"


def test_a_percent_sign_is_understood_where_percents_or_shares_are_meant():
    assert value("25 %", "percent") == 25
    assert value("25%", "share") == 0.25
    assert refusal("25%", "number") == "not_number"


def test_the_least_and_the_greatest_of_a_property_hold():
    assert refusal("0", "integer", minimum=1) == "out_of_range"
    assert value("1", "integer", minimum=1) == 1


@pytest.mark.parametrize("type_", ["country", "language", "currency", "time_zone"])
@pytest.mark.parametrize("spoken", ["en", "ru"])
def test_whatever_a_form_offers_of_a_closed_list_is_taken(type_, spoken):
    """Nobody has to know that German is "de": the form names it and stores the code."""
    use_language(spoken)
    offered = CLOSED_LISTS[type_]()
    assert len(offered) > 100
    assert all(name.strip() for name in offered.values())
    assert {code for code in offered if value(code, type_) != code} == set()
    assert {"country": "DE", "language": "de", "currency": "EUR", "time_zone": "Europe/Berlin"}[type_] in offered
    use_language("en")


def test_currencies_that_are_no_longer_money_are_not_offered():
    assert {"RUB", "RSD", "USD"} <= CLOSED_LISTS["currency"]().keys()
    assert not {"DEM", "SUR", "YUM"} & CLOSED_LISTS["currency"]().keys()
