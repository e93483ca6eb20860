"""What pages ask of a large clientele costs the same at any size, and finds the same (D1, D4)."""

from datetime import date, timedelta

import pytest

from bench.pages import hits
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import InvalidInput
from graphcrm.queries.clients import clients_named
from graphcrm.queries.contacts_import import people_by_address
from graphcrm.queries.editing import list_of_kind
from graphcrm.services import _clientele, editing, guests, joint_events
from graphcrm.services._clientele import Part
from graphcrm.services.guests import GuestChoices
from graphcrm.vocabulary import VOCABULARY
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 26)
ALL = {"as_of": TODAY, "industries": [], "countries": [], "stages": []}


@pytest.fixture
def namesakes(database):
    """600 people called Adler at 60 clients, and after them all a firm that is called so."""
    build(
        database,
        [
            *(node(f"c{number}", "Organization Client", name=f"Client {number:02}") for number in range(60)),
            *(node(f"p{number}", "Person", name=f"Anna Adler {number}") for number in range(600)),
            node("firm", "Organization Client", name="Adler Works", legal_name="Adler Works GmbH"),
        ],
        [tie(f"p{number}", "WORKS_AT", f"c{number % 60}") for number in range(600)],
    )
    return database


def test_a_firm_is_found_however_many_people_are_called_the_same(namesakes):
    assert [one.id for one in editing.find(namesakes, "adler", ["Organization"])] == ["firm"]
    found = clients_named(namesakes, words="adl*", **ALL)
    assert len(found) == 50
    assert "firm" in {one.id for one in found}, "its own name first"


def test_of_a_search_the_nearest_names_come_first_then_by_name(namesakes, monkeypatch):
    monkeypatch.setattr(_clientele, "WHOLE", 1)
    others = {"whole": "Zum Adler", "same": "Adler", "begins": "Zur Adlerwarte"}
    build(namesakes, [node(one, "Organization Client", name=name) for one, name in others.items()], [])
    lines = _clientele.shown_clients(namesakes, TODAY, Part(search="adler")).lines
    assert [one.id for one in lines[:4]] == ["same", "firm", "whole", "begins"]
    assert len(lines) == 50
    assert [one.name for one in lines[4:]] == sorted(one.name for one in lines[4:]), "by who works there"


def test_firms_and_people_are_found_side_by_side(namesakes):
    found = editing.find(namesakes, "adler", ["Organization", "Person"])
    assert (len(found), found[0].id) == (50, "firm"), "two of its names say so"


def test_no_kind_crowds_another_out(database):
    """More namesakes of each kind than an index gives hits, and the one that is looked for made last."""
    build(
        database,
        [
            *(node(f"c{number}", "Organization Client", name=f"Adler Works {number}") for number in range(600)),
            *(node(f"p{number}", "Person", name=f"Adler, Anna {number}") for number in range(600)),
            node("ours", "Person Employee", name="Adler, Olga"),
            node("fair", "Event", name="Adler fair"),
        ],
        [],
    )
    assert {one.id[0] for one in editing.find(database, "adler", ["Person"])} == {"p"}
    assert [one.id for one in editing.find(database, "adler", ["Employee"])] == ["ours"]
    assert [one.id for one in editing.find(database, "adler", ["Event"])] == ["fair"]
    assert len(editing.find(database, "adler", ["Client"])) == 50
    found = [one.id for one in editing.find(database, "adler olga", ["Employee", "Person"])]
    assert found == ["ours"], "once, though two indexes know her"


def test_every_kind_with_a_name_has_an_index_of_names(database):
    rows = database.read("SHOW FULLTEXT INDEXES YIELD labelsOrTypes, properties RETURN labelsOrTypes, properties")
    indexed = {label for row in rows if "name" in row["properties"] for label in row["labelsOrTypes"]}
    assert {kind for kind, given in VOCABULARY.nodes.items() if "name" in given.properties} == indexed - {"Employee"}


