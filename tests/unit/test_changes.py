"""Change sets: their reverse, their text, and which change undo and redo choose."""

from datetime import UTC, date, datetime

import pytest

from graphcrm.domain.changes import ChangeSet, NodeChange, Step, TieChange, next_steps, unlike

CHANGES = ChangeSet(
    (
        NodeChange("p1", "Person", "update", {"name": "Anna", "phone": None}, {"name": "Анна", "phone": "+49 40 1"}),
        NodeChange("p2", "Person", "create", {}, {"name": "New", "tags": ["a", "b"]}, ("Entity", "Person")),
    ),
    (
        TieChange("t1", "REPORTS_TO", "p2", "p1", "create", {}, {"valid_from": date(2026, 5, 9), "confidence": 0.5}),
        TieChange("t2", "KNOWS", "p1", "p3", "delete", {"recorded_at": datetime(2026, 5, 9, 12, tzinfo=UTC)}, {}),
    ),
)


def test_the_reverse_of_the_reverse_is_the_change_itself():
    assert CHANGES.reversed().reversed() == CHANGES
    assert [(c.id, c.action) for c in CHANGES.reversed().nodes] == [("p2", "delete"), ("p1", "update")]
    assert CHANGES.reversed().ties[0].after == CHANGES.ties[1].before


def test_its_text_keeps_every_value_and_its_type():
    assert ChangeSet.from_json(CHANGES.to_json()) == CHANGES


def test_it_names_all_that_it_concerns():
    assert CHANGES.entity_ids == ("p1", "p2", "p3")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("", (None, None)),
        ("a", ("a", None)),
        ("a b", ("b", None)),
        ("a b -b", ("a", "b")),
        ("a b -b -a", (None, "a")),
        ("a b -b -a +a", ("a", "b")),
        ("a b -b c", ("c", None)),
        ("a b -a", ("b", "a")),
        ("a -a +a -a", (None, "a")),
        ("-x", (None, "x")),
    ],
)
def test_undo_and_redo_choose_as_editors_do(steps, expected):
    """``-b`` takes b back, ``+b`` makes it again; a new change forgets what could be made again."""
    actions = {"-": "undo", "+": "redo"}
    story = [
        Step(f"{n}", actions[word[0]], word[1:]) if word[0] in actions else Step(word, "do")
        for n, word in enumerate(steps.split())
    ]
    assert next_steps(story) == expected


def test_nothing_and_an_empty_list_are_the_same():
    assert unlike({"a": None, "b": [], "c": 1, "d": 0}, {"c": 2, "d": 0}) == ["c"]
    assert unlike({"d": 0}, {}) == ["d"]
