"""What the services of goodwill share: the rule book, and all that rules look at for one person. Not a service itself.

Everything that rules look at is read for everybody, also what the viewer may not see: a limit that counts the household
holds for a viewer who may not know of it. What is told is masked where it is told (:func:`for_viewer`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from graphcrm.database.connection import Database
from graphcrm.domain.family import is_minor
from graphcrm.domain.gift_ranking import GiftOffer
from graphcrm.domain.goodwill_plan import WORDS
from graphcrm.domain.goodwill_rules import (
    LEVELS,
    Employer,
    Finding,
    Gesture,
    Method,
    Receiver,
    Rule,
    RuleBook,
    Then,
    Verdict,
    house_policy,
    judge,
)
from graphcrm.domain.goodwill_sums import GiftGiven, GiftPolicy
from graphcrm.domain.kinship import FamilyTie
from graphcrm.domain.money import Money, Rate, Rates
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.queries import family as family_queries
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._households import read_households
from graphcrm.services._not_found import no_such_person
from graphcrm.services._sensitivity import GIFTS_ARE
from graphcrm.vocabulary.goodwill import goodwill_catalogue

_HOUSEHOLD_CODES = {"goodwill_over_year_household": "goodwill_over_year"}
_FAMILY_CODES = frozenset({"goodwill_invitation_household", "goodwill_invitation_household_unknown"})
_FAMILY_RULES = frozenset({"relative", "minor", "mourning", "condolence_due"})
_NEUTRAL: Mapping[str, tuple[Then, str]] = {
    "not_correct": ("never", "goodwill_not_possible"),
    "possible": ("caution", "goodwill_with_care"),
}


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

    def judge(self, gesture: Gesture, also: Iterable[GiftGiven] = ()) -> Verdict:
        """The verdict on one gesture; ``also``: what is being given at the same moment."""
        return judge(gesture, self.receiver, self.book, self.policies, (*self.given, *also), self.rates)


def circumstances_of(db: Database, person_ids: Iterable[str], *, as_of: date) -> dict[str, Circumstances]:
    """What rules look at for some people, by id, in as many queries as for one; who is not there is left out."""
    ids = sorted(set(person_ids))
    people = {row.id: row for row in queries.gift_receivers(db, person_ids=ids, as_of=as_of)}
    near = _near(db, set(people), as_of)
    whose = {one: near.of(one) | near.kin(one) if row.is_relative else near.of(one) for one, row in people.items()}
    everybody = sorted(frozenset().union(*whose.values()))
    rows = queries.gift_employers(db, person_ids=everybody, as_of=as_of)
    firms = [row.id for row in rows]
    staff = _staff(db, firms, as_of)
    around = sorted(frozenset().union(*whose.values(), *staff.values()))
    ledger, book = _by_person(queries.gift_ledger(db, person_ids=around)), rule_book()
    given = _given(chain(*ledger.values()), queries.gift_hospitality(db, person_ids=around), book)
    policies, known = queries.gift_policies(db), rates(db, book)
    wanted = (
        asked(queries.gift_receivers, person_ids=ids, as_of=as_of),
        asked(family_queries.family_ties, person_ids=ids, as_of=as_of),
        asked(queries.gift_employers, person_ids=everybody, as_of=as_of),
        asked(queries.gift_staff, organization_ids=firms, as_of=as_of),
        asked(queries.gift_policies),
        asked(queries.gift_ledger, person_ids=around),
        asked(queries.gift_hospitality, person_ids=around),
        asked(queries.exchange_rates),
    )
    found = {}
    for one, person in people.items():
        own = [row for row in rows if whose[one].intersection(row.person_ids)]
        employers = tuple(_employer(row, staff[row.id]) for row in own)
        counted = near.of(one).union(*(staff[row.id] for row in own))
        found[one] = Circumstances(
            receiver=_receiver(person, employers, near.of(one), as_of),
            book=book,
            policies=policies_of(book, _applying(policies, own)),
            given=tuple(gift for who in sorted(counted) for gift in given[who]),
            rates=known,
            ledger=tuple(ledger.get(one, ())),
            is_relative=person.is_relative,
            asked=wanted,
        )
    return found


def _given(
    gifts: Iterable[queries.LedgerRow], invitations: Iterable[queries.HospitalityRow], book: RuleBook
) -> dict[str, list[GiftGiven]]:
    found: dict[str, list[GiftGiven]] = defaultdict(list)
    for one in chain((given_of(row, book) for row in gifts), (hosted_of(row, book) for row in invitations)):
        found[one.person_id].append(one)
    return found


def _by_person(rows: Iterable[queries.LedgerRow]) -> dict[str, list[queries.LedgerRow]]:
    found: dict[str, list[queries.LedgerRow]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _applying(
    policies: Sequence[queries.GiftPolicyRow], employers: Sequence[queries.GiftEmployer]
) -> list[queries.GiftPolicyRow]:
    """Our own, those of the employers, those of their countries."""
    firms, countries = {row.id for row in employers}, {row.country for row in employers if row.country}
    return [
        one for one in policies
        if one.scope == "own_firm"
        or (one.scope == "client" and firms.intersection(one.firm_ids))
        or (one.scope == "country" and one.country in countries)
    ]  # fmt: skip


def rates(db: Database, book: RuleBook) -> Rates:
    """The exchange rates that have been entered."""
    rows = queries.exchange_rates(db)
    entered = (Rate(row.base, row.into, Decimal(str(row.rate)), row.day) for row in rows)
    return Rates(entered, days=int(book.figures["rate_days"]))


@dataclass(frozen=True)
class _Near:
    """Who shares a purse with whom, and whom a family tie leads to."""

    groups: Mapping[str, frozenset[str]]
    ties: Sequence[FamilyTie]

    def of(self, person_id: str) -> frozenset[str]:
        """The household of somebody, themselves too."""
        return self.groups.get(person_id, frozenset({person_id}))

    def kin(self, person_id: str) -> frozenset[str]:
        """Everybody a family tie leads to from them."""
        return frozenset(end for tie in self.ties if person_id in (tie.start, tie.end) for end in (tie.start, tie.end))


def _near(db: Database, people: set[str], as_of: date) -> _Near:
    groups, ties = read_households(db, people, as_of) if people else ([], [])
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for one in group:
            found[one] = found.get(one, frozenset({one})) | group
    return _Near(found, ties)


def _staff(db: Database, organization_ids: Sequence[str], as_of: date) -> dict[str, frozenset[str]]:
    """Employer -> everybody who works there, with their households."""
    rows = queries.gift_staff(db, organization_ids=list(organization_ids), as_of=as_of) if organization_ids else []
    near = _near(db, {row.person_id for row in rows}, as_of)
    found: dict[str, set[str]] = {one: set() for one in organization_ids}
    for row in rows:
        found[row.organization_id] |= near.of(row.person_id)
    return {one: frozenset(people) for one, people in found.items()}


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
    costs = row.kind == "gift" or not _small(value, book)
    return GiftGiven(row.id, row.person_id, row.day, row.status, value, row.occasion_id, row.offering_id,
                     row.offering_kind, row.reaction, costs)  # fmt: skip


def _small(value: Money | None, book: RuleBook) -> bool:
    token = Money.of(book.figures["token"], book.figures["currency"])
    return value is not None and token is not None and value.currency == token.currency and value.amount <= token.amount


def event_method(kind: str | None) -> str:
    """The method of goodwill by whose rules the guests of an event of this kind are judged."""
    return {"celebration": "celebration", "joint": "joint_event"}.get(kind or "", "professional_event")


def hosted_of(row: queries.HospitalityRow, book: RuleBook) -> GiftGiven:
    """An invitation as limits count it: a seminar of no known cost for nothing, a celebration for an unknown sum."""
    value = Money.of(row.cost, row.currency)
    costs = book.methods[event_method(row.event_kind)].costs or (bool(row.cost) and not _small(value, book))
    name = row.event_name if (row.sensitivity or "business") in ("business", "personal") else ""
    return GiftGiven(row.tie_id, row.person_id, row.day, "done", value, costs=costs, event=name)


def sees_gifts(viewer: Viewer, *, of_relative: bool) -> bool:
    """Whether the viewer may know what we give: to a relative only who may know of families."""
    return viewer.sees("family" if of_relative else GIFTS_ARE)


def for_viewer(viewer: Viewer, verdict: Verdict) -> Verdict:
    """The verdict without what tells of a family that the viewer may not know of. The mark stays.

    Where all that it rests on is left out, a neutral sentence stands in its place: it tells no more than the mark.
    """
    if viewer.sees("family"):
        return verdict
    findings = tuple(replace(one, reason=_masked(one.reason)) for one in verdict.findings if not _of_family(one.reason))
    weight = _NEUTRAL.get(verdict.mark)
    if weight and not any(one.then == weight[0] for one in findings):
        findings = (Finding(weight[0], Reason.told(weight[1])), *findings)
    return Verdict(verdict.mark, findings)


def reasons_for(viewer: Viewer, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What was said of a try, as :func:`for_viewer` tells it."""
    if viewer.sees("family"):
        return tuple(reasons)
    seen = tuple(_masked(one) for one in reasons if not _of_family(one))
    return seen if seen or not reasons else (Reason.told("goodwill_not_possible"),)