def test_a_search_takes_no_more_hits_than_it_shows(namesakes):
    """600 people fit; 50 clients are shown, each known by the first of its people."""
    given = {"words": "adl*", **ALL}
    many = hits(namesakes, clients_named.query.text, given)
    namesakes.write("MATCH (p:Person) WHERE toInteger(substring(p.id, 1)) >= 60 SET p.name = 'Boris'")
    namesakes.write("CALL db.awaitIndexes(60)")
    assert many < 1.2 * hits(namesakes, clients_named.query.text, given)


def test_an_address_is_one_address_whatever_it_is_made_of(database):
    people = {"per": "Per@Nord.example", "odd": 'o"d\\d*+ OR x@nord.example', "part": "per@nord.example.com"}
    build(database, [node(one, "Person", name=one, email=email) for one, email in people.items()], [])
    asked = ["per@nord.example", 'o"d\\d*+ or x@nord.example', '"', "@", "*", "nord.example", "\\", "", "per"]
    found = people_by_address(database, addresses=asked, as_of=TODAY)
    assert [(one.address, one.id) for one in found] == [(asked[1], "odd"), (asked[0], "per")]


def test_our_people_are_listed_by_name_up_to_a_number(database):
    build(database, [node(f"e{number}", "Person Employee", name=f"N{9 - number}") for number in range(6)], [])
    assert [one.id for one in list_of_kind(database, label="Employee", most=3)] == ["e5", "e4", "e3"]
    assert list_of_kind(database, label="Person") == []


@pytest.fixture
def two(database, monkeypatch):
    """Two clients, which count as a large clientele, an event and a deal won with each."""
    for module in (_clientele, guests, joint_events):
        monkeypatch.setattr(module, "WHOLE", 1)
    day = TODAY - timedelta(days=9)
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord"),
            node("sued", "Organization Client", name="Süd"),
            node("anna", "Person", name="Anna"),
            node("olga", "Person", name="Ольга"),
            node("party", "Event", name="Party", kind="celebration", date=TODAY + timedelta(days=20), seats=3),
            *(node(f"won-{one}", "Deal", name=one, stage="won", closed=day) for one in ("nord", "sued")),
            *(node(f"at-{one}", "UsefulDate", name=one, kind="project", date="2027-02-01") for one in ("nord", "sued")),
        ],
        [
            tie("anna", "WORKS_AT", "nord"),
            tie("olga", "WORKS_AT", "sued"),
            *(tie(f"won-{one}", "FOR_CLIENT", one) for one in ("nord", "sued")),
            *(tie(f"at-{one}", "DATE_OF", one) for one in ("nord", "sued")),
        ],
    )
    return database


def proposed(db, **choices):
    found = guests.propose_guests(db, OWNER, "party", GuestChoices(**choices), as_of=TODAY)
    return {one.candidate.person_id for one in (*found.found.guests, *found.found.near)}


def test_guests_of_a_large_clientele_are_those_of_the_clients_looked_at(two):
    assert proposed(two, client_ids=("sued",)) == {"olga"}
    assert proposed(two, part=Part(search="ольг")) == {"olga"}
    assert proposed(two, part=Part()) == {"anna", "olga"}, "a page holds both"
    with pytest.raises(InvalidInput, match=r"too many clients .*Choose some clients"):
        proposed(two)
    build(two, [], [tie("party", "FOR_CLIENT", "nord")])
    assert proposed(two) == {"anna"}, "the event's own client"


def test_milestones_of_a_large_clientele(two):
    shown = joint_events.clients_looked_at(two, as_of=TODAY, part=Part(search="nord"))
    assert shown.ids == ["nord"]

    def keys(**asked):
        return {one.key for one in joint_events.milestones(two, OWNER, as_of=TODAY, **asked)[0]}

    own = {"deal:won-nord", "date:at-nord:2027-02-01"}
    assert keys(client_ids=["nord"]) == own
    assert keys(client_ids=["nord"], all_deals=True) == {*own, "deal:won-sued"}
    assert keys() == {*own, "deal:won-sued", "date:at-sued:2027-02-01"}
    proposal = joint_events.joint_proposal(two, OWNER, "deal:won-nord", as_of=TODAY, client_id="nord")
    assert [one.person_id for one in (*proposal.theirs, *proposal.others)] == ["anna"]
