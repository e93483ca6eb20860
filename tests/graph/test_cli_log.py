"""``graphcrm log``, ``rate`` and ``ratings`` on real Neo4j (C1.2, C1.8, D1): names, bad input, nothing half written."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from graphcrm.errors import EditRefused, InvalidInput, NotFound
from tests.small_graph import build, orion, tie


@pytest.fixture
def run(database, run):
    """Orion, where ours work for us, and commands on it."""
    orion(database)
    build(database, [], [tie("e-kai", "WORKS_AT", "own", id="k"), tie("e-zoe", "WORKS_AT", "own", id="z")])
    return run


CONTACT = """
MATCH (i:Interaction {summary: 'All well'})-[:WITH]->(p), (i)-[:CONDUCTED_BY]->(e), (i)-[:FOR_CLIENT]->(c)
RETURN i.kind AS kind, i.date AS date, i.mood AS mood, i.next_step AS step, i.next_step_due AS due, p.id AS person,
       e.id AS employee, c.id AS client
"""


def test_a_contact_by_names_with_its_next_step(run, database):
    said = run("log", "Orion", "--with", "Nina", "--by", "Zoe", "--kind", "Call", "--mood", "good",
               "--said", "All well", "--next", "Send it", "--due", "2026-12-01", "--covers")  # fmt: skip
    assert "Saved as change change-" in said
    (row,) = database.read(CONTACT)
    assert row == {"kind": "call", "date": date.today(), "mood": "good", "step": "Send it", "due": date(2026, 12, 1),
                   "person": "p-nina", "employee": "e-zoe", "client": "c-orion"}  # fmt: skip
    (covered,) = database.read("MATCH (:Person {id: 'p-nina'})-[t:COVERED_BY]->({id: 'e-zoe'}) RETURN t.coverage AS is")
    assert covered["is"] == "brief"
    assert len(database.read("MATCH (c:Change) WHERE c.number IS NOT NULL RETURN c")) == 1, (
        "one change, which can be undone"
    )


@pytest.mark.parametrize(("wrong", "error"), [
    (["--with", "Nobody"], NotFound),
    (["--kind", "dinner"], InvalidInput),
    (["--mood", "fine"], InvalidInput),
    (["--on", "some day"], InvalidInput),
    (["--on", (date.today() + timedelta(days=1)).isoformat()], InvalidInput),
    (["--due", "2026-12-01"], InvalidInput),  # without words
    (["--deal", "no-such"], EditRefused),
])  # fmt: skip
def test_bad_input_writes_nothing(run, database, wrong, error):
    with pytest.raises(error):
        run("log", "c-orion", "--with", "p-nina", "--by", "e-zoe", "--said", "All well", *wrong)
    assert database.read(CONTACT) == []


def test_ratings_stay_blind_until_one_has_rated(run):
    run("rate", "Lev Sorokin", "supporter", "--by", "Kai", "--in", "c-orion", "--why", "He asks for us")
    assert "He asks for us" not in run("ratings", "p-lev", "--by", "Zoe", "--in", "c-orion")
    run("rate", "p-lev", "Neutral", "--by", "Zoe", "--in", "c-orion")
    said = run("ratings", "p-lev", "--by", "Zoe", "--in", "c-orion")
    assert "He asks for us" in said
    assert "From Neutral to Supporter: 1 step apart." in said
    told = json.loads(run("ratings", "p-lev", "--by", "e-zoe", "--in", "c-orion", "--format", "json"))
    assert (told["total"], told["spread"]["steps"]) == (2, 1)
    with pytest.raises(InvalidInput):
        run("rate", "p-lev", "friendly", "--by", "Zoe", "--in", "c-orion")
    with pytest.raises(EditRefused):
        run("rate", "p-lev", "neutral", "--by", "Zoe", "--in", "no-such")
