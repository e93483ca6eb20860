"""What the services of goodwill share: the rule book, and all that rules look at for one person. Not a service itself.

Everything that rules look at is read for everybody, also what the viewer may not see: a limit that counts the household
holds for a viewer who may not know of it. What is told is masked where it is told (:func:`for_viewer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from graphcrm.database.connection import Database
from graphcrm.domain.family import is_minor
from graphcrm.domain.gift_ranking import GiftOffer
from graphcrm.domain.goodwill_rules import (
    LEVELS,
    Employer,
    Finding,
    Gesture,
    Method,
    Receiver,
    Rule,
    RuleBook,
    Verdict,
    house_policy,
    judge,
)
from graphcrm.domain.goodwill_sums import GiftGiven, GiftPolicy
from graphcrm.domain.money import Money, Rate, Rates
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.i18n import translate as _
from graphcrm.queries import family as family_queries
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._households import read_households
from graphcrm.services._sensitivity import GIFTS_ARE
from graphcrm.vocabulary.goodwill import goodwill_catalogue

_HOUSEHOLD_CODES = {"goodwill_over_year_household": "goodwill_over_year"}
_FAMILY_RULES = frozenset({"relative", "minor", "mourning", "condolence_due"})


def rule_book() -> RuleBook:
    """The shipped rules, methods and house defaults."""
    catalogue = goodwill_catalogue()
    return RuleBook(
        rules=tuple(Rule(code, one.when, one.then, one.approvals) for code, one in catalogue.rules.items()),
        methods={
            code: Method(code, one.kind, one.offerings, one.costs, one.level, one.sober)
            for code, one in catalogue.methods.items()
        },
        figures=catalogue.figures,
        house=_("house default"),
    )


@dataclass(frozen=True)
class Circumstances:
    """All that rules look at for one person, as of a day.

    Attributes:
        ledger: what is under way to the person, with who of ours has it.
        asked: the queries, for "How was this computed?".
    """

    receiver: Receiver
    book: RuleBook
    policies: tuple[GiftPolicy, ...]
    given: tuple[GiftGiven, ...]
    rates: Rates
    ledger: tuple[queries.LedgerRow, ...]
    is_relative: bool
    asked: tuple[Asked, ...]

    def judge(self, gesture: Gesture) -> Verdict:
        """The verdict on one gesture."""
        return judge(gesture, self.receiver, self.book, self.policies, self.given, self.rates)


def circumstances(db: Database, person_id: str, *, as_of: date) -> Circumstances:
    """Read what rules look at.

    Raises:
        NotFound: there is no such person.
    """
    person = queries.gift_receiver(db, person_id=person_id, as_of=as_of)
    if person is None:
        raise NotFound("There is no such person.", mend="Look for them in the list of the client's people.")
    household, kin = _household(db, [person_id], as_of)
    whose = sorted(household | kin) if person.is_relative else sorted(household)
    rows = queries.gift_employers(db, person_ids=whose, as_of=as_of)
    staff = _staff(db, [row.id for row in rows], as_of)
    around = sorted(household.union(*staff.values()) if staff else household)
    ledger = queries.gift_ledger(db, person_ids=around)
    book = rule_book()
    employers = tuple(_employer(row, staff[row.id]) for row in rows)
    places = {
        "organization_ids": [row.id for row in rows],
        "countries": sorted({row.country for row in rows if row.country}),
    }
    return Circumstances(
        receiver=_receiver(person, employers, household, as_of),
        book=book,
        policies=policies_of(book, queries.gift_policies(db, **places)),
        given=tuple(given_of(row, book) for row in ledger),
        rates=rates(db, book),
        ledger=tuple(row for row in ledger if row.person_id == person_id),
        is_relative=person.is_relative,
        asked=(
            asked(queries.gift_receiver, person_id=person_id, as_of=as_of),
            asked(family_queries.family_ties, person_ids=[person_id], as_of=as_of),
            asked(queries.gift_employers, person_ids=whose, as_of=as_of),
            asked(queries.gift_staff, organization_ids=places["organization_ids"], as_of=as_of),
            asked(queries.gift_policies, **places),
            asked(queries.gift_ledger, person_ids=around),
            asked(queries.exchange_rates),
        ),
    )


def rates(db: Database, book: RuleBook) -> Rates:
    """The exchange rates that have been entered."""
    rows = queries.exchange_rates(db)
    entered = (Rate(row.base, row.into, Decimal(str(row.rate)), row.day) for row in rows)
    return Rates(entered, days=int(book.figures["rate_days"]))


def _household(db: Database, person_ids: Sequence[str], as_of: date) -> tuple[frozenset[str], frozenset[str]]:
    """(all who share a purse with some people, everybody a family tie leads to from them)."""
    own = set(person_ids)
    groups, ties = read_households(db, own, as_of)
    if not ties:
        return frozenset(own), frozenset()
    shared = [group for group in groups if group & own]
    kin = (end for tie in ties if {tie.start, tie.end} & own for end in (tie.start, tie.end))
    return frozenset().union(*shared), frozenset(kin)


def _staff(db: Database, organization_ids: Sequence[str], as_of: date) -> dict[str, frozenset[str]]:
    """Employer -> everybody who works there, with their households."""
    found: dict[str, set[str]] = {one: set() for one in organization_ids}
    for row in queries.gift_staff(db, organization_ids=list(organization_ids), as_of=as_of):
        found[row.organization_id].add(row.person_id)
    return {one: _household(db, sorted(people), as_of)[0] if people else frozenset() for one, people in found.items()}


def _employer(row: queries.GiftEmployer, people: frozenset[str]) -> Employer:
    tenders = tuple((one["opened"], one["closed"]) for one in row.tenders)
    return Employer(row.id, row.name, row.country, row.official_status, tenders, people)


def _receiver(
    person: queries.GiftReceiver, employers: tuple[Employer, ...], household: frozenset[str], as_of: date
) -> Receiver:
    levels = [level for level in person.levels if level in LEVELS]
    return Receiver(
        id=person.id,
        name=person.name,
        status=person.status,
        official_status=person.official_status,
        employers=employers,
        household=household,
        unwanted=frozenset(person.unwanted or ()),
        mourning_until=person.mourning_until,
        level=max(levels, key=LEVELS.index) if levels else None,
        relative=person.is_relative,
        minor=is_minor(person.birth_date, as_of),
        ours=person.is_ours,
        named=person.presence == "known",
    )


def policies_of(book: RuleBook, rows: Iterable[queries.GiftPolicyRow]) -> tuple[GiftPolicy, ...]:
    """As stored. A policy without a currency is in that of the house; our own firm's without steps of approval takes
    the house's. Without one of our own firm the house default applies beside the others."""
    found = []
    for row in rows:
        amounts = {name: getattr(row, name) for name in ("limit_per_gift", "limit_per_year", "limit_employer_per_year",
                                                         "approve_from", "approve_twice_from")}  # fmt: skip
        if row.scope == "own_firm" and amounts["approve_from"] is None and row.currency == book.figures["currency"]:
            amounts["approve_from"] = book.figures["approve_from"]
            amounts["approve_twice_from"] = amounts["approve_twice_from"] or book.figures["approve_twice_from"]
        currency = row.currency or book.figures["currency"]
        found.append(GiftPolicy.of(row.id, row.name, row.scope, currency, amounts, row.origin or ""))
    if not any(one.scope == "own_firm" for one in found):
        found.append(house_policy(book))
    return tuple(found)


