"""The page of contacts from calendar and mail (C1.2, D1): nothing chosen, hostile titles, recorded once."""

from __future__ import annotations

import pytest

from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node, tie
from tests.unit.test_contacts_import import CALENDAR


@pytest.fixture
def nord(page_environment):
    """One of theirs and one of ours, each with an address."""
    build(
        page_environment,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("nord", "Organization Client", name="Nord"),
            node("anna", "Person", name=f"Anna {HOSTILE[0]}", email="anna@nord.example"),
            node("bo", "Person Employee", name="Bo Dahl", email="bo@we.example"),
        ],
        [tie("anna", "WORKS_AT", "nord"), tie("bo", "WORKS_AT", "us")],
    )
    return page_environment


def test_nothing_is_chosen_yet(page_environment, open_page):
    at = open_page("contacts-import")
    assert not at.exception
    assert "only the headers are read" in texts(at)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_look_then_record_then_nothing_is_left_to_record(nord, open_page, language):
    at = open_page("contacts-import", language=language)
    hostile = CALENDAR.replace("Prices", HOSTILE[1])
    at.file_uploader[0].upload("my.ics", hostile.encode(), "text/calendar")
    at.run()
    assert not at.exception
    assert nord.read("MATCH (i:Interaction) RETURN count(i) AS n")[0]["n"] == 0
    at.button(key="contacts_record").click().run()
    assert not at.exception
    (row,) = nord.read("MATCH (i:Interaction)-[:WITH]->(p) RETURN i.summary AS said, p.id AS who")
    assert (row["who"], HOSTILE[1] in row["said"]) == ("anna", True)
    at.run()
    assert not [one for one in at.button if one.key == "contacts_record"], "the same file again has nothing new"


def test_a_file_that_is_none_is_told_in_a_sentence(nord, open_page):
    at = open_page("contacts-import")
    at.file_uploader[0].upload("empty.ics", b"\x00\x01", "text/calendar")
    at.run()
    assert not at.exception
    assert "holds no event and no mail" in " ".join(one.value for one in at.info)
