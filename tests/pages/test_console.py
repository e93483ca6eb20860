"""The console on the page of queries (D3): write, ask, read the answer; refusals and mistakes; from a named query."""

from __future__ import annotations

import json
from functools import partial

import pytest

from graphcrm.domain.viewer import Viewer
from graphcrm.errors import ConsoleClosed
from graphcrm.services import console
from graphcrm.ui import session
from graphcrm.ui.components import console_picture
from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, tie

FIELD = "console-cypher"
LONG = "Очень длинное имя человека, которое не помещается на карточке никак " * 4


@pytest.fixture
def graph(page_environment):
    people = [node(f"p{place}", "Person", name=name) for place, name in enumerate((HOSTILE[0], LONG, "Lev"))]
    build(
        page_environment,
        [node("c", "Organization Client", name="Orion"), *people],
        [*(tie(f"p{place}", "WORKS_AT", "c", title="Buyer") for place in range(3)), tie("p1", "REPORTS_TO", "p0")],
    )
    return page_environment


def ask(at, cypher):
    at.text_area(key=FIELD).set_value(cypher).run()
    at.button(key="console-run").click().run()
    assert not at.exception
    return at


def opened(open_page, language="en"):
    at = open_page("queries", part="console", language=language)
    assert not at.exception
    return at


def drawn(at):
    """What the browser gets to draw."""
    return next(json.loads(one.proto.json) for one in at.get("bidi_component") if one.proto.json)


@pytest.mark.parametrize(("language", "told"), [("en", "Nothing has been asked yet"), ("ru", "Запросов ещё не было")])
def test_at_first_it_says_what_to_do(page_environment, open_page, language, told):
    at = opened(open_page, language)
    assert told in texts(at)
    assert len([one for one in at.button if (one.key or "").startswith("console-example-")]) >= 5


def test_the_address_keeps_which_part_is_open(graph, open_page):
    at = open_page("queries")
    assert not at.text_area
    at.segmented_control(key="part").set_value("console").run()
    assert at.query_params["part"] == "console"
    at.segmented_control(key="part").set_value("library").run()
    assert "part" not in at.query_params


def test_rows_are_a_table_whose_numbers_are_numbers(graph, open_page):
    at = ask(opened(open_page), "UNWIND [10, 2, 1] AS n RETURN n, 'x' + n AS text")
    assert at.dataframe[0].value["n"].tolist() == [10, 2, 1]
    assert "3 rows in" in texts(at).replace("\\", "")


@pytest.mark.parametrize(("count", "told"), [(0, "Nothing found"), (1, "1 row"), (1000, "1,000 rows"),
                                             (1001, "There are more rows; the first 1,000 are here")])  # fmt: skip
def test_none_one_and_a_thousand_rows(graph, open_page, count, told):
    at = ask(opened(open_page), f"UNWIND range(1, {count}) AS n RETURN n")
    assert told in texts(at).replace("\\", "")


def test_people_and_clients_are_buttons_and_names_stay_names(graph, open_page):
    at = opened(open_page)
    ask(at, "MATCH (p:Person)-[t:WORKS_AT]->(c:Client) RETURN p, t, c, p.id AS person_id ORDER BY p.id")
    at.session_state["console-views"] = "Table"
    at.run()
    table = at.dataframe[0]
    assert table.value["p"].tolist()[0] == HOSTILE[0]
    assert table.value["c"].tolist() == ["Orion"] * 3
    assert table.value["t"].tolist() == ["[:WORKS_AT]"] * 3
    columns = json.loads(table.proto.columns)
    linked = {name for name, one in columns.items() if (one.get("type_config") or {}).get("type") == "button"}
    assert linked == {"p", "c", "person_id"}


def test_nodes_and_ties_are_a_picture_that_says_what_it_leaves_out(graph, open_page, monkeypatch):
    monkeypatch.setattr(console_picture, "MOST_DRAWN", 3)
    at = ask(opened(open_page), "MATCH path = (:Person)-[:WORKS_AT]->(:Client) RETURN path")
    found = drawn(at)
    assert len(found["nodes"]) == 3
    assert "3 of 4 nodes are drawn" in found["note"]
    assert {one["kind"] for one in found["edges"]} == {"WORKS_AT"}
    assert {HOSTILE[0], "Orion", LONG.strip()} >= {one["name"].strip() for one in found["nodes"]}
    ask(at, "MATCH (:Person)-[t:REPORTS_TO]->(p:Person) RETURN t, p")
    assert "1 tie is not drawn" in texts(at).replace("\\", "")


