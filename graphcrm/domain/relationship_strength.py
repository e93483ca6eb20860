"""How strong a relation between one of ours and one of theirs is today: it decays, and each contact renews it (C1.2).

A tie-decay network in continuous time: strength falls exponentially with a half-life, contacts add to it.

    W. Ahmad, M. A. Porter, M. Beguerisse-Díaz (2021), "Tie-Decay Networks in Continuous Time and Eigenvector-Based
    Centralities", IEEE Transactions on Network Science and Engineering 8(2), 1759-1771, arXiv:1805.00193;
    before it E. M. Jin, M. Girvan, M. E. J. Newman (2001), "Structure of growing social networks", Physical Review E
    64, 046132, where the strength of a friendship decays exponentially since the two last met.

There a contact adds 1 or sets the strength to full. On a scale that ends at 10 a contact here closes a share of what is
missing to 10. That deeper relations fade more slowly is Burt's finding (R. S. Burt (2000), "Decay functions",
Social Networks 22, 1-28); the half-lives and the shares are settings of ours, not measurements.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graphcrm.domain.score import Fact, Reason, Score

FULL = 10.0
HALF_LIFE_DAYS: Mapping[str, int] = {
    "vendor": 90,
    "credible_source": 180,
    "problem_solver": 270,
    "trusted_advisor": 365,
}
"""Days without a contact in which a relation of this level loses half of its strength."""
UNKNOWN_HALF_LIFE_DAYS = 180
GAIN: Mapping[str, float] = {"meeting": 0.30, "event": 0.20, "call": 0.20, "letter": 0.10, "email": 0.05}
"""The share of what is missing to 10 that a contact of this kind closes when it goes well."""
MOOD: Mapping[str, float] = {"warm": 1.0, "good": 1.0, "neutral": 0.75, "cool": 0.25, "tense": 0.0}
"""What of the gain is left in this mood."""
UNKNOWN_MOOD = 0.75
LEAST_STRENGTH: Mapping[str, float] = {
    "vendor": 1.0,
    "credible_source": 2.0,
    "problem_solver": 4.0,
    "trusted_advisor": 6.0,
}
"""The least strength, 0-10, with which a relation keeps its level."""
TOLD_CONTACTS = 6


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact between one of ours and one of theirs; ``kind`` and ``mood`` are codes, ``mood`` None: not known."""

    id: str
    on: date
    kind: str
    mood: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody wrote of the relation: ``strength`` 0-10, the level now, and the day of which it holds.

    Attributes:
        tie_id: the COVERED_BY tie that says so.
        on: when it was last verified, or the last contact written with it, whichever is later; None: not known.
    """

    tie_id: str
    strength: float | None = None
    level: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class _Gain:
    contact: Contact
    added: float
    left: float


def half_life_days(level: str | None) -> int:
    """The half-life of a level; that of a level that is not known lies in the middle."""
    return HALF_LIFE_DAYS.get(level or "", UNKNOWN_HALF_LIFE_DAYS)


def share_left(days: float, half_life: float) -> float:
    """What is left after ``days``: 2 to the power of ``-days / half_life``.

    >>> share_left(90, 90), share_left(180, 90)
    (0.5, 0.25)
    """
    return 2.0 ** (-days / half_life)


def relationship_strength(stated: Stated | None, contacts: Iterable[Contact], as_of: date) -> Score:
    """Strength on a day as a share of 10, with one reason for what was stated and one for each contact since.

    What was stated holds on its day and decays from there; contacts on or before that day are part of the statement.
    Without a statement the first recorded contact begins the relation. Of several contacts on one day the strongest
    counts. A mood or a level that is not known widens low and high. None: nothing is stated that has a day, and no
    contact is recorded.
    """
    level = stated.level if stated else None
    begin = stated.strength if stated else None
    if stated and begin is not None and stated.on is None:
        return Score(None, (_reason("strength_undated", stated, strength=begin),))
    since = stated.on if stated and begin is not None else None
    counted = _counted(contacts, since, as_of)
    if begin is None and not counted:
        return Score(None, (_reason("strength_unknown", stated),))
    half_life = half_life_days(level)
    start = min(max(begin or 0.0, 0.0), FULL)
    gains = _gains(start, since, counted, as_of, half_life, UNKNOWN_MOOD)
    reasons = [_stated_reason(stated, start, half_life, as_of) if since and stated else _reason("strength_not_stated")]
    reasons += _contact_reasons(gains)
    if level not in HALF_LIFE_DAYS:
        reasons.append(_reason("strength_level_unknown", None, count=half_life))
    value = sum(reason.contribution for reason in reasons)
    low, high = _bounds(start, since, counted, as_of, level)
    return Score(min(value, 1.0), tuple(reasons), min(low, value), min(max(high, value), 1.0))


def cools_below(strength: float | None, level: str | None, floor: float, as_of: date) -> date | None:
    """The day on which the strength (0-10) falls below ``floor`` when nobody is in touch; None if it is not known.

    A strength that is below already gives ``as_of``.
    """
    if strength is None:
        return None
    if strength < floor:
        return as_of
    days = half_life_days(level) * math.log2(strength / floor)
    return as_of + timedelta(days=math.floor(days) + 1)


def _counted(contacts: Iterable[Contact], since: date | None, as_of: date) -> list[Contact]:
    """The strongest contact of each day after the statement, by day."""
    best: dict[date, Contact] = {}
    for contact in contacts:
        if contact.on > as_of or (since is not None and contact.on <= since):
            continue
        held = best.get(contact.on)
        if held is None or (_gain(contact, UNKNOWN_MOOD), contact.id) > (_gain(held, UNKNOWN_MOOD), held.id):
            best[contact.on] = contact
    return [best[day] for day in sorted(best)]


def _gain(contact: Contact, unknown_mood: float) -> float:
    return GAIN.get(contact.kind, 0.0) * (unknown_mood if contact.mood is None else MOOD.get(contact.mood, 0.0))


def _gains(
    start: float, since: date | None, contacts: Sequence[Contact], as_of: date, half_life: int, unknown_mood: float
) -> list[_Gain]:
    """What each contact added, 0-10, and the share of it that is left: strength is a sum of decaying parts."""
    gains, strength, day = [], start, since
    for contact in contacts:
        if day is not None:
            strength *= share_left((contact.on - day).days, half_life)
        added = _gain(contact, unknown_mood) * (FULL - strength)
        gains.append(_Gain(contact, added, share_left((as_of - contact.on).days, half_life)))
        strength, day = strength + added, contact.on
    return gains


def _bounds(
    start: float, since: date | None, contacts: Sequence[Contact], as_of: date, level: str | None
) -> tuple[float, float]:
    """The strength as a share with every unknown mood and level at its worst, and at its best."""
    lives = [HALF_LIFE_DAYS[level]] if level in HALF_LIFE_DAYS else [*HALF_LIFE_DAYS.values()]
    found = []
    for half_life, mood in ((min(lives), min(MOOD.values())), (max(lives), max(MOOD.values()))):
        stated = start * share_left((as_of - since).days, half_life) if since else 0.0
        gains = _gains(start, since, contacts, as_of, half_life, mood)
        found.append((stated + sum(gain.added * gain.left for gain in gains)) / FULL)
    return found[0], found[1]


def _stated_reason(stated: Stated, start: float, half_life: int, as_of: date) -> Reason:
    assert stated.on is not None
    days = (as_of - stated.on).days
    left = share_left(days, half_life)
    params = {"strength": start, "date": stated.on, "share": left, "count": half_life}
    return Reason("strength_stated", start / FULL, left, start / FULL * left, (Fact("tie", stated.tie_id),), params)


def _contact_reasons(gains: Sequence[_Gain]) -> list[Reason]:
    """The newest contacts one by one, the older ones together."""
    old, new = gains[:-TOLD_CONTACTS], gains[-TOLD_CONTACTS:]
    reasons = [_contact_reason(gain) for gain in reversed(new)]
    if old:
        left = sum(gain.added * gain.left for gain in old) / FULL
        facts = tuple(Fact("node", gain.contact.id) for gain in old)
        reasons.append(Reason("strength_earlier", left, 1.0, left, facts, {"count": len(old)}))
    return reasons


def _contact_reason(gain: _Gain) -> Reason:
    contact, added = gain.contact, gain.added / FULL
    params = {"contact_kind": contact.kind, "date": contact.on, "strength": round(gain.added, 1), "share": gain.left}
    code = "strength_contact_mood_unknown" if contact.mood is None else "strength_contact"
    if contact.mood is not None:
        params["mood"] = contact.mood
    return Reason(code, added, gain.left, added * gain.left, (Fact("node", contact.id),), params)


def _reason(code: str, stated: Stated | None = None, **params: object) -> Reason:
    facts = (Fact("tie", stated.tie_id),) if stated else ()
    return Reason.told(code, *facts, **params)
