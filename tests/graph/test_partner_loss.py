"""What breaks if a partner goes, over all its clients (D2): by hand on a small graph, for each viewer, as a command."""

from __future__ import annotations

import json

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services import partner_loss as service
from graphcrm.services.partner_loss import partner_loss, shared_partners
from tests.small_graph import TODAY, build, node, ours, tie

READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def bank(database):
    """Eva knows Mia at the bank. Mia knows Ada, who decides at Nord and whom nobody else knows, and Bo, who is covered.

    Old Max has left. Tom, whom nobody of ours knows, sways Cy, who decides at West. At Süd nobody knows anybody.
    """
    build(database, *ours(eva="Eva"))
    build(
        database,
        [
            node("bank", "Organization Partner", name="Bank"),
            *(node(one, "Organization Client", name=one.title()) for one in ("nord", "sued", "west")),
            *(node(one, "Person", name=one.title()) for one in ("mia", "tom", "max", "ada", "bo", "cy", "di")),
        ],
        [
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


def test_each_way_opens_to_its_ties(bank):
    bank.write("CREATE (:Entity:Source {id: 'talk', name: 'A talk', date: date('2026-10-01')})")
    bank.write("MATCH ()-[t {id: 'eva-KNOWS-mia'}]->() SET t.source = 'talk', t.confidence = 0.7")
    (loss, *_rest) = partner_loss(bank, OWNER, "bank", as_of=TODAY).clients
    way = next(one for one in loss.bridges if one.person_id == "ada")
    assert way.ties == ("eva-KNOWS-mia", "mia-KNOWS-ada")
    first, second = (loss.evidence[one] for one in way.ties)
    assert (first.source_id, first.target_id, first.strength) == ("eva", "mia", 7.0)
    assert (first.source, first.confidence, str(first.verified)) == ("A talk", 0.7, "2026-10-01")
    assert (second.source_id, second.target_id, second.strength) == ("mia", "ada", 6.0)
    assert {one.query.name for one in loss.asked} >= {"structure_people", "structure_coverage"}


def test_the_shared_partners(bank):
    build(bank, [node("ltd", "Organization Partner", name="Ltd")], [tie("ltd", "OWNS", "west", percent=60.0)])
    found = shared_partners(bank, OWNER, as_of=TODAY)
    assert [(one.partner_id, tuple(one.clients), one.links, one.people, one.clients_known)
            for one in found.partners] == [
        ("bank", ("nord", "sued"), ("bank",), 3, 2),
        ("ltd", ("west",), ("OWNS",), 0, 0),
    ], "Max has left; our own firm is no partner"  # fmt: skip
    assert [one.name for one in shared_partners(bank, OWNER, as_of=TODAY, search=" LT ").partners] == ["Ltd"]
    bank.write("MATCH ()-[t:OWNS]->() SET t.sensitivity = 'restricted'")
    assert [one.partner_id for one in shared_partners(bank, READER, as_of=TODAY).partners] == ["bank"]


def test_of_too_many_clients_those_with_most_ways_are_judged(bank, monkeypatch):
    monkeypatch.setattr(service, "MOST_JUDGED", 2)
    found = partner_loss(bank, OWNER, "bank", as_of=TODAY)
    assert [one.client_id for one in found.clients] == ["nord", "west"]
    assert found.rest == {"sued": "Sued"}


def test_unknown_and_lonely_firms(bank):
    with pytest.raises(NotFound):
        partner_loss(bank, OWNER, "ada", as_of=TODAY)
    build(bank, [node("alone", "Organization Partner", name="Alone")], [])
    assert partner_loss(bank, OWNER, "alone", as_of=TODAY).clients == ()


def test_on_the_command_line(bank, run):
    said = run("partner-loss", "Bank")
    assert "Key figures to whom we have a way only over this firm: Ada." in said
    assert "Eva → Mia → Bo (in contact with us directly, too)" in said
    told = json.loads(run("partner-loss", "bank", "--format", "json"))
    assert told["clients"][0]["key_figures_lost"] == ["Ada"]
