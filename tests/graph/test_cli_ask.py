"""``graphcrm query``, ``queries`` and ``brief`` as a user runs them, on real Neo4j."""

import csv
import io
import json
from datetime import date

import pytest

from graphcrm.cli import ask
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries.binder import Query
from tests.commands import caller_of, kept_open
from tests.small_graph import TODAY, orion


@pytest.fixture
def run(database, monkeypatch):
    """Runs a command; gives its output, or raises the error that ``main`` prints."""
    orion(database, p_lev="=HYPERLINK(1)", p_nina="[red]Nina[/red]\x1b[31m")

    monkeypatch.setattr(ask, "open_app", lambda _settings: kept_open(database, TODAY))
    return caller_of(ask.app)


PEOPLE = ("query", "structure_people", "--param", "client_id=c-orion", "--param", "as_of=2026-11-23")


def test_json_has_the_types_of_the_graph(run):
    """D3: numbers are numbers, days are ISO text, unknown is null."""
    rows = {row["id"]: row for row in json.loads(run(*PEOPLE, "--format", "json"))}
    assert rows["p-greta"]["level"] == 1
    assert rows["p-greta"]["last_verified"] == "2026-10-01"
    assert rows["p-nina"]["level"] is None
    assert rows["p-greta"]["roles"] == ["decision_maker", "economic_buyer"]


def test_csv_runs_no_formula(run):
    """A name that a spreadsheet would run gets an apostrophe."""
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(run(*PEOPLE, "--format", "csv")))}
    assert rows["p-lev"]["name"] == "'=HYPERLINK(1)"
    assert rows["p-greta"]["roles"] == "decision_maker|economic_buyer"
    assert rows["p-nina"]["title"] == "Assistant"
    assert rows["p-nina"]["level"] == ""


def test_a_table_shows_names_as_they_are(run):
    """No markup is taken from a name, and no escape code reaches the terminal."""
    text = run(*PEOPLE)
    assert "[red]Nina[/red]" in text
    assert "\x1b[31m" not in text


def test_as_of_is_today_when_it_is_not_given(run):
    rows = json.loads(run("query", "client_deals", "-p", "client_id=c-orion", "-f", "json"))
    assert [row["id"] for row in rows] == ["deal-open"]


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (["structure_peple"], NotFound, "There is no query structure_peple. Did you mean structure_people?"),
        (["zzzzzz"], NotFound, "There is no query zzzzzz. graphcrm queries lists them all."),
        (["structure_people"], InvalidInput, "structure_people needs client_id. Add --param client_id=...."),
        (
            ["structure_people", "-p", "clientid=x"],
            InvalidInput,
            "structure_people has no parameter clientid. Did you mean client_id?",
        ),
        (["structure_people", "-p", "c-orion"], InvalidInput, "c-orion is not a parameter. Write it as name=value."),
        (
            ["structure_people", "-p", "client_id=x", "-p", "as_of=31.12.2026"],
            InvalidInput,
            "as_of wants a day, not '31.12.2026'. For example 2026-11-23.",
        ),
        (
            ["client_contacts", "-p", "client_id=x", "-p", "most=many"],
            InvalidInput,
            "most wants a whole number, not 'many'. For example 10.",
        ),
        (
            ["structure_people", "-p", "client_id=x", "-p", "client_id=y"],
            InvalidInput,
            "client_id is given 2 times. Give it once.",
        ),
    ],
)
def test_wrong_questions_get_one_clear_sentence(run, arguments, error, sentence):
    with pytest.raises(error) as caught:
        run("query", *arguments)
    assert caught.value.describe() == sentence


def test_only_queries_that_read_are_offered(run):
    """A write of the library is neither listed nor run."""
    assert all(not query.writes for query in ask.readable())
    writing = [query.name for query in ask.catalogue().values() if query.writes]
    assert writing
    for name in writing:
        with pytest.raises(NotFound):
            run("query", name)


def test_list_of_queries(run):
    """Each with its documentation and its parameters; a word narrows the list."""
    text = run("queries")
    assert "structure_people(client_id, as_of: date = today)" in text
    assert "Who reports to whom among the people of a client, as of a day." in " ".join(text.split())
    assert "structure_people" not in run("queries", "useful dates of a person")


def test_brief_in_russian(run):
    assert "23 нояб. 2026" in run("brief", "c-orion", "--language", "ru")


def test_brief_in_a_language_that_is_not_spoken(run):
    with pytest.raises(InvalidInput, match="does not speak tlh"):
        run("brief", "c-orion", "--language", "tlh")


def test_values_of_every_type():
    """Lists by commas or by repetition; booleans in words."""
    query = Query(
        "q", "t", "", "", {"ids": list[str], "flag": bool, "share": float | None, "day": date}, {}, (), False, "rows"
    )
    given = ["ids=a, b", "ids=c", "flag=yes", "share=0.5", "day=2026-01-02"]
    assert ask.parse_parameters(query, given, today=TODAY) == {
        "ids": ["a", "b", "c"],
        "flag": True,
        "share": 0.5,
        "day": date(2026, 1, 2),
    }
