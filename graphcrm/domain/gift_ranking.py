"""Which gift suits one person best (C3.5): a score of six parts, each with its reason.

Fit to interests and occasion, correctness, not given before, cost against the budget, time to prepare, and the
reactions to earlier gifts of its kind. What is not correct scores 0 whatever else speaks for it, and stays in the list
with its reasons. The weights are house defaults, shown beside each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.goodwill_sums import GiftGiven
from graphcrm.domain.money import Money, RateMissing, Rates
from graphcrm.domain.score import Fact, Reason, Score

WEIGHTS: Mapping[str, float] = {
    "fit": 0.35, "correct": 0.2, "new": 0.15, "cost": 0.1, "lead": 0.1, "liked": 0.1,
}  # fmt: skip
LIKED: Mapping[str, float] = {
    "delighted": 1.0, "pleased": 0.75, "indifferent": 0.4, "embarrassed": 0.1, "annoyed": 0.0,
}  # fmt: skip
MOST_TOLD = 3
"""So many reasons are told why no gift is fitting."""
UNTRIED = 0.5
"""Of a kind of gift to which no reaction is known: neither for nor against."""


@dataclass(frozen=True, slots=True)
class GiftOffer:
    """A gift of the catalogue. ``fits``: words for whom and for what it is meant."""

    id: str
    name: str
    kind: str
    price: Money | None = None
    fits: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    pieces: int | None = None
    lead_days: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """For what a gift is looked for.

    Attributes:
        words: name -> word of what is known: interests, kind of occasion; the names are what is told.
        budget: of this gift; None: the limits alone.
    """

    person_id: str
    on: date
    as_of: date
    words: Mapping[str, tuple[str, ...]]
    budget: Money | None = None


@dataclass(frozen=True, slots=True)
class RankedGift:
    """A gift with its verdict and its score."""

    offer: GiftOffer
    verdict: Verdict
    score: Score


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands against gifts: as it stands against the cheapest; their names, the cheapest first."""

    reason: Reason
    gifts: tuple[str, ...]


def rank_gifts(
    judged: Iterable[tuple[GiftOffer, Verdict]], wanted: Wanted, given: Sequence[GiftGiven], rates: Rates
) -> tuple[RankedGift, ...]:
    """The gifts, the best first; those that are not correct last. Equal ones by price, then by name."""
    own = [one for one in given if one.person_id == wanted.person_id and one.status != "cancelled"]
    ranked = [RankedGift(offer, verdict, _score(offer, verdict, wanted, own, rates)) for offer, verdict in judged]
    return tuple(sorted(ranked, key=_order))


def is_fitting(one: RankedGift) -> bool:
    """Whether it may be proposed: correct, and something that is known of them or of the occasion speaks for it."""
    return one.verdict.mark != "not_correct" and _fits(one)


def _fits(one: RankedGift) -> bool:
    return one.score.reasons[0].code == "rank_fit"


def why_none(ranked: Sequence[RankedGift], known: Sequence[str]) -> tuple[Reason, ...]:
    """Why no gift is fitting; nothing where one is, or where there is no catalogue.

    Args:
        known: names of the interests that are known and may be used.
    """
    if not ranked or any(is_fitting(one) for one in ranked):
        return ()
    barred = [one for one in ranked if one.verdict.mark == "not_correct"]
    if len(barred) == len(ranked):
        return _gravest(barred)
    none = Reason.told("none_fits", fits=tuple(known)) if known else _NOTHING_KNOWN
    return none, *_gravest([one for one in barred if _fits(one)])


_NOTHING_KNOWN = Reason.told("none_interests_known")


def bars(ranked: Sequence[RankedGift]) -> tuple[Bar, ...]:
    """By what gifts are barred, what bars most of them first; a gift stands under each rule that bars it."""
    barred = [one for one in ranked if one.verdict.mark == "not_correct"]
    told: dict[tuple[str, object], Reason] = {}
    gifts: dict[tuple[str, object], list[str]] = {}
    for one in sorted(barred, key=lambda one: one.offer.price.amount if one.offer.price else Decimal("Infinity")):
        for reason in one.verdict.of("never"):
            key = (reason.code, reason.params.get("goodwill_rule"))
            told.setdefault(key, reason)
            names = gifts.setdefault(key, [])
            if one.offer.name not in names:
                names.append(one.offer.name)
    return tuple(Bar(told[key], tuple(gifts[key])) for key in sorted(gifts, key=lambda key: -len(gifts[key])))


def _gravest(barred: Sequence[RankedGift]) -> tuple[Reason, ...]:
    """What stands against most of them."""
    return tuple(one.reason for one in bars(barred)[:MOST_TOLD])


def _order(one: RankedGift) -> tuple[bool, float, Decimal, str]:
    price = one.offer.price.amount if one.offer.price else Decimal("Infinity")
    return one.verdict.mark == "not_correct", -(one.score.value or 0.0), price, one.offer.name


