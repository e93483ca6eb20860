"""How to reach a person, on their page (C1.2, D1): chains, reasoned ties that wait, the ledger; writes by a click."""

from __future__ import annotations

import pytest

from graphcrm.ui.state import KEY
from tests.pages.test_person_page import HOSTILE, open_person, texts
from tests.small_graph import TODAY, build, node, orion, tie

__all__ = ["open_person"]


@pytest.fixture
def known(database):
    """Orion; Zoe knows Iris, Iris knows Lev; Lev and Omar sat on one board."""
    orion(database)
    build(
        database,
        [node("p-iris", "Person", name="Iris Kant"), node("p-omar", "Person", name="Omar Fein"),
         node("f-board", "Organization Partner", name="Foundry")],
        [tie("e-zoe", "KNOWS", "p-iris", strength=9.0, confidence=1.0, last_verified_at=TODAY),
         tie("p-iris", "KNOWS", "p-lev", strength=7.0, confidence=1.0, last_verified_at=TODAY),
         tie("p-lev", "SITS_ON", "f-board", body="board", since="2019"),
         tie("p-omar", "SITS_ON", "f-board", body="board", since="2020")],
    )  # fmt: skip
    return database


def click(at, label):
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception, at.exception


def count(db, pattern):
    return db.read(f"MATCH {pattern} RETURN count(*) AS n", {})[0]["n"]


def test_the_chain_is_read_from_ours_to_the_person(open_person, known):
    said = texts(open_person("p-lev"))
    assert "How to reach" in said
    assert said.index("Zoe Lind") < said.index("Iris Kant")
    assert "Zoe Lind asks Iris Kant for an introduction to Lev Sorokin." in said
    assert "weakest link" in said
    assert "Why: what it rests on" in str([one.label for one in open_person("p-lev").expander])


def test_nobody_to_ask_is_said(open_person, database):
    orion(database)
    build(database, [node("p-lone", "Person", name="Lone")], [tie("p-lone", "WORKS_AT", "c-orion")])
    assert "No chain of acquaintance from us is known." in texts(open_person("p-lone"))


def test_one_of_ours_need_not_be_reached(open_person, known):
    assert "How to reach" not in texts(open_person("e-zoe"))


def test_a_yes_makes_a_tie_and_a_no_is_remembered(open_person, known):
    at = open_person("p-lev")
    assert "Both have sat on one body of Foundry since 2020." in texts(at)
    click(at, "They know each other")
    rows = known.read(
        "MATCH (:Person {id: 'p-lev'})-[t:KNOWS]-(:Person {id: 'p-omar'}) RETURN t.context AS context", {}
    )
    assert [row["context"] for row in rows] == ["Both have sat on one body of Foundry since 2020"]
    assert not any(button.label == "They do not" for button in at.button if button.key == "no-p-omar")
    assert count(known, "(c:Change)-[:CHANGED]->(:Person {id: 'p-omar'})") == 1


def test_a_no_is_not_asked_again(open_person, known):
    at = open_person("p-lev")
    click(at, "They do not")
    assert count(known, "(:Person {id: 'p-lev'})-[:NOT_ACQUAINTED]-(:Person)") == 1
    assert count(known, "()-[:KNOWS]-(:Person {id: 'p-omar'})") == 0
    assert "Foundry since" not in texts(open_person("p-lev"))


def test_a_request_is_noted_and_moved_on(open_person, known):
    at = open_person("p-lev")
    at.session_state[KEY].as_of = None  # what is noted is noted with the date of today
    click(at.run(), "Note that we asked")
    said = texts(at)
    assert "Introductions so far" in said
    assert "Zoe Lind → Iris Kant → Lev Sorokin" in said
    click(at, "Made")
    rows = known.read("MATCH (i:Introduction) RETURN i.status AS status, i.made_on AS made", {})
    assert [(row["status"], row["made"] is not None) for row in rows] == [("made", True)]
    assert "Introduced us before: 1." in texts(at)


def test_hostile_names_stay_text(open_person, known):
    known.write("MATCH (p:Person) WHERE p.id IN ['p-iris', 'p-omar'] SET p.name = $name", {"name": HOSTILE})
    known.write("MATCH ()-[t:KNOWS]->() SET t.context = $name", {"name": HOSTILE})
    known.write("MATCH (o {id: 'f-board'}) SET o.name = $name", {"name": HOSTILE})
    at = open_person("p-lev")
    assert not any("<img src=x" in str(one.proto.body) for one in at.get("html"))
    click(at, "They know each other")


def test_in_russian(open_person, known):
    said = texts(open_person("p-lev", language="ru"))
    assert "Как выйти на человека" in said
    assert "Просит Zoe Lind" in said
