"""Accounts on real Neo4j: only owners manage them, one is always left, and what was set holds at the next look."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.sign_in import SignIn
from graphcrm.domain.viewer import OWNER, SENSITIVITIES_OF_ROLE, Viewer
from graphcrm.errors import Forbidden, GraphcrmError, InvalidInput, NotFound, NotSignedIn
from graphcrm.services import accounts, history
from graphcrm.services._colleagues import name_of_actor
from graphcrm.services.gifts import GiftMove, GiftPlan, move_gift, plan_gift
from tests.small_graph import build, ours

TODAY = date(2026, 11, 26)
NOW = datetime.now(UTC)
ANNA, BORIS = "anna@example.org", "борис@example.org"
HERS = SignIn(ANNA, True, NOW, "first")


def add(db: Database, email: str = ANNA, role: str = "owner", **given) -> None:
    accounts.add(db, OWNER, (email, "Anna Berg", role), key=f"add-{email}", today=TODAY, **given)


def seen(db: Database, sign_in: SignIn = HERS, now: datetime = NOW) -> Viewer:
    return accounts.viewer_of(db, sign_in, now=now, hours=12)


def refused(db: Database, *given) -> str:
    with pytest.raises(NotSignedIn) as caught:
        seen(db, *given)
    return str(caught.value)


def test_an_account_is_a_viewer(database):
    nodes, ties = ours(anna="Anna Berg")
    build(database, nodes, ties)
    add(database, " Anna@Example.ORG ", "manager", person_id="anna")
    assert seen(database) == Viewer(ANNA, "Anna Berg", "manager", "anna", acts_freely=False)
    (kept,) = accounts.accounts(database, OWNER)
    assert (kept.id, kept.disabled, kept.ended) == (ANNA, False, ())


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("no e-mail", "Anna", "reader"), InvalidInput),
        ((ANNA, " ", "reader"), InvalidInput),
        ((ANNA, "A\nB", "reader"), InvalidInput),
        ((ANNA, "Anna", "admin"), InvalidInput),
    ],
)
def test_what_cannot_be_an_account_is_refused(database, given, error):
    with pytest.raises(error):
        accounts.add(database, OWNER, given, key="k", today=TODAY)
    assert accounts.accounts(database, OWNER) == []


def test_a_person_who_is_not_ours_is_refused(database):
    with pytest.raises(NotFound):
        add(database, person_id="nobody")


def test_a_second_account_of_an_email_is_refused_and_the_same_click_is_not(database):
    add(database)
    add(database)  # the same key
    with pytest.raises(InvalidInput, match="There is an account"):
        accounts.add(database, OWNER, ("ANNA@example.org", "Other", "reader"), key="other", today=TODAY)
    assert [one.name for one in accounts.accounts(database, OWNER)] == ["Anna Berg"]


MANAGING: dict[str, Callable[[Database, Viewer], object]] = {
    "accounts": accounts.accounts,
    "add": lambda db, who: accounts.add(db, who, (BORIS, "Boris", "owner"), key="k", today=TODAY),
    "set_role": lambda db, who: accounts.set_role(db, who, ANNA, "reader", key="k"),
    "disable": lambda db, who: accounts.disable(db, who, ANNA, key="k"),
    "enable": lambda db, who: accounts.enable(db, who, ANNA, key="k"),
    "sign_out_everywhere": lambda db, who: accounts.sign_out_everywhere(db, who, ANNA, key="k"),
}


@pytest.mark.parametrize("role", [role for role in SENSITIVITIES_OF_ROLE if role != "owner"])
@pytest.mark.parametrize("call", MANAGING.values(), ids=MANAGING)
def test_only_an_owner_manages_accounts(database, role, call):
    """Also not one's own: a manager does not make herself an owner."""
    add(database)
    add(database, BORIS)
    before = accounts.accounts(database, OWNER)
    with pytest.raises(Forbidden):
        call(database, Viewer(ANNA, "Anna", role))
    assert accounts.accounts(database, OWNER) == before


def test_the_last_owner_can_be_neither_disabled_nor_demoted(database):
    add(database)
    add(database, BORIS, "manager")
    for change in (MANAGING["set_role"], MANAGING["disable"]):
        with pytest.raises(InvalidInput, match="the last owner"):
            change(database, OWNER)
    accounts.set_role(database, OWNER, BORIS, "owner", key="b")
    accounts.disable(database, OWNER, ANNA, key="a")
    with pytest.raises(InvalidInput, match="the last owner"):
        accounts.set_role(database, OWNER, BORIS, "reader", key="c")
    assert seen(database, SignIn(BORIS, True, NOW, "x")).role == "owner"


def test_others_can_be_disabled_while_there_is_no_owner(database):
    add(database, role="reader")
    accounts.disable(database, OWNER, ANNA, key="a")
    assert "may not use graphcrm" in refused(database)