def _score(offer: GiftOffer, verdict: Verdict, wanted: Wanted, own: Sequence[GiftGiven], rates: Rates) -> Score:
    parts = (
        _fit(offer, wanted),
        _correct(verdict),
        _new(offer, own),
        _cost(offer, wanted, rates),
        _lead(offer, wanted),
        _liked(offer, own),
    )
    if verdict.mark == "not_correct":
        return Score(0.0, tuple(replace(part, contribution=0.0) for part in parts))
    low, high = (sum(part.weight * _bound(part, end) for part in parts) for end in ("low", "high"))
    return Score(min(sum(part.contribution for part in parts), 1.0), parts, low, min(high, 1.0))


def _bound(part: Reason, end: str) -> float:
    bound = getattr(part, end)
    return (part.value or 0.0) if bound is None else bound


def _part(name: str, code: str, value: float, facts: tuple[Fact, ...] = (), /, **params: object) -> Reason:
    return Reason(code, value, WEIGHTS[name], value * WEIGHTS[name], facts, params)


def _unknown(name: str, code: str) -> Reason:
    """A part that cannot be computed adds nothing, and could add all of its weight."""
    return Reason(code, None, WEIGHTS[name], 0.0, low=0.0, high=1.0)


def _fit(offer: GiftOffer, wanted: Wanted) -> Reason:
    """Half for one thing that speaks for it, all for two or more."""
    fits = [word.casefold() for word in offer.fits]
    hit = [name for name, words in wanted.words.items() if any(_meets(word.casefold(), fits) for word in words)]
    if not hit:
        return _part("fit", "rank_fit_none", 0.0)
    return _part("fit", "rank_fit", min(0.25 + 0.5 * len(hit), 1.0), fits=tuple(hit))


def _meets(word: str, fits: Sequence[str]) -> bool:
    """Whether one begins with the other: "books" and "old books" do not, so each word of a name counts."""
    own = {word, *word.split()}
    return any(fit == one or (len(one) > 3 and fit.startswith(one)) for fit in fits for one in own)


def _correct(verdict: Verdict) -> Reason:
    value = {"fitting": 1.0, "possible": 0.4, "not_correct": 0.0}[verdict.mark]
    return _part("correct", "rank_correct", value, goodwill_mark=verdict.mark)


def _new(offer: GiftOffer, own: Sequence[GiftGiven]) -> Reason:
    same = [one for one in own if one.offering_id == offer.id]
    if same:
        last = max(same, key=lambda one: (one.on or date.min, one.id))
        if last.on:
            return _part("new", "rank_given", 0.0, (Fact("node", last.id),), date=last.on)
    kind = [one for one in own if one.offering_kind == offer.kind and one.on]
    if kind:
        last = max(kind, key=lambda one: (one.on or date.min, one.id))
        return _part("new", "rank_given_kind", 0.6, (Fact("node", last.id),), date=last.on)
    return _part("new", "rank_new", 1.0)


def _cost(offer: GiftOffer, wanted: Wanted, rates: Rates) -> Reason:
    """The cheaper of two that are adequate is the better: from 1 for nothing to a half for all of the budget."""
    if offer.price is None or wanted.budget is None:
        return _unknown("cost", "rank_cost_unknown")
    try:
        price = rates.convert(offer.price, wanted.budget.currency, wanted.as_of)
    except RateMissing:
        return _unknown("cost", "rank_cost_unknown")
    told = {"value": offer.price, "limit": wanted.budget}
    if price.amount > wanted.budget.amount:
        return _part("cost", "rank_cost_over", 0.0, **told)
    used = price.amount / wanted.budget.amount if wanted.budget.amount else Decimal(0)
    return _part("cost", "rank_cost", 1.0 - float(used) / 2, **told)


def _lead(offer: GiftOffer, wanted: Wanted) -> Reason:
    if offer.lead_days is None:
        return _unknown("lead", "rank_lead_unknown")
    left = (wanted.on - wanted.as_of).days
    enough = wanted.as_of + timedelta(days=offer.lead_days) <= wanted.on
    return _part("lead", "rank_lead" if enough else "rank_lead_short", float(enough), days=offer.lead_days, count=left)


def _liked(offer: GiftOffer, own: Sequence[GiftGiven]) -> Reason:
    known = [one for one in own if one.offering_kind == offer.kind and one.reaction in LIKED and one.on]
    if not known:
        return replace(_part("liked", "rank_liked_none", UNTRIED), low=0.0, high=1.0)
    last = max(known, key=lambda one: (one.on or date.min, one.id))
    value = LIKED[last.reaction or ""]
    return _part("liked", "rank_liked", value, (Fact("node", last.id),), date=last.on, reaction=last.reaction)
