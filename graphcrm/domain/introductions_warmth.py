"""How warm a tie is and how willing a go-between: strength, confidence, freshness, each 0-1, and what was assumed.

Between one of ours and one of theirs the strength is that of the coverage: as stated, decayed, renewed by contacts.

Where a fact is not known a middle value stands in for it and the result says so: unknown is neither zero nor full.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphcrm.domain.relationship_strength import Contact, Stated, relationship_strength
from graphcrm.domain.structure_graphs import FULL_STRENGTH, UNKNOWN_CONFIDENCE

MET = "MET"
"""The kind of a tie that nobody stated: one of ours and the person met, by the record of contacts."""
KINDS = ("KNOWS", "COVERED_BY", "MENTOR_OF", "INFLUENCES", "REPORTS_TO", MET)
"""The kinds that are walked. Kinship and conflict are not among them."""

ASSUMED_STRENGTH: Mapping[str, float] = {"MENTOR_OF": 8, "COVERED_BY": 3, MET: 1}
USUAL_STRENGTH = 5.0
"""0-10, where nobody stated how strong the tie is; the latter for all other kinds."""
COVERAGE_STRENGTH: Mapping[str, float] = {"in_depth": 7, "multiple": 5, "brief": 3}
HALF_LIFE_DAYS: Mapping[str, float] = {"KNOWS": 730, "COVERED_BY": 365, "MENTOR_OF": 1825, "INFLUENCES": 730, MET: 365}
"""Days in which what freshness can lose is half lost. A reporting line that holds is fresh: the two work together; and
where the strength of a coverage is that of today, nothing is taken off twice."""
DORMANT = 0.25
"""What a tie keeps of its freshness however long it lies dormant (Levin, Walter & Murnighan 2011)."""
UNKNOWN_FRESHNESS = 0.5

WILLING_BY_SUPPORT: Mapping[str, float] = {
    "mentor": 1.0,
    "supporter": 0.9,
    "neutral": 0.6,
    "non_supporter": 0.2,
    "enemy": 0.0,
}
WILLING_BY_MOOD: Mapping[str, float] = {"warm": 0.9, "good": 0.75, "neutral": 0.6, "cool": 0.4, "tense": 0.2}
WILLING_WHO_DID = 0.95
WILLING_WHO_REFUSED = 0.2
UNKNOWN_WILLINGNESS = 0.5


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A tie between two people over which one can speak for the other.

    Attributes:
        kind: one of :data:`KINDS`.
        strength: 0-10; None is not known. confidence: 0-1.
        last: when they were last in touch, or when the tie was last found true.
        about: from where they know each other, in words.
        coverage, level: codes of ``coverage`` and ``relationship_level`` of a COVERED_BY tie.
        contacts: of one of ours with one of theirs, as far as they are recorded.
    """

    id: str
    kind: str
    one_id: str
    other_id: str
    strength: float | None = None
    confidence: float | None = None
    last: date | None = None
    about: str | None = None
    coverage: str | None = None
    level: str | None = None
    contacts: tuple[Contact, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class TieWarmth:
    """The three factors of a tie's warmth, 0-1 each; ``assumed`` names those that stand in for what is not known.

    ``decayed``: the strength is that of the day, decayed and renewed by contacts, so that freshness takes nothing off.
    """

    strength: float
    confidence: float
    freshness: float
    assumed: frozenset[str] = frozenset()
    decayed: bool = False

    @property
    def value(self) -> float:
        """Their product."""
        return self.strength * self.confidence * self.freshness


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of how ready a person is to help us.

    Attributes:
        support: code of ``support`` at their own firm; None or "unknown" is not known.
        mood: code of ``mood`` in the last contact with us, on the day ``mood_on``.
        introduced, refused: how often they introduced us before, or would not.
    """

    person_id: str
    support: str | None = None
    mood: str | None = None
    mood_on: date | None = None
    introduced: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Willingness:
    """0-1, with the sentence that says why."""

    value: float
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


def freshness(kind: str, last: date | None, as_of: date) -> float | None:
    """What is left of a tie's warmth since ``last``, from 1 down to :data:`DORMANT`; None when no day is known.

    Exponential with the half-life of its kind: 1 on the day itself, 0.625 after one half-life, 0.4375 after two.
    """
    if kind == "REPORTS_TO":
        return 1.0
    if last is None:
        return None
    days = max((as_of - last).days, 0)
    return DORMANT + (1 - DORMANT) * 0.5 ** (days / HALF_LIFE_DAYS[kind])


def tie_warmth(tie: Acquaintance, as_of: date) -> TieWarmth:
    """The warmth of a tie on a day."""
    assumed = set()
    confidence = tie.confidence
    if confidence is None:
        confidence = 1.0 if tie.kind == MET else UNKNOWN_CONFIDENCE[1]
        assumed |= set() if tie.kind == MET else {"confidence"}
    today = _strength_today(tie, as_of)
    if today is not None:
        return TieWarmth(today, _clipped(confidence), 1.0, frozenset(assumed), decayed=True)
    strength, fresh = tie.strength, freshness(tie.kind, tie.last, as_of)
    if strength is None:
        strength = _assumed_strength(tie)
        assumed.add("strength")
    if fresh is None:
        fresh = UNKNOWN_FRESHNESS
        assumed.add("freshness")
    return TieWarmth(_clipped(strength / FULL_STRENGTH), _clipped(confidence), fresh, frozenset(assumed))


def _strength_today(tie: Acquaintance, as_of: date) -> float | None:
    """The strength of a coverage on the day, 0-1; None for other ties, and where nothing dated tells of it."""
    if tie.kind not in ("COVERED_BY", MET):
        return None
    stated = Stated(tie.id, tie.strength, tie.level, tie.last) if tie.kind == "COVERED_BY" else None
    return relationship_strength(stated, tie.contacts, as_of).value


def willingness(standing: Standing | None) -> Willingness:
    """How ready a go-between is: what they did before tells most, then their stance, then the mood of the last talk."""
    if standing is None:
        return Willingness(UNKNOWN_WILLINGNESS, "will_unknown")
    by_support = WILLING_BY_SUPPORT.get(standing.support or "")
    stance = Willingness(by_support or 0.0, "will_stance", {"support": standing.support})
    by_mood = WILLING_BY_MOOD.get(standing.mood or "", 0.0)
    mood = Willingness(by_mood, "will_mood", {"mood": standing.mood, "date": standing.mood_on})
    told = (
        (by_support == 0, stance),
        (standing.introduced, Willingness(WILLING_WHO_DID, "will_introduced", {"count": standing.introduced})),
        (standing.refused, Willingness(WILLING_WHO_REFUSED, "will_refused", {"count": standing.refused})),
        (by_support is not None, stance),
        (by_mood, mood),
    )
    return next((one for holds, one in told if holds), Willingness(UNKNOWN_WILLINGNESS, "will_unknown"))


def _assumed_strength(tie: Acquaintance) -> float:
    if tie.kind == "COVERED_BY":
        return COVERAGE_STRENGTH.get(tie.coverage or "", ASSUMED_STRENGTH["COVERED_BY"])
    return ASSUMED_STRENGTH.get(tie.kind, USUAL_STRENGTH)


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)
