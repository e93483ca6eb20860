"""What changed at a client (C1.8, D1) on a real graph: valid days, what was learnt, for each viewer, as a text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graphcrm.documents import FORMS
from graphcrm.domain.messages import describe
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.services.structure_changes import changed, changed_document, learnt_line, timeline
from graphcrm.vocabulary import VOCABULARY
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer("r", "Reader", "reader")


@pytest.fixture
def orion_changes(database):
    """In summer Omar came, Nina left, Lev began to influence Ida, Zoe took over Anton; a line is learnt in November."""
    orion(database)
    july = date(2026, 7, 1)
    build(
        database,
        [node("p-omar", "Person", name="Omar"), node("s-fair", "Source", name="Fair", date=date(2026, 11, 2))],
        [
            tie("p-omar", "WORKS_AT", "c-orion", title="Buyer", valid_from=july),
            tie("p-lev", "INFLUENCES", "p-ida", strength=4.0, valid_from=july),
            tie("p-anton", "COVERED_BY", "e-zoe", coverage="brief", valid_from=july),
            tie("p-anton", "CONFLICTS_WITH", "p-ida", about="MARK-secret", source="s-fair", sensitivity="restricted",
                recorded_at=datetime(2026, 11, 3, 9, tzinfo=UTC)),
            tie("p-nina", "KNOWS", "p-ida", recorded_at=datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ],
    )  # fmt: skip
    database.write("MATCH (:Person {id: 'p-nina'})-[t:WORKS_AT]->() SET t.valid_to = $day", {"day": july})
    return database


def told(found):
    return [describe(one.code, one.params) for one in found.changes]


def test_people_lines_and_contacts(orion_changes):
    found = changed(orion_changes, OWNER, "c-orion", since=date(2026, 6, 30), until=TODAY)
    assert told(found) == [
        "Nina Vale left: Assistant.",
        "Omar came: Buyer.",
        "Lev Sorokin has begun to influence Ida Moss.",
        "Zoe Lind is now in touch with Anton Berg.",
    ]
    assert {one for change in found.changes for one in change.tie_ids} <= found.evidence.keys()


def test_a_day_belongs_to_what_begins_on_it(orion_changes):
    july = date(2026, 7, 1)
    assert told(changed(orion_changes, OWNER, "c-orion", since=july, until=TODAY)) == []
    assert len(told(changed(orion_changes, OWNER, "c-orion", since=date(2026, 6, 30), until=july))) == 4


def test_who_turned_and_how_it_went(orion_changes):
    found = changed(orion_changes, OWNER, "c-orion", since=date(2025, 6, 1), until=TODAY)
    turned = [one for one in found.changes if one.code == "change_turned_to_us"]
    assert [one.person_ids for one in turned] == [("p-greta",)]
    assert [(one.support, one.valid_from) for one in found.turns["p-greta"]] == [
        ("enemy", date(2024, 1, 1)),
        ("neutral", date(2026, 1, 1)),
    ]
    said = FORMS["text"].write(changed_document(found)).decode()
    enemy, neutral = (VOCABULARY.value_name("support", code, "en") for code in ("enemy", "neutral"))
    assert f"Greta Holm turned towards us: from {enemy} to {neutral}." in said
    assert f"How it went: {enemy} (since 1 Jan 2024) → {neutral} (since 1 Jan 2026)" in said


def test_what_we_learnt_by_the_day_of_the_source_or_of_the_entry(orion_changes):
    def learnt(since, until):
        found = changed(orion_changes, OWNER, "c-orion", since=since, until=until)
        return [learnt_line(one) for one in found.learnt]

    assert learnt(date(2026, 11, 1), date(2026, 11, 2)) == ["Anton Berg · is in conflict with · Ida Moss · MARK-secret"]
    assert learnt(date(2026, 11, 2), date(2026, 11, 19)) == []
    assert learnt(date(2026, 11, 19), TODAY) == ["Nina Vale · knows · Ida Moss"]


def test_a_viewer_is_not_told_what_they_may_not_see(orion_changes):
    found = changed(orion_changes, READER, "c-orion", since=date(2026, 1, 2), until=TODAY)
    said = FORMS["text"].write(changed_document(found)).decode()
    assert "MARK" not in said
    assert "Omar came" in said


def test_nothing_changed_and_bad_days(orion_changes):
    found = changed(orion_changes, OWNER, "c-orion", since=date(2026, 11, 22), until=TODAY)
    assert "Nothing is recorded that changed" in FORMS["text"].write(changed_document(found)).decode()
    with pytest.raises(InvalidInput):
        changed(orion_changes, OWNER, "c-orion", since=TODAY, until=TODAY)
    with pytest.raises(NotFound):
        changed(orion_changes, OWNER, "no-such", since=date(2026, 1, 1), until=TODAY)


def test_the_command_line(orion_changes, run):
    said = run("changed", "c-orion", "--since", "2026-06-30", "--until", "2026-11-23")
    assert "Orion Werke: what changed from 30 Jun 2026 to 23 Nov 2026" in said
    assert "- Omar came: Buyer." in said
    asked = ("changed", "c-orion", "--until", "2026-11-23", "--since")
    assert "Новый человек: Omar" in run(*asked, "6m", "--language", "ru", "--format", "md")
    with pytest.raises(InvalidInput, match="--since wants a day"):
        run(*asked, "soon")


def test_story_one_tells_what_was_learnt(demo):
    """docs/stories: in a month three independent voices name Veligzhanin; over the year Tyazhlov fell from grace."""
    month = changed(demo, OWNER, "client-zaonezhsky", since=date(2026, 10, 24), until=TODAY)
    lines = [learnt_line(one) for one in month.learnt]
    assert sum("Велигжанин Константин Маркович · influences" in line for line in lines) >= 3
    year = changed(demo, OWNER, "client-zaonezhsky", since=date(2026, 1, 1), until=TODAY)
    assert "Тяжлов Сергей Романович: political status from inner_circle to outside." in told(year)


def test_the_days_of_change_as_marks(orion_changes):
    """Each day once, with all that begins or ends then; what the viewer may not see makes no mark; open ends none."""
    july = date(2026, 7, 1)
    found = timeline(orion_changes, OWNER, "c-orion")
    marks = {one.day: one.ties for one in found.moments}
    assert marks[july] == 4, "Omar came, Nina left, Lev influences Ida, Zoe is in touch with Anton"
    assert list(marks) == sorted(marks)
    assert (found.before(date(2026, 7, 2)), found.after(date(2026, 6, 30))) == (july, july)
    assert found.after(max(marks)) is None
    orion_changes.write(
        "MATCH ()-[t:INFLUENCES {valid_from: $day}]->() SET t.sensitivity = 'restricted'", {"day": july}
    )
    seen = {one.day: one.ties for one in timeline(orion_changes, READER, "c-orion").moments}
    assert seen[july] == 3
    assert timeline(orion_changes, OWNER, "no-such").moments == ()
