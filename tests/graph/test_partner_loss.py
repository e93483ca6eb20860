"""What breaks if a partner goes, over all its clients (D2): by hand on a small graph, for each viewer, as a command."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from graphcrm.cli import app
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services.partner_loss import partner_loss
from tests.small_graph import TODAY, build, node, tie

READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def bank(database):
    """Eva knows Mia at the bank. Mia knows Ada, who decides at Nord and whom nobody else knows, and Bo, who is covered.

    Old Max has left. Tom, whom nobody of ours knows, sways Cy, who decides at West. At Süd nobody knows anybody.
    """
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("bank", "Organization Partner", name="Bank"),
            *(node(one, "Organization Client", name=one.title()) for one in ("nord", "sued", "west")),
            *(node(one, "Person", name=one.title()) for one in ("mia", "tom", "max", "ada", "bo", "cy", "di")),
            node("eva", "Person Employee", name="Eva"),
        ],
        [
            tie("eva", "WORKS_AT", "us"),
            tie("mia", "WORKS_AT", "bank"),
            tie("tom", "WORKS_AT", "bank"),
            tie("max", "WORKS_AT", "bank", valid_to=TODAY),
            *(tie(one, "WORKS_AT", "nord") for one in ("ada", "bo")),
            tie("di", "WORKS_AT", "sued"),
            tie("cy", "WORKS_AT", "west"),
            tie("ada", "STAKEHOLDER_IN", "nord", roles=["decision_maker"], support="neutral"),
            tie("cy", "STAKEHOLDER_IN", "west", roles=["decision_maker"], support="neutral"),
            tie("bo", "COVERED_BY", "eva", coverage="multiple"),
            tie("eva", "KNOWS", "mia", strength=7.0),
            tie("mia", "KNOWS", "ada", strength=6.0),
            tie("mia", "KNOWS", "bo", strength=6.0),
            tie("max", "KNOWS", "ada"),
            tie("tom", "INFLUENCES", "cy", strength=8.0),
            tie("bank", "PARTNER_OF", "nord", kind="bank"),
            tie("sued", "PARTNER_OF", "bank", kind="bank", id="s"),
        ],
    )
    return database


def test_clients_ways_and_key_figures(bank):
    found = partner_loss(bank, OWNER, "bank", as_of=TODAY)
    assert [(one.client_id, one.links, one.key_lost) for one in found.clients] == [
        ("nord", ("bank",), ("Ada",)),
        ("west", (), ()),
        ("sued", ("bank",), ()),
    ], "who loses most first; West is tied by a person only"
    ways = {(one.ours, one.via, one.person_id, one.is_key, one.otherwise) for one in found.clients[0].bridges}
    assert ways == {(("Eva",), "Mia", "ada", True, False), (("Eva",), "Mia", "bo", False, True)}, "Max has left"
    (west,) = found.clients[1].bridges
    assert (west.ours, west.is_key) == ((), True), "nobody of ours knows Tom: no way of ours is lost"
    assert len(found.asked) == 2


def test_what_may_not_be_seen_or_walked_is_no_way(bank):
    bank.write("MATCH (:Person {id: 'mia'})-[t:KNOWS]->(:Person {id: 'ada'}) SET t.use = 'do_not_use'")
    assert partner_loss(bank, OWNER, "bank", as_of=TODAY).clients[0].key_lost == ()
    bank.write(
        "MATCH (:Person {id: 'mia'})-[t:KNOWS]->(:Person {id: 'ada'}) SET t.use = 'open', t.sensitivity = 'family'"
    )
    assert partner_loss(bank, OWNER, "bank", as_of=TODAY).clients[0].key_lost == ("Ada",)
    assert not any(one.key_lost for one in partner_loss(bank, READER, "bank", as_of=TODAY).clients)


def test_unknown_and_lonely_firms(bank):
    with pytest.raises(NotFound):
        partner_loss(bank, OWNER, "ada", as_of=TODAY)
    build(bank, [node("alone", "Organization Partner", name="Alone")], [])
    assert partner_loss(bank, OWNER, "alone", as_of=TODAY).clients == ()


def test_on_the_command_line(bank, neo4j_endpoint, monkeypatch):
    for name, value in (("URI", neo4j_endpoint.uri), ("USERNAME", neo4j_endpoint.username),
                        ("PASSWORD", neo4j_endpoint.password)):  # fmt: skip
        monkeypatch.setenv(f"NEO4J_{name}", value)
    said = CliRunner().invoke(app, ["partner-loss", "Bank"]).output
    assert "Key figures to whom we have a way only over this firm: Ada." in said
    assert "Eva → Mia → Bo (in contact with us directly, too)" in said
    told = json.loads(CliRunner().invoke(app, ["partner-loss", "bank", "--format", "json"]).output)
    assert told["clients"][0]["key_figures_lost"] == ["Ada"]
