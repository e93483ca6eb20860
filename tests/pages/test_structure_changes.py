"""The tab Changes of a client (C1.8, D1): spans and days, empty, hostile names, ready for a mail, in both languages."""

from __future__ import annotations

from datetime import date

from tests.pages.test_client_page import HOSTILE, open_client, texts
from tests.small_graph import build, node, orion, tie

__all__ = ["open_client"]


def test_nothing_changed_is_said(open_client, database):
    build(database, [node("c-new", "Organization Client", name="New")], [])
    assert "Nothing is recorded that changed in this time" in texts(open_client("c-new", tab="Changes"))


def test_over_a_year_a_stance_turned(open_client, database):
    orion(database)
    at = open_client("c-orion", tab="Changes")
    assert "turned towards us" not in texts(at)
    at.segmented_control(key="changes-span").set_value("year").run()
    said = texts(at)
    assert "Greta Holm turned towards us" in said
    assert "good for us" in said
    assert "How it went" in said
    assert "STAKEHOLDER_IN" not in said
    assert "has a stake in" in said, "the change opens to its ties"
    mail = at.get("link_button")[0].proto.url
    assert mail.startswith("mailto:?subject=Orion%20Werke")
    assert "turned%20towards%20us" in mail


def test_a_day_of_ones_own(open_client, database):
    orion(database)
    at = open_client("c-orion", tab="Changes")
    at.segmented_control(key="changes-span").set_value("day").run()
    at.date_input(key="changes-since").set_value(date(2026, 11, 1)).run()
    assert not at.exception
    assert "From 1 Nov 2026 to 23 Nov 2026." in texts(at)


def test_hostile_names_stay_text(open_client, database):
    orion(database, p_greta=HOSTILE, c_orion=HOSTILE)
    build(database, [], [tie("p-lev", "KNOWS", "p-greta", source="s-talk", context=HOSTILE)])
    at = open_client("c-orion", tab="Changes")
    at.segmented_control(key="changes-span").set_value("year").run()
    assert not at.exception
    assert not any("<img src=x" in str(one.proto.body) for one in at.get("html"))
    assert "<" not in at.get("link_button")[0].proto.url


def test_in_russian(open_client, database):
    orion(database)
    at = open_client("c-orion", tab="Изменения", language="ru")
    at.segmented_control(key="changes-span").set_value("year").run()
    assert "отношение к нам улучшилось" in texts(at)
