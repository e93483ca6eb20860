"""Is a method of goodwill, or a gift, correct for one person on one day (C2.5, C3.5)?

Pure: rules, policies, what has been given and rates come in, a verdict with its reasons comes out. Sums follow the
household and the employer, so a gift that is split over a family, or over the days of a week, is judged as one.
No verdict is legal advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from graphcrm.domain.goodwill_sums import GiftGiven, GiftPolicy, Sums
from graphcrm.domain.money import Money, Rates
from graphcrm.domain.score import Fact, Reason

Then = Literal["never", "caution", "note", "favours"]
Mark = Literal["fitting", "possible", "not_correct"]
LEVELS = ("vendor", "credible_source", "problem_solver", "trusted_advisor")
BAD_REACTIONS = frozenset({"embarrassed", "annoyed"})
GOOD_REACTIONS = frozenset({"delighted", "pleased"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data; ``when`` is explained at the head of ``vocabulary/goodwill.yaml``."""

    code: str
    when: Mapping[str, Any]
    then: Then
    approvals: int = 0


@dataclass(frozen=True, slots=True)
class Method:
    """A way to show goodwill: its kind of action, the kinds of gift that it uses, the relation that it asks for."""

    code: str
    kind: str
    offerings: tuple[str, ...] = ()
    costs: bool = False
    level: str = ""
    sober: bool = False


@dataclass(frozen=True)
class RuleBook:
    """All rules, methods and house defaults. ``house``: what the defaults are called where they are quoted."""

    rules: tuple[Rule, ...]
    methods: Mapping[str, Method]
    figures: Mapping[str, Any]
    house: str = "house default"

    def method_of(self, offering_kind: str) -> Method:
        """The method that gives a gift of this kind."""
        return next(one for one in self.methods.values() if offering_kind in one.offerings)


@dataclass(frozen=True, slots=True)
class Employer:
    """Where a person works.

    Attributes:
        official_status: code, or None where it is not recorded.
        tenders: (first day, last day) of the tenders that are open there; None for a bound that is not known.
        people: everybody who works there, with their households.
    """

    id: str
    name: str
    country: str | None = None
    official_status: str | None = None
    tenders: tuple[tuple[date | None, date | None], ...] = ()
    people: frozenset[str] = frozenset()

    def tender_on(self, day: date) -> bool:
        """Whether a tender is open on a day."""
        return any((begin is None or begin <= day) and (end is None or day <= end) for begin, end in self.tenders)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom it is for, as far as rules look at them.

    Attributes:
        status: code of ``person_status``. official_status: None where it is not recorded.
        employers: where they work; of a mere relative, where the one works whose relative they are.
        household: ids of all who share their purse, their own too.
        unwanted: tags of what is not to be given.
        level: the best relation that one of ours has, None where it is not known.
        named: False for a vacant seat, and for one of which only the function is known.
    """

    id: str
    name: str
    status: str = "active"
    official_status: str | None = None
    employers: tuple[Employer, ...] = ()
    household: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    mourning_until: date | None = None
    level: str | None = None
    relative: bool = False
    minor: bool = False
    ours: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Gesture:
    """What is to be done.

    Attributes:
        value: None: not known, or nothing of value. offering_id: None for a method without a chosen gift.
        id: of the action itself when it is recorded already, so that it is not counted twice.
    """

    method: str
    on: date
    value: Money | None = None
    offering_id: str | None = None
    offering_kind: str | None = None
    tags: frozenset[str] = frozenset()
    pieces: int | None = None
    occasion_id: str | None = None
    occasion_kind: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that bears on the verdict, and how."""

    then: Then
    reason: Reason
    approvals: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is correct, why, and how many others have to agree before it is done."""

    mark: Mark
    findings: tuple[Finding, ...] = field(default=())

    @property
    def approvals(self) -> int:
        """How many others have to agree."""
        return max((one.approvals for one in self.findings), default=0)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What bears on it, the gravest first."""
        return tuple(one.reason for one in self.findings)

    def of(self, then: Then) -> tuple[Reason, ...]:
        """Only the reasons of one weight."""
        return tuple(one.reason for one in self.findings if one.then == then)


_ORDER: Sequence[Then] = ("never", "caution", "favours", "note")


def judge(
    gesture: Gesture,
    receiver: Receiver,
    book: RuleBook,
    policies: Iterable[GiftPolicy] = (),
    given: Iterable[GiftGiven] = (),
    rates: Rates | None = None,
) -> Verdict:
    """Judge one gesture for one person on one day.

    Args:
        policies: those that apply: our own firm's, the employers', the countries'.
        given: what was given, or is under way, to anybody in the household or at an employer.
    """
    method, held = book.methods[gesture.method], tuple(given)
    applying = tuple(policies) or (house_policy(book),)
    facts = _facts(gesture, receiver, method, book)
    findings = [_told(rule) for rule in book.rules if _holds(rule.when, facts)]
    findings += _level(method, receiver)
    findings += _reactions(gesture, method, receiver, held)
    findings += _limits(gesture, receiver, method, Sums(applying, held, rates or Rates(), book.figures), book)
    ordered = sorted(findings, key=lambda one: _ORDER.index(one.then))
    heaviest = ordered[0].then if ordered else "note"
    mark: Mark = {"never": "not_correct", "caution": "possible"}.get(heaviest, "fitting")  # type: ignore[assignment]
    return Verdict(mark, tuple(ordered))


