"""Who covers whom, on real Neo4j: strength of ties and contacts, findings, what a viewer may see (C1.2, D1, D4)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services.coverage import client_coverage, clientele_coverage
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 25)
READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def firm(database):
    """Nord: Anna decides and is covered by Bo, who leaves us; Per decides too and nobody covers him."""
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("nord", "Organization Client", name="Nord"),
            node("empty", "Organization Client", name="Empty"),
            node("anna", "Person", name="Anna Berg"),
            node("per", "Person", name="Пер <b>Лунд</b>"),
            node("bo", "Person Employee", name="Bo Dahl"),
            node("eva", "Person Employee", name="Eva Lind"),
            node("kid", "Person FamilyMember", name="Kid"),
            node("i1", "Interaction", kind="meeting", date=date(2026, 8, 27), mood="warm"),
            node("i2", "Interaction", kind="call", date=date(2026, 11, 25), mood="good"),
            node("i3", "Interaction", kind="call", date=date(2026, 12, 1), mood="good"),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("per", "WORKS_AT", "nord", title="Deputy", level=2),
            tie("kid", "STAKEHOLDER_IN", "nord"),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"], support="neutral"),
            tie("per", "STAKEHOLDER_IN", "nord", roles=["economic_buyer"], support="neutral"),
            tie("bo", "WORKS_AT", "us", valid_to=date(2026, 12, 31)),
            tie("eva", "WORKS_AT", "us"),
            tie("anna", "COVERED_BY", "bo", id="cover", coverage="multiple", level_now="credible_source",
                level_wanted="trusted_advisor", strength=8.0, last_verified_at=date(2026, 2, 28)),
            tie("i1", "WITH", "anna"),
            tie("i1", "CONDUCTED_BY", "bo"),
            tie("i2", "WITH", "per"),
            tie("i2", "WITH", "kid"),
            tie("i2", "CONDUCTED_BY", "eva"),
            tie("i3", "WITH", "anna"),
            tie("i3", "CONDUCTED_BY", "eva"),
        ],
    )  # fmt: skip
    return database


def pair(found, person, employee):
    return next(one for one in found.pairs if (one.person_id, one.employee_id) == (person, employee))


def test_strength_and_last_contact_come_from_the_tie_and_the_contacts(firm):
    found = client_coverage(firm, OWNER, "nord", as_of=TODAY)
    anna = pair(found, "anna", "bo")
    # By hand: 8 halves in 180 days to 4 on 27 August, the meeting makes it 5.8; 90 days later 5.8 / sqrt 2 are left.
    assert anna.points == pytest.approx(4.1012, abs=1e-4)
    assert (anna.last_contact, anna.contacts) == (date(2026, 8, 27), 1)
    assert [fact.id for fact in anna.strength.facts] == ["cover", "i1"]
    per = pair(found, "per", "eva")
    assert (per.tie_id, per.points, per.last_contact) == (None, pytest.approx(2.0), TODAY)


def test_what_is_amiss(firm):
    found = client_coverage(firm, OWNER, "nord", as_of=TODAY)
    told = {(one.kind, one.code, one.about) for one in found.findings}
    assert ("uncovered", "cover_not_covered", "per") in told
    assert ("leaving", "cover_leaving_only", "bo") in told
    assert ("below_wanted", "cover_below_wanted", "anna") in told
    assert found.summary.hangs_on == ("bo", "anna")
    assert not found.of_kind("cold"), "4.1 is above the 2 that a credible source asks for"
    later = client_coverage(firm, OWNER, "nord", as_of=date(2027, 6, 27))
    assert pair(later, "anna", "bo").is_cold


def test_a_contact_in_the_future_and_another_day_count_for_nothing(firm):
    before = client_coverage(firm, OWNER, "nord", as_of=date(2026, 2, 28))
    assert pair(before, "anna", "bo").points == pytest.approx(8.0)
    assert not [one for one in before.pairs if one.employee_id == "eva"]


def test_relatives_and_sensitive_ties_are_left_out_for_who_may_not_see_them(firm):
    assert pair(client_coverage(firm, OWNER, "nord", as_of=TODAY), "kid", "eva")
    assert not [one for one in client_coverage(firm, READER, "nord", as_of=TODAY).pairs if one.person_id == "kid"]
    firm.write("MATCH ()-[t:COVERED_BY]->() SET t.sensitivity = 'restricted'")
    assert not [one for one in client_coverage(firm, READER, "nord", as_of=TODAY).pairs if one.employee_id == "bo"]


def test_the_whole_clientele_says_the_same_as_each_client(firm):
    found = clientele_coverage(firm, OWNER, as_of=TODAY)
    assert [one.client_name for one in found.clients] == ["Empty", "Nord"]
    alone = client_coverage(firm, OWNER, "nord", as_of=TODAY)
    assert [(one.person_id, one.points) for one in found.clients[1].pairs] == [
        (one.person_id, one.points) for one in alone.pairs
    ]
    assert found.clients[1].findings == alone.findings
    assert found.clients[0].pairs == ()


def test_no_such_client_and_a_client_without_people(firm):
    with pytest.raises(NotFound):
        client_coverage(firm, OWNER, "nobody", as_of=TODAY)
    assert client_coverage(firm, OWNER, "empty", as_of=TODAY).findings == ()


def test_on_the_command_line(firm, run):
    assert "Stated as 8 of 10" in " ".join(run("coverage", "nord", "--as-of", "2026-11-25").split())
    data = json.loads(run("coverage", "--as-of", "2026-11-25", "--format", "json"))
    assert [one["client_id"] for one in data] == ["empty", "nord"]
    assert round(data[1]["pairs"][0]["strength"], 1) == 4.1