def test_an_unknown_account_and_a_disabled_one_read_the_same(database):
    add(database, role="reader")
    unknown = refused(database, SignIn("eve@example.org", True, NOW, "e")).replace("eve@", "anna@")
    accounts.disable(database, OWNER, ANNA, key="a")
    assert refused(database) == unknown
    accounts.enable(database, OWNER, ANNA, key="b")
    assert seen(database).id == ANNA


def test_an_email_that_was_not_verified_opens_nothing(database):
    add(database)
    assert "has not verified" in refused(database, SignIn(ANNA, False, NOW, "x"))


def test_signing_out_ends_this_sign_in_and_no_other(database):
    add(database)
    other = SignIn(ANNA, True, NOW, "other")
    accounts.sign_out(database, HERS)
    accounts.sign_out(database, HERS)
    assert "signed out" in refused(database)
    assert seen(database, other).id == ANNA
    for number in range(60):
        accounts.sign_out(database, SignIn(ANNA, True, NOW, f"later-{number}"))
    assert len(accounts.accounts(database, OWNER)[0].ended) == 50


def test_signing_out_of_no_account_makes_none(database):
    accounts.sign_out(database, HERS)
    assert accounts.accounts(database, OWNER) == []


def test_signing_out_everywhere_ends_all_and_a_new_sign_in_holds(database):
    add(database)
    accounts.sign_out_everywhere(database, OWNER, ANNA, key="s")
    assert "signed out" in refused(database)
    assert seen(database, SignIn(ANNA, True, datetime.now(UTC) + timedelta(seconds=1), "new")).id == ANNA


def test_a_sign_in_ends_after_the_hours(database):
    add(database)
    assert seen(database, HERS, NOW + timedelta(hours=11.9))
    assert "signed out" in refused(database, HERS, NOW + timedelta(hours=12.1))


def test_a_role_that_this_version_does_not_know_is_a_readers(database):
    add(database)
    database.write("MATCH (a:Account) SET a.role = 'root'")
    assert seen(database).role == "reader"


def test_each_change_is_recorded_for_owners_and_is_not_taken_back(database):
    add(database)
    add(database, BORIS, "reader")
    accounts.set_role(database, OWNER, BORIS, "manager", key="r")
    accounts.set_role(database, OWNER, BORIS, "manager", key="again")  # nothing to change
    newest, *older = history.recent(database, OWNER)
    assert (newest.what, newest.before, newest.after, newest.by) == (
        f"Account {BORIS} (role)", "reader", "manager", OWNER.name
    )  # fmt: skip
    assert len(older) == 2
    assert history.recent(database, Viewer("m", "M", "manager")) == []
    assert history.next_ids(database, OWNER) == (None, None)
    with pytest.raises(GraphcrmError):
        history.undo(database, OWNER, key="u", change_id=newest.id)


def test_it_is_found_by_an_index(database):
    add(database)
    plan = database.explain("MATCH (a:Account {id: $id}) RETURN a.role AS role", {"id": ANNA}).plan
    names = []
    while plan:
        names.append(plan["operatorType"].split("@")[0])
        plan = next(iter(plan.get("children", [])), None)
    assert "NodeUniqueIndexSeek" in names


def test_the_command_line_manages_them(database, run):
    assert "anna@example.org" in run("accounts", "add", ANNA, "Anna Berg", "owner")
    run("accounts", "add", BORIS, "Борис")
    run("accounts", "role", BORIS, "analyst")
    run("accounts", "disable", BORIS)
    run("accounts", "sign-out", BORIS)
    listed = run("accounts", "list")
    assert all(word in listed for word in (ANNA, "Борис", "analyst", "disabled"))
    run("accounts", "enable", BORIS)
    with pytest.raises(InvalidInput, match="the last owner"):
        run("accounts", "disable", ANNA)


def test_who_signed_in_acts_as_themselves_alone(database):
    nodes, ties = ours(anna="Anna Berg", boris="Boris Lind")
    build(database, nodes, ties)
    add(database, role="manager")
    gift, move = GiftPlan("nobody", "nothing", TODAY), GiftMove("gift", "approve")
    for person in ("anna", "boris"):
        with pytest.raises(Forbidden, match="for yourself alone"):
            plan_gift(database, seen(database), gift, person, key=f"plan-{person}", today=TODAY)
    accounts.set_person(database, OWNER, ANNA, "anna", key="anna", today=TODAY)
    for do, what in ((plan_gift, gift), (move_gift, move)):
        with pytest.raises(Forbidden, match="for yourself alone"):
            do(database, seen(database), what, "boris", key=f"{do.__name__}-boris", today=TODAY)
        with pytest.raises(NotFound):  # as herself she comes to the gift, which is not there
            do(database, seen(database), what, "anna", key=f"{do.__name__}-anna", today=TODAY)
    assert name_of_actor(database, OWNER, "boris", TODAY) == "Boris Lind"
    with pytest.raises(NotFound):
        accounts.set_person(database, OWNER, ANNA, "nobody", key="nobody", today=TODAY)