def _limits(gesture: Gesture, receiver: Receiver, method: Method, sums: Sums, book: RuleBook) -> list[Finding]:
    """What the limits say; a card has no value to speak of, so it is not counted."""
    purse = receiver.household | {receiver.id}
    if gesture.value is not None:
        if not method.costs and gesture.value.amount <= _token(gesture.value, book):
            return []
        employers = [(one.name, one.people) for one in receiver.employers]
        return [Finding(*one) for one in sums.judge(gesture, purse, employers, receiver.id)]
    if gesture.offering_id:
        return [_plain("never", "goodwill_price_missing")]
    room = sums.room(gesture, purse) if method.costs else None
    return [Finding(*room)] if room else []


def house_policy(book: RuleBook) -> GiftPolicy:
    """The house default, for a firm that has entered no policy of its own."""
    names = ("limit_per_gift", "limit_per_year", "limit_employer_per_year", "approve_from", "approve_twice_from")
    return GiftPolicy.of(
        "", book.house, "own_firm", book.figures["currency"], {name: book.figures[name] for name in names}
    )


def _told(rule: Rule) -> Finding:
    reason = Reason.told("goodwill_rule", Fact("setting", f"goodwill_rule.{rule.code}"), goodwill_rule=rule.code)
    return Finding(rule.then, reason, rule.approvals)


def _plain(then: Then, code: str, **params: Any) -> Finding:
    return Finding(then, Reason.told(code, **params))


def _holds(when: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    for name, wanted in when.items():
        if name == "not_methods":
            if facts["methods"] & set(wanted):
                return False
        elif isinstance(wanted, bool):
            if facts[name] is not wanted:
                return False
        elif not set(wanted) & facts[name]:
            return False
    return True


def _facts(gesture: Gesture, receiver: Receiver, method: Method, book: RuleBook) -> dict[str, Any]:
    """What conditions look at: sets of codes, and truths."""
    employers = receiver.employers
    flowers = gesture.pieces if gesture.offering_kind == "flowers" else None
    valued = gesture.value is None or gesture.value.amount > _token(gesture.value, book)
    anything = method.costs and "any_gift" in receiver.unwanted
    return {
        "person": {receiver.official_status or "unknown"},
        "employer": {one.official_status or "unknown" for one in employers} or {"unknown"},
        "status": {receiver.status},
        "countries": {one.country for one in employers},
        "tags": set(gesture.tags),
        "offerings": {gesture.offering_kind} if gesture.offering_kind else set(method.offerings),
        "methods": {gesture.method},
        "occasions": {gesture.occasion_kind},
        "above_token": (method.costs or gesture.value is not None) and valued,
        "even": flowers is not None and flowers % 2 == 0,
        "pieces_unknown": gesture.pieces is None,
        "tender": any(one.tender_on(gesture.on) for one in employers),
        "mourning": receiver.mourning_until is not None and gesture.on <= receiver.mourning_until,
        "sober": method.sober,
        "relative": receiver.relative,
        "minor": receiver.minor,
        "ours": receiver.ours,
        "named": receiver.named,
        "unwanted": anything or bool(receiver.unwanted & gesture.tags),
    }


def _token(value: Money, book: RuleBook) -> Any:
    """Below it a thing has no value to speak of. A value in another currency is never taken for one."""
    return book.figures["token"] if value.currency == book.figures["currency"] else 0


def _level(method: Method, receiver: Receiver) -> list[Finding]:
    if not method.level:
        return []
    if receiver.level not in LEVELS:
        return [_plain("caution", "goodwill_level_unknown", level_wanted=method.level)]
    if LEVELS.index(receiver.level) < LEVELS.index(method.level):
        return [_plain("caution", "goodwill_level", level_wanted=method.level, level_now=receiver.level)]
    return []


def _reactions(gesture: Gesture, method: Method, receiver: Receiver, given: Sequence[GiftGiven]) -> list[Finding]:
    """What came of the last gift of this kind to the same person."""
    kinds = {gesture.offering_kind} if gesture.offering_kind else set(method.offerings)
    own = [one for one in given if one.person_id == receiver.id and one.offering_kind in kinds
           and one.id != gesture.id and one.on is not None and one.on <= gesture.on
           and (one.reaction or one.status in ("declined", "returned"))]  # fmt: skip
    if not own:
        return []
    last = max(own, key=lambda one: (one.on, one.id))
    fact = Fact("node", last.id)
    if last.status in ("declined", "returned"):
        return [Finding("caution", Reason.told("goodwill_declined", fact, date=last.on))]
    params = {"date": last.on, "reaction": last.reaction}
    if last.reaction in BAD_REACTIONS:
        return [Finding("caution", Reason.told("goodwill_bad_reaction", fact, **params))]
    if last.reaction in GOOD_REACTIONS:
        return [Finding("favours", Reason.told("goodwill_good_reaction", fact, **params))]
    return []
