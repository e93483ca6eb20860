"""The list of clients (D1, D4): nothing, one, many, hostile names, filters, search in either script."""

from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.clients import clientele
from graphcrm.ui.components.computed import copyable, literal
from graphcrm.ui.state import KEY
from tests.pages.conftest import texts
from tests.small_graph import build, node, orion, tie

HOSTILE = [
    '<img src=x onerror="window.x=1">',
    "</script><script>window.x=1</script>",
    "{{constructor.constructor('window.x=1')()}}",
    "**bold** [link](javascript:window.x=1) ![](http://198.51.100.7/a.png) :red[red] $x^2$",
    '=HYPERLINK("http://198.51.100.7")',
]


def client(number, **properties):
    return node(
        f"client-{number}", "Organization Client", **({"name": f"Client {number}", "kinds": ["client"]} | properties)
    )


def rows(at):
    return at.dataframe[0].value.to_dict("records")


@pytest.mark.parametrize("page", ["clients", "week", "coverage", "calendar", "congratulations"])
def test_an_empty_graph_offers_the_demo_and_the_import(page_environment, open_page, page):
    at = open_page(page)
    assert not at.dataframe
    assert at.button(key="load_demo").label == "Load the demo clientele"
    assert "Bring your own files" in texts(at) or any(one.value == "Bring your own files" for one in at.subheader)


def test_one_client_of_whom_nothing_is_known_is_listed_as_unknown_not_as_zero(page_environment, open_page):
    build(page_environment, [client(1)], [])
    at = open_page("clients")
    (row,) = rows(at)
    assert row["name"] == "Client 1"
    assert row["health"] == ["0"]
    assert row["coverage"] is None or row["coverage"] != row["coverage"], "unknown is not zero (NaN or None)"
    assert row["access"] == ["none"]


def test_health_coverage_and_moments_of_a_client_reckoned_by_hand(page_environment, open_page):
    orion(page_environment)
    at = open_page("clients", as_of="2026-11-23")
    (row,) = [row for row in rows(at) if row["name"] == "Orion"] or rows(at)[:1]
    assert row["health"] in (["2"], ["3"])
    assert row["last"] is not None


def test_three_hundred_clients_are_listed(page_environment, open_page):
    build(page_environment, [client(number) for number in range(300)], [])
    at = open_page("clients")
    assert len(rows(at)) == 300
    assert "300 clients" in at.caption[0].value


def many(number):
    return [client(one, name=f"Client {one:03}", country="DE" if one % 100 else "RU") for one in range(number)]


def names(at):
    return [row["name"] for row in rows(at)]


def test_more_clients_are_leafed_through_by_name(page_environment, open_page):
    build(page_environment, [*many(301), client("twin", name="Client 049")], [])
    at = open_page("clients")
    assert names(at) == [f"Client {one:03}" for one in range(50)]
    assert "50 clients of 302" in at.caption[0].value
    assert "Clients by name, from Client 000 to Client 049; 302 in all." in [one.value for one in at.caption]
    assert at.button(key="clients_back").disabled
    at.button(key="clients_on").click().run()
    assert names(at) == ["Client 049", *(f"Client {one:03}" for one in range(50, 99))], "a namesake is not passed over"
    at.button(key="clients_back").click().run()
    assert names(at)[0] == "Client 000"
    for _page in range(6):
        at.button(key="clients_on").click().run()
    assert names(at) == ["Client 299", "Client 300"]
    assert at.button(key="clients_on").disabled


def test_many_clients_are_filtered_and_searched_by_the_index(page_environment, open_page):
    build(
        page_environment,
        [*many(301), node("p-1", "Person", name="Ольга Щукина", latin_name="Olga Shchukina")],
        [tie("p-1", "WORKS_AT", "client-7")],
    )
    page_environment.read("CALL db.awaitIndexes(60)")
    at = open_page("clients")
    at.button(key="clients_on").click().run()
    at.multiselect(key="clients_country").select("RU").run()
    assert names(at) == ["Client 000", "Client 100", "Client 200", "Client 300"], "from the first page"
    at.multiselect(key="clients_country").unselect("RU").run()
    for words, found in [("shchukina", ["Client 007"]), ("клиент нет", []), ("!?", []), ("300", ["Client 300"])]:
        at.text_input(key="clients_search").set_value(words).run()
        assert (names(at) if at.dataframe else []) == found, words


@pytest.mark.parametrize("page", ["coverage", "calendar", "week", "congratulations"])
def test_the_other_pages_of_the_clientele_are_leafed_through_too(page_environment, open_page, page):
    build(page_environment, many(301), [])
    at = open_page(page)
    assert not at.exception
    at.button(key=f"{page}_on").click().run()
    assert "Clients by name, from Client 050 to Client 099; 301 in all." in [one.value for one in at.caption]
    at.text_input(key=f"{page}_search").set_value("077").run()
    assert "1 of 301 clients." in [one.value for one in at.caption]


