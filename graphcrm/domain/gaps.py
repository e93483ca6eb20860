"""What is not known of a client's power structure, and how well it is known as a whole (requirements C1.8, A5.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphcrm.domain.measures import effective_levels
from graphcrm.domain.score import Fact, Reason, Score
from graphcrm.domain.structure import COVERED, UNKNOWN, PowerStructure, Stakeholder
from graphcrm.domain.structure_graphs import UNKNOWN_CONFIDENCE

STALE_DAYS = 365
"""Days after which a fact that nobody verified is shown as a gap."""
FRESH_DAYS = 180
WORTHLESS_DAYS = 730
"""A verified fact is fresh for :data:`FRESH_DAYS`, then ages evenly until it is worth nothing."""

PURCHASE_DECIDERS = frozenset({"economic_buyer", "decision_maker"})
PAYMENT_DECIDERS = frozenset({"payment_decider"})
TECHNICAL = frozenset({"technical_evaluator", "user"})

KNOWLEDGE_WEIGHTS: Mapping[str, float] = {
    "knowledge_questions": 0.20,
    "knowledge_roles": 0.20,
    "knowledge_stance": 0.15,
    "knowledge_influence": 0.15,
    "knowledge_chart": 0.05,
    "knowledge_confidence": 0.10,
    "knowledge_freshness": 0.10,
    "knowledge_coverage": 0.05,
}
"""What counts how much in :func:`knowledge`; they sum up to 1."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, or not well.

    Attributes:
        code: the sentence that states it; see :mod:`graphcrm.domain.messages`.
        person_id: whom it concerns, or None: the whole structure.
        params: the fields of the sentence.
        tie_ids: the ties that should be looked at, if it is about ties that are there.
    """

    code: str
    person_id: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    tie_ids: tuple[str, ...] = ()


def gaps(structure: PowerStructure) -> list[Gap]:
    """Every gap in a power structure: those of the whole first, then person by person in the structure's order."""
    found = list(_structure_gaps(structure))
    levels = effective_levels(structure)
    for person in structure.people:
        found += _person_gaps(structure, person, levels)
    return found


def _structure_gaps(structure: PowerStructure) -> list[Gap]:
    seated = [person for person in structure.people if not person.is_vacant]
    if not seated:
        return [Gap("nobody_known")]
    found = []
    for code, roles in (
        ("no_purchase_decider", PURCHASE_DECIDERS),
        ("no_payment_decider", PAYMENT_DECIDERS),
        ("no_technical_role", TECHNICAL),
    ):
        if not any(person.roles & roles for person in seated):
            found.append(Gap(code))
    if vacant := vacant_deciders(structure):
        found.append(Gap("deciding_seat_vacant", None, {"people": vacant}))
    for cycle in structure.reporting_cycles():
        names = tuple(structure.names[person] for person in cycle)
        chart = structure.reporting_graph().subgraph(cycle)
        ties = tuple(sorted(tie for _, _, data in chart.edges(data=True) for tie in data["tie_ids"]))
        found.append(Gap("reporting_cycle", None, {"people": names}, ties))
    return found


def vacant_deciders(structure: PowerStructure) -> tuple[str, ...]:
    """Names of the vacant seats that decide the purchase or the payment, where nobody who is there decides it."""
    seats: list[str] = []
    for roles in (PURCHASE_DECIDERS, PAYMENT_DECIDERS):
        held = [person for person in structure.people if person.roles & roles]
        if all(person.is_vacant for person in held):
            seats += [person.name for person in held]
    return tuple(dict.fromkeys(seats))


