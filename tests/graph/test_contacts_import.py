"""Contacts from calendar and mail on real Neo4j (C1.2, D1): matched by address, once only, undone as one."""

from __future__ import annotations

import io
from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput
from graphcrm.services import contacts_import, history
from graphcrm.services.coverage import client_coverage
from tests.small_graph import build, node, tie
from tests.unit.test_contacts_import import CALENDAR, MBOX

TODAY = date(2026, 11, 25)
READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def firm(database):
    """Anna and Per of Nord, Bo of ours, each with an address."""
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("nord", "Organization Client", name="Nord"),
            node("anna", "Person", name="Anna Berg", email="Anna@nord.example"),
            node("per", "Person", name="Per Lund", email="per@nord.example"),
            node("bo", "Person Employee", name="Bo Dahl", email="bo@we.example"),
        ],
        [tie("anna", "WORKS_AT", "nord"), tie("per", "WORKS_AT", "nord"), tie("bo", "WORKS_AT", "us")],
    )
    return database


def look(db, text=CALENDAR, name="my.ics", viewer=OWNER, **options):
    raw = text if isinstance(text, bytes) else text.encode()
    return contacts_import.preview(db, viewer, name, io.BytesIO(raw), today=TODAY, **options)


def contacts(db):
    return db.read(
        "MATCH (i:Interaction) RETURN i.date AS on, i.kind AS kind, i.summary AS summary, "
        "COLLECT { MATCH (i)-[:WITH]->(p) RETURN p.id ORDER BY p.id } AS theirs, "
        "COLLECT { MATCH (i)-[:CONDUCTED_BY]->(p) RETURN p.id } AS ours, "
        "COLLECT { MATCH (i)-[:FOR_CLIENT]->(c) RETURN c.id } AS clients ORDER BY i.date, i.id"
    )


def test_an_event_becomes_a_contact_once_and_renews_the_relation(firm):
    found = look(firm)
    (one,) = found.found
    assert (one.theirs, one.ours, one.client_id) == ({"anna": "Anna Berg"}, {"bo": "Bo Dahl"}, "nord")
    assert found.reasons["nobody_of_theirs"] == 3  # the series names nobody
    assert contacts(firm) == [], "a preview writes nothing"
    contacts_import.record(firm, OWNER, found, key="k", today=TODAY)
    (row,) = contacts(firm)
    assert (row["on"], row["kind"], row["theirs"], row["ours"], row["clients"]) == (
        date(2026, 11, 10), "meeting", ["anna"], ["bo"], ["nord"],
    )  # fmt: skip
    again = look(firm)
    assert (again.found, again.reasons["known"]) == ((), 1)
    contacts_import.record(firm, OWNER, found, key="k2", today=TODAY)
    assert len(contacts(firm)) == 1
    (pair,) = client_coverage(firm, OWNER, "nord", as_of=TODAY).pairs
    assert (pair.last_contact, pair.contacts) == (date(2026, 11, 10), 1)
    assert pair.points == pytest.approx(0.3 * 0.75 * 10 * 2 ** (-15 / 180))
    history.undo(firm, OWNER, key="u", today=TODAY)
    assert contacts(firm) == []


def test_an_address_of_two_is_told_as_such_and_its_owners_are_no_strangers(firm):
    build(firm, [node("twin", "Person", name="Anna Berg", email="anna@nord.example")], [])
    found = look(firm)
    assert found.found == ()
    assert (found.reasons["shared_address"], found.reasons["nobody_of_theirs"]) == (1, 3)
    assert "anna@nord.example" not in found.strangers


def test_mails_by_their_headers_and_without_subjects(firm):
    found = look(firm, MBOX, "box.mbox")
    assert [one.theirs for one in found.found] == [{"anna": "Anna Berg", "per": "Per Lund"}]
    contacts_import.record(firm, OWNER, found, key="k", today=TODAY, subjects=False)
    (row,) = contacts(firm)
    assert (row["kind"], row["summary"], row["theirs"]) == ("email", None, ["anna", "per"])
    everything = firm.read("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert "anna" in str(everything)
    assert "Secret" not in str(everything)


def test_whose_calendar_it_is_counts_where_no_address_of_ours_stands(firm):
    alone = CALENDAR.replace("Bo@We.example", "nobody@else.example")
    assert look(firm, alone).reasons["nobody_of_ours"] == 1
    assert look(firm, alone, mine="bo").found[0].ours == {"bo": ""}


def test_an_address_of_two_people_is_nobodys(firm):
    firm.write("MATCH (p:Person {id: 'per'}) SET p.email = 'anna@nord.example'")
    found = look(firm)
    assert found.found == ()
    assert "anna@nord.example" not in found.strangers


def test_strangers_are_told(firm):
    firm.write("MATCH (p:Person {id: 'anna'}) REMOVE p.email")
    assert look(firm).strangers == {"anna@nord.example": 1}


def test_who_may_not_write_may_not_even_look(firm):
    with pytest.raises(Forbidden):
        look(firm, viewer=READER)


@pytest.mark.parametrize(("name", "raw"), [("a.txt", b"x"), ("a.ics", b""), ("a.mbox", b"no mail"), ("a.ics", b"\x00")])
def test_what_is_neither_is_refused_in_a_sentence(firm, name, raw):
    with pytest.raises(InvalidInput):
        look(firm, raw, name)


def test_a_file_too_large_is_refused_unread(firm, monkeypatch):
    monkeypatch.setattr(contacts_import, "LIMITS", contacts_import.LIMITS.__class__(file_bytes=10))
    with pytest.raises(InvalidInput, match="at most 0 MB"):
        look(firm)


def test_on_the_command_line(firm, run, tmp_path):
    path = tmp_path / "my.ics"
    path.write_text(CALENDAR.replace("2026", "2025"))
    assert "1 contact would be recorded." in run("import-contacts", path, "--dry-run")
    assert contacts(firm) == []
    assert "1 contact was recorded." in run("import-contacts", path)
    assert "recorded already" in run("import-contacts", path)
