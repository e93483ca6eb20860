"""The account plan on real Neo4j (D1): read as of a day, edited, told a second editor, in the week, as a document."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, EditRefused, Forbidden, NotFound
from graphcrm.queries.account_plan import account_plans
from graphcrm.services import editing
from graphcrm.services.account_plan import account_plan, plan_document, plan_gaps
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.week import week
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer("r", "Reader", "reader")
ANALYST = Viewer("a", "Analyst", "analyst")
GOAL = RowEdit("AccountPlan", "ap", {"name": "Win the new line", "begun": TODAY, "client_id": "c-orion"})


@pytest.fixture
def planned(database):
    """Orion with a plan: a step that is overdue, one done, one of a relative; a risk; Lev is to be won."""
    orion(database)
    build(
        database,
        [
            node("ap", "AccountPlan", name="Win the new line", begun=date(2026, 10, 1), due=date(2026, 12, 31),
                 value=250000.0, currency="EUR"),
            node("s-late", "PlanStep", name="Send the study", due=date(2026, 11, 20)),
            node("s-done", "PlanStep", name="Meet Lev", due=date(2026, 11, 1), state="done", closed=date(2026, 11, 5)),
            node("s-soon", "PlanStep", name="Call Olga", due=date(2026, 11, 25), state="open"),
            node("r-one", "PlanRisk", name="Vega is cheaper", severity="medium"),
            node("r-two", "PlanRisk", name="The budget goes", severity="high"),
        ],
        [
            tie("ap", "FOR_CLIENT", "c-orion"),
            tie("ap", "DONE_BY", "e-kai"),
            *(tie(one, "STEP_OF", "ap") for one in ("s-late", "s-done", "s-soon")),
            *(tie(one, "RISK_OF", "ap") for one in ("r-one", "r-two")),
            tie("s-late", "DONE_BY", "e-kai"),
            tie("s-soon", "DONE_BY", "e-zoe"),
            tie("s-late", "TARGETS", "p-lev"),
            tie("s-soon", "TARGETS", "p-olga"),
            tie("ap", "SEEKS_SUPPORT_OF", "p-lev", support_wanted="supporter"),
        ],
    )  # fmt: skip
    return database


def read(db, viewer=OWNER, as_of=TODAY):
    return account_plan(db, viewer, "c-orion", as_of=as_of)


def test_the_plan_as_of_a_day(planned):
    """Open steps by their day, then what is done; a step done later was open then; before it began there is no plan."""
    found = read(planned)
    assert (found.plan.goal, found.plan.owner) == ("Win the new line", "Kai Brandt")
    assert [(one.id, one.state, found.overdue(one)) for one in found.steps] == [
        ("s-late", "open", True),
        ("s-soon", "open", False),
        ("s-done", "done", False),
    ]
    assert [one.id for one in found.risks] == ["r-two", "r-one"], "the gravest first"
    lev = next(one for one in found.figures if one.person_id == "p-lev")
    assert (lev.wanted, lev.wanted_tie_id) == ("supporter", "ap-SEEKS_SUPPORT_OF-p-lev")
    earlier = read(planned, as_of=date(2026, 11, 3))
    assert {one.id: (one.state, one.closed) for one in earlier.steps}["s-done"] == ("open", None)
    assert read(planned, as_of=date(2026, 9, 1)).plan is None


def test_a_relative_is_not_named_to_who_may_not_know_of_relatives(planned):
    assert "MARK-family Olga" in {one.person for one in read(planned).steps}
    assert "MARK-family Olga" not in {one.person for one in read(planned, ANALYST).steps}
    planned.write("MATCH ()-[w:SEEKS_SUPPORT_OF]->() SET w.sensitivity = 'restricted'")
    assert {one.wanted for one in read(planned, ANALYST).figures} == {None}


def test_without_a_plan_the_risks_show_all_the_same(database):
    orion(database)
    found = read(database)
    assert found.plan is None
    assert found.threats
    assert list(plan_gaps(found)) == ["There is no account plan for this client."]
    with pytest.raises(NotFound):
        account_plan(database, OWNER, "no-such", as_of=TODAY)


def test_a_plan_begun_with_all_that_belongs_to_it_and_undone(database):
    orion(database)
    step = {"name": "Ask Lev", "due": TODAY, "plan_id": "ap", "owner_id": "e-kai", "person_id": "p-lev"}
    wish = {"plan_id": "ap", "person_id": "p-lev", "support_wanted": "supporter"}
    edits = [GOAL, RowEdit("PlanStep", "", step), RowEdit("SEEKS_SUPPORT_OF", "", wish)]
    saved = save_edits(database, OWNER, edits, key="k", today=TODAY)
    again = save_edits(database, OWNER, edits, key="k", today=TODAY)
    assert again.change_id == saved.change_id, "sent twice, saved once"
    (one,) = read(database).steps
    assert (one.owner, one.person, one.state) == ("Kai Brandt", "Lev Sorokin", "open")
    with pytest.raises(Forbidden):
        save_edits(database, READER, edits, key="other", today=TODAY)
    with pytest.raises(EditRefused):
        save_edits(database, OWNER, [RowEdit("PlanStep", "", {"name": "Of no plan"})], key="none", today=TODAY)


def test_an_owner_is_exchanged_and_a_second_editor_told(planned):
    """Both begin from Kai; the second one sees that Zoe does it now."""
    seen = {"name": "Send the study", "owner_id": ["e-kai"]}
    save_edits(planned, OWNER, [RowEdit("PlanStep", "s-late", {"owner_id": "e-zoe"}, seen)], key="a", today=TODAY)
    assert {one.id: one.owner for one in read(planned).steps}["s-late"] == "Zoe Lind"
    with pytest.raises(EditConflict) as told:
        save_edits(planned, OWNER, [RowEdit("PlanStep", "s-late", {"owner_id": None}, seen)], key="b", today=TODAY)
    assert [(one.column, one.found) for one in told.value.differences] == [("owner_id", ["e-zoe"])]
    record = editing.record(planned, OWNER, "s-late")
    assert (record.values["owner_id"], record.values["plan_id"]) == (["e-zoe"], ["ap"])


def test_steps_fall_due_in_the_week_of_who_does_them(planned):
    def due(**more):
        return [(one.kind, one.id) for one in week(planned, OWNER, as_of=TODAY, **more).due if one.kind == "plan_step"]

    assert due() == [("plan_step", "s-late"), ("plan_step", "s-soon")]
    assert due(employee_id="e-kai") == [("plan_step", "s-late")]
    (line,) = [one for one in week(planned, OWNER, as_of=TODAY).due if one.id == "s-soon"]
    assert line.person_name is None, "a relative is named nowhere in the week"
    save_edits(planned, OWNER, [RowEdit("PlanStep", "s-late", {"state": "done", "closed": TODAY})], key="k",
               today=TODAY)  # fmt: skip
    assert due() == [("plan_step", "s-soon")]
    today = date.today()
    changed = week(planned, OWNER, as_of=today, employee_id="e-kai").changed
    assert [one.client_name for one in changed] == ["Orion Werke"]
    planned.write("MATCH (p:AccountPlan) SET p.closed = $day", {"day": TODAY - timedelta(days=1)})
    assert due() == []


def test_the_plans_of_all_clients(planned):
    """Clients without a plan last."""
    rows = account_plans(planned, as_of=TODAY)
    assert [(one.client_id, one.open_steps, one.overdue_steps) for one in rows] == [
        ("c-orion", 2, 1),
        ("c-vega", 0, 0),
    ]


def test_the_document_says_all_in_both_languages(planned):
    document = plan_document(read(planned), "ru")
    rows = [row for line in document.lines for row in line.rows]
    assert any(row[0].startswith("Send the study") and row[4] == "Просрочен" for row in rows)
    assert any(row[0].startswith("Lev Sorokin") and row[3] == "Сторонник" for row in rows)
    assert [line.style for line in document.lines].count("picture") == 1
    english = plan_document(read(planned), "en")
    assert "Win the new line" in [line.text for line in english.lines]
    assert len(english.lines) == len(document.lines)


def test_on_the_command_line(planned, run, tmp_path):
    asked = ("account-plan", "c-orion", "--as-of", "2026-11-23")
    assert "- Send the study\n      By when: 20 Nov 2026\n      Who does it: Kai Brandt" in run(*asked)
    file = tmp_path / "plan.pdf"
    run(*asked, "-o", file)  # its ending tells the form
    assert file.read_bytes().startswith(b"%PDF-")
    run(*asked, "--deal", "deal-open")
    with pytest.raises(NotFound):
        run(*asked, "--deal", "no-such")
