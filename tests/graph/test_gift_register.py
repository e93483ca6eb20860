"""No sequence of steps gets round the register (C3.5); what the auditor gets, read back."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from graphcrm.domain.gift_register import broken
from graphcrm.domain.gift_states import INVITATION_STEPS, STEPS
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, EditRefused, Forbidden, GiftRefused, InvalidInput, NotFound
from graphcrm.queries.gifts import gift_register as stored_register
from graphcrm.services import history
from graphcrm.services.backup import back_up, restore
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.gift_register import gift_register, register_csv, register_workbook
from graphcrm.services.gifts import GiftMove, GiftPlan, move_gift, plan_gift
from graphcrm.services.invitation_approvals import InvitationMove, move_invitations
from graphcrm.services.invitations import ANSWERS, answer, invite
from tests.conftest import empty
from tests.small_graph import build, node, tie

BEGIN = date(2026, 1, 1)
PRICES = (8, 18, 28, 44)
LIMIT, YEAR, ONE, TWO = 45, 80, 15, 40
ALL = ("ann", "bob")
COSTS = (12, 18, 42)
STAFF = ("ines", "jan", "kira")


def household(db):
    nodes = [
        node("own", "Organization OwnFirm", name="Own", kinds=["own_firm"]),
        node("orion", "Organization Client", name="Orion", kinds=["client"], country="DE", official_status="private"),
        *(node(one, "Person Employee", name=one.title()) for one in STAFF),
        *(node(one, "Person", name=one.title(), official_status="private") for one in ALL),
        node("policy", "GiftPolicy", name="Policy", scope="own_firm", currency="EUR", limit_per_gift=LIMIT,
             limit_per_year=YEAR, approve_from=ONE, approve_twice_from=TWO),
        *(node(f"gift-{price}", "Offering", name=f'=Gift, "{price}"', kind="souvenir", price=price, currency="EUR")
          for price in PRICES),
        *(node(f"party-{cost}", "Event", name=f"Party for {cost}", kind="celebration", cost_per_guest=float(cost),
               currency="EUR", date=date(2026, 2, 1) + timedelta(days=90 * turn)) for turn, cost in enumerate(COSTS)),
        node("deal", "Deal", name="Tender", stage="tender", tender_open=True, opened=date(2099, 1, 1)),
    ]  # fmt: skip
    ties = [*(tie(one, "WORKS_AT", "own") for one in STAFF), tie("ann", "WORKS_AT", "orion"),
            tie("ann", "SPOUSE_OF", "bob"), tie("deal", "FOR_CLIENT", "orion")]  # fmt: skip
    build(db, nodes, ties)


def given_gifts(db):
    return db.read(
        "MATCH (a:Gift {status: 'done'})-[:TARGETS]->(p) "
        "RETURN a.id AS id, a.date AS day, a.cost AS cost, p.id AS person ORDER BY day"
    )


def sent_invitations(db):
    return db.read(
        "MATCH (p)-[t:INVITED_TO]->(e:Event) WHERE t.rsvp IN ['invited', 'accepted'] "
        "RETURN e.id + ' ' + p.id AS id, e.id AS event, e.date AS day, e.cost_per_guest AS cost, p.id AS person"
    )


class Office(RuleBasedStateMachine):
    """Three of ours do whatever they like, in any order, on days that move on, by steps and by forms."""

    database = None

    @initialize()
    def begin(self):
        empty(self.database)
        household(self.database)
        self.today, self.turn, self.opened = BEGIN, 0, None

    def key(self):
        self.turn += 1
        return f"turn {self.turn}"

    def gifts(self):
        return [row["id"] for row in self.database.read("MATCH (a:Gift) RETURN a.id AS id ORDER BY id")]

    @rule(days=st.sampled_from([1, 4, 30, 200]))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    @rule(open_=st.sampled_from([True, False, False]))
    def tender(self, open_):
        opened = self.today if open_ else date(2099, 1, 1)
        self.database.write("MATCH (d:Deal) SET d.opened = $opened", {"opened": opened})
        self.opened = opened if open_ else None

    @rule(person=st.sampled_from(ALL), price=st.sampled_from(PRICES), actor=st.sampled_from(STAFF),
          ahead=st.sampled_from([-3, 0, 2, 40]), together=st.booleans())  # fmt: skip
    def plan(self, person, price, actor, ahead, together):
        plan = GiftPlan(person, f"gift-{price}", self.today + timedelta(days=ahead), together=together)
        self.attempt(lambda: plan_gift(self.database, OWNER, plan, actor, key=self.key(), today=self.today))

    @rule(which=st.integers(0, 5), step=st.sampled_from(sorted(STEPS)), actor=st.sampled_from(STAFF),
          back=st.sampled_from([0, 0, 2, 30]))  # fmt: skip
    def move(self, which, step, actor, back):
        gifts = self.gifts()
        if not gifts:
            return
        on = self.today - timedelta(days=back) if step == "give" else None
        on = self.today + timedelta(days=back + which) if step == "reschedule" else on
        move = GiftMove(gifts[which % len(gifts)], step, on)
        self.attempt(lambda: move_gift(self.database, OWNER, move, actor, key=self.key(), today=self.today))

    @rule(person=st.sampled_from(ALL), price=st.sampled_from(PRICES),
          actors=st.lists(st.sampled_from(STAFF), min_size=5, max_size=5),
          skip=st.sets(st.sampled_from(["send", "approve", "prepare"])))  # fmt: skip
    def hurry(self, person, price, actors, skip):
        """The whole way at once, by whomever, perhaps with steps left out."""
        before = set(self.gifts())
        self.plan(person, price, actors[0], 0, True)
        for gift in set(self.gifts()) - before:
            for step, actor in zip(("send", "approve", "approve", "prepare", "give"), actors, strict=True):
                if step not in skip:
                    move = GiftMove(gift, step)
                    self.attempt(lambda move=move, actor=actor: move_gift(
                        self.database, OWNER, move, actor, key=self.key(), today=self.today))  # fmt: skip

    @rule(which=st.integers(0, 5), cells=st.sampled_from([
        {"status": "done"}, {"status": "approved"}, {"cost": 1}, {"date": BEGIN}, {"kind": "congratulation"},
        {"approver_id": "jan"}, {"employee_id": "kira"}]))  # fmt: skip
    def form(self, which, cells):
        gifts = self.gifts()
        if gifts:
            edit = RowEdit("GoodwillAction", gifts[which % len(gifts)], cells)
            self.attempt(lambda: save_edits(self.database, OWNER, [edit], key=self.key(), today=self.today))

    @rule(person=st.sampled_from(ALL), cost=st.sampled_from(COSTS))
    def choose(self, person, cost):
        self.attempt(lambda: invite(self.database, OWNER, f"party-{cost}", [person], key=self.key(), today=self.today))

    @rule(people=st.sampled_from([["ann"], ["bob"], ["ann", "bob"]]), cost=st.sampled_from(COSTS),
          step=st.sampled_from(sorted(INVITATION_STEPS)), actor=st.sampled_from(STAFF))  # fmt: skip
    def move_invitation(self, people, cost, step, actor):
        wanted = InvitationMove(step, people, actor)
        self.attempt(lambda: move_invitations(
            self.database, OWNER, f"party-{cost}", wanted, key=self.key(), today=self.today))  # fmt: skip

    @rule(person=st.sampled_from(ALL), cost=st.sampled_from(COSTS), actors=st.permutations(STAFF),
          skip=st.sets(st.sampled_from(["send", "approve"])))  # fmt: skip
    def hurry_to_invite(self, person, cost, actors, skip):
        self.choose(person, cost)
        steps = zip(("send", "approve", "approve", "invite"), (*actors, actors[0]), strict=True)
        for step, actor in steps:
            if step not in skip:
                self.move_invitation([person], cost, step, actor)

    @rule(person=st.sampled_from(ALL), cost=st.sampled_from(COSTS), code=st.sampled_from(ANSWERS))
    def answer(self, person, cost, code):
        self.attempt(lambda: answer(
            self.database, OWNER, f"party-{cost}", {person: code}, key=self.key(), today=self.today))  # fmt: skip

    @rule(person=st.sampled_from(ALL), cost=st.sampled_from(COSTS), cells=st.sampled_from([
        {"rsvp": "accepted"}, {"rsvp": "declined"}, {"approval": "approved"}, {"attended": True}]))  # fmt: skip
    def invitation_form(self, person, cost, cells):
        edit = RowEdit("INVITED_TO", "", {"person_id": person, "event_id": f"party-{cost}", **cells})
        self.attempt(lambda: save_edits(self.database, OWNER, [edit], key=self.key(), today=self.today))

    @rule(forth=st.booleans())
    def undo(self, forth):
        act = history.redo if forth else history.undo
        self.attempt(lambda: act(self.database, OWNER, key=self.key()))

    def attempt(self, action):
        before = {one["id"] for one in (*given_gifts(self.database), *sent_invitations(self.database))}
        with suppress(GiftRefused, EditRefused, EditConflict, InvalidInput, NotFound):
            action()
        gifts, sent = given_gifts(self.database), sent_invitations(self.database)
        new = [one for one in (*gifts, *sent) if one["id"] not in before]
        assert not any(self.opened and one["day"] >= self.opened for one in new), "given while a tender is open"
        for one in new:
            self.is_within_limits(one, [*gifts, *sent])
        for one in (one for one in new if one in sent):
            self.was_agreed_to(one)

    def is_within_limits(self, one, everything):
        """All to this household: 12 months, and a week, that hold the day, by brute force over where they begin."""
        for begin in {other["day"] for other in everything}:
            year = [other for other in everything if 0 <= (other["day"] - begin).days < 365]
            week = [other for other in everything if 0 <= (other["day"] - begin).days < 7]
            if one in year:
                assert sum(Decimal(str(other["cost"])) for other in year) <= YEAR, "split over gift and invitation"
            if one in week:
                assert sum(other["cost"] for other in week) <= LIMIT, "split over the household or the week"

    def was_agreed_to(self, one):
        rows = [row for row in stored_register(self.database)
                if row.action_id == one["event"] and row.person_id == one["person"] and not row.refused]  # fmt: skip
        assert rows[-1].step == "invite"
        planners = {row.by_id for row in rows if row.step in ("send", "invite")}
        sent = max((row.number for row in rows if row.step == "send"), default=0)
        agreed = {row.by_id for row in rows if row.step == "approve" and row.number > sent}
        due = 2 if one["cost"] >= TWO else 1 if one["cost"] >= ONE else 0
        assert len(agreed - planners - {None}) >= due

    @invariant()
    def what_is_given_is_registered_approved_and_within_limits(self):
        if not hasattr(self, "today"):
            return
        rows = stored_register(self.database)
        assert broken([asdict(row) for row in rows]) == ()
        steps = defaultdict(list)
        for row in rows:
            if not row.refused:
                steps[row.action_id].append(row)
        gifts = given_gifts(self.database)
        for gift in gifts:
            own = steps[gift["id"]]
            assert [row.step for row in own].count("give") == 1
            planners = {row.by_id for row in own if row.step in ("plan", "reschedule", "send")}
            sent = max((row.number for row in own if row.step == "send"), default=0)
            agreed = {row.by_id for row in own if row.step == "approve" and row.number > sent}
            due = 2 if gift["cost"] >= TWO else 1 if gift["cost"] >= ONE else 0
            assert len(agreed - planners) >= due
            assert gift["cost"] <= LIMIT
            near = [one for one in gifts if 0 <= (one["day"] - gift["day"]).days < 7]
            assert sum(one["cost"] for one in near) <= LIMIT, "split over the household or the week"
            year = [one for one in gifts if 0 <= (one["day"] - gift["day"]).days < 365]
            assert sum(Decimal(str(one["cost"])) for one in year) <= YEAR


def test_no_sequence_of_calls_gets_round_the_rules(database):
    Office.database = database
    how = settings(max_examples=14, stateful_step_count=20, deadline=None, phases=[Phase.generate],
                   suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Office, settings=how)


@pytest.fixture
def audited(database):
    household(database)
    plan = GiftPlan("ann", "gift-18", BEGIN + timedelta(days=9), description="@SUM(A1)")
    gift = plan_gift(database, OWNER, plan, "ines", key="plan", today=BEGIN).action_id
    with pytest.raises(GiftRefused):
        move_gift(database, OWNER, GiftMove(gift, "give"), "ines", key="early", today=BEGIN)
    move_gift(database, OWNER, GiftMove(gift, "send"), "ines", key="send", today=BEGIN)
    move_gift(database, OWNER, GiftMove(gift, "approve"), "jan", key="approve", today=BEGIN)
    build(database, [node("old", "GoodwillAction Gift", kind="gift", status="done", cost=9, currency="EUR",
                          date=date(2025, 5, 5))],
          [tie("old", "TARGETS", "bob"), tie("old", "DONE_BY", "jan"), tie("old", "APPROVED_BY", "jan")])  # fmt: skip
    return database


def test_another_day_is_judged_anew_and_asks_those_who_agreed_again(audited):
    gift = audited.read("MATCH (a:Gift {status: 'approved'}) RETURN a.id AS id, a.date AS day")[0]

    def to(day, key, actor="kira", **more):
        move = GiftMove(gift["id"], "reschedule", day, **more)
        return move_gift(audited, OWNER, move, actor, key=key, today=BEGIN)

    with pytest.raises(InvalidInput, match="No other day"):
        to(gift["day"], "the same")
    with pytest.raises(GiftRefused, match="is past"):
        to(BEGIN - timedelta(days=1), "past")
    audited.write("MATCH (d:Deal) SET d.opened = $day", {"day": BEGIN + timedelta(days=30)})
    with pytest.raises(GiftRefused):
        to(BEGIN + timedelta(days=40), "in a tender")
    new = BEGIN + timedelta(days=12)
    before = audited.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"]
    assert to(new, "moved").status == "planned"
    assert to(new, "moved").status == "planned", "a double click is one step"
    assert audited.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == before + 1
    stored = audited.read("MATCH (a:Gift {id: $id}) RETURN a.date AS day, a.status AS status", gift | {})[0]
    assert stored == {"day": new, "status": "planned"}
    move_gift(audited, OWNER, GiftMove(gift["id"], "send"), "ines", key="again", today=BEGIN)
    with pytest.raises(GiftRefused, match="Nobody approves"):
        move_gift(audited, OWNER, GiftMove(gift["id"], "approve"), "kira", key="own", today=BEGIN)
    line = next(one for one in gift_register(audited, OWNER, today=BEGIN).lines
                if one.row.step == "reschedule" and not one.row.refused)  # fmt: skip
    assert (line.row.day, line.row.before, line.row.after) == (new, "approved", "planned")
    assert "10 Jan" in line.why or "2026-01-10" in line.why, "the former day"


def test_undo_passes_the_change_of_a_day_by_and_the_way_back_is_a_step(audited):
    gift = audited.read("MATCH (a:Gift {status: 'approved'}) RETURN a.id AS id, a.date AS day")[0]
    save_edits(audited, OWNER, [RowEdit("Person", "ann", {"name": "Anna"})], key="name", today=BEGIN)
    for turn, day in enumerate((gift["day"] + timedelta(days=3), gift["day"])):
        move_gift(audited, OWNER, GiftMove(gift["id"], "reschedule", day), "ines", key=f"{turn}", today=BEGIN)
    history.undo(audited, OWNER, key="undo")
    found = audited.read("MATCH (a:Gift {id: $id})-[:TARGETS]->(p) RETURN a.date AS day, p.name AS name", gift | {})
    assert found == [{"day": gift["day"], "name": "Ann"}]
    assert gift_register(audited, OWNER, today=BEGIN).broken == ()


def test_what_is_given_keeps_its_day_and_another_gift_near_the_new_one_is_told(audited):
    gift = audited.read("MATCH (a:Gift {status: 'approved'}) RETURN a.id AS id")[0]["id"]
    plan = GiftPlan("ann", "gift-8", BEGIN + timedelta(days=60))
    other = plan_gift(audited, OWNER, plan, "jan", key="other", today=BEGIN).action_id
    near = GiftMove(other, "reschedule", BEGIN + timedelta(days=20))
    with pytest.raises(GiftRefused, match="Ines"):
        move_gift(audited, OWNER, near, "jan", key="near", today=BEGIN)
    agreed = GiftMove(other, "reschedule", BEGIN + timedelta(days=20), together=True)
    assert move_gift(audited, OWNER, agreed, "jan", key="near, agreed", today=BEGIN).status == "planned"
    move_gift(audited, OWNER, GiftMove(gift, "give"), "ines", key="given", today=BEGIN)
    with pytest.raises(GiftRefused, match="does not follow"):
        move_gift(audited, OWNER, GiftMove(gift, "reschedule", BEGIN + timedelta(days=2)), "ines", key="late",
                  today=BEGIN)  # fmt: skip


def test_the_auditor_reads_every_gift_with_its_approval(audited):
    register = gift_register(audited, OWNER, today=BEGIN)
    assert register.broken == ()
    rows = list(csv.DictReader(io.StringIO(register_csv(register).decode("utf-8-sig"))))
    assert [(row["Step"], row["Outcome"], row["Approved by"]) for row in rows] == [
        ("Plan", "done", ""), ("Giving", "refused", ""), ("Sending for approval", "done", ""),
        ("Approval", "done", "Jan"), ("brought in", "", "Jan")]  # fmt: skip
    assert "how many have to agree: 1" in rows[1]["Reasons"]
    assert "same person as giver and as approver" in rows[4]["Reasons"]
    assert rows[3]["Seal"] == register.seal
    assert rows[0]["Gift"] == '\'=Gift, "18"'
    assert rows[0]["Note"] == "'@SUM(A1)"
    sheet = openpyxl.load_workbook(io.BytesIO(register_workbook(register))).active
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[2] for row in cells[1:]] == [row["Step"] for row in rows]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_who_may_not_see_all_gifts_gets_no_part_of_the_register(audited):
    with pytest.raises(Forbidden):
        gift_register(audited, Viewer("a", "A", "analyst"), today=BEGIN)


def test_the_command(audited, command, tmp_path):
    code, said = command("gifts", "list")
    assert (code, "1 of 1 agreed" in said) == (0, False)
    assert "Ann" in said
    assert command("gifts", "choose", "bob")[0] == 0
    assert "Condolence: Not correct" in command("gifts", "methods", "ann")[1]
    code, said = command("gifts", "register", tmp_path / "out.xlsx")
    assert code == 0, said
    assert "4 entries" in said
    assert command("gifts", "register", tmp_path / "out.xlsx")[0] == 1  # never written over
    assert command("gifts", "register", tmp_path / "out.txt")[0] == 1


def test_a_backup_carries_the_register_with_its_chain(audited, tmp_path):
    before = stored_register(audited)
    back_up(audited, OWNER, tmp_path / "b.zip")
    empty(audited)
    assert stored_register(audited) == []
    restore(audited, OWNER, tmp_path / "b.zip")
    assert stored_register(audited) == before
    register = gift_register(audited, OWNER, today=BEGIN)
    assert (register.broken, register.seal, len(register.lines)) == ((), before[-1].seal, 4)
    move_gift(audited, OWNER, GiftMove(before[0].action_id, "give"), "ines", key="after", today=BEGIN)
    register = gift_register(audited, OWNER, today=BEGIN)
    assert (register.broken, register.lines[-1].row.number) == ((), 5), "the chain goes on where it was"
    audited.write("MATCH (e:GiftEntry {number: 3}) SET e.by = 'Kira'")
    back_up(audited, OWNER, tmp_path / "c.zip")
    empty(audited)
    restore(audited, OWNER, tmp_path / "c.zip")
    assert gift_register(audited, OWNER, today=BEGIN).broken == (3,), "a backup heals no tampering"


def test_an_export_says_that_the_register_is_not_in_it(audited, command, tmp_path):
    code, said = command("export", tmp_path / "files")
    assert code == 0, said
    assert "The register of gifts (4 entries) is not in it." in " ".join(said.split())
    kept = "".join(file.read_text("utf-8-sig") for file in (tmp_path / "files").iterdir())
    assert stored_register(audited)[-1].seal not in kept
    audited.write("MATCH (e:GiftEntry) DETACH DELETE e")
    assert "register of gifts" not in command("export", tmp_path / "graph.xlsx")[1]