def test_a_mistake_is_shown_at_its_place_and_the_text_stays(graph, open_page):
    at = ask(opened(open_page), "MATCH (p:Person)\nRETRUN p")
    assert "Line 2, column 1" in at.warning[0].value.replace("\\", "")
    assert at.code[0].value == "RETRUN p\n^"
    assert at.text_area(key=FIELD).value == "MATCH (p:Person)\nRETRUN p"


def test_what_would_write_is_refused_and_nothing_changes(graph, open_page):
    at = ask(opened(open_page), "MATCH (p:Person) SET p.name = 'x'")
    assert "only reads" in at.warning[0].value
    assert graph.read("MATCH (p:Person {name: 'x'}) RETURN count(p) AS n") == [{"n": 0}]


def test_a_shut_console_says_why_and_what_mends_it(graph, open_page, monkeypatch):
    closed = ConsoleClosed("The console is shut: {why}.", mend="Set *this* and start Neo4j again.", why="<b>files</b>")
    monkeypatch.setattr(console, "console_closed", lambda _db: closed)
    at = opened(open_page)
    assert not at.text_area
    said = at.warning[0].value.replace("\\", "")
    assert "The console is shut: <b>files</b>." in said
    assert "Set *this* and start Neo4j again." in said


def test_who_does_not_see_everything_may_not_ask(graph, open_page, monkeypatch):
    monkeypatch.setattr(session, "current_viewer", lambda: Viewer("m", "M", "manager"))
    at = ask(opened(open_page), "RETURN 1 AS n")
    assert "your role does not see everything" in at.warning[0].value
    assert not at.dataframe


def test_what_takes_too_long_is_told_and_the_text_stays(graph, open_page, monkeypatch):
    monkeypatch.setattr(console, "ask_cypher", partial(console.ask_cypher, limits=console.Limits(seconds=1)))
    slow = "UNWIND range(1, 100000000) AS n WITH n WHERE n % 99999999 = 1 RETURN count(n) AS n"
    at = ask(opened(open_page), slow)
    assert len(at.warning) == 1
    assert at.text_area(key=FIELD).value == slow


def test_parameters_have_fields_and_what_is_missing_is_said(graph, open_page):
    at = ask(opened(open_page), "MATCH (p:Person {name: $name}) RETURN p.id AS id, $n AS n")
    assert "needs a value for" in at.warning[0].value
    at.text_input(key="console-value-name").set_value("Lev")
    at.text_input(key="console-value-n").set_value("12").run()
    at.button(key="console-run").click().run()
    assert at.dataframe[0].value.to_dict("records") == [{"id": "p2", "n": 12}]


def test_a_question_asked_before_comes_back_with_its_values(graph, open_page):
    at = ask(opened(open_page), "RETURN $a AS a")
    at.text_input(key="console-value-a").set_value("*b*").run()
    at.button(key="console-run").click().run()
    ask(at, "RETURN 1 AS one")
    at.session_state["console-lists"] = "Asked before"
    at.run()
    old = [one for one in at.button if (one.key or "").startswith("console-asked-")]
    assert [one.label.replace("\\", "") for one in old] == ["RETURN 1 AS one", "RETURN $a AS a", "RETURN $a AS a"]
    old[1].click().run()
    assert at.text_area(key=FIELD).value == "RETURN $a AS a"
    assert at.text_input(key="console-value-a").value == "*b*"


def test_a_named_query_is_opened_with_its_text_and_values(graph, open_page):
    at = open_page("queries")
    at.selectbox(key="query").set_value("person_profile").run()
    at.text_input(key="query-person_profile-person_id").set_value("p2")
    next(one for one in at.button if one.label == "Ask").click().run()
    at.button(key="open-console").click().run()
    assert not at.exception
    assert "$person_id" in at.text_area(key=FIELD).value
    assert at.text_input(key="console-value-person_id").value == "p2"
    at.button(key="console-run").click().run()
    assert "1 row in" in texts(at).replace("\\", "")


@pytest.mark.parametrize(
    ("language", "search", "found"),
    [
        ("en", "reports", "REPORTS_TO"),
        ("ru", "клиент", ":Client"),
        ("ru", "ИНН", "inn"),
        ("en", "zzz", "No such word."),
    ],
)
def test_words_are_found_by_name_in_both_languages(page_environment, open_page, language, search, found):
    at = opened(open_page, language)
    at.session_state["console-lists"] = {"en": "Words of the graph", "ru": "Слова графа"}[language]
    at.run()
    at.text_input(key="console-words").set_value(search).run()
    said = " ".join(one.proto.body for one in at.get("html"))
    assert found in said