def _of_family(reason: Reason) -> bool:
    return reason.params.get("goodwill_rule") in _FAMILY_RULES or reason.code in _FAMILY_CODES


def _masked(reason: Reason) -> Reason:
    code = _HOUSEHOLD_CODES.get(reason.code)
    return replace(reason, code=code, facts=()) if code else reason


def seen_circumstances(db: Database, viewer: Viewer, person_id: str, today: date) -> Circumstances:
    """:func:`circumstances_of` somebody of whom the viewer may know what we give them.

    Raises:
        NotFound: as if there were no such person.
    """
    around = circumstances_of(db, [person_id], as_of=today).get(person_id)
    if around is None or not sees_gifts(viewer, of_relative=around.is_relative):
        raise no_such_person()
    return around


Instead = tuple[Method, Verdict]


def words_instead(
    viewer: Viewer, around: Circumstances, on: date, occasion: queries.GiftOccasion | None, *, unwanted: bool
) -> tuple[Instead, ...]:
    """What costs nothing to speak of and is correct on a day, for when no gift is: congratulation, card, condolence.

    Args:
        unwanted: they asked not to be congratulated.
    """
    codes = WORDS if occasion and not unwanted else ("condolence", "useful")
    given = (occasion.id, occasion.kind) if occasion and not unwanted else (None, None)
    judged = []
    for code in codes:
        gesture = Gesture(code, on, occasion_id=given[0], occasion_kind=given[1])
        if code != "condolence" or viewer.sees("family"):
            judged.append((around.book.methods[code], for_viewer(viewer, around.judge(gesture))))
    return tuple(one for one in judged if one[1].mark != "not_correct")


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


def gift_budget(around: Circumstances) -> Money:
    """Against what the cost of a gift is rated: the limit for one gift of our own policy."""
    own = next((one for one in around.policies if one.scope == "own_firm" and one.limit_per_gift is not None), None)
    if own is not None and own.limit_per_gift is not None:
        return Money(own.limit_per_gift, own.currency)
    budget = Money.of(around.book.figures["limit_per_gift"], around.book.figures["currency"])
    assert budget is not None
    return budget
