"""Events on the graph: guests, invitations, the waiting list, tables, follow-up (C3.6)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput, NotFound
from graphcrm.services import events, guests, invitations, seating
from graphcrm.services.guests import GuestChoices
from graphcrm.services.seating import SeatingChoices
from tests.small_graph import build, node, ours, tie

TODAY = date(2026, 11, 26)
READER = Viewer("r", "Reader", "reader")
PARTY = TODAY + timedelta(days=20)


@pytest.fixture
def firm(database):
    """One client: who decides and nobody covers, a supporter, a neutral at odds with the supporter; who is gone."""
    build(database, *ours(bo="Bo", eva="Eva"))
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord"),
            node("sued", "Organization Client", name="Süd"),
            node("head", "Person", name="Head"),
            node("friend", "Person", name="Friend"),
            node("neutral", "Person", name="Neutral"),
            node("dead", "Person", name="Dead", status="deceased"),
            node("gone", "Person", name="Gone", status="left"),
            node("leaving", "Person", name="Leaving"),
            node("seat", "Person", name="Seat", presence="vacant"),
            node("public", "Person", name="Official", official_status="public_official"),
            node("party", "Event", name="Party", kind="celebration", date=PARTY, seats=3, table_seats=4, budget=200.0,
                 cost_per_guest=40.0, currency="EUR", answer_by=TODAY - timedelta(days=1)),
            node("past", "Event", name="Past", kind="exhibition", date=TODAY - timedelta(days=10), seats=10),
        ],
        [
            *(tie(one, "WORKS_AT", "nord") for one in ("head", "friend", "neutral", "dead", "gone", "seat")),
            tie("leaving", "WORKS_AT", "nord", valid_to=TODAY + timedelta(days=5)),
            tie("public", "WORKS_AT", "sued"),
            tie("head", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("friend", "STAKEHOLDER_IN", "nord", roles=["technical_evaluator"], support="supporter"),
            tie("neutral", "STAKEHOLDER_IN", "nord", roles=["procurement"], support="neutral"),
            tie("friend", "CONFLICTS_WITH", "neutral"),
            tie("friend", "COVERED_BY", "bo", coverage="in_depth", level_now="problem_solver"),
            tie("neutral", "COVERED_BY", "eva", coverage="brief"),
        ],
    )  # fmt: skip
    return database


@pytest.fixture
def modest(firm):
    """The same, and the party is of no value to speak of: nobody has to agree."""
    firm.write("MATCH (e:Event {id: 'party'}) SET e.cost_per_guest = 4.0")
    return firm


def propose(db, event="party", **choices):
    return guests.propose_guests(db, OWNER, event, GuestChoices(**choices), as_of=TODAY)


def invite(db, *people, key="k", event="party", viewer=OWNER):
    return invitations.invite(db, viewer, event, people, key=key, today=TODAY)


def stored(db, event="party"):
    rows = db.read(
        "MATCH (p)-[t:INVITED_TO]->(:Event {id: $event}) RETURN p.id AS id, t.rsvp AS rsvp, t.table AS place",
        {"event": event},
    )
    return {row["id"]: (row["rsvp"], row["place"]) for row in rows}


def test_the_list_has_reasons_and_says_who_cannot_be_invited(firm):
    found = propose(firm)
    assert found.limits.most == 3
    assert "head" in found.found.ids
    assert "guest_uncovered_key" in {why.code for why in found.found.guests[0].reasons}
    assert not {"friend", "neutral"} <= found.found.ids, "at odds with each other"
    barred = {one.candidate.person_id: one.verdict for one in found.found.barred}
    assert barred["leaving"] == "barred_leaves"
    assert {"dead", "gone", "seat", "public"} <= barred.keys(), "the dead, those who left, a vacant seat, an official"


def test_a_conflict_that_the_viewer_may_not_see_moves_nobody(firm):
    firm.write("MATCH ()-[t:CONFLICTS_WITH]->() SET t.sensitivity = 'restricted'")
    found = guests.propose_guests(firm, READER, "party", GuestChoices(), as_of=TODAY)
    assert {"friend", "neutral"} <= found.found.ids


def test_seats_and_budget_that_others_hold_are_taken_off(firm):
    invite(firm, "friend", "bo")
    found = propose(firm)
    assert found.limits.seats == 1
    assert found.limits.budget == 160
    assert {one.candidate.person_id: one.verdict for one in found.found.barred}["friend"] == "barred_invited"


def test_an_event_without_day_seats_or_currency(firm):
    firm.write("MATCH (e:Event {id: 'party'}) REMOVE e.seats, e.currency")
    found = propose(firm)
    assert found.notes == ("guests_no_seats", "guests_no_currency")
    assert found.limits.most is None
    firm.write("MATCH (e:Event {id: 'party'}) SET e.currency = 'EUR' REMOVE e.cost_per_guest")
    assert "guests_no_cost" in propose(firm).notes
    firm.write("MATCH (e:Event {id: 'party'}) REMOVE e.date")
    with pytest.raises(InvalidInput):
        propose(firm)
    with pytest.raises(InvalidInput):
        propose(firm, "past")
    with pytest.raises(NotFound):
        propose(firm, "nothing")


def test_nobody_is_invited_twice_and_a_double_click_saves_once(firm):
    assert invite(firm, "head", "friend").count == 2
    first = stored(firm)
    assert invite(firm, "head", "friend").saved.change_id == invite(firm, "head", "friend").saved.change_id
    assert stored(firm) == first == {"head": ("chosen", None), "friend": ("chosen", None)}
    more = invite(firm, "head", "neutral", key="other")
    assert (more.count, more.already) == (1, ("Head",))
    assert firm.read("MATCH ()-[t:INVITED_TO]->() RETURN count(t) AS n")[0]["n"] == 3
    assert firm.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 2, "many people, one change"


def test_two_managers_invite_the_same_person_at_once(firm):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: invite(firm, "head", "friend", key=f"k{number}"), range(8)))
    assert firm.read("MATCH ()-[t:INVITED_TO]->() RETURN count(t) AS n")[0]["n"] == 2


def test_who_died_or_left_is_never_invited_whatever_the_page_sends(firm):
    for one in ("dead", "gone", "leaving", "public"):
        with pytest.raises(InvalidInput):
            invite(firm, "head", one, key=one)
    assert stored(firm) == {}, "all or nothing"
    with pytest.raises(InvalidInput):
        invite(firm, "head", event="past")
    with pytest.raises(Forbidden):
        invite(firm, "head", viewer=READER)


def answer(db, answers, key):
    return invitations.answer(db, OWNER, "party", answers, key=key, today=TODAY)


def test_full_seats_lead_to_the_waiting_list_and_back(modest):
    modest.write("MATCH (e:Event {id: 'party'}) SET e.seats = 2")
    invite(modest, "head", "friend", "neutral")
    invitations.send(modest, OWNER, "party", ["head", "friend", "neutral"], key="out", today=TODAY)
    noted = answer(modest, {"head": "accepted", "friend": "accepted", "neutral": "accepted"}, "a1")
    assert noted.waiting == ("Neutral",)
    assert stored(modest)["neutral"] == ("waiting", None)
    found = events.event(modest, OWNER, "party", as_of=TODAY)
    assert [one.person_id for one in found.waiting] == ["neutral"]
    assert found.free == 0
    assert all(one.late for one in found.guests), "after the day by which an answer was asked for"
    assert (
        answer(modest, {"neutral": "accepted"}, "a2").waiting == ("Neutral",)
        or stored(modest)["neutral"][0] == "waiting"
    )
    # one declines and the other takes the seat in the same save
    assert answer(modest, {"head": "declined", "neutral": "accepted"}, "a3").waiting == ()
    assert {one: state[0] for one, state in stored(modest).items()} == {
        "head": "declined", "friend": "accepted", "neutral": "accepted",
    }  # fmt: skip


def test_the_last_seat_is_given_once_when_two_accept_at_the_same_time(modest):
    modest.write("MATCH (e:Event {id: 'party'}) SET e.seats = 1")
    invite(modest, "head", "friend", "neutral")
    people = ("head", "friend", "neutral")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda one: answer(modest, {one: "accepted"}, f"at-once-{one}"), people))
    assert sorted(state[0] for state in stored(modest).values()) == ["accepted", "waiting", "waiting"]


def test_an_invitation_that_is_out_is_not_struck_off(modest):
    invite(modest, "head", "friend")
    invitations.send(modest, OWNER, "party", ["head"], key="out", today=TODAY)
    assert invitations.strike(modest, OWNER, "party", ["head", "friend"], key="s", today=TODAY).count == 1
    assert stored(modest).keys() == {"head"}


def test_answers_that_are_none_and_people_who_are_not_on_the_list(modest):
    invite(modest, "head")
    with pytest.raises(InvalidInput):
        answer(modest, {"head": "perhaps"}, "x")
    with pytest.raises(NotFound):
        answer(modest, {"friend": "accepted"}, "y")
    with pytest.raises(InvalidInput):
        invitations.attend(modest, OWNER, "party", {"head": True}, key="z", today=TODAY)


def test_tables_keep_conflicts_apart_and_leave_nobody_without_one_of_ours(modest):
    modest.write("MATCH (e:Event {id: 'party'}) SET e.seats = 9")
    invite(modest, "head", "friend", "neutral", "bo", "eva")
    answer(modest, dict.fromkeys(("head", "friend", "neutral", "bo", "eva"), "accepted"), "a")
    plan = seating.propose_seating(modest, OWNER, "party", SeatingChoices(), as_of=TODAY)
    assert plan.plan.exact
    seats = plan.plan.seats
    assert seats["friend"] == seats["bo"] != seats["neutral"] == seats["eva"]
    assert plan.plan.alone == ()
    invitations.seat(modest, OWNER, "party", dict(seats), key="seat", today=TODAY)
    kept = seating.stored_seating(modest, OWNER, "party", SeatingChoices(), as_of=TODAY)
    assert dict(kept.plan.seats) == dict(seats)
    answer(modest, {"head": "declined"}, "no")
    assert stored(modest)["head"] == ("declined", None), "who does not come keeps no place"
    assert "=" not in seating.seating_csv(kept).decode("utf-8-sig")


def test_the_files_of_the_seating_run_no_formula(modest):
    modest.write("MATCH (p:Person {id: 'head'}) SET p.name = '=1+1'")
    invite(modest, "head", "bo")
    answer(modest, {"head": "accepted", "bo": "accepted"}, "a")
    plan = seating.propose_seating(modest, OWNER, "party", SeatingChoices(), as_of=TODAY)
    assert b"'=1+1" in seating.seating_csv(plan)
    assert seating.seating_workbook(plan)[:2] == b"PK"
    said = [line.text for line in seating.seating_document(plan, "ru", TODAY).lines]
    assert "Стол 1" in said
    assert "<script" not in seating.seating_drawing(plan).svg


def test_who_came_is_followed_up_within_days(firm):
    past = TODAY - timedelta(days=10)
    build(
        firm,
        [node("talk", "Interaction", kind="call", date=past + timedelta(days=2))],
        [
            tie("head", "INVITED_TO", "past", rsvp="accepted", attended=True),
            tie("friend", "INVITED_TO", "past", rsvp="accepted", attended=True),
            tie("neutral", "INVITED_TO", "past", rsvp="accepted", attended=False),
            tie("bo", "INVITED_TO", "past", rsvp="accepted", attended=True),
            tie("talk", "WITH", "head"),
        ],
    )
    (line,) = events.follow_ups(firm, OWNER, as_of=TODAY)
    assert (line.person_id, line.due, line.firm_name) == ("friend", past + timedelta(days=7), "Nord")
    assert events.follow_ups(firm, OWNER, as_of=TODAY, employee_id="bo")
    assert events.follow_ups(firm, OWNER, as_of=TODAY, employee_id="eva") == []
    assert events.follow_ups(firm, OWNER, as_of=TODAY + timedelta(days=90)) == []


def test_on_the_command_line(modest, run, tmp_path):
    modest.write("MATCH (e:Event {id: 'party'}) SET e.date = date() + duration({days: 9})")
    data = json.loads(run("events", "guests", "party", "--json"))
    assert data["gap"] == 0
    assert "head" in {one["person_id"] for one in data["guests"]}
    run("events", "invite", "party", "head", "bo")
    assert "On the list already: Head" in run("events", "invite", "party", "head")
    run("events", "answer", "party", "accepted", "head", "bo")
    file = tmp_path / "tables.csv"
    run("events", "seating", "party", "--save", "-o", file)
    assert "Head" in file.read_text("utf-8-sig")
    assert "Table 1" in run("events", "seating", "party")
    assert json.loads(run("events", "list", "--json"))[0]["answers"] == {"accepted": 1}
    with pytest.raises(InvalidInput):
        run("events", "guests", "party", "--goal", "beauty=3")
    with pytest.raises(InvalidInput, match="cannot be written"):
        run("events", "seating", "party", "-o", tmp_path / "no-such-folder" / "tables.csv")
