"""Gifts and invitations against limits: for one gift, over 12 months, by household and by employer (C2.5, C3.5).

Every sum is exact (decimal) and in the currency of the limit, at the rate of each gift's own day. What is under way
counts as given: two gifts that are each within the limit cannot both be prepared beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, Protocol

from graphcrm.domain.money import Money, RateMissing, Rates
from graphcrm.domain.score import Fact, Reason

COUNTED = frozenset({"needs_approval", "approved", "prepared", "done"})
"""States of a gift that count against limits; a refused, cancelled, declined or returned one has not been given."""
Weight = Literal["never", "caution", "note"]
Finding = tuple[Weight, Reason, int]
INVITATIONS_TOLD = 5
"""So many invitations that a sum holds are named."""
_AMOUNTS = ("limit_per_gift", "limit_per_year", "limit_employer_per_year", "approve_from", "approve_twice_from")


@dataclass(frozen=True, slots=True)
class GiftPolicy:
    """Limits of one policy, in its currency; None where it sets none. ``id`` is "" for the house default."""

    id: str
    name: str
    scope: str
    currency: str
    limit_per_gift: Decimal | None = None
    limit_per_year: Decimal | None = None
    limit_employer_per_year: Decimal | None = None
    approve_from: Decimal | None = None
    approve_twice_from: Decimal | None = None
    origin: str = ""

    @classmethod
    def of(
        cls, policy_id: str, name: str, scope: str, currency: str, amounts: Mapping[str, Any], origin: str = ""
    ) -> GiftPolicy:
        """From stored numbers."""
        exact = {one: Decimal(str(amounts[one])) for one in _AMOUNTS if amounts.get(one) is not None}
        return cls(policy_id, name, scope, currency, **exact, origin=origin)


@dataclass(frozen=True, slots=True)
class GiftGiven:
    """A gesture that was made, or is under way. ``value`` None: not known; ``on`` None: no day set yet.

    ``event``: of an invitation, what it was to ("" when that may not be told); None for all else.
    """

    id: str
    person_id: str
    on: date | None
    status: str
    value: Money | None = None
    occasion_id: str | None = None
    offering_id: str | None = None
    offering_kind: str | None = None
    reaction: str | None = None
    costs: bool = True
    event: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts against limits."""
        return self.status in COUNTED and self.on is not None and self.costs


