"""The head of a client's page on real Neo4j, against figures reckoned by hand from tests/small_graph.py."""

from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.services.brief import brief_text, client_brief
from graphcrm.services.client import client_head
from graphcrm.services.coverage import client_coverage
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer(id="reader", name="Reader", role="reader")


@pytest.fixture
def db(database):
    orion(database)
    return database


def test_standing_facts(db):
    """A1.2, A1.4: industry and place."""
    facts = client_head(db, OWNER, "c-orion", as_of=TODAY).facts
    assert (facts.name, facts.industry, facts.stage, facts.country) == ("Orion Werke", "C28", "active", "DE")
    assert facts.region == "Baden-Württemberg"
    assert facts.market_share is None


def test_share_of_our_sales_counts_one_year_and_the_day_itself(db):
    """A1.3, A2.1: 1,500 of 6,000 EUR is a quarter; the purchase 365 days back is out, today's is in."""
    (share,) = client_head(db, OWNER, "c-orion", as_of=TODAY).revenue
    assert (share.currency, share.amount, share.share, share.rank, share.clients) == ("EUR", 1500.0, 0.25, 2, 2)
    (before,) = client_head(db, OWNER, "c-orion", as_of=TODAY - timedelta(days=1)).revenue
    assert before.amount == 500.0 + 9 * 999.0


def test_currencies_are_not_added_up(db):
    """A2.1: there is no rate in the data, so each currency has a share of its own."""
    build(
        db,
        [node("buy-rub", "Purchase", date=TODAY, quantity=1.0, unit_price=5.0, currency="RUB")],
        [tie("buy-rub", "PURCHASED_BY", "c-orion")],
    )
    shares = {one.currency: one for one in client_head(db, OWNER, "c-orion", as_of=TODAY).revenue}
    assert shares["EUR"].share == 0.25
    assert (shares["RUB"].share, shares["RUB"].rank, shares["RUB"].clients) == (1.0, 1, 1)


def test_no_purchase_is_no_share(db):
    """Unknown is not zero."""
    assert client_head(db, OWNER, "c-orion", as_of=date(2020, 1, 1)).revenue == ()


def test_contact_deals_and_lead(db):
    """C1.2: the last contact is the latest up to the day; a contact planned for Christmas has not happened."""
    head = client_head(db, OWNER, "c-orion", as_of=TODAY)
    assert head.last_contact == date(2026, 11, 10)
    assert [deal.id for deal in head.deals] == ["deal-open"]
    assert [(lead.name, lead.people) for lead in head.team] == [("Kai Brandt", 1), ("Zoe Lind", 1)]
    assert client_head(db, OWNER, "c-orion", as_of=date(2026, 11, 9)).last_contact == date(2026, 3, 1)


def test_next_dates_of_who_may_see_all(db):
    """C2.4: wedding 25 Nov, foundation 28 Nov, birthday 1 Dec, step 15 Dec, decision 20 Dec."""
    found = [(item.kind, item.on) for item in client_head(db, OWNER, "c-orion", as_of=TODAY).next_dates]
    assert found == [
        ("occasion", date(2026, 11, 25)),
        ("occasion", date(2026, 11, 28)),
        ("occasion", date(2026, 12, 1)),
        ("step", date(2026, 12, 15)),
        ("deal", date(2026, 12, 20)),
    ]


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("owner", {"MARK-personal", "MARK-family"}, set()),
        ("manager", {"MARK-personal", "MARK-family"}, set()),
        ("analyst", {"MARK-personal"}, {"MARK-family"}),
        ("reader", set(), {"MARK-personal", "MARK-family"}),
    ],
)
def test_dates_by_role(db, role, seen, unseen):
    """The dates of a person's life are left out for a role that does not see them."""
    text = repr(client_head(db, Viewer("v", "V", role), "c-orion", as_of=TODAY))
    assert all(mark in text for mark in seen)
    assert not any(mark in text for mark in unseen)


def test_health_and_coverage(db):
    """Lev, Greta and Anton are key figures; we are in touch with Greta alone; Lev supports us."""
    head = client_head(db, OWNER, "c-orion", as_of=TODAY)
    assert head.health.level == 3
    assert (head.coverage.covered, head.coverage.key_figures) == (1, 3)
    assert not head.coverage.single_threaded


def test_single_thread_that_may_break(db):
    """All contact through one of ours, who leaves: the head says so."""
    db.write("MATCH (:Person {id: 'p-greta'})-[t:COVERED_BY]->() DELETE t")
    db.write(
        "MATCH (:Person {id: 'e-kai'})-[job:WORKS_AT]->(:OwnFirm) SET job.valid_to = $day", {"day": date(2027, 1, 31)}
    )
    coverage = client_head(db, OWNER, "c-orion", as_of=TODAY).coverage
    assert coverage.single_threaded
    assert set(coverage.hangs_on) == {"e-kai", "p-ida"}
    assert coverage.at_risk == ("e-kai",)


def test_client_of_whom_only_the_name_is_known(db):
    """Nobody known: health 0, no lead, no contact, nothing raised."""
    build(db, [node("c-void", "Organization Client", name="Void")], [])
    head = client_head(db, OWNER, "c-void", as_of=TODAY)
    assert (head.health.level, head.people, head.team, head.last_contact) == (0, 0, (), None)
    assert head.coverage.share is None


@pytest.mark.parametrize("client_id", ["no-such", "own", "p-greta", ""])
def test_what_is_no_client_is_not_found(db, client_id):
    """The same answer for an unknown id and for a thing that is no client."""
    with pytest.raises(NotFound, match="no such client"):
        client_head(db, READER, client_id, as_of=TODAY)


def test_the_head_follows_the_deal_that_is_chosen(database):
    """As a rule nobody who decides backs us; in the deal Anton, who pays, does: health, brief and coverage follow."""
    orion(database)
    database.write("MATCH (:Person)-[s:STAKEHOLDER_IN]->(:Client {id: 'c-orion'}) SET s.support = 'neutral'")
    build(database, [], [tie("p-anton", "STAKEHOLDER_IN", "deal-open", roles=["payment_decider"], support="mentor")])
    rule = client_head(database, OWNER, "c-orion", as_of=TODAY)
    deal = client_head(database, OWNER, ("c-orion", "deal-open"), as_of=TODAY)
    assert (rule.health.level, rule.deal) == (2, None)
    assert (deal.health.level, deal.deal) == (3, "New line")
    assert deal.deals == rule.deals, "the list of deals stays that of the client"
    brief = client_brief(database, OWNER, ("c-orion", "deal-open"), as_of=TODAY)
    assert "As people stand in the deal: New line" in brief_text(brief, "en")
    assert brief.health.level == 3
    covered = client_coverage(database, OWNER, ("c-orion", "deal-open"), as_of=TODAY)
    assert covered.structure.by_id["p-anton"].support == "mentor"
    with pytest.raises(NotFound):
        client_head(database, OWNER, ("c-orion", "no-such"), as_of=TODAY)
