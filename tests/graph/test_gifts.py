"""Gifts on real Neo4j (C3.5): steps, approvals by others, limits over the household, blackout, clocks, double clicks.

The rows of faults.md on approvals, split gifts, blackout, backdated offers and double clicks.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.gift_register import broken
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditRefused, Forbidden, GiftRefused, InvalidInput, NotFound
from graphcrm.queries.gifts import gift_register
from graphcrm.services import history
from graphcrm.services._goodwill import circumstances_of
from graphcrm.services._wording import sentence
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.gift_choice import gift_choice
from graphcrm.services.gifts import GiftMove, GiftPlan, gifts_under_way, move_gift, plan_gift
from graphcrm.services.goodwill_methods import WordsPlan, plan_words
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 26)
ON = date(2026, 12, 10)


@pytest.fixture
def firm(database):
    nodes = [
        node("own", "Organization OwnFirm", name="Own", kinds=["own_firm"]),
        node("orion", "Organization Client", name="Orion", kinds=["client"], country="DE", official_status="private"),
        node("vega", "Organization Client", name="Vega", kinds=["client"], country="DE", official_status="private"),
        *(node(one, "Person Employee", name=one.title()) for one in ("ines", "jan", "kira")),
        *(node(one, "Person", name=one.title(), official_status="private") for one in ("ann", "bob", "carl")),
        node("kid", "Person FamilyMember", name="Kid", birth_date="2015"),
        node("policy", "GiftPolicy", name="Policy", scope="own_firm", currency="EUR", limit_per_gift=50,
             limit_per_year=100, limit_employer_per_year=150, approve_from=20, approve_twice_from=40),
        *(node(f"gift-{price}", "Offering", name=f"Gift for {price}", kind="souvenir", price=price, currency="EUR",
               lead_days=1) for price in (10, 15, 25, 30, 45, 60)),
        node("book", "Offering", name="Stamps of the world", kind="book", price=18, currency="EUR", fits=["stamps"],
             lead_days=2),
        node("unpriced", "Offering", name="Unpriced", kind="other", currency="EUR"),
        node("roubles", "Offering", name="Roubles", kind="other", price=900, currency="RUB"),
        node("stamps", "Interest", name="Stamps", name_ru="Марки"),
        node("birthday", "UsefulDate", name="Birthday", kind="birthday", date="--12-10"),
    ]  # fmt: skip
    ties = [
        *(tie(one, "WORKS_AT", "own", title="Manager") for one in ("ines", "jan", "kira")),
        tie("ann", "WORKS_AT", "orion", title="Buyer"),
        tie("carl", "WORKS_AT", "orion", title="Clerk"),
        tie("bob", "WORKS_AT", "vega", title="Director"),
        tie("ann", "SPOUSE_OF", "bob"),
        tie("ann", "PARENT_OF", "kid"),
        tie("ann", "INTERESTED_IN", "stamps"),
        tie("birthday", "DATE_OF", "ann"),
    ]
    build(database, nodes, ties)
    return database


def plan(db, gift="gift-10", person="ann", **other):
    given = {"actor": "ines", "key": "plan", "on": ON, "today": TODAY} | other
    actor, key, on, today = (given.pop(name) for name in ("actor", "key", "on", "today"))
    return plan_gift(db, OWNER, GiftPlan(person, gift, on, **given), actor, key=key, today=today)


def move(db, action_id, step, actor="ines", key=None, today=TODAY, **other):
    key = key or f"{step}-{actor}-{action_id}-{today}"
    return move_gift(db, OWNER, GiftMove(action_id, step, **other), actor, key=key, today=today)


def codes(caught):
    return {one.params.get("goodwill_rule", one.code) for one in caught.value.reasons}


def entries(db):
    return [(row.step, row.refused, row.by_id) for row in gift_register(db)]


def test_from_a_plan_to_a_gift_that_was_given(firm):
    gift = plan(firm, "gift-25", occasion_id="birthday").action_id
    assert move(firm, gift, "send").status == "needs_approval"
    assert move(firm, gift, "approve", "jan").status == "approved"
    assert move(firm, gift, "prepare").status == "prepared"
    assert move(firm, gift, "give", today=ON).status == "done"
    assert move(firm, gift, "react", today=ON, reaction="delighted", note="Beamed").status == "done"
    assert entries(firm) == [("plan", False, "ines"), ("send", False, "ines"), ("approve", False, "jan"),
                             ("prepare", False, "ines"), ("give", False, "ines"), ("react", False, "ines")]  # fmt: skip
    stored = firm.read("MATCH (a:Gift)-[:APPROVED_BY]->(p) RETURN a.status AS status, a.date AS day, p.id AS by")
    assert stored == [{"status": "done", "day": ON, "by": "jan"}]
    again = gift_choice(firm, OWNER, "ann", ON + timedelta(days=200), today=ON)
    souvenir = next(one for one in again.ranked if one.offer.id == "gift-15")
    assert "rank_liked" in {reason.code for reason in souvenir.score.reasons}
    assert [row.number for row in gift_register(firm)] == [1, 2, 3, 4, 5, 6]


def test_nobody_approves_their_own_and_the_try_is_recorded(firm):
    gift = plan(firm, "gift-25").action_id
    move(firm, gift, "send")
    with pytest.raises(GiftRefused) as caught:
        move(firm, gift, "approve")
    assert codes(caught) == {"gift_own_approval"}
    with pytest.raises(GiftRefused):
        move(firm, gift, "give")
    assert entries(firm)[2:] == [("approve", True, "ines"), ("give", True, "ines")]
    assert gifts_under_way(firm, OWNER, today=TODAY)[0].gift.status == "needs_approval"


def test_two_approve_the_dear_ones_and_not_one_twice(firm):
    gift = plan(firm, "gift-45").action_id
    move(firm, gift, "send")
    assert move(firm, gift, "approve", "jan").status == "needs_approval"
    with pytest.raises(GiftRefused) as caught:
        move(firm, gift, "approve", "jan", key="again")
    assert codes(caught) == {"gift_approved_before"}
    with pytest.raises(GiftRefused):
        move(firm, gift, "prepare")
    assert move(firm, gift, "approve", "kira").status == "approved"


def test_a_gift_that_goes_back_to_the_plan_has_to_be_approved_anew(firm):
    gift = plan(firm, "gift-25").action_id
    move(firm, gift, "send")
    move(firm, gift, "approve", "jan")
    move(firm, gift, "withdraw")
    with pytest.raises(GiftRefused) as caught:
        move(firm, gift, "prepare", key="p")
    assert codes(caught) == {"gift_send_first"}
    move(firm, gift, "send", key="send again")
    with pytest.raises(GiftRefused):
        move(firm, gift, "give", today=ON, key="g")
    assert move(firm, gift, "approve", "jan", key="approve again").status == "approved"


def test_a_gift_split_over_the_family_is_one_gift(firm):
    move(firm, plan(firm, "gift-30", key="a").action_id, "send")
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-25", "bob", key="b", on=ON + timedelta(days=3))
    assert codes(caught) == {"goodwill_over_gift_split"}
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-15", "kid", key="c", on=ON + timedelta(days=3))
    assert "minor" in codes(caught)
    assert [row[1] for row in entries(firm)] == [False, False, True, True]


def test_twelve_months_over_household_and_firm(firm):
    for number, (person, gift) in enumerate([("ann", "gift-45"), ("bob", "gift-45")]):
        day = TODAY - timedelta(days=60 * (number + 1))
        given = plan(firm, gift, person, key=f"k{number}", on=day, today=day).action_id
        move(firm, given, "send", today=day)
        for who in ("jan", "kira"):
            move(firm, given, "approve", who, today=day)
        move(firm, given, "give", today=day)
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-15", "ann", key="third")
    assert codes(caught) == {"goodwill_over_year_household"}
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-60", "carl", key="fourth")
    assert codes(caught) == {"goodwill_over_gift"}
    firm.write("MATCH (p:GiftPolicy) SET p.limit_per_gift = 70, p.limit_employer_per_year = 149")
    with pytest.raises(GiftRefused) as caught:  # 90 to a household that works at Orion and at Vega
        plan(firm, "gift-60", "carl", key="fifth")
    assert codes(caught) == {"goodwill_over_employer"}


def test_a_tender_bars_the_household_too_and_ends(firm):
    build_deal(firm, opened=TODAY - timedelta(days=9))
    for person in ("ann", "bob"):
        with pytest.raises(GiftRefused) as caught:
            plan(firm, "gift-10", person, key=person)
        assert codes(caught) == {"tender"}
    firm.write("MATCH (d:Deal) SET d.closed = date('2026-12-01')")
    assert plan(firm, "gift-10", key="later").status == "planned"


def test_a_tender_that_opens_meanwhile_stops_an_approved_gift(firm):
    gift = plan(firm, "gift-25").action_id
    move(firm, gift, "send")
    move(firm, gift, "approve", "jan")
    build_deal(firm, opened=ON - timedelta(days=3))
    with pytest.raises(GiftRefused) as caught:
        move(firm, gift, "give", today=ON)
    assert codes(caught) == {"tender"}
    with pytest.raises(GiftRefused) as caught:  # nor as if it had been before
        move(firm, gift, "give", today=ON, on=ON - timedelta(days=5), key="back")
    assert codes(caught) == {"gift_backdated"}


def build_deal(db, opened):
    build(db, [node("deal", "Deal", name="Tender", stage="tender", tender_open=True, opened=opened)],
          [tie("deal", "FOR_CLIENT", "orion")])  # fmt: skip


def test_clocks(firm):
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-10", key="past", on=TODAY - timedelta(days=1))
    assert codes(caught) == {"gift_day_past"}
    gift = plan(firm, "gift-25").action_id
    move(firm, gift, "send")
    move(firm, gift, "approve", "jan", today=ON)
    for on, code in ((ON + timedelta(days=1), "gift_day_ahead"), (ON - timedelta(days=1), "gift_before_approval")):
        with pytest.raises(GiftRefused) as caught:
            move(firm, gift, "give", today=ON, on=on, key=code)
        assert codes(caught) == {code}
    assert move(firm, gift, "give", today=ON + timedelta(days=2), on=ON).status == "done"


def test_without_price_or_rate(firm):
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "unpriced", key="a")
    assert codes(caught) == {"goodwill_price_missing"}
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "roubles", key="b")
    assert codes(caught) == {"goodwill_rate_missing"}
    build(firm, [node("rate", "ExchangeRate", base="EUR", into="RUB", rate=90.0, date=date(2026, 10, 1))], [])
    assert plan(firm, "roubles", key="c").status == "planned"


def test_the_second_who_plans_the_same_is_told(firm):
    plan(firm, "gift-10", occasion_id="birthday")
    with pytest.raises(GiftRefused) as caught:
        plan(firm, "gift-15", actor="jan", key="second", occasion_id="birthday", on=ON + timedelta(days=20))
    assert codes(caught) == {"gift_planned_twice"}
    assert "Ines" in str(caught.value)
    assert plan(firm, "gift-15", actor="jan", key="third", together=True).status == "planned"


def test_two_at_once_are_not_both_first(firm):
    def try_it(who):
        try:
            return plan(firm, "gift-10", actor=who, key=f"at once {who}").status
        except GiftRefused as refused:
            return refused.reasons[0].code

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(try_it, ["ines", "jan", "kira"])) == [
            "gift_planned_twice",
            "gift_planned_twice",
            "planned",
        ]


def test_a_double_click_is_one_step(firm):
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: plan(firm, "gift-25", key="same"), range(4)))
    gift = done[0].action_id
    assert {one.action_id for one in done} == {gift}
    for _click in range(2):
        move(firm, gift, "send", key="send")
        with pytest.raises(GiftRefused):
            move(firm, gift, "approve", key="own")
    assert len(entries(firm)) == 3
    assert firm.read("MATCH (a:Gift) RETURN count(a) AS n") == [{"n": 1}]


def test_the_register_cannot_be_got_round(firm):
    gift = plan(firm, "gift-25").action_id
    forms = [
        RowEdit("GoodwillAction", gift, {"status": "done"}),
        RowEdit("GoodwillAction", gift, {"cost": 1}),
        RowEdit("GoodwillAction", gift, {"kind": "congratulation"}),
        RowEdit("GoodwillAction", gift, {"person_id": "carl"}),
        RowEdit("GoodwillAction", gift, {"employee_id": "jan"}),
        RowEdit("GoodwillAction", gift, {"approver_id": "jan"}),
        RowEdit("GoodwillAction", "", {"kind": "gift", "status": "done", "person_id": "ann"}),
        RowEdit("GoodwillAction", "", {"kind": "congratulation", "status": "done", "person_id": "ann", "cost": 90}),
    ]
    for place, form in enumerate(forms):
        with pytest.raises(EditRefused) as refused:
            save_edits(firm, OWNER, [form], key=f"form {place}", today=TODAY)
        assert {problem.code for problem in refused.value.problems} <= {
            "gift_by_register", "gift_by_hand", "gift_by_cost"}  # fmt: skip
    save_edits(firm, OWNER, [RowEdit("GoodwillAction", gift, {"description": "A word"})], key="word", today=TODAY)
    change = firm.read("MATCH (c:Change {action: 'register'}) RETURN c.id AS id")[0]["id"]
    with pytest.raises(InvalidInput):
        history.undo(firm, OWNER, key="undo", change_id=change)
    history.undo(firm, OWNER, key="undo the word")
    with pytest.raises(InvalidInput):
        history.undo(firm, OWNER, key="undo the plan")
    assert firm.read("MATCH (a:Gift) RETURN a.status AS s") == [{"s": "planned"}]


def test_who_tampers_with_the_database_breaks_the_seal(firm):
    gift = plan(firm, "gift-25").action_id
    move(firm, gift, "send")
    move(firm, gift, "approve", "jan")

    def rows():
        return [asdict(row) for row in gift_register(firm)]

    assert broken(rows()) == ()
    firm.write("MATCH (e:GiftEntry {number: 2}) SET e.by_id = 'kira'")
    assert broken(rows()) == (2,)
    firm.write("MATCH (e:GiftEntry {number: 2}) DETACH DELETE e")
    assert broken(rows()) == (3,)


def test_who_may_not(firm):
    reader, analyst = Viewer("r", "R", "reader"), Viewer("a", "A", "analyst")
    for viewer in (reader, analyst):
        with pytest.raises(Forbidden):
            plan_gift(firm, viewer, GiftPlan("ann", "gift-10", ON), "ines", key="x", today=TODAY)
    plan(firm, "gift-10")
    assert gifts_under_way(firm, reader, today=TODAY) == ()
    assert len(gifts_under_way(firm, analyst, today=TODAY)) == 1
    with pytest.raises(NotFound):
        gift_choice(firm, reader, "ann", ON, today=TODAY)
    with pytest.raises(NotFound):
        gift_choice(firm, analyst, "kid", ON, today=TODAY)
    with pytest.raises(NotFound):
        plan(firm, actor="ann", key="not ours")
    assert entries(firm) == [("plan", False, "ines")]


def test_who_may_not_know_of_a_bereavement_is_told_neutrally(firm):
    """Mourning alone bars every gift: an analyst reads neither that nor "no rule stands against it"."""
    analyst = Viewer("a", "A", "analyst")
    plan(firm, "gift-10")
    firm.write("MATCH (p:Person {id: 'ann'}) SET p.mourning_until = $day", {"day": ON + timedelta(days=30)})
    with pytest.raises(GiftRefused, match="mourning"):
        plan(firm, "gift-15", key="refused", together=True)
    with pytest.raises(GiftRefused, match="mourning"):
        move(firm, gifts_under_way(firm, OWNER, today=TODAY)[0].gift.id, "reschedule", on=ON + timedelta(days=1))
    for viewer, expected in ((OWNER, "mourning"), (analyst, "not possible")):
        choice = gift_choice(firm, viewer, "ann", ON, today=TODAY)
        view = gifts_under_way(firm, viewer, today=TODAY)[0]
        book = next(one for one in choice.ranked if one.offer.id == "book")
        told = [*book.verdict.reasons, *(bar.reason for bar in choice.bars), *view.verdict.reasons, *view.not_yet,
                *(one for reasons in view.told.values() for one in reasons)]  # fmt: skip
        said = [sentence(one.code, one.params) for one in told]
        assert book.verdict.mark == view.verdict.mark == "not_correct"
        assert book.verdict.of("never")
        assert any(expected in one for one in said)
        assert viewer is OWNER or not any("mourning" in one.lower() for one in said)


def test_the_catalogue_is_ranked_with_reasons(firm):
    choice = gift_choice(firm, OWNER, "ann", ON, today=TODAY, occasion_id="birthday")
    assert choice.ranked[0].offer.id == "book"
    assert {"gift-60", "unpriced", "roubles"} == {
        one.offer.id for one in choice.ranked if one.verdict.mark == "not_correct"
    }
    assert [one.score.value for one in choice.ranked[-3:]] == [0.0, 0.0, 0.0]
    for one in choice.ranked:
        assert sum(reason.contribution for reason in one.score.reasons) == pytest.approx(one.score.value)


def test_somebody_who_died_gets_nothing(firm):
    gift = plan(firm, "gift-10").action_id
    firm.write("MATCH (p:Person {id: 'ann'}) SET p.status = 'deceased'")
    with pytest.raises(GiftRefused) as caught:
        move(firm, gift, "give", today=ON)
    assert codes(caught) == {"deceased"}


def test_all_gifts_under_way_are_judged_in_a_fixed_number_of_queries(firm, monkeypatch):
    asked = []
    read = Database.read

    def counted(self, query, *given, **options):
        asked.append(query)
        return read(self, query, *given, **options)

    def queries():
        asked.clear()
        monkeypatch.setattr(Database, "read", counted)
        views = gifts_under_way(firm, OWNER, today=TODAY)
        monkeypatch.setattr(Database, "read", read)
        return len(views), len(asked)

    plan(firm, "gift-10", "ann", key="first", together=True)
    one, few = queries()
    for number in range(12):
        person = ("ann", "bob", "carl")[number % 3]
        plan(firm, "gift-10", person, key=f"k{number}", together=True, on=ON + timedelta(days=number))
    many, as_few = queries()
    assert (one, many) == (1, 13)
    assert few == as_few <= 20


def test_many_are_judged_as_each_alone(firm):
    """What is read for all at once says the same of each as when it is read for them alone."""
    move(firm, plan(firm, "gift-30", "bob", key="b").action_id, "send")
    build_deal(firm, opened=TODAY - timedelta(days=9))
    people = ["ann", "bob", "carl", "kid", "ines"]
    together = circumstances_of(firm, people, as_of=TODAY)
    for person in people:
        alone = circumstances_of(firm, [person], as_of=TODAY)[person]
        assert together[person].receiver == alone.receiver
        assert together[person].policies == alone.policies
        assert set(together[person].given) == set(alone.given)
    assert circumstances_of(firm, ["nobody"], as_of=TODAY) == {}


def test_occasions_of_the_calendar_are_offered_too_and_kept_by_name(firm):
    """C3.5, C2.4: public holidays have no useful date in the graph, and are what most gifts are given for."""
    choice = gift_choice(firm, OWNER, "ann", ON, today=TODAY)
    names = {one.name: one for one in choice.occasions}
    assert names["Birthday"].id not in choice.derived  # stored
    new_year = names["New Year's Day"]  # of Germany, where Ann's client is
    assert new_year.id in choice.derived
    assert (new_year.kind, new_year.on) == ("public_holiday", "2027-01-01")
    assert len(names) == len(choice.occasions)
    found = gift_choice(firm, OWNER, "ann", ON, today=TODAY, occasion_id=new_year.id)
    assert "New Year's Day" in found.words
    done = plan(firm, occasion=new_year.name, description="At the meeting")
    assert [row.occasion for row in gift_register(firm)] == ["New Year's Day"]
    stored = firm.read("MATCH (a:GoodwillAction {id: $id}) RETURN a.description AS said", {"id": done.action_id})
    assert stored[0]["said"] == "New Year's Day · At the meeting"


def test_where_no_gift_is_fitting_it_says_why_and_what_is(firm):
    """C2.5, C3.5: a public official, nothing known, a limit; words are started by a click, and nothing is chosen."""
    assert gift_choice(firm, OWNER, "ann", ON, today=TODAY).why_none == (), "the book fits her stamps"
    unknown = gift_choice(firm, OWNER, "carl", ON, today=TODAY)
    assert [one.code for one in unknown.why_none] == ["none_interests_known"]
    assert [method.code for method, _verdict in unknown.instead] == ["useful"], "without an occasion"
    christmas = next(one for one in unknown.occasions if one.on == "2026-12-25")
    at = gift_choice(firm, OWNER, "carl", ON, today=TODAY, occasion_id=christmas.id)
    assert [method.code for method, _verdict in at.instead] == ["words", "card", "useful"]
    firm.write("MATCH (p:Person {id: 'carl'}) SET p.official_status = 'public_official'")
    barred = gift_choice(firm, OWNER, "carl", ON, today=TODAY, occasion_id=christmas.id)
    assert "official" in {one.params.get("goodwill_rule") for one in barred.why_none}
    words = WordsPlan("carl", "card", ON, occasion_key=christmas.id, occasion=christmas.name)
    assert plan_words(firm, OWNER, words, "ines", key="card", today=TODAY)
    plan_words(firm, OWNER, words, "ines", key="card", today=TODAY)
    made = firm.read("MATCH (a:GoodwillAction)-[:DONE_BY]->(e) RETURN a.kind AS kind, a.status AS status, e.id AS who")
    assert made == [{"kind": "congratulation", "status": "planned", "who": "ines"}]
    firm.write("MATCH (p:Person {id: 'carl'}) SET p.no_congratulations = true")
    asked = gift_choice(firm, OWNER, "carl", ON, today=TODAY, occasion_id=christmas.id)
    assert [method.code for method, _verdict in asked.instead] == ["useful"]
    with pytest.raises(InvalidInput):
        plan_words(firm, OWNER, words, "ines", key="again", today=TODAY)
    with pytest.raises(InvalidInput):
        plan_words(firm, OWNER, WordsPlan("ann", "useful", TODAY - timedelta(days=1)), "ines", key="p", today=TODAY)
    with pytest.raises(Forbidden):
        plan_words(firm, Viewer("r", "R", "reader"), words, "ines", key="r", today=TODAY)


def test_the_command_line_says_why_and_starts_what_is_correct(firm, run):
    said = run("gifts", "choose", "carl")
    assert "No gift is fitting." in said
    assert "graphcrm gifts words carl useful --as ID" in said
    why, choice = said.split("Correct, though nothing that is known speaks for them:")
    assert "(Policy). 1 gift: Gift for 60\n" in why, "by the rule that bars"
    assert "Gift for 45" in choice
    assert "Gift for 60" not in choice, "what may not be given is no choice"
    run("gifts", "words", "carl", "useful", "--as", "ines")
    assert firm.read("MATCH (a:GoodwillAction) RETURN a.status AS status") == [{"status": "planned"}]
