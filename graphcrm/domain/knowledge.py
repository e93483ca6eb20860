"""How complete and how fresh our knowledge of a client is, area by area, and what is missing (requirements A5.1-A5.5).

What there is to know comes from a catalogue kept as data; what is known comes as plain facts of the graph. Here they
are laid side by side. A thing counts as known when a fact of its kind is there; how sure it is, is another matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from graphcrm.domain.score import Fact as Proof
from graphcrm.domain.score import Reason, Score

KEY_FIGURE_WEIGHT = 3.0
"""How much a fact about a key figure counts beside the same fact about somebody else."""
STALE_WORTH = 0.5
"""What verifying a stale fact again is worth, as a share of learning it."""


class Item(Protocol):
    """One thing to know, as the catalogue describes it; see ``vocabulary/knowledge.yaml``."""

    area: str
    of: str
    kind: str
    any: Sequence[str]
    only: Sequence[str]
    weight: float
    stale: int
    ask: Sequence[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What there is to know: items by code, and how much each area counts, by code in the order shown."""

    items: Mapping[str, Item]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Known:
    """One tie or node that is there.

    Attributes:
        kind: type of tie or label of node. subject_id: the person whose fact it is, or the client.
        properties: those that are filled. codes: what ``only`` of an item is compared with.
        verified: when it was last found true; None where nobody said.
        dated: False for a kind of record that keeps no such date; then its freshness is not known.
    """

    kind: str
    id: str
    subject_id: str
    properties: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    verified: date | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose facts are looked for: a person of the client, or the client itself.

    Attributes:
        groups: the values of ``of`` that the subject belongs to.
    """

    id: str
    name: str
    groups: frozenset[str]
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """One thing that is not known, or that nobody verified for too long.

    Attributes:
        item: its code in the catalogue. area: the code of its area.
        last_verified: when the stale fact was last found true; None when it is not known at all, or never was verified.
        fact_id: the tie or node to look at again, or None: there is none.
        value: how much closing it would raise the completeness of all we know of the client, 0-1; for a stale fact a
            share of that.
    """

    item: str
    area: str
    subject_id: str
    subject_name: str
    value: float
    fact_id: str | None = None
    last_verified: date | None = None

    @property
    def is_stale(self) -> bool:
        """True for a fact that is there but was not verified for too long, or never."""
        return self.fact_id is not None


@dataclass(frozen=True, slots=True)
class AreaKnowledge:
    """What we know of one area.

    Attributes:
        weight: how much the area counts in the whole.
        completeness: 0-1, with a reason for each item; its value is None where there is nothing to know yet (nobody is
            on the map).
        freshness: 0-1, the mean over the facts whose day of verification is known; None when it is known of none.
        undated: facts of which it is not known when they were last verified.
    """

    area: str
    weight: float
    completeness: Score
    freshness: float | None
    undated: int
    facts: int


@dataclass(frozen=True, slots=True)
class ClientKnowledge:
    """The five areas, and the gaps, those worth most first."""

    areas: tuple[AreaKnowledge, ...]
    gaps: tuple[KnowledgeGap, ...] = field(repr=False)

    @property
    def overall(self) -> float | None:
        """The mean completeness of the areas by their weights, 0-1; None when no area can be judged."""
        return _mean([(area.completeness.value, area.weight) for area in self.areas])

    @property
    def freshness(self) -> float | None:
        """The mean freshness of the areas in which it is known, by their weights, 0-1."""
        return _mean([(area.freshness, area.weight) for area in self.areas])


def client_knowledge(
    catalogue: Catalogue, subjects: Sequence[Subject], facts: Iterable[Known], as_of: date
) -> ClientKnowledge:
    """Completeness and freshness of each area, and every gap.

    Completeness of an area is the mean over its items, by their weights, of the share of subjects of whom the item is
    known; a key figure counts :data:`KEY_FIGURE_WEIGHT` times. An item without subjects is left out of its area.
    """
    by_place: dict[tuple[str, str], list[Known]] = {}
    for fact in facts:
        by_place.setdefault((fact.subject_id, fact.kind), []).append(fact)
    judged = [_area(area, catalogue, subjects, by_place, as_of) for area in catalogue.weights]
    total = sum(area.weight for area, _ in judged if area.completeness.value is not None)
    gaps = [replace(gap, value=gap.value * area.weight / total) for area, missing in judged for gap in missing]
    gaps.sort(key=lambda gap: (-gap.value, gap.subject_name, gap.item))
    return ClientKnowledge(tuple(area for area, _ in judged), tuple(gaps))


def item_freshness(verified: date, as_of: date, stale: int) -> float:
    """1 until a fact is ``stale`` days old, falling evenly to 0 at twice that age."""
    return min(max(2.0 - (as_of - verified).days / stale, 0.0), 1.0)


def _area(
    area: str,
    catalogue: Catalogue,
    subjects: Sequence[Subject],
    facts: Mapping[tuple[str, str], list[Known]],
    as_of: date,
) -> tuple[AreaKnowledge, list[KnowledgeGap]]:
    """The area, and its gaps with their value within it."""
    asked = {
        code: (item, [subject for subject in subjects if item.of in subject.groups])
        for code, item in catalogue.items.items()
        if item.area == area
    }
    asked = {code: (item, group) for code, (item, group) in asked.items() if group}
    total = sum(item.weight for item, _ in asked.values())
    reasons, gaps, found = [], [], []
    for code, (item, group) in asked.items():
        whole = sum(map(_weight, group))
        answers = [(subject, _best(item, facts.get((subject.id, item.kind), ()))) for subject in group]
        lacking = tuple(Proof("node", who.id, "lacking", {"person": who.name}) for who, best in answers if best is None)
        share = sum(_weight(subject) for subject, best in answers if best is not None) / whole
        params = {"count": len(group) - len(lacking), "total": len(group)}
        reasons.append(Reason(code, share, item.weight / total, share * item.weight / total, lacking, params))
        for subject, best in answers:
            gaps += _gap((code, item), subject, best, _weight(subject) / whole * item.weight / total, as_of)
        found += [(best, item.stale) for _, best in answers if best is not None]
    value = min(sum(reason.contribution for reason in reasons), 1.0) if reasons else None
    ages = [(item_freshness(best.verified, as_of, stale), 1.0) for best, stale in found if best.verified is not None]
    judged = AreaKnowledge(
        area, catalogue.weights[area], Score(value, tuple(reasons)), _mean(ages), len(found) - len(ages), len(found)
    )
    return judged, gaps


def _gap(
    asked: tuple[str, Item], subject: Subject, best: Known | None, worth: float, as_of: date
) -> Iterator[KnowledgeGap]:
    code, item = asked
    if best is None:
        yield KnowledgeGap(code, item.area, subject.id, subject.name, worth)
    elif best.dated and (best.verified is None or (as_of - best.verified).days > item.stale):
        yield KnowledgeGap(code, item.area, subject.id, subject.name, worth * STALE_WORTH, best.id, best.verified)


def _best(item: Item, facts: Iterable[Known]) -> Known | None:
    """The fact that answers the item, the one verified last among several."""
    fitting = [
        fact
        for fact in facts
        if (not item.any or fact.properties & set(item.any)) and (not item.only or fact.codes & set(item.only))
    ]
    return max(fitting, key=lambda fact: (fact.verified or date.min, fact.id), default=None)


def _weight(subject: Subject) -> float:
    return KEY_FIGURE_WEIGHT if subject.is_key else 1.0


def _mean(values: Iterable[tuple[float | None, float]]) -> float | None:
    """The mean of those that are known, by their weights."""
    known = [(value, weight) for value, weight in values if value is not None]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known) if known else None