class Valued(Protocol):
    """What is judged: see ``Gesture``."""

    @property
    def id(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def value(self) -> Money | None: ...
    @property
    def occasion_id(self) -> str | None: ...


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def largest_year(days: Iterable[tuple[date, Decimal]], on: date) -> Decimal:
    """The largest sum of any 12 months that hold the day ``on``: with what came before it, and what is to come."""
    known = sorted(days)
    ends = {on, *(day for day, _ in known if day > on and year_before(day) < on)}
    return max(sum((amount for day, amount in known if year_before(end) < day <= end), Decimal(0)) for end in ends)


def largest_days(days: Sequence[tuple[date, Decimal]], on: date, length: int) -> Decimal:
    """The largest sum of any ``length`` days in a row that hold the day ``on``."""
    starts = {on, *(day for day, _ in days if on - timedelta(days=length - 1) <= day <= on)}
    last = timedelta(days=length - 1)
    return max(sum((amount for day, amount in days if start <= day <= start + last), Decimal(0)) for start in starts)


@dataclass(frozen=True)
class Sums:
    """What sums are made of: the policies that apply, what has been given to anybody around, rates, house figures."""

    policies: tuple[GiftPolicy, ...]
    given: tuple[GiftGiven, ...]
    rates: Rates
    figures: Mapping[str, Any]

    def judge(
        self,
        gesture: Valued,
        purse: frozenset[str],
        employers: Sequence[tuple[str, frozenset[str]]],
        receiver_id: str = "",
    ) -> Iterator[Finding]:
        """What limits and approval steps say of a gift or an invitation of known value.

        Args:
            purse: the person ``receiver_id`` and their household.
            employers: (name, everybody there with their households).
        """
        found: list[Finding] = []
        for policy in self.policies:
            try:
                found += self._of_policy(policy, gesture, purse, employers, receiver_id)
            except RateMissing as missing:
                found.append(("never", _reason("goodwill_rate_missing", policy, **_rate_params(missing)), 0))
        yield from found
        yield from self._unknown(gesture, purse)
        firms = {reason.params["firm"] for _then, reason, _due in found if reason.code == "goodwill_over_employer"}
        over = any(reason.code.startswith("goodwill_over") for _then, reason, _due in found)
        theirs = frozenset().union(*(people for name, people in employers if name in firms))
        yield from self._invitations(gesture, receiver_id, purse | theirs, "never" if over else "note")

    def _of_policy(
        self,
        policy: GiftPolicy,
        gesture: Valued,
        purse: frozenset[str],
        employers: Sequence[tuple[str, frozenset[str]]],
        receiver_id: str,
    ) -> Iterator[Finding]:
        assert gesture.value is not None
        own = self.rates.convert(gesture.value, policy.currency, gesture.on).amount
        known = [one for one in self.given if one.counts and one.id != gesture.id and one.value is not None]
        near = [one for one in known if one.person_id in purse]
        one_gift = self._one_gift(policy, gesture, near, own)
        if policy.limit_per_gift is not None and one_gift > policy.limit_per_gift:
            code = "goodwill_over_gift" if one_gift == own else "goodwill_over_gift_split"
            told = {"value": one_gift, "limit": policy.limit_per_gift}
            yield "never", _reason(code, policy, days=self.figures["one_gift_days"], **told), 0
        year = largest_year([(gesture.on, own), *self._amounts(policy, near)], gesture.on)
        if policy.limit_per_year is not None and year > policy.limit_per_year:
            alone = all(one.person_id == (receiver_id or one.person_id) for one in near)
            code = "goodwill_over_year" if alone else "goodwill_over_year_household"
            yield "never", _reason(code, policy, value=year, limit=policy.limit_per_year), 0
        if policy.limit_employer_per_year is not None:
            for name, people in employers:
                there = self._amounts(policy, [one for one in known if one.person_id in people | purse])
                total = largest_year([(gesture.on, own), *there], gesture.on)
                if total > policy.limit_employer_per_year:
                    told = {"value": total, "limit": policy.limit_employer_per_year}
                    yield "never", _reason("goodwill_over_employer", policy, firm=name, **told), 0
        yield from _approvals(policy, one_gift)

    def _amounts(self, policy: GiftPolicy, given: Iterable[GiftGiven]) -> list[tuple[date, Decimal]]:
        return [
            (one.on, self.rates.convert(one.value, policy.currency, one.on).amount)
            for one in given
            if one.on is not None and one.value is not None
        ]

    def _one_gift(self, policy: GiftPolicy, gesture: Valued, near: Sequence[GiftGiven], own: Decimal) -> Decimal:
        """All that counts as one gift with this: given within a few days, or for the same occasion."""
        days = largest_days(
            [(gesture.on, own), *self._amounts(policy, near)], gesture.on, int(self.figures["one_gift_days"])
        )
        apart = timedelta(days=int(self.figures["same_occasion_days"]))
        same = [one for one in near if gesture.occasion_id and one.occasion_id == gesture.occasion_id
                and one.on is not None and abs(one.on - gesture.on) <= apart]  # fmt: skip
        return max(days, own + sum((amount for _day, amount in self._amounts(policy, same)), Decimal(0)))

    def _unknown(self, gesture: Valued, purse: frozenset[str]) -> Iterator[Finding]:
        """Gifts of the last 12 months whose value nobody has entered: the sums may be larger."""
        unknown = [one for one in self.given if one.counts and one.value is None and one.person_id in purse
                   and one.on is not None and one.id != gesture.id and one.on > year_before(gesture.on)]  # fmt: skip
        if unknown:
            facts = (Fact("node", one.id) for one in unknown)
            yield "caution", Reason.told("goodwill_value_unknown", *facts, count=len(unknown)), 1

    def _invitations(
        self, gesture: Valued, receiver_id: str, around: frozenset[str], then: Weight
    ) -> Iterator[Finding]:
        """The invitations that the sums hold, the nearest first."""
        end = gesture.on + (gesture.on - year_before(gesture.on))
        held = [one for one in self.given if one.counts and one.event and one.id != gesture.id
                and one.person_id in around and one.on is not None
                and year_before(gesture.on) < one.on < end]  # fmt: skip
        told = {}
        for one in sorted(held, key=lambda one: (one.person_id != receiver_id, abs((one.on - gesture.on).days))):  # type: ignore[operator]
            own = one.person_id == receiver_id
            code = "goodwill_invitation" if own else "goodwill_invitation_household"
            known = {"value": one.value} if one.value is not None else {}
            params = {"event": one.event, "date": one.on, **known}
            if (one.event, one.on) not in told:
                told_as = code if known else f"{code}_unknown"
                told[one.event, one.on] = Reason.told(told_as, Fact("tie", one.id), **params)
        yield from ((then, reason, 0) for reason in list(told.values())[:INVITATIONS_TOLD])

    def room(self, gesture: Valued, purse: frozenset[str]) -> Finding | None:
        """What is left of the limits on a day, for a gift that is not chosen yet; None without any limit."""
        least: tuple[Money, GiftPolicy] | None = None
        for policy in self.policies:
            try:
                left = self._left(policy, gesture, purse)
                if left is None:
                    continue
                if left <= 0:
                    return _no_room(policy)
                shown = Money(left, policy.currency)
                compared = self.rates.convert(shown, self.figures["currency"], gesture.on)
            except RateMissing as missing:
                return "caution", _reason("goodwill_rate_missing", policy, **_rate_params(missing)), 0
            if least is None or compared.amount < least[0].amount:
                least = (compared, policy)
        return ("note", _reason("goodwill_room", least[1], value=least[0]), 0) if least else None

    def _left(self, policy: GiftPolicy, gesture: Valued, purse: frozenset[str]) -> Decimal | None:
        near = [one for one in self.given if one.counts and one.id != gesture.id and one.person_id in purse]
        used = largest_year(self._amounts(policy, near), gesture.on)
        of_year = None if policy.limit_per_year is None else policy.limit_per_year - used
        known = [one for one in (policy.limit_per_gift, of_year) if one is not None]
        return min(known) if known else None


def _approvals(policy: GiftPolicy, value: Decimal) -> Iterator[Finding]:
    if policy.approve_twice_from is not None and value >= policy.approve_twice_from:
        yield "note", _reason("goodwill_approvals_two", policy, limit=policy.approve_twice_from), 2
    elif policy.approve_from is not None and value >= policy.approve_from:
        yield "note", _reason("goodwill_approvals_one", policy, limit=policy.approve_from), 1


def _no_room(policy: GiftPolicy) -> Finding:
    if policy.limit_per_gift == 0 or policy.limit_per_year == 0:
        return "never", _reason("goodwill_no_room", policy, limit=Decimal(0)), 0
    return "never", _reason("goodwill_room_used", policy, limit=policy.limit_per_year), 0


def _rate_params(missing: RateMissing) -> dict[str, Any]:
    fields = missing.fields
    return {"base": fields["base"], "into": fields["into"], "date": date.fromisoformat(fields["on"])}


def _reason(code: str, policy: GiftPolicy, **params: Any) -> Reason:
    told = {name: Money(value, policy.currency) if isinstance(value, Decimal) else value
            for name, value in params.items()}  # fmt: skip
    fact = Fact("node", policy.id) if policy.id else Fact("setting", "goodwill_policy")
    return Reason.told(code, fact, policy=policy.name, **told)
