"""The page of duplicates (C1.2): nothing, a pair with hostile names, merge, undo, told apart, who may only look."""

from __future__ import annotations

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.ui import session
from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE


@pytest.fixture
def pair(page_environment):
    """One person twice, with a name that tries to be more than a name."""
    mail = {"email": "anna@berg.example"}
    save_edits(
        page_environment,
        OWNER,
        [
            RowEdit("Person", "a", {"name": "Anna Berg", "home_city": HOSTILE[0], **mail}),
            RowEdit("Person", "b", {"name": "Анна Берг", "home_city": HOSTILE[3], "phone": "+74951234567", **mail}),
        ],
        key="start",
    )
    return page_environment


def people(database):
    return [row["id"] for row in database.read("MATCH (p:Person) RETURN p.id AS id ORDER BY id")]


def button(at, label):
    return next(one for one in at.button if one.label == label)


def test_nothing_alike_is_told_calmly(page_environment, open_page):
    at = open_page("duplicates")
    assert "No likely duplicates" in texts(at)
    assert not at.exception


def test_a_pair_is_merged_by_a_click_and_taken_back_by_another(pair, open_page):
    at = open_page("duplicates")
    assert "Likeness" in texts(at)
    assert "<img" not in texts(at), "hostile text is shown, never drawn"
    button(at, "Merge").click().run()
    assert people(pair) == ["a"]
    assert "No likely duplicates" in texts(at)
    at.run()
    at.button(key="undo").click().run()
    assert people(pair) == ["a", "b"]
    assert not at.exception


def test_the_other_record_and_the_other_value_can_be_chosen(pair, open_page):
    at = open_page("duplicates")
    next(one for one in at.radio if one.label == "Which record stays?").set_value("b").run()
    next(one for one in at.radio if one.label == "Name").set_value("gone").run()
    button(at, "Merge").click().run()
    rows = pair.read("MATCH (p:Person) RETURN p.id AS id, p.name AS name, p.other_names AS others")
    assert rows == [{"id": "b", "name": "Anna Berg", "others": ["Анна Берг"]}]


def test_those_who_are_two_are_not_shown_again(pair, open_page):
    at = open_page("duplicates")
    button(at, "Not the same").click().run()
    assert people(pair) == ["a", "b"]
    assert "No likely duplicates" in texts(at)


def test_who_may_not_write_looks_but_does_not_merge(pair, open_page, monkeypatch):
    monkeypatch.setattr(session, "current_viewer", lambda: Viewer("r", "Reader", "reader"))
    at = open_page("duplicates")
    assert "Likeness" in texts(at)
    assert "Merge" not in [one.label for one in at.button]


def test_somebody_elses_change_stops_the_merge_and_is_told(pair, open_page):
    at = open_page("duplicates")
    save_edits(pair, OWNER, [RowEdit("Person", "b", {"phone": None})], key="theirs")
    button(at, "Merge").click().run()
    assert people(pair) == ["a", "b"]
    assert any("Nothing was merged" in one.value for one in at.warning)


def test_in_russian(pair, open_page):
    at = open_page("duplicates", language="ru")
    assert "Сходство" in texts(at)
    assert "Объединить" in [one.label for one in at.button]
