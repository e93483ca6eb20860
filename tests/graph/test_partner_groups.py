"""Owners of several clients and groups of clients (D2) on a small clientele: days, sensitivity, chains, a circle."""

from __future__ import annotations

import json
from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.services import partner_groups as service
from graphcrm.services.partner_groups import chain_names, clusters, owners, ties_of
from tests.small_graph import TODAY, build, node, tie

PARTNERS = ("top", "mid", "bank", "insurer", "rival")
READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def clientele(database):
    """Ana owns 60% of Top, Top half of Mid, Mid half of Nord and all of Süd; Mid owns 10% of Top, a circle.

    Ost and West share a bank and an insurer; Ost is carried by Nord. Competitors and our own firm tie nobody.
    """
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            *(node(one, "Organization Client", name=one.title()) for one in ("nord", "sued", "ost", "west")),
            *(node(one, "Organization Partner", name=one.title()) for one in PARTNERS),
            node("ana", "Person", name="Ana"),
            node("register", "Source", name="Register", date=date(2026, 3, 2)),
            node("kin", "Person FamilyMember", name="Kin"),
        ],
        [
            tie("ana", "OWNS", "top", percent=60.0, confidence=0.6, source="register"),
            tie("top", "OWNS", "mid", percent=50.0),
            tie("mid", "OWNS", "nord", percent=50.0),
            tie("mid", "OWNS", "sued", percent=100.0, valid_from=date(2026, 1, 1)),
            tie("mid", "OWNS", "top", percent=10.0),
            *(tie("us", "OWNS", one, percent=1.0) for one in ("ost", "west")),
            *(tie("kin", "OWNS", one, percent=5.0) for one in ("ost", "west")),
            *(tie(firm, "PARTNER_OF", one, kind=firm) for firm in ("bank", "insurer") for one in ("ost", "west")),
            *(tie("rival", "PARTNER_OF", one, kind="competitor") for one in ("nord", "west")),
            tie("nord", "PARTNER_OF", "ost", kind="carrier"),
        ],
    )  # fmt: skip
    return database


def test_a_chain_of_three_ties_and_a_circle(clientele):
    found = owners(clientele, OWNER, as_of=TODAY)
    assert [one.owner_id for one in found.owners] == ["ana", "kin", "mid", "top"], "our own firm is left out"
    nord, sued = found.owners[0].stakes
    assert chain_names(found, nord.chains[0]) == ["Ana", "Top (60%)", "Mid (50%)", "Nord (50%)"]
    assert (len(nord.chains), nord.share, sued.share) == (1, pytest.approx(0.15), pytest.approx(0.3))
    assert found.names["ana"].is_person
    ties = ties_of(found, nord.chains)
    assert [(one.source_name, one.about, one.confidence, one.source, one.verified) for one in ties] == [
        ("Ana", "60%", 0.6, "Register", date(2026, 3, 2)), ("Top", "50%", None, None, None),
        ("Mid", "50%", None, None, None),
    ]  # fmt: skip
    assert found.looked.is_whole


def test_on_a_day_before_and_for_a_reader(clientele):
    assert [one.owner_id for one in owners(clientele, OWNER, as_of=date(2025, 6, 1)).owners] == ["kin"]
    assert "kin" not in {one.owner_id for one in owners(clientele, READER, as_of=TODAY).owners}, "a relative"
    clientele.write("MATCH ()-[t:OWNS {id: 'top-OWNS-mid'}]->() SET t.sensitivity = 'restricted', t.percent = null")
    assert [one.owner_id for one in owners(clientele, READER, as_of=TODAY).owners] == ["mid"], "the chain is broken"
    assert [one.share for one in owners(clientele, OWNER, as_of=TODAY).owners[0].stakes] == [None, None]


def test_the_groups(clientele):
    found = clusters(clientele, OWNER, as_of=TODAY)
    held = {group.clients: {holder: len(some) for holder, some in group.holders.items()} for group in found.clusters}
    assert held == {
        ("nord", "sued"): {"ana": 2, "mid": 2, "top": 2},
        ("ost", "west"): {"bank": 2, "insurer": 2, "kin": 2},
    }, "the carrier holds less than three owners do"
    clientele.write("MATCH ()-[t:PARTNER_OF]->() SET t.sensitivity = 'restricted'")
    seen = {group.clients: set(group.holders) for group in clusters(clientele, READER, as_of=TODAY).clusters}
    assert seen == {("nord", "sued"): {"ana", "mid", "top"}}, "and of the relative who owns both, nothing"


def test_a_client_that_another_is_tied_to_is_in_its_group(database):
    build(
        database,
        [node(one, "Organization Client", name=one.title()) for one in ("nord", "ost")],
        [tie("nord", "PARTNER_OF", "ost", kind="carrier")],
    )
    (group,) = clusters(database, OWNER, as_of=TODAY).clusters
    assert (group.clients, dict(group.holders)) == (("nord", "ost"), {"nord": ("nord", "ost")})


def test_of_a_large_clientele_the_first_by_name(clientele, monkeypatch):
    monkeypatch.setattr(service, "MOST_CLIENTS", 2)
    found = owners(clientele, OWNER, as_of=TODAY)
    assert (found.looked.clients, found.looked.total, found.looked.is_whole) == (2, 4, False)
    assert found.owners == (), "Nord and Ost: nobody owns both"
    monkeypatch.setattr(service, "MOST_TIES", 1)
    assert clusters(clientele, OWNER, as_of=TODAY).looked.cut


def test_on_the_command_line(clientele, run):
    assert "Ana → Top (60%) → Mid (50%) → Nord (50%)" in run("partners", "owners")
    assert "Ana → Top: confidence 60%, source: Register, 2 Mar 2026" in run("partners", "owners")
    told = json.loads(run("partners", "owners", "--format", "json"))
    assert told["owners"][0]["clients"][0]["chains"][0]["way"] == ["ana", "top", "mid", "nord"]
    assert told["owners"][0]["clients"][0]["chains"][0]["proof"][0]["source"] == "Register"
    assert "Ana" not in run("partners", "owners", "--as-of", "2025-06-01")
    assert "Group 2: 2 clients" in run("partners", "clusters")
    told = json.loads(run("partners", "clusters", "--format", "json"))
    assert [one["name"] for one in told["clusters"][1]["held_by"]] == ["Bank", "Insurer", "Kin"]
