"""What the rules of goodwill say of an invitation, for everybody who could be invited, in a handful of queries. Shared.

The same rules, policies, sums over household and employer, and rates as for gifts; other events count, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.family import is_minor
from graphcrm.domain.goodwill_rules import Employer, Gesture, Receiver, RuleBook, Verdict, judge
from graphcrm.domain.goodwill_sums import GiftGiven, GiftPolicy
from graphcrm.domain.money import Money, Rates
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import events as queries
from graphcrm.queries import gifts as gift_queries
from graphcrm.queries.events import EventCandidate, EventFacts
from graphcrm.services._goodwill import for_viewer, given_of, policies_of, rates, rule_book
from graphcrm.services._households import read_households

METHODS: Mapping[str | None, str] = {"celebration": "celebration", "joint": "joint_event"}
"""Kind of event -> method of goodwill by whose rules its guests are judged; all others are professional events."""


@dataclass(frozen=True)
class EventRules:
    """All that rules look at for the guests of one event."""

    facts: EventFacts
    book: RuleBook
    rates: Rates
    policies: Sequence[queries.EventPolicy]
    households: Mapping[str, frozenset[str]]
    staff: Mapping[str, frozenset[str]]
    given: Sequence[GiftGiven]
    as_of: date

    def verdict(self, viewer: Viewer, row: EventCandidate, level: str | None) -> Verdict:
        """The verdict on inviting somebody, without what tells of a family that the viewer may not know of."""
        household = self.households.get(row.person_id, frozenset({row.person_id}))
        staff = self.staff.get(row.client_id, frozenset())
        tenders = tuple((one["opened"], one["closed"]) for one in row.tenders)
        receiver = Receiver(
            row.person_id,
            row.person_name,
            status=row.status,
            official_status=row.official_status,
            employers=(Employer(row.client_id, row.client_name, row.country, row.client_status, tenders, staff),),
            household=household,
            unwanted=frozenset(row.unwanted or ()),
            mourning_until=row.mourning_until,
            level=level,
            relative=row.is_family,
            minor=is_minor(row.birth_date, self.as_of),
            named=row.presence == "known",
        )
        around = household | staff
        given = [one for one in self.given if one.person_id in around]
        method = METHODS.get(self.facts.kind, "professional_event")
        value = Money.of(self.facts.cost_per_guest, self.facts.currency)
        gesture = Gesture(method, self.facts.on or date.max, value)
        return for_viewer(viewer, judge(gesture, receiver, self.book, self._policies(row), given, self.rates))

    def _policies(self, row: EventCandidate) -> tuple[GiftPolicy, ...]:
        applying = [
            one for one in self.policies
            if one.scope == "own_firm"
            or (one.scope == "client" and row.client_id in one.firm_ids)
            or (one.scope == "country" and one.country == row.country)
        ]  # fmt: skip
        return policies_of(self.book, applying)  # type: ignore[arg-type]


def read_rules(db: Database, facts: EventFacts, rows: Sequence[EventCandidate], as_of: date) -> EventRules:
    """Read what rules look at for everybody in ``rows``; also what the viewer may not see: limits hold all the same."""
    book = rule_book()
    clients = sorted({row.client_id for row in rows})
    workers: dict[str, set[str]] = {one: set() for one in clients}
    for one in gift_queries.gift_staff(db, organization_ids=clients, as_of=as_of):
        workers[one.organization_id].add(one.person_id)
    people = {row.person_id for row in rows}.union(*workers.values())
    groups = _households(db, people, as_of)
    everybody = sorted(people.union(*groups.values()))
    given = [given_of(one, book) for one in gift_queries.gift_ledger(db, person_ids=everybody)]
    given += [
        GiftGiven(one.tie_id, one.person_id, one.day, "done", Money.of(one.cost, one.currency))
        for one in queries.event_hospitality(db, person_ids=everybody, event_id=facts.id)
    ]
    return EventRules(
        facts,
        book,
        rates(db, book),
        queries.event_policies(db),
        groups,
        {
            client: frozenset().union(*(groups.get(one, frozenset({one})) for one in own))
            for client, own in workers.items()
        },
        given,
        as_of,
    )


def _households(db: Database, own: set[str], as_of: date) -> dict[str, frozenset[str]]:
    """Everybody -> all with whom they share a purse, themselves too."""
    found: dict[str, frozenset[str]] = {}
    for group in read_households(db, own, as_of)[0]:
        for one in group:
            found[one] = found.get(one, frozenset()) | frozenset(group)
    return found