def test_search_finds_cyrillic_by_latin_and_the_other_way(page_environment, open_page):
    build(page_environment, [client(1, name="АО «Северная верфь»"), client(2, name="Weber Getriebebau")], [])
    at = open_page("clients")
    for text, found in [
        ("severnaya", "АО «Северная верфь»"),
        ("вебер", "Weber Getriebebau"),
        ("верфь", "АО «Северная верфь»"),
    ]:
        at.text_input(key="clients_search").set_value(text).run()
        assert [row["name"] for row in rows(at)] == [found], text
    at.text_input(key="clients_search").set_value("nobody like this").run()
    assert not at.dataframe
    assert "No client fits" in texts(at)


def test_search_finds_a_client_by_a_person_there(page_environment, open_page):
    build(
        page_environment,
        [client(1), client(2), node("p-1", "Person", name="Ольга Щукина")],
        [tie("p-1", "WORKS_AT", "client-2")],
    )
    at = open_page("clients")
    at.text_input(key="clients_search").set_value("shchukina").run()
    assert [row["name"] for row in rows(at)] == ["Client 2"]


def test_search_leads_to_the_people_it_finds_whatever_the_script(page_environment, open_page):
    """D1: who half remembers a name in one script gets to the person stored in the other, not to the client alone."""
    build(
        page_environment,
        [client(1, name="Weber Getriebebau"), client(2), node("p-1", "Person", name="Jürgen Sieglitz"),
         node("p-2", "Person", name="Ольга Щукина")],
        [tie("p-1", "WORKS_AT", "client-1"), tie("p-2", "WORKS_AT", "client-2")],
    )  # fmt: skip
    at = open_page("clients")

    def people(words):
        at.text_input(key="clients_search").set_value(words).run()
        return [link.proto.label for link in at.get("page_link") if "person" in link.proto.query_string]

    for words, found in [
        ("юрген", ["Jürgen Sieglitz (Weber Getriebebau)"]),
        ("weber siegl", ["Jürgen Sieglitz (Weber Getriebebau)"]),
        ("shchuk", ["Ольга Щукина (Client 2)"]),
        ("weber", []),
        ("", []),
    ]:
        assert [one.replace("\\", "") for one in people(words)] == found, words
    assert people("зиглиц"), "it is spelled otherwise, and sounds alike"
    assert "Sounds alike:" in [one.value for one in at.caption]


def test_filters_narrow_and_clear(page_environment, open_page):
    build(page_environment, [client(1, country="DE", stage="active"), client(2, country="RU", stage="lost")], [])
    at = open_page("clients")
    at.multiselect(key="clients_country").select("RU").run()
    assert [row["name"] for row in rows(at)] == ["Client 2"]
    at.multiselect(key="clients_country").unselect("RU").run()
    assert len(rows(at)) == 2


def test_russian_names_the_values_in_russian(page_environment, open_page):
    build(page_environment, [client(1, country="DE", stage="at_risk", industry="C24")], [])
    (row,) = rows(open_page("clients", language="ru"))
    assert (row["place"], row["stage"], row["industry"]) == ("Германия", "Под угрозой", "Металлургия")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_cell_like_any_other(page_environment, open_page, name):
    build(page_environment, [client(1, name=name, city=name, country=name, stage=name)], [])
    at = open_page("clients")
    assert not at.exception
    assert rows(at)[0]["name"] == name
    assert not [one for one in (*at.markdown, *at.caption) if name in one.value], "never as Markdown"


def test_the_copied_parameters_mean_the_same_to_neo4j(page_environment):
    """What "How was this computed?" gives to paste is the value that was asked with, whatever a name holds."""
    values = [*HOSTILE, 'quote " back \\ slash \n line', date(2026, 11, 23), None, True, 3, 0.5, ["a", "б"], {"k`x": 1}]
    for value in values:
        assert page_environment.read(f"RETURN {literal(value)} AS value")[0]["value"] == value


def test_the_way_to_the_numbers_names_every_query(page_environment):
    found = clientele(page_environment, OWNER, as_of=date(2026, 11, 23))
    assert len(found.asked) == 8
    for one in found.asked:
        text = copyable(one)
        assert text.endswith(one.query.text + ";") or text.endswith(one.query.text)
        assert text.count(":param ") == len(one.query.parameters)


def test_as_of_an_early_day_nobody_had_been_in_touch(page_environment, open_page):
    orion(page_environment)
    at = open_page("clients", as_of=date(2001, 1, 1).isoformat())
    assert [row["last"] for row in rows(at) if row["last"] is not None and row["last"] == row["last"]] == []
    assert at.session_state[KEY].as_of == date(2001, 1, 1)