def _person_gaps(structure: PowerStructure, person: Stakeholder, levels: Mapping[str, int]) -> list[Gap]:
    if person.is_vacant:
        return [Gap("vacant_seat", person.id, {"person": person.name})]
    about = {"person": person.name}
    graph = structure.influence_graph()
    tests = (
        ("name_unknown", person.presence == "function_only"),
        ("no_role_known", not person.roles),
        ("stance_unknown", person.support == UNKNOWN),
        ("not_covered", not is_covered(structure, person.id)),
        ("no_influence_known", graph.degree(person.id) == 0),
        ("level_unknown", person.id not in levels),
    )
    found = [Gap(code, person.id, about) for code, missing in tests if missing]
    vague = tuple(
        tie.id for tie in structure.influences if tie.strength is None and person.id in (tie.source_id, tie.target_id)
    )
    if vague:
        found.append(Gap("influence_strength_missing", person.id, {**about, "count": len(vague)}, vague))
    stake = (person.stakeholder_id,) if person.stakeholder_id else ()
    if person.last_verified is None:
        found.append(Gap("never_verified", person.id, about, stake))
    elif (structure.as_of - person.last_verified).days > STALE_DAYS:
        found.append(Gap("not_verified_for_long", person.id, {**about, "date": person.last_verified}, stake))
    if person.leaves_on:
        job = (person.works_at_id,) if person.works_at_id else ()
        found.append(Gap("leaves", person.id, {**about, "partial_date": person.leaves_on}, job))
    return found


def is_covered(structure: PowerStructure, person_id: str) -> bool:
    """True when somebody of ours has contact with the person: brief, multiple or in depth."""
    return any(tie.coverage in COVERED for tie in structure.coverage_of.get(person_id, ()))


def freshness(last_verified: date | None, as_of: date) -> float:
    """1 for a fact verified within :data:`FRESH_DAYS`, falling evenly to 0 at :data:`WORTHLESS_DAYS`; 0 if never."""
    if last_verified is None:
        return 0.0
    age = (as_of - last_verified).days
    return min(max((WORTHLESS_DAYS - age) / (WORTHLESS_DAYS - FRESH_DAYS), 0.0), 1.0)


def knowledge(structure: PowerStructure, answered: float) -> Score:
    """How well the power structure, and each one's role in it, is known, 0-1 (C1.8).

    The weighted mean of: the share of the questions C1.1-C1.7 that are answered, and the means over people of role
    known, stance known, influence known, place in the chart known, confidence, freshness, and covered by ours. Here a
    thing not known counts as zero on purpose: this number measures what we know, not what is so.

    Args:
        answered: share of the questions answered, 0-1.
    """
    people = [person for person in structure.people if not person.is_vacant]
    if not people:
        return Score(0.0, (Reason("nobody_known", 0.0, 1.0, 0.0),))
    levels = effective_levels(structure)
    graph = structure.influence_graph()
    measures_of: Mapping[str, Callable[[Stakeholder], float]] = {
        "knowledge_roles": lambda person: bool(person.roles),
        "knowledge_stance": lambda person: person.support != UNKNOWN,
        "knowledge_influence": lambda person: graph.degree(person.id) > 0,
        "knowledge_chart": lambda person: person.id in levels,
        "knowledge_confidence": _confidence,
        "knowledge_freshness": lambda person: freshness(person.last_verified, structure.as_of),
        "knowledge_coverage": lambda person: is_covered(structure, person.id),
    }
    weight = KNOWLEDGE_WEIGHTS["knowledge_questions"]
    reasons = [Reason("knowledge_questions", answered, weight, answered * weight, (), {"share": answered})]
    for code, measure in measures_of.items():
        reasons.append(_mean_reason(code, people, measure))
    return Score(sum(reason.contribution for reason in reasons), tuple(reasons))


def _confidence(person: Stakeholder) -> float:
    """Confidence in what is recorded: nothing recorded is no confidence."""
    if person.stakeholder_id is None and not person.roles and person.support == UNKNOWN:
        return 0.0
    likely = UNKNOWN_CONFIDENCE[1] if person.confidence is None else person.confidence
    return min(max(likely, 0.0), 1.0)


def _mean_reason(code: str, people: Sequence[Stakeholder], measure: Callable[[Stakeholder], float]) -> Reason:
    weight = KNOWLEDGE_WEIGHTS[code]
    values = {person.id: float(measure(person)) for person in people}
    mean = sum(values.values()) / len(people)
    lacking = tuple(
        Fact("node", person.id, "lacking", {"person": person.name}) for person in people if values[person.id] == 0
    )
    params = {"share": mean, "count": len(people) - len(lacking), "total": len(people)}
    return Reason(code, mean, weight, mean * weight, lacking, params)