def given_of(row: queries.LedgerRow, book: RuleBook) -> GiftGiven:
    value = Money.of(row.cost, row.currency)
    token = Money.of(book.figures["token"], book.figures["currency"])
    small = (
        value is not None and token is not None and value.currency == token.currency and value.amount <= token.amount
    )
    costs = row.kind == "gift" or not small
    return GiftGiven(row.id, row.person_id, row.day, row.status, value, row.occasion_id, row.offering_id,
                     row.offering_kind, row.reaction, costs)  # fmt: skip


def sees_gifts(viewer: Viewer, *, of_relative: bool) -> bool:
    """Whether the viewer may know what we give: to a relative only who may know of families."""
    return viewer.sees("family" if of_relative else GIFTS_ARE)


def for_viewer(viewer: Viewer, verdict: Verdict) -> Verdict:
    """The verdict without what tells of a family that the viewer may not know of. The mark stays."""
    if viewer.sees("family"):
        return verdict
    return Verdict(verdict.mark, tuple(_masked(one) for one in verdict.findings if not _of_family(one)))


def _of_family(finding: Finding) -> bool:
    return finding.reason.params.get("goodwill_rule") in _FAMILY_RULES


def _masked(finding: Finding) -> Finding:
    code = _HOUSEHOLD_CODES.get(finding.reason.code)
    return replace(finding, reason=replace(finding.reason, code=code, facts=())) if code else finding


def seen_circumstances(db: Database, viewer: Viewer, person_id: str, today: date) -> Circumstances:
    """:func:`circumstances` of somebody of whom the viewer may know what we give them.

    Raises:
        NotFound: as if there were no such person.
    """
    around = circumstances(db, person_id, as_of=today)
    if not sees_gifts(viewer, of_relative=around.is_relative):
        raise NotFound("There is no such person.", mend="Look for them in the list of the client's people.")
    return around


def offer_of(row: queries.GiftOfferRow) -> GiftOffer:
    """A gift of the catalogue as ranking and rules see it."""
    return GiftOffer(row.id, row.name, row.kind, Money.of(row.price, row.currency), tuple(row.fits or ()),
                     frozenset(row.tags or ()), row.pieces, row.lead_days)  # fmt: skip


def gesture_of(around: Circumstances, offer: GiftOffer, on: date, occasion: queries.GiftOccasion | None) -> Gesture:
    """The giving of a gift of the catalogue, as rules see it."""
    return Gesture(
        method=around.book.method_of(offer.kind).code,
        on=on,
        value=offer.price,
        offering_id=offer.id,
        offering_kind=offer.kind,
        tags=offer.tags,
        pieces=offer.pieces,
        occasion_id=occasion.id if occasion else None,
        occasion_kind=occasion.kind if occasion else None,
    )
